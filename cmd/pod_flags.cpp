// SPDX-License-Identifier: MIT
#include "cmd/pod_flags.hpp"

#include "base/file.hpp"
#include "kube/pod_file.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <unistd.h>

#include <utility>

namespace kprofefe::cmd {
namespace {

constexpr std::size_t k_max_file_bytes = std::size_t{1} << 30;

Result<void> check_flags(const PodFlags& flags) {
  const bool selects =
      !flags.label_selector.empty() || !flags.field_selector.empty();
  if (!flags.names.empty() && selects) {
    return fail(ErrorKind::usage,
                "pods are named or selected: leave out the names, or -l and "
                "--field-selector");
  }
  if (!flags.names.empty() && flags.all_namespaces) {
    return fail(ErrorKind::usage,
                "pods are named, and names are unique only in a namespace: "
                "use -n instead of -A");
  }
  if (!flags.filename.empty() && selects) {
    return fail(ErrorKind::usage,
                "-l and --field-selector are for the API server, and with -f "
                "there is none: select in what writes the file");
  }
  return {};
}

/// `pod/api` as kubectl prints names, or `api`. Errors: usage.
Result<std::string> pod_name(std::string_view text) {
  const auto slash = text.find('/');
  const std::string_view type =
      slash == std::string_view::npos ? "pod" : text.substr(0, slash);
  if (type != "pod" && type != "pods" && type != "po") {
    return fail(ErrorKind::usage,
                fmt::format("\"{}\": only pods can be named; select the pods "
                            "of a {} by label with -l",
                            text, type));
  }
  return std::string(text.substr(slash + 1));
}

}  // namespace

void add_pod_flags(CLI::App& app, PodFlags& flags) {
  const std::string which = "Which pods";
  app.add_option("-n,--namespace", flags.cluster.ns,
                 "Namespace (default: the one of the context)")
      ->type_name("NAME")
      ->group(which);
  app.add_flag("-A,--all-namespaces", flags.all_namespaces,
               "Pods of every namespace")
      ->group(which);
  app.add_option("-l,--selector", flags.label_selector,
                 "Label selector, e.g. app=api,tier!=test")
      ->type_name("SELECTOR")
      ->group(which);
  app.add_option("--field-selector", flags.field_selector,
                 "Field selector, e.g. spec.nodeName=node-1")
      ->type_name("SELECTOR")
      ->group(which);
  app.add_option("-f,--filename", flags.filename,
                 "Pods from a file (- is standard input) as `kubectl get pods "
                 "-o json` or yaml prints them; no API server is asked")
      ->type_name("FILE")
      ->group(which);
  const std::string cluster = "Which cluster";
  app.add_option("--kubeconfig", flags.cluster.kubeconfig,
                 "Kubeconfig to use (default: $KUBECONFIG, ~/.kube/config)")
      ->type_name("FILE")
      ->group(cluster);
  app.add_option("--context", flags.cluster.context,
                 "Context of the kubeconfig to use")
      ->type_name("NAME")
      ->group(cluster);
  app.add_option("--chunk-size", flags.chunk_size,
                 "Pods to ask for at a time; 0: all in one answer")
      ->type_name("N")
      ->group(cluster)
      ->capture_default_str();
  app.add_option("--request-timeout", flags.request_timeout,
                 "How long one request to the API server may take")
      ->type_name("DURATION")
      ->group(cluster)
      ->capture_default_str();
}

Result<std::optional<std::vector<kube::Pod>>> read_listed_pods(
    const PodFlags& flags) {
  TRY(check_flags(flags));
  if (flags.filename.empty()) {
    return std::nullopt;
  }
  const bool standard_input = flags.filename == "-";
  const std::string name = standard_input ? "standard input" : flags.filename;
  TRY_ASSIGN(const std::string text,
             standard_input ? read_all(STDIN_FILENO, name, k_max_file_bytes)
                            : read_file(name, k_max_file_bytes));
  return kube::read_pods(text, name);
}

Result<PodSource> PodSource::open(const PodFlags& flags,
                                  std::optional<std::vector<kube::Pod>> listed,
                                  const Context& context, http::Client* client,
                                  std::stop_token stop) {
  PodSource source;
  source.wanted_.label_selector = flags.label_selector;
  source.wanted_.field_selector = flags.field_selector;
  source.wanted_.chunk_size = flags.chunk_size;
  for (const std::string& text : flags.names) {
    TRY_ASSIGN(std::string name, pod_name(text));
    source.wanted_.names.push_back(std::move(name));
  }
  if (listed) {
    source.filename_ = flags.filename;
    source.wanted_.ns = flags.all_namespaces ? "" : flags.cluster.ns;
    source.pods_ = *std::move(listed);
    return source;
  }
  Result<Milliseconds> timeout = parse_duration(flags.request_timeout);
  if (!timeout || timeout->count() <= 0) {
    return fail(ErrorKind::usage,
                fmt::format("--request-timeout: \"{}\" is no time to wait; "
                            "write it like 30s",
                            flags.request_timeout));
  }
  TRY_ASSIGN(kube::ClusterConfig cluster,
             kube::resolve_cluster(flags.cluster, context.env));
  for (const std::string& warning : cluster.warnings) {
    print_note(context.streams, warning);
  }
  source.wanted_.ns = flags.all_namespaces ? "" : cluster.ns;
  source.in_cluster_ = cluster.in_cluster;
  source.api_ = std::make_unique<kube::Api>(
      client, std::move(cluster),
      kube::ApiOptions{.timeout = *timeout, .stop = std::move(stop)});
  return source;
}

async::Task<Result<collect::Selected>> PodSource::select(
    collect::Selection selection) const {
  selection.ns = wanted_.ns;
  selection.names = wanted_.names;
  selection.label_selector = wanted_.label_selector;
  selection.field_selector = wanted_.field_selector;
  selection.chunk_size = wanted_.chunk_size;
  if (api_) {
    co_return co_await collect::select_pods(api_.get(), std::move(selection));
  }
  co_return collect::select_from(pods_, selection);
}

std::string PodSource::scope() const {
  if (!api_) {
    return filename_ == "-" ? "standard input" : filename_;
  }
  return wanted_.ns.empty() ? "all namespaces"
                            : fmt::format("namespace \"{}\"", wanted_.ns);
}

}  // namespace kprofefe::cmd

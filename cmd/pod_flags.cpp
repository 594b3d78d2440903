// SPDX-License-Identifier: MIT
#include "cmd/pod_flags.hpp"

#include "cmd/cluster_flags.hpp"

#include "base/file.hpp"
#include "base/text.hpp"
#include "kube/names.hpp"
#include "kube/pod_file.hpp"
#include "kube/resolve_cluster.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <unistd.h>

#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::cmd {
namespace {

constexpr std::size_t k_max_file_bytes = std::size_t{1} << 30;

constexpr FlagScope k_selects_pods = {.what = "only selects pods",
                                      .for_pods = true};

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
  const std::string_view name = text.substr(slash + 1);
  if (!kube::is_dns_subdomain(name)) {
    return fail(ErrorKind::usage,
                fmt::format("invalid pod name \"{}\"", one_line(name)));
  }
  return std::string(name);
}

Result<std::vector<std::string>> pod_names(
    const std::vector<std::string>& texts) {
  std::vector<std::string> names;
  for (const std::string& text : texts) {
    TRY_ASSIGN(std::string name, pod_name(text));
    names.push_back(std::move(name));
  }
  return names;
}

/// An empty one is that of the context, as with kubectl.
Result<std::string> read_namespace(std::string_view text) {
  return text.empty() ? Result<std::string>() : kube::parse_namespace(text);
}

Result<void> check(const PodFlags& flags) {
  const collect::Selection& selection = flags.pods.selection;
  const bool selects =
      !selection.label_selector.empty() || !selection.field_selector.empty();
  if (!selection.names.empty() && selects) {
    return fail(ErrorKind::usage,
                "pod names cannot be combined with -l and --field-selector");
  }
  if (!selection.names.empty() && flags.pods.all_namespaces) {
    return fail(ErrorKind::usage,
                "pod names cannot be combined with -A: names are unique only "
                "in a namespace; use -n");
  }
  if (!flags.filename.empty() && selects) {
    return fail(ErrorKind::usage,
                "-l and --field-selector have no effect with -f: filter the "
                "list before it is written");
  }
  return {};
}

Result<collect::ListedPods> read_listed_pods(const std::string& filename) {
  const bool standard_input = filename == "-";
  const std::string name = standard_input ? "standard input" : filename;
  TRY_ASSIGN(std::string file,
             standard_input ? read_all(STDIN_FILENO, name, k_max_file_bytes)
                            : read_file(name, k_max_file_bytes));
  TRY_ASSIGN(std::vector<kube::Pod> pods,
             kube::read_pods(std::move(file), name));
  return collect::ListedPods{.name = name, .pods = std::move(pods)};
}

}  // namespace

void add_pod_flags(CLI::App& app, PodFlags& flags, ScopedFlags* scoped) {
  FlagGroup group(app, "Pods", scoped, &k_selects_pods);
  collect::Selection& selection = flags.pods.selection;
  group.parsed("-n,--namespace", flags.cluster.choice.ns, read_namespace,
               "NAME", "Namespace (default: the one of the context)");
  group.flag("-A,--all-namespaces", flags.pods.all_namespaces,
             "Pods of every namespace");
  group.value("-l,--selector", selection.label_selector, "SELECTOR",
              "Label selector, e.g. app=api,tier!=test");
  group.value("--field-selector", selection.field_selector, "SELECTOR",
              "Field selector, e.g. spec.nodeName=node-1");
  group
      .value("-f,--filename", flags.filename, "FILE",
             "Pods from a file (- is standard input) as `kubectl get pods -o "
             "json` or yaml prints them; no API server is needed")
      ->check(refuse_empty);
  group
      .value("--chunk-size", selection.chunk_size, "N",
             "Pods to ask for at a time; 0: all in one answer")
      ->check(CLI::Range(0, 1000000))
      ->capture_default_str();
  add_cluster_flags(app, flags.cluster);
}

CLI::Option* add_pod_names(CLI::App& app, PodFlags& flags, const char* help) {
  std::vector<std::string>& names = flags.pods.selection.names;
  const auto take = [&names](const std::vector<std::string>& texts) {
    Result<std::vector<std::string>> read = pod_names(texts);
    if (!read) {
      throw CLI::ValidationError(read.error().message);
    }
    names = *std::move(read);
  };
  return app.add_option_function<std::vector<std::string>>("POD", take, help)
      ->type_name("");
}

bool selects_pods(const PodFlags& flags) {
  const collect::Selection& selection = flags.pods.selection;
  return !selection.label_selector.empty() ||
         !selection.field_selector.empty() || flags.pods.all_namespaces ||
         !flags.filename.empty() || !flags.cluster.choice.ns.empty();
}

Result<collect::PodRequest> complete(const PodFlags& flags) {
  TRY(check(flags));
  collect::PodRequest request = flags.pods;
  request.selection.ns = flags.cluster.choice.ns;
  if (!flags.filename.empty()) {
    TRY_ASSIGN(request.listed, read_listed_pods(flags.filename));
  }
  return request;
}

}  // namespace kprofefe::cmd

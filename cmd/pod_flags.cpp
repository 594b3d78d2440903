// SPDX-License-Identifier: MIT
#include "cmd/pod_flags.hpp"

#include "cmd/flag_checks.hpp"

#include "base/file.hpp"
#include "kube/pod_file.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <unistd.h>

#include <utility>

namespace kprofefe::cmd {
namespace {

constexpr std::size_t k_max_file_bytes = std::size_t{1} << 30;

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
                "it is not asked for pods: select in what writes the file");
  }
  for (const std::string& name : flags.names) {
    TRY(pod_name(name));
  }
  if (!flags.cluster.choice.ns.empty()) {
    TRY(kube::parse_namespace(flags.cluster.choice.ns));
  }
  return {};
}

/// ` that match -l app=api and --field-selector spec.nodeName=node-1`.
std::string matching(const collect::Selection& wanted, bool one) {
  std::string selectors;
  if (!wanted.label_selector.empty()) {
    selectors = "-l " + wanted.label_selector;
  }
  if (!wanted.field_selector.empty()) {
    selectors += selectors.empty() ? "" : " and ";
    selectors += "--field-selector " + wanted.field_selector;
  }
  return selectors.empty()
             ? ""
             : fmt::format(" that {} {}", one ? "matches" : "match", selectors);
}

}  // namespace

void add_pod_flags(CLI::App& app, PodFlags& flags) {
  const std::string which = k_pods_group;
  app.add_option("-n,--namespace", flags.cluster.choice.ns,
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
                 "-o json` or yaml prints them; no API server is needed")
      ->type_name("FILE")
      ->check(refuse_empty)
      ->group(which);
  app.add_option("--chunk-size", flags.chunk_size,
                 "Pods to ask for at a time; 0: all in one answer")
      ->type_name("N")
      ->check(CLI::Range(0, 1000000))
      ->group(which)
      ->capture_default_str();
  add_cluster_flags(app, flags.cluster);
}

Result<std::optional<std::vector<kube::Pod>>> read_listed_pods(
    const PodFlags& flags) {
  TRY(check_flags(flags));
  if (flags.filename.empty()) {
    return std::nullopt;
  }
  const bool standard_input = flags.filename == "-";
  const std::string name = standard_input ? "standard input" : flags.filename;
  TRY_ASSIGN(std::string file,
             standard_input ? read_all(STDIN_FILENO, name, k_max_file_bytes)
                            : read_file(name, k_max_file_bytes));
  return kube::read_pods(std::move(file), name);
}

void report_list_failure(Streams& streams, const collect::Selected& selected) {
  if (selected.list_failure) {
    print_error(streams, *selected.list_failure);
    print_note(
        streams,
        fmt::format("the list of pods is not complete; going on with the "
                    "{} that came before the error",
                    selected.pods_seen));
  }
}

Result<PodSource> PodSource::open(const PodFlags& flags,
                                  std::optional<std::vector<kube::Pod>> listed,
                                  const OpenCluster* cluster) {
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
    if (!flags.all_namespaces && !flags.cluster.choice.ns.empty()) {
      TRY_ASSIGN(source.wanted_.ns,
                 kube::parse_namespace(flags.cluster.choice.ns));
    }
    source.listed_ = std::move(listed);
    return source;
  }
  source.wanted_.ns = flags.all_namespaces ? "" : cluster->ns;
  source.api_ = cluster->api.get();
  return source;
}

async::Task<Result<collect::Selected>> PodSource::select(
    collect::Selection selection) const {
  selection.ns = wanted_.ns;
  selection.names = wanted_.names;
  selection.label_selector = wanted_.label_selector;
  selection.field_selector = wanted_.field_selector;
  selection.chunk_size = wanted_.chunk_size;
  if (listed_) {
    co_return collect::select_from(*listed_, selection);
  }
  co_return co_await collect::select_pods(api_, std::move(selection));
}

std::string PodSource::describe(std::size_t pods, bool explain_all) const {
  // An API server is asked for no others, and a file has what it has.
  const bool only_running = !listed_ && !explain_all;
  return fmt::format("{} {}{} in {}{}", pods == 0 ? "no" : fmt::to_string(pods),
                     only_running ? "running " : "", pods == 1 ? "pod" : "pods",
                     scope(pods == 0), matching(wanted_, pods == 1));
}

/// `namespace "shop"`, `all namespaces`, `pods.json`, `namespace "shop" of
/// pods.json`.
std::string PodSource::scope(bool empty) const {
  if (listed_) {
    const std::string file = filename_ == "-" ? "standard input" : filename_;
    return wanted_.ns.empty()
               ? file
               : fmt::format("namespace \"{}\" of {}", wanted_.ns, file);
  }
  if (wanted_.ns.empty()) {
    return empty ? "any namespace" : "all namespaces";
  }
  return fmt::format("namespace \"{}\"", wanted_.ns);
}

}  // namespace kprofefe::cmd

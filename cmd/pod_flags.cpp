// SPDX-License-Identifier: MIT
#include "cmd/pod_flags.hpp"

#include "cmd/cluster_flags.hpp"

#include "base/file.hpp"
#include "kube/names.hpp"
#include "kube/pod_file.hpp"

#include <CLI/CLI.hpp>

#include <unistd.h>

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::cmd {
namespace {

constexpr std::size_t k_max_file_bytes = std::size_t{1} << 30;

constexpr cli::FlagScope k_selects_pods = {.what = "only applies to pods",
                                           .for_pods = true};

/// Puts pods by name into the selection. Errors: usage.
Result<void> read_names(const std::vector<std::string>& texts,
                        collect::Selection& selection) {
  selection.names.clear();
  for (const std::string& text : texts) {
    TRY_ASSIGN(const kube::PodName pod, kube::parse_pod_name(text));
    selection.names.push_back(pod.name);
    if (!pod.port.empty()) {
      selection.ports.insert_or_assign(pod.name, pod.port);
    }
  }
  return {};
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

void add_pod_flags(CLI::App& app, PodFlags& flags, cli::ScopedFlags* scoped) {
  cli::FlagGroup group(app, "Pods", scoped, &k_selects_pods);
  collect::Selection& selection = flags.pods.selection;
  group.parsed("-n,--namespace", flags.cluster.choice.ns, read_namespace,
               "NAME", "Namespace (default: the context's)");
  group.flag("-A,--all-namespaces", flags.pods.all_namespaces,
             "Pods in all namespaces");
  group.text("-l,--selector", selection.label_selector, "SELECTOR",
             "Label selector, e.g. app=api,tier!=test");
  group.text("--field-selector", selection.field_selector, "SELECTOR",
             "Field selector, e.g. spec.nodeName=node-1");
  group.flag("--annotated", selection.only_annotated,
             "Only pods annotated profefe.com/enable: \"true\", also of those "
             "that are named or selected by -l");
  group
      .text("--port", selection.endpoint.port, "PORT",
            "Number or name of the pprof port (default: by annotation, else "
            "6060)")
      ->check(cli::refuse_empty);
  group.parsed("--path", selection.endpoint.path, collect::parse_pprof_path,
               "PATH",
               "Path of pprof (default: by annotation, else "
               "/debug/pprof)");
  group.parsed("--scheme", selection.endpoint.scheme, collect::parse_scheme,
               "SCHEME", "http or https (default: by annotation, else http)");
  group
      .text("-f,--filename", flags.filename, "FILE",
            "File with pods (- is standard input) as `kubectl get pods -o "
            "json` or yaml prints them; no API server is needed")
      ->check(cli::refuse_empty);
  group.number("--chunk-size", selection.chunk_size,
               {.least = 0, .most = 1000000}, "N",
               "Pods to list per request; 0: all in one");
  add_cluster_flags(app, flags.cluster);
}

CLI::Option* add_pod_names(CLI::App& app, PodFlags& flags, const char* help) {
  const auto take = [&flags](const std::vector<std::string>& texts) {
    const Result<void> read = read_names(texts, flags.pods.selection);
    if (!read) {
      throw CLI::ValidationError(read.error().message);
    }
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
    TRY_ASSIGN(collect::ListedPods listed, read_listed_pods(flags.filename));
    request.listed =
        std::make_shared<const collect::ListedPods>(std::move(listed));
  }
  return request;
}

}  // namespace kprofefe::cmd

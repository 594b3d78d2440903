// SPDX-License-Identifier: MIT
#include "cmd/command.hpp"
#include "cmd/read_profiles.hpp"

#include "base/path.hpp"
#include "kube/open_cluster.hpp"
#include "server/access_guard.hpp"
#include "server/listener.hpp"
#include "session/browser.hpp"
#include "web/app.hpp"
#include "web/history.hpp"
#include "web/serve_page.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::cmd {
namespace {

struct WebFlags {
  ReadFlags read;
  server::ListenAddress address;
  bool allow_remote = false;
  bool opens_browser = true;
};

/// One page, from its sources to Ctrl-C.
class WebRun {
 public:
  WebRun(const Context& context, const WebFlags& flags, ReadInputs inputs,
         bool is_empty)
      : context_(context),
        flags_(flags),
        inputs_(std::move(inputs)),
        is_empty_(is_empty),
        reader_(context, inputs_) {}

  Result<ExitCode> run() {
    server::ListenAddress address = flags_.address;
    address.allow_remote = flags_.allow_remote;
    TRY_ASSIGN(server::Listener listener,
               server::Listener::open(session()->loop(), address));
    TRY(resolve_namespace());
    web::App app(session().get(), &session()->loop(), request());
    bool is_incomplete = false;
    if (!is_empty_) {
      TRY_ASSIGN(is_incomplete, load_into(app));
    }
    TRY_ASSIGN(
        server::AccessGuard guard,
        server::AccessGuard::create(listener.authorities(), app.first_path()));
    TRY(show(guard));
    session()->run(web::serve_page(std::move(listener), &guard, &app,
                                   session().get()->stop));
    return is_incomplete ? ExitCode::partial : ExitCode::ok;
  }

 private:
  CommandSession& session() { return reader_.session(); }

  [[nodiscard]] bool is_live() const {
    return is_empty_ || is_captured(inputs_.input);
  }

  /// The page names pods in one namespace, which it has to know.
  Result<void> resolve_namespace() {
    collect::PodRequest& pods = inputs_.request.live.pods;
    const bool is_known = !pods.selection.ns.empty() || pods.all_namespaces ||
                          pods.listed != nullptr;
    if (is_live() && !is_known) {
      TRY_ASSIGN(
          const kube::OpenCluster cluster,
          kube::open_cluster(inputs_.request.live.cluster, *session().get()));
      pods.selection.ns = cluster.ns;
    }
    return {};
  }

  /// What the page is of, for a window among many.
  [[nodiscard]] std::string title() const {
    const std::vector<std::string>& words = flags_.read.words;
    const std::string& ns = inputs_.request.live.pods.selection.ns;
    if (words.size() > 1) {
      return fmt::format("{} and {} more", base_name(words.front()),
                         words.size() - 1);
    }
    if (!words.empty()) {
      return std::string(base_name(words.front()));
    }
    if (!flags_.read.sources.query.service.empty()) {
      return flags_.read.sources.query.service;
    }
    if (inputs_.request.live.pods.listed != nullptr) {
      return "listed pods";
    }
    return ns.empty() ? "all namespaces" : "namespace " + ns;
  }

  [[nodiscard]] web::AppRequest request() const {
    return {.title = title(),
            .options = flags_.read.view,
            .read = inputs_.request,
            .live = is_live() ? std::optional(inputs_.input) : std::nullopt,
            .saves = inputs_.saves,
            .normalizes = flags_.read.base.normalize};
  }

  /// Whether something could not be had.
  Result<bool> load_into(web::App& app) {
    if (inputs_.base.empty()) {
      TRY_ASSIGN(source::LoadedProfile loaded, reader_.load());
      const bool is_incomplete = loaded.is_incomplete;
      app.add(std::move(loaded));
      return is_incomplete;
    }
    TRY_ASSIGN(ProfileReader::Pair pair, reader_.load_with_base());
    const bool is_incomplete =
        pair.base.is_incomplete || pair.profile.is_incomplete;
    app.set_base(app.add(std::move(pair.base)));
    app.add(std::move(pair.profile));
    return is_incomplete;
  }

  /// The address is a secret of who started us: it is printed for him, and
  /// nowhere else.
  Result<void> show(const server::AccessGuard& guard) {
    TRY(print_results(context_.streams,
                      fmt::format("{}\n", guard.start_url())));
    print_note(context_.streams, "press Ctrl-C to end");
    if (flags_.opens_browser) {
      const Result<void> opened =
          open_in_browser(guard.browser_url(), context_.env);
      if (!opened) {
        print_note(context_.streams, opened.error().message);
      }
    }
    return {};
  }

  const Context& context_;
  const WebFlags& flags_;
  ReadInputs inputs_;
  bool is_empty_;
  ProfileReader reader_;
};

/// Whether the flags say what to show: a namespace alone is where to choose.
bool selects(const SourceFlags& flags) {
  PodFlags pods = flags.live.pods;
  pods.cluster.choice.ns.clear();
  return !flags.query.service.empty() || selects_pods(pods);
}

Result<ExitCode> run_web(const Context& context, WebFlags& flags) {
  ReadFlags& read = flags.read;
  TRY(check(read.base));
  TRY(check(read.view, ShownAs::text));
  find_go_sources(context.env, read.view);
  const bool is_empty = read.words.empty() && !selects(read.sources);
  const bool has_base = !read.base.base.empty() || !read.base.diff_base.empty();
  if (is_empty && has_base) {
    return fail(ErrorKind::usage, "a base needs a SOURCE to compare with it");
  }
  ReadInputs inputs;
  if (is_empty) {
    TRY_ASSIGN(inputs, complete_pods(read.sources, context.env));
  } else {
    TRY_ASSIGN(inputs,
               complete(read.sources, read.words,
                        last_base(read.base, context.streams), context.env));
  }
  WebRun run(context, flags, std::move(inputs), is_empty);
  return run.run();
}

}  // namespace

void add_web(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<WebFlags>();
  CLI::App* web = app.add_subcommand(
      "web",
      "Look at profiles in a browser, like `go tool pprof -http`; without a "
      "SOURCE, choose among the pods of the namespace");
  cli::FlagGroup group(*web, "Page");
  group
      .parsed("--http", flags->address, server::parse_listen_address,
              "HOST:PORT", "Address to serve the page at")
      ->default_str("localhost:0");
  group.off("--no-browser", flags->opens_browser,
            "Do not open a browser; print the address only");
  group.flag("--allow-remote", flags->allow_remote,
             "Serve also at an address of this host that others can reach, as "
             "in --http 10.0.0.5:8080; whoever has the printed address can see "
             "the profiles");
  add_value_flags(*web, flags->read.view);
  add_source_path_flags(*web, flags->read.view);
  add_filter_flags(*web, flags->read.view);
  add_read_flags(*web, flags->read);
  web->footer(read_footer(
      app,
      "  kubectl profefe web cpu.pb.gz\n"
      "  kubectl profefe web -l app=api --profile-type heap\n"
      "  kubectl profefe web new.pb.gz --base old.pb.gz\n"
      "  kubectl profefe web -n shop                          choose pods in "
      "the page\n"));
  when_named(*web, chosen, [flags](const Context& context) {
    return run_web(context, *flags);
  });
}

}  // namespace kprofefe::cmd

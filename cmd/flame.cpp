// SPDX-License-Identifier: MIT
#include "flame/flame.hpp"

#include "cmd/browser.hpp"
#include "cmd/check_sources.hpp"
#include "cmd/command.hpp"
#include "cmd/read_profiles.hpp"

#include "base/file.hpp"
#include "base/text.hpp"
#include "base/writable.hpp"
#include "flame/tree.hpp"
#include "pprof/diff.hpp"
#include "pprof/measurement.hpp"
#include "pprof/prepare.hpp"
#include "view/total.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace kprofefe::cmd {
namespace {

struct FlameFlags {
  ReadFlags read;
  std::string output;
  std::string format;
  bool open = false;
};

/// A format: the tree that it wants, and what writes it, which is false when
/// the sink took no more.
struct Renderer {
  flame::Shape shape;
  bool (*write)(const flame::Tree&, const pprof::Profile&,
                const flame::Options&, const Sink&) = nullptr;
};

/// For pictures, which are small and made as a whole.
template <auto Render>
bool write_whole(const flame::Tree& tree, const pprof::Profile& profile,
                 const flame::Options& options, const Sink& sink) {
  return sink(Render(tree, profile, options));
}

/// --format, or what the file's name ends in; empty when it ends in nothing.
std::string format_of(const FlameFlags& flags) {
  if (!flags.format.empty()) {
    return flags.format;
  }
  if (flags.output.empty() || flags.output == "-") {
    return "html";
  }
  const auto dot = flags.output.rfind('.');
  return dot == std::string::npos ? "" : flags.output.substr(dot + 1);
}

/// What to draw. Errors: usage.
Result<Renderer> choose_renderer(const FlameFlags& flags) {
  const std::string format = format_of(flags);
  if (format == "html") {
    return Renderer{.write = write_whole<flame::render_html>};
  }
  if (format == "svg") {
    return Renderer{.write = write_whole<flame::render_svg>};
  }
  if (format == "folded") {
    return Renderer{.shape = flame::k_folded, .write = flame::render_folded};
  }
  return fail(ErrorKind::usage,
              fmt::format("-o {}: the name says what to draw: .html, .svg or "
                          ".folded; or give --format",
                          flags.output));
}

Result<flame::Granularity> choose_granularity(const std::string& name) {
  if (name.empty() || name == "functions") {
    return flame::Granularity::functions;
  }
  if (name == "lines") {
    return flame::Granularity::lines;
  }
  if (name == "files") {
    return flame::Granularity::files;
  }
  return fail(ErrorKind::usage,
              fmt::format("--granularity \"{}\": a flame graph has functions, "
                          "lines or files",
                          name));
}

std::string title_of(const Gathered& gathered) {
  const std::size_t others = gathered.names.size() - 1;
  return others == 0
             ? gathered.names.front()
             : fmt::format("{} and {} more", gathered.names.front(), others);
}

/// One picture, from its sources to the file.
class Flame {
 public:
  Flame(const Context& context, const FlameFlags& flags)
      : context_(context), flags_(flags) {}

  Result<ExitCode> run() {
    TRY(check());
    TRY(choose());
    TRY(check_place());
    TRY(read());
    TRY(draw());
    const bool incomplete =
        now_.is_incomplete || (base_ && base_->is_incomplete);
    return incomplete ? ExitCode::partial : ExitCode::ok;
  }

 private:
  Result<void> check() const {
    if (flags_.output.empty() && !flags_.open) {
      return fail(ErrorKind::usage,
                  "where to: -o FILE.html, .svg or .folded, -o - or --open");
    }
    if (flags_.output == "-" && flags_.open) {
      return fail(ErrorKind::usage, "--open shows a file, and -o - makes none");
    }
    TRY(validate(flags_.read.base));
    return check_sources(flags_.read.sources, flags_.read.words,
                         flags_.read.base.base);
  }

  Result<void> choose() {
    const ViewFlags& view = flags_.read.view;
    TRY_ASSIGN(renderer_, choose_renderer(flags_));
    TRY_ASSIGN(options_, validate(view));
    TRY_ASSIGN(picture_.granularity, choose_granularity(view.granularity));
    picture_.unit = options_.unit;
    picture_.divide_by = options_.divide_by;
    return {};
  }

  [[nodiscard]] Result<void> check_place() const {
    if (flags_.output == "-") {
      return {};
    }
    return check_writable(flags_.output.empty() ? temporary_folder() + "/flame"
                                                : flags_.output);
  }

  Result<void> draw() {
    flame::Input input;
    TRY_ASSIGN(const view::Prepared now,
               filtered(std::move(now_.profile), input.totals));
    input.profile = &now.profile;
    std::optional<view::Prepared> base;
    if (base_) {
      TRY_ASSIGN(base, filtered(std::move(base_->profile), input.base_totals));
      input.base = &base->profile;
    }
    TRY(check_unit(now));
    picture_.title = title_of(now_);
    picture_.sample_index = now.sample_index;
    TRY_ASSIGN(const flame::Tree tree,
               flame::build_tree(input, picture_, renderer_.shape));
    return deliver([&](const Sink& sink) {
      return renderer_.write(tree, now.profile, picture_, sink);
    });
  }

  Result<void> read() {
    const ReadFlags& read = flags_.read;
    TRY_ASSIGN(now_, gather(context_, read.sources, read.words));
    if (read.base.base.empty()) {
      return {};
    }
    TRY_ASSIGN(base_, gather(context_, read.sources, read.base.base));
    return pprof::make_comparable(now_.profile, base_->profile,
                                  read.base.normalize);
  }

  /// Also what is 100 % of each sample type.
  Result<view::Prepared> filtered(pprof::Profile profile,
                                  std::vector<std::int64_t>& totals) {
    pprof::prepare(profile);
    totals = view::totals_of(profile);
    TRY_ASSIGN(
        view::Prepared prepared,
        view::prepare(std::move(profile), view::ReportKind::raw, options_));
    for (const std::string& warning : prepared.warnings) {
      print_note(context_.streams, warning);
    }
    if (options_.relative_percentages) {
      totals = view::totals_of(prepared.profile);
    }
    return prepared;
  }

  /// A unit that does not fit what is shown first would change nothing.
  [[nodiscard]] Result<void> check_unit(const view::Prepared& prepared) const {
    const std::string& unit = options_.unit;
    if (unit == "auto" || unit == "minimum" ||
        pprof::are_convertible(prepared.sample_unit, unit)) {
      return {};
    }
    return fail(ErrorKind::usage,
                fmt::format("--unit {}: {} is in {}, which cannot be converted",
                            kprofefe::quoted(unit), prepared.sample_type,
                            kprofefe::quoted(prepared.sample_unit)));
  }

  Result<void> deliver(const Producer& produce) {
    if (flags_.output == "-") {
      return print_results(context_.streams, produce);
    }
    std::string path = flags_.output;
    if (path.empty()) {
      TRY_ASSIGN(path, temporary_path());
    }
    TRY(write_file(path, produce));
    print_note(context_.streams, "written " + path);
    return flags_.open ? open_in_browser(path, context_.env) : Result<void>();
  }

  [[nodiscard]] std::string temporary_folder() const {
    return context_.env.get("TMPDIR").value_or("/tmp");
  }

  /// In a folder of its own that nobody else can write to. The browser reads
  /// it after we have ended, so nobody removes it.
  [[nodiscard]] Result<std::string> temporary_path() const {
    std::string folder = temporary_folder() + "/profefe-XXXXXX";
    if (::mkdtemp(folder.data()) == nullptr) {
      return fail(ErrorKind::io, fmt::format("make a folder {}: {}", folder,
                                             errno_text(errno)));
    }
    return fmt::format("{}/flame.{}", folder,
                       flags_.format.empty() ? "html" : flags_.format);
  }

  const Context& context_;
  const FlameFlags& flags_;
  view::Options options_;
  Renderer renderer_;
  flame::Options picture_;
  Gathered now_;
  std::optional<Gathered> base_;
};

void add_flame_flags(CLI::App& app, FlameFlags& flags) {
  const std::string where = "Where to";
  app.add_option("-o,--output", flags.output,
                 "FILE.html: a page for any browser; FILE.svg: a picture; "
                 "FILE.folded: for other tools; -: standard output")
      ->type_name("FILE")
      ->group(where);
  app.add_option("--format", flags.format,
                 "html, svg or folded, whatever the file is called")
      ->type_name("FORMAT")
      ->group(where)
      ->check(CLI::IsMember({"html", "svg", "folded"}));
  app.add_flag("--open", flags.open, "Show it in $BROWSER, or the system's")
      ->group(where);
}

/// A frame is as wide as all that it calls together, and means do not add up,
/// so there is no --mean.
void add_picture_flags(CLI::App& app, ViewFlags& flags) {
  flags.options.unit = "auto";
  add_value_flags(app, flags);
  app.remove_option(app.get_option("--mean"));
}

}  // namespace

void add_flame(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<FlameFlags>();
  ReadFlags& read = flags->read;
  CLI::App* flame = app.add_subcommand(
      "flame", "Draw a flame graph: one file that needs no network");
  flame->group(k_read_group);
  flame->add_option("SOURCE", read.words, "Where profiles are from, see below")
      ->type_name("");
  add_flame_flags(*flame, *flags);
  add_picture_flags(*flame, read.view);
  flame
      ->add_option("--granularity", read.view.granularity,
                   "What a frame is: functions, lines or files")
      ->type_name("WHAT")
      ->group("What to show");
  add_filter_flags(*flame, read.view);
  flame
      ->add_option("--base", read.base.base,
                   "Colour what grew and shrank since this SOURCE; may be "
                   "repeated: their sum")
      ->type_name("SOURCE")
      ->allow_extra_args(false)
      ->group("Compare");
  flame
      ->add_flag("--normalize", read.base.normalize,
                 "First scale the profile to the total of its base")
      ->group("Compare");
  add_source_flags(*flame, read.sources);
  flame->footer(std::string(k_source_help) +
                "\nExamples:\n"
                "  kubectl profefe flame -l app=api --open\n"
                "  kubectl profefe flame new.pb.gz --base old.pb.gz -o "
                "diff.html");
  flame->callback([flags, &chosen] {
    chosen = [flags](const Context& context) {
      const Result<ExitCode> code = Flame(context, *flags).run();
      return code ? *code : print_error(context.streams, code.error());
    };
  });
}

}  // namespace kprofefe::cmd

// SPDX-License-Identifier: MIT
#include "flame/flame.hpp"

#include "cmd/browser.hpp"
#include "cmd/command.hpp"
#include "cmd/read_profiles.hpp"

#include "base/choice.hpp"
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

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::cmd {
namespace {

/// What is drawn.
enum class Picture : std::uint8_t { html, svg, folded };

constexpr std::array<std::pair<std::string_view, Picture>, 3> k_pictures = {
    {{"html", Picture::html},
     {"svg", Picture::svg},
     {"folded", Picture::folded}}};

struct FlameFlags {
  ReadFlags read;
  std::string output;
  std::optional<Picture> format;
  bool open = false;
  flame::Granularity granularity = flame::Granularity::functions;
};

/// The tree that a picture wants, and what writes it, which is false when the
/// sink took no more.
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

/// --format, or what the file's name ends in. Errors: usage.
Result<Picture> choose_picture(const FlameFlags& flags) {
  if (flags.format || flags.output.empty() || flags.output == "-") {
    return flags.format.value_or(Picture::html);
  }
  const auto dot = flags.output.rfind('.');
  const Result<Picture> picture = parse_choice(
      dot == std::string::npos ? "" : flags.output.substr(dot + 1), k_pictures);
  if (!picture) {
    return fail(ErrorKind::usage,
                fmt::format("-o {}: the name says what to draw: .html, .svg or "
                            ".folded; or give --format",
                            flags.output));
  }
  return picture;
}

Renderer renderer_of(Picture picture) {
  switch (picture) {
    case Picture::svg:
      return {.write = write_whole<flame::render_svg>};
    case Picture::folded:
      return {.shape = flame::k_folded, .write = flame::render_folded};
    case Picture::html:
      break;
  }
  return {.write = write_whole<flame::render_html>};
}

Result<flame::Granularity> read_granularity(std::string_view name) {
  using flame::Granularity;
  constexpr std::array<std::pair<std::string_view, Granularity>, 3> k_names = {
      {{"functions", Granularity::functions},
       {"lines", Granularity::lines},
       {"files", Granularity::files}}};
  return parse_choice(name, k_names);
}

Result<Picture> read_picture(std::string_view name) {
  return parse_choice(name, k_pictures);
}

std::string title_of(const source::LoadedProfile& loaded) {
  const std::size_t others = loaded.names.size() - 1;
  return others == 0
             ? loaded.names.front()
             : fmt::format("{} and {} more", loaded.names.front(), others);
}

/// One picture, from its sources to the file.
class Flame {
 public:
  Flame(const Context& context, const FlameFlags& flags)
      : context_(context),
        flags_(flags),
        options_(flags.read.view),
        picture_{.granularity = flags.granularity,
                 .unit = flags.read.view.unit,
                 .divide_by = flags.read.view.divide_by} {}

  Result<ExitCode> run() {
    TRY(check_flags());
    TRY_ASSIGN(const Picture picture, choose_picture(flags_));
    renderer_ = renderer_of(picture);
    TRY(check_place());
    TRY(read());
    TRY(draw());
    const bool incomplete =
        now_.is_incomplete || (base_ && base_->is_incomplete);
    return incomplete ? ExitCode::partial : ExitCode::ok;
  }

 private:
  [[nodiscard]] Result<void> check_flags() const {
    if (flags_.output.empty() && !flags_.open) {
      return fail(ErrorKind::usage,
                  "specify where to: -o FILE.html, .svg or .folded, -o - or "
                  "--open");
    }
    if (flags_.output == "-" && flags_.open) {
      return fail(ErrorKind::usage, "--open cannot be combined with -o -");
    }
    TRY(check(flags_.read.base));
    return check(flags_.read.view, ShownAs::text);
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
    TRY_ASSIGN(const ReadInputs inputs, complete(read.sources, read.words,
                                                 read.base.base, context_.env));
    ProfileReader reader(context_, inputs.request);
    TRY_ASSIGN(now_, reader.load(inputs.input));
    if (inputs.base.empty()) {
      return {};
    }
    TRY_ASSIGN(base_, reader.load(inputs.base));
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
    const Picture picture = flags_.format.value_or(Picture::html);
    return fmt::format(
        "{}/flame.{}", folder,
        std::ranges::find(k_pictures, picture,
                          &std::pair<std::string_view, Picture>::second)
            ->first);
  }

  const Context& context_;
  const FlameFlags& flags_;
  view::Options options_;
  flame::Options picture_;
  Renderer renderer_;
  source::LoadedProfile now_;
  std::optional<source::LoadedProfile> base_;
};

void add_flame_flags(CLI::App& app, FlameFlags& flags) {
  FlagGroup group(app, "Where to");
  group
      .value("-o,--output", flags.output, "FILE",
             "FILE.html: a page for any browser; FILE.svg: a picture; "
             "FILE.folded: for other tools; -: standard output")
      ->check(refuse_empty);
  group.parsed("--format", flags.format, read_picture, "FORMAT",
               "html, svg or folded, whatever the file is called");
  group.flag("--open", flags.open, "Show it in $BROWSER, or the system's");
}

void add_coloured_base(CLI::App& app, BaseFlags& flags, const char* help) {
  FlagGroup group(app, "Compare");
  group.list("--base", flags.base, "SOURCE", help);
  group.flag("--normalize", flags.normalize,
             "First scale the profile to the total of its base");
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
  // A frame is as wide as all that it calls together, and means do not add up.
  constexpr bool k_with_mean = false;
  read.view.unit = "auto";
  add_value_flags(*flame, read.view, k_with_mean);
  FlagGroup(*flame, "What to show")
      .parsed("--granularity", flags->granularity, read_granularity, "WHAT",
              "What a frame is: functions, lines or files")
      ->default_str("functions");
  add_filter_flags(*flame, read.view);
  add_coloured_base(*flame, read.base,
                    "Colour what grew and shrank since this SOURCE; may be "
                    "repeated: their sum");
  add_source_flags(*flame, read.sources);
  flame->footer(read_footer(
      app,
      "  kubectl profefe flame -l app=api --open\n"
      "  kubectl profefe flame new.pb.gz --base old.pb.gz -o diff.html\n"));
  when_named(*flame, chosen, [flags](const Context& context) {
    return Flame(context, *flags).run();
  });
}

}  // namespace kprofefe::cmd

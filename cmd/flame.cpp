// SPDX-License-Identifier: MIT
#include "cmd/command.hpp"
#include "cmd/read_profiles.hpp"

#include "base/file.hpp"
#include "base/text.hpp"
#include "base/writable.hpp"
#include "flame/draw.hpp"
#include "pprof/diff.hpp"
#include "session/browser.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace kprofefe::cmd {
namespace {

struct FlameFlags {
  ReadFlags read;
  std::string output;
  std::optional<flame::Format> format;
  bool open = false;
};

std::string temporary_folder(const Env& env) {
  return env.get("TMPDIR").value_or("/tmp");
}

/// In a folder of its own that nobody else can write to. The browser reads it
/// after we have ended, so nobody removes it.
Result<std::string> temporary_path(const Env& env, flame::Format format) {
  std::string folder = temporary_folder(env) + "/profefe-XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) {
    return fail(ErrorKind::io, fmt::format("create directory {}: {}", folder,
                                           errno_text(errno)));
  }
  return fmt::format("{}/flame.{}", folder, flame::format_name(format));
}

/// One picture, from its sources to the file.
class FlameRun {
 public:
  FlameRun(const Context& context, const FlameFlags& flags)
      : context_(context), flags_(flags) {}

  Result<ExitCode> run() {
    TRY(check_flags());
    TRY_ASSIGN(format_, choose_format());
    TRY(check_place());
    TRY(read());
    const bool is_incomplete =
        now_.is_incomplete || (base_ && base_->is_incomplete);
    TRY(draw());
    return is_incomplete ? ExitCode::partial : ExitCode::ok;
  }

 private:
  [[nodiscard]] Result<void> check_flags() const {
    if (flags_.output.empty() && !flags_.open) {
      return fail(ErrorKind::usage,
                  "no output given: use -o FILE.html, .svg or .folded, -o - or "
                  "--open");
    }
    if (flags_.output == "-" && flags_.open) {
      return fail(ErrorKind::usage, "--open cannot be combined with -o -");
    }
    TRY(check(flags_.read.base));
    return check(flags_.read.view, ShownAs::text);
  }

  /// --format, or what the file's name ends in. Errors: usage.
  [[nodiscard]] Result<flame::Format> choose_format() const {
    if (flags_.format || flags_.output.empty() || flags_.output == "-") {
      return flags_.format.value_or(flame::Format::html);
    }
    const Result<flame::Format> format = flame::format_of_file(flags_.output);
    if (!format) {
      return fail(ErrorKind::usage,
                  format.error().message + ", or set --format");
    }
    return format;
  }

  [[nodiscard]] Result<void> check_place() const {
    if (flags_.output == "-") {
      return {};
    }
    return check_writable(flags_.output.empty()
                              ? temporary_folder(context_.env) + "/flame"
                              : flags_.output);
  }

  Result<void> read() {
    const ReadFlags& read = flags_.read;
    TRY_ASSIGN(const ReadInputs inputs,
               complete(read.sources, read.words,
                        last_base(read.base, context_.streams), context_.env));
    ProfileReader reader(context_, inputs);
    if (inputs.base.empty()) {
      TRY_ASSIGN(now_, reader.load());
      return {};
    }
    TRY_ASSIGN(ProfileReader::Pair pair, reader.load_with_base());
    now_ = std::move(pair.profile);
    base_ = std::move(pair.base);
    return pprof::make_comparable(now_.profile, base_->profile,
                                  read.base.normalize);
  }

  Result<void> draw() {
    std::optional<pprof::Profile> base;
    if (base_) {
      base = std::move(base_->profile);
    }
    TRY_ASSIGN(const flame::Drawing drawing,
               flame::draw(std::move(now_.profile), std::move(base),
                           {.format = format_,
                            .view = flags_.read.view,
                            .title = source::title_of(now_)}));
    for (const std::string& warning : drawing.warnings()) {
      print_note(context_.streams, warning);
    }
    return deliver([&](const Sink& sink) { return drawing.write(sink); });
  }

  Result<void> deliver(const Producer& produce) {
    if (flags_.output == "-") {
      return print_results(context_.streams, produce);
    }
    std::string path = flags_.output;
    if (path.empty()) {
      TRY_ASSIGN(path, temporary_path(context_.env, format_));
    }
    TRY(write_file(path, produce));
    print_note(context_.streams, "wrote " + path);
    return flags_.open ? open_in_browser(path, context_.env) : Result<void>();
  }

  const Context& context_;
  const FlameFlags& flags_;
  flame::Format format_ = flame::Format::html;
  source::LoadedProfile now_;
  std::optional<source::LoadedProfile> base_;
};

void add_flame_flags(CLI::App& app, FlameFlags& flags) {
  cli::FlagGroup group(app, "Output");
  group
      .text("-o,--output", flags.output, "FILE",
            "FILE.html: an interactive page; FILE.svg: a picture; "
            "FILE.folded: folded stacks; -: standard output")
      ->check(cli::refuse_empty);
  group.parsed("--format", flags.format, flame::parse_format, "FORMAT",
               "html, svg or folded, regardless of the file name");
  group.flag("--open", flags.open,
             "Open it in $BROWSER or the default browser");
}

void add_coloured_base(CLI::App& app, BaseFlags& flags, const char* help) {
  cli::FlagGroup group(app, "Compare");
  group.list("--base", flags.base, "SOURCE", help);
  group.flag("--normalize", flags.normalize,
             "Scale the profile to the total of its base first");
}

}  // namespace

void add_flame(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<FlameFlags>();
  ReadFlags& read = flags->read;
  CLI::App* flame = app.add_subcommand(
      "flame", "Draw a flame graph into one self-contained file");
  flame->group(k_read_group);
  flame
      ->add_option("SOURCE", read.words,
                   "Where to read profiles from, see below")
      ->type_name("");
  add_flame_flags(*flame, *flags);
  // A frame is as wide as all that it calls together, and means do not add up.
  constexpr bool k_with_mean = false;
  read.view.unit = "auto";
  add_value_flags(*flame, read.view, k_with_mean);
  add_granularity_flags(*flame, read.view, "What to show");
  add_filter_flags(*flame, read.view);
  add_coloured_base(*flame, read.base,
                    "Colour growth and shrinkage since this SOURCE");
  add_source_flags(*flame, read.sources);
  flame->footer(read_footer(
      app,
      "  kubectl profefe flame -l app=api --open\n"
      "  kubectl profefe flame new.pb.gz --base old.pb.gz -o diff.html\n"));
  when_named(*flame, chosen, [flags](const Context& context) {
    return FlameRun(context, *flags).run();
  });
}

}  // namespace kprofefe::cmd

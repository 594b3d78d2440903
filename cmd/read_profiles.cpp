// SPDX-License-Identifier: MIT
#include "cmd/read_profiles.hpp"

#include "async/for_each_bounded.hpp"
#include "base/choice.hpp"
#include "cli/help.hpp"
#include "pprof/diff.hpp"
#include "pprof/kind.hpp"
#include "pprof/prepare.hpp"
#include "pprof/regex.hpp"
#include "source/saved.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <utility>
#include <variant>

namespace kprofefe::cmd {
namespace {

constexpr std::array<std::pair<std::string_view, RowFormat>, 3> k_formats = {
    {{"table", RowFormat::table},
     {"json", RowFormat::json},
     {"csv", RowFormat::csv}}};

bool is_live(const std::vector<source::Source>& sources) {
  return std::ranges::any_of(sources, [](const source::Source& source) {
    return source.kind == source::Kind::pod;
  });
}

/// That what is going to be captured can be compared with this. Errors: usage.
Result<void> check_measures(const pprof::Profile& profile,
                            const collect::CaptureRequest& request) {
  const pprof::ProfileKind kind = request.plan.kinds.front();
  const std::string_view measured = pprof::measured_type(kind);
  std::vector<std::string_view> types;
  types.reserve(profile.sample_types.size());
  for (const pprof::ValueKind& type : profile.sample_types) {
    types.push_back(profile.strings.at(type.type));
  }
  if (types.empty() || std::ranges::find(types, measured) != types.end()) {
    return {};
  }
  return fail(
      ErrorKind::usage,
      fmt::format("--profile-type {}: cannot be compared with a profile "
                  "that measures {}",
                  pprof::kind_name(kind), fmt::join(types, ", ")));
}

}  // namespace

bool is_captured(const source::Input& input) {
  const auto* const named = std::get_if<std::vector<source::Source>>(&input);
  return std::holds_alternative<source::SelectedPods>(input) ||
         (named != nullptr && is_live(*named));
}

Result<RowFormat> parse_row_format(std::string_view name) {
  return parse_choice(name, k_formats);
}

ProfileReader::ProfileReader(const Context& context, const ReadInputs& inputs)
    : context_(context),
      inputs_(inputs),
      session_(context),
      watch_(context, session_) {}

Result<source::LoadedProfile> ProfileReader::load() {
  return load(inputs_.input);
}

Result<source::LoadedProfile> ProfileReader::load(source::Input input) {
  const bool captures = is_captured(input);
  Result<source::LoadedProfile> loaded = session_->run(source::load(
      session_.get(), std::move(input), &inputs_.request, &watch_));
  watch_.clear();
  if (loaded && captures) {
    save(*loaded);
  }
  return loaded;
}

Result<ProfileReader::Pair> ProfileReader::load_with_base() {
  const bool captures = is_captured(inputs_.input);
  const bool captures_base = is_live(inputs_.base);
  if (captures && captures_base) {
    return load_at_once();
  }
  // What need not be captured says what it can be compared with.
  Pair pair;
  source::LoadedProfile& first = captures_base ? pair.profile : pair.base;
  source::LoadedProfile& second = captures_base ? pair.base : pair.profile;
  TRY_ASSIGN(first, load(captures_base ? inputs_.input : inputs_.base));
  if (captures || captures_base) {
    TRY(check_measures(first.profile, inputs_.request.live));
  }
  TRY_ASSIGN(second, load(captures_base ? inputs_.base : inputs_.input));
  return pair;
}

Result<ProfileReader::Pair> ProfileReader::load_at_once() {
  Loaded profile;
  Loaded base;
  session_->run(load_both(&profile, &base));
  watch_.clear();
  Pair pair;
  TRY_ASSIGN(pair.profile, *std::move(profile));
  TRY_ASSIGN(pair.base, *std::move(base));
  save(pair.base);
  save(pair.profile);
  return pair;
}

async::Task<bool> ProfileReader::load_both(Loaded* profile, Loaded* base) {
  const auto job = [&](std::size_t index) {
    return index == 0 ? load_into(inputs_.input, profile)
                      : load_into(inputs_.base, base);
  };
  co_await async::for_each_bounded(2, 2, job);
  co_return true;
}

async::Task<void> ProfileReader::load_into(source::Input input, Loaded* to) {
  Result<source::LoadedProfile> loaded = co_await source::load(
      session_.get(), std::move(input), &inputs_.request, &watch_);
  to->emplace(std::move(loaded));
}

/// So that the next look costs nothing.
void ProfileReader::save(const source::LoadedProfile& loaded) {
  if (!inputs_.saves) {
    return;
  }
  const Result<std::string> path = source::save_capture(
      loaded, pprof::kind_name(inputs_.request.live.plan.kinds.front()),
      context_.env);
  if (!path) {
    print_note(context_.streams, "not saved: " + path.error().message);
  } else if (!path->empty()) {
    print_note(context_.streams,
               fmt::format("saved as {}; @last reads it again", *path));
  }
}

Result<source::LoadedProfile> read_profile_of(const Context& context,
                                              const ReadFlags& flags) {
  TRY(check(flags.base));
  const bool is_diff = !flags.base.diff_base.empty();
  TRY_ASSIGN(const ReadInputs inputs,
             complete(flags.sources, flags.words,
                      last_base(flags.base, context.streams), context.env));
  if (const std::string hint = hint_of_rows(flags.sources); !hint.empty()) {
    print_note(context.streams, "-n is the namespace" + hint);
  }
  ProfileReader reader(context, inputs);
  source::LoadedProfile loaded;
  if (inputs.base.empty()) {
    TRY_ASSIGN(loaded, reader.load());
  } else {
    TRY_ASSIGN(ProfileReader::Pair pair, reader.load_with_base());
    loaded = std::move(pair.profile);
    TRY_ASSIGN(loaded.profile,
               pprof::diff(
                   std::move(loaded.profile), std::move(pair.base.profile),
                   {.label_base = is_diff, .normalize = flags.base.normalize}));
    loaded.is_incomplete = loaded.is_incomplete || pair.base.is_incomplete;
  }
  pprof::prepare(loaded.profile, flags.view.names);
  return loaded;
}

Result<ExitCode> show(const Context& context, const ReadFlags& flags,
                      const RenderOf& render) {
  TRY(check_regex_is_no_source(flags.sources, flags.words, flags.regex));
  if (!flags.by.empty() && flags.format == RowFormat::csv) {
    return fail(ErrorKind::usage, "--by has no effect on -o csv: use json");
  }
  // A profile may take half a minute to come.
  TRY(check(context.streams, flags.output));
  TRY(pprof::Regex::compile(flags.regex));
  TRY(check(flags.view,
            flags.format == RowFormat::table ? ShownAs::text : ShownAs::data));
  TRY_ASSIGN(source::LoadedProfile loaded, read_profile_of(context, flags));
  TRY_ASSIGN(const view::Prepared prepared,
             view::prepare(std::move(loaded.profile), flags.kind, flags.view));
  for (const std::string& warning : prepared.warnings) {
    print_note(context.streams, warning);
  }
  TRY_ASSIGN(const Producer produce, render(prepared, flags));
  TRY(write(context.streams, flags.output, produce));
  if (flags.output.path != "-") {
    print_note(context.streams, "wrote " + flags.output.path);
  }
  return loaded.is_incomplete ? ExitCode::partial : ExitCode::ok;
}

void add_read_flags(CLI::App& app, ReadFlags& flags) {
  app.add_option("SOURCE", flags.words,
                 "Where to read profiles from, see below")
      ->type_name("");
  app.group(k_read_group);
  add_base_flags(app, flags.base);
  add_source_flags(app, flags.sources);
  app.footer(read_footer(*app.get_parent()));
}

std::string read_footer(const CLI::App& program, std::string_view examples) {
  return fmt::format("{}{}{}{}", k_source_help,
                     examples.empty() ? "" : "\nExamples:\n", examples,
                     cli::point_to_options(program, k_all_shared));
}

}  // namespace kprofefe::cmd

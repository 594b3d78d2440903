// SPDX-License-Identifier: MIT
#include "pprof/merge.hpp"

#include "cmd/command.hpp"
#include "cmd/output.hpp"
#include "cmd/read_profiles.hpp"
#include "cmd/view_flags.hpp"

#include "base/byte_size.hpp"
#include "cli/flag_group.hpp"
#include "pprof/dropped_frames.hpp"
#include "pprof/filter.hpp"
#include "pprof/label_frames.hpp"
#include "pprof/write.hpp"
#include "view/render.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>
#include <span>
#include <string_view>
#include <utility>

namespace kprofefe::cmd {
namespace {

struct MergeFlags {
  SourceFlags sources;
  std::vector<std::string> words;
  Output output{.is_binary = true};
  std::string comment;
  pprof::LabelFrames label_frames;
  pprof::Filters filters;
};

/// As `go tool pprof -proto` does: frames that the profile says nobody wants
/// are dropped, labels become frames, then what the filters say is dropped.
/// What no sample names any more is left out, if there are filters. Errors: as
/// apply_filters().
Result<void> change(const Context& context, const MergeFlags& flags,
                    pprof::Profile& profile) {
  pprof::remove_dropped_frames(profile);
  if (!flags.comment.empty()) {
    profile.comments.push_back(profile.strings.add(flags.comment));
  }
  for (const std::string& warning : pprof::add_label_frames(
           profile, flags.label_frames, view::Options().unit)) {
    print_note(context.streams, warning);
  }
  if (flags.filters == pprof::Filters{}) {
    return {};
  }
  TRY_ASSIGN(const pprof::FilterReport report,
             pprof::apply_filters(profile, flags.filters));
  for (const std::string& warning : pprof::warnings_of(report)) {
    print_note(context.streams, warning);
  }
  TRY_ASSIGN(profile, pprof::merge(std::span(&profile, 1)));
  return {};
}

Result<void> write(const Context& context, const Output& output,
                   const source::LoadedProfile& loaded) {
  std::string bytes = pprof::write_profile(loaded.profile);
  const std::size_t size = bytes.size();
  TRY(write(context.streams, output, view::produce_text(std::move(bytes))));
  if (output.path == "-") {
    return {};
  }
  print_note(context.streams,
             fmt::format("merged {} into {}: {} samples, {}",
                         loaded.names.size() == 1
                             ? "1 profile"
                             : fmt::format("{} profiles", loaded.names.size()),
                         output.path, loaded.profile.samples.size(),
                         format_bytes(size)));
  return {};
}

Result<ExitCode> merge(const Context& context, const MergeFlags& flags) {
  TRY(check(context.streams, flags.output));
  TRY(pprof::check_filters(flags.filters));
  TRY_ASSIGN(const ReadInputs inputs,
             complete(flags.sources, flags.words, {}, context.env));
  ProfileReader reader(context, inputs);
  TRY_ASSIGN(source::LoadedProfile loaded, reader.load());
  TRY(change(context, flags, loaded.profile));
  TRY(write(context, flags.output, loaded));
  return loaded.is_incomplete ? ExitCode::partial : ExitCode::ok;
}

}  // namespace

void add_merge(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<MergeFlags>();
  CLI::App* merge_command = app.add_subcommand(
      "merge", "Merge several profiles into one, e.g. for `go build -pgo`");
  merge_command->group(k_read_group);
  merge_command
      ->add_option("SOURCE", flags->words,
                   "Where to read profiles from, see below")
      ->type_name("");
  cli::FlagGroup output(*merge_command, "Output");
  add_output_flag(output, flags->output)->required();
  merge_command
      ->add_option("--add-comment", flags->comment,
                   "Add a comment to the profile")
      ->type_name("TEXT");
  add_filter_expressions(*merge_command, flags->filters);
  add_label_frame_flags(*merge_command, flags->label_frames);
  add_source_flags(*merge_command, flags->sources);
  merge_command->footer(read_footer(
      app,
      "  kubectl profefe merge *.pb.gz -o all.pb.gz\n"
      "  kubectl profefe merge -l app=api -o default.pgo\n"
      "  kubectl profefe merge cpu.pb.gz --tagfocus pod=api-0 -o api-0.pb.gz\n"
      "  kubectl profefe merge --service api --from 24h -o day.pb.gz\n"));
  when_named(*merge_command, chosen, [flags](const Context& context) {
    return merge(context, *flags);
  });
}

}  // namespace kprofefe::cmd

// SPDX-License-Identifier: MIT
#include "pprof/merge.hpp"

#include "cmd/command.hpp"
#include "cmd/read_profiles.hpp"
#include "cmd/view_flags.hpp"

#include "base/byte_size.hpp"
#include "base/file.hpp"
#include "base/writable.hpp"
#include "pprof/dropped_frames.hpp"
#include "pprof/filter.hpp"
#include "pprof/write.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>
#include <span>
#include <string_view>

namespace kprofefe::cmd {
namespace {

struct MergeFlags {
  SourceFlags sources;
  std::vector<std::string> words;
  std::string output;
  pprof::Filters filters;
};

/// As `go tool pprof -proto` does: frames that the profile says nobody wants
/// are dropped, then what the filters say. What no sample names any more is
/// left out, if there are filters. Errors: as apply_filters().
Result<void> filter(const Context& context, const pprof::Filters& filters,
                    pprof::Profile& profile) {
  pprof::remove_dropped_frames(profile);
  if (filters == pprof::Filters{}) {
    return {};
  }
  TRY_ASSIGN(const pprof::FilterReport report,
             pprof::apply_filters(profile, filters));
  for (const std::string_view flag : report.unmatched) {
    print_note(context.streams,
               fmt::format("{} expression matched no samples", flag));
  }
  for (const std::string& note : report.notes) {
    print_note(context.streams, note);
  }
  TRY_ASSIGN(profile, pprof::merge(std::span(&profile, 1)));
  return {};
}

/// That the profile may go where it is to go, before anything is read.
Result<void> check_output(const Context& context, const std::string& output) {
  if (output != "-") {
    return check_writable(output);
  }
  if (context.streams.out_is_terminal) {
    return fail(ErrorKind::usage,
                "refusing to write binary data to a terminal; use -o FILE");
  }
  return {};
}

Result<void> write(const Context& context, const std::string& output,
                   const source::LoadedProfile& loaded) {
  const std::string bytes = pprof::write_profile(loaded.profile);
  if (output == "-") {
    return print_results(context.streams, bytes);
  }
  TRY(write_file(output, bytes));
  print_note(context.streams,
             fmt::format("merged {} into {}: {} samples, {}",
                         loaded.names.size() == 1
                             ? "1 profile"
                             : fmt::format("{} profiles", loaded.names.size()),
                         output, loaded.profile.samples.size(),
                         format_bytes(bytes.size())));
  return {};
}

Result<ExitCode> merge(const Context& context, const MergeFlags& flags) {
  TRY(check_output(context, flags.output));
  TRY(pprof::check_filters(flags.filters));
  TRY_ASSIGN(const ReadInputs inputs,
             complete(flags.sources, flags.words, {}, context.env));
  ProfileReader reader(context, inputs);
  TRY_ASSIGN(source::LoadedProfile loaded, reader.load());
  TRY(filter(context, flags.filters, loaded.profile));
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
  merge_command
      ->add_option("-o,--output", flags->output,
                   "The file to write, atomically; -: standard "
                   "output")
      ->type_name("FILE")
      ->check(cli::refuse_empty)
      ->required();
  add_filter_expressions(*merge_command, flags->filters);
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

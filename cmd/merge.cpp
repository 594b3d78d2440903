// SPDX-License-Identifier: MIT
#include "cmd/check_sources.hpp"
#include "cmd/command.hpp"
#include "cmd/read_profiles.hpp"

#include "base/file.hpp"
#include "base/writable.hpp"
#include "pprof/write.hpp"
#include "term/units.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>

namespace kprofefe::cmd {
namespace {

struct MergeFlags {
  SourceFlags sources;
  std::vector<std::string> words;
  std::string output;
};

Result<ExitCode> merge(const Context& context, const MergeFlags& flags) {
  TRY(check_sources(flags.sources, flags.words));
  if (flags.output == "-" && context.streams.out_is_terminal) {
    return fail(ErrorKind::usage,
                "-o -: a profile is no text for a terminal; name a file");
  }
  if (flags.output != "-") {
    TRY(check_writable(flags.output));
  }
  TRY_ASSIGN(const Gathered gathered,
             gather(context, flags.sources, flags.words));
  const std::string bytes = pprof::write_profile(gathered.profile);
  if (flags.output == "-") {
    TRY(print_results(context.streams, bytes));
  } else {
    TRY(write_file(flags.output, bytes));
    print_note(context.streams,
               fmt::format("{} profiles merged into {}: {} samples, {}",
                           gathered.names.size(), flags.output,
                           gathered.profile.samples.size(),
                           term::format_bytes(bytes.size())));
  }
  return gathered.is_incomplete ? ExitCode::partial : ExitCode::ok;
}

}  // namespace

void add_merge(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<MergeFlags>();
  CLI::App* merge_command = app.add_subcommand(
      "merge", "Make one profile of several, e.g. for `go build -pgo`");
  merge_command->group(k_read_group);
  merge_command
      ->add_option("SOURCE", flags->words, "Where profiles are from, see below")
      ->type_name("");
  merge_command
      ->add_option("-o,--output", flags->output,
                   "The file to write, complete or not at all; -: standard "
                   "output")
      ->type_name("FILE")
      ->required();
  add_source_flags(*merge_command, flags->sources);
  merge_command->footer(
      std::string(k_source_help) +
      "\nExamples:\n"
      "  kubectl profefe merge *.pb.gz -o all.pb.gz\n"
      "  kubectl profefe merge -l app=api -o default.pgo\n"
      "  kubectl profefe merge --service api --from 24h -o day.pb.gz");
  merge_command->callback([flags, &chosen] {
    chosen = [flags](const Context& context) {
      const Result<ExitCode> code = merge(context, *flags);
      return code ? *code : print_error(context.streams, code.error());
    };
  });
}

}  // namespace kprofefe::cmd

// SPDX-License-Identifier: MIT
#include "cmd/command.hpp"
#include "cmd/read_profiles.hpp"

#include "base/byte_size.hpp"
#include "base/file.hpp"
#include "base/writable.hpp"
#include "pprof/write.hpp"

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
  if (flags.output == "-" && context.streams.out_is_terminal) {
    return fail(ErrorKind::usage,
                "refusing to write binary data to a terminal; use -o FILE");
  }
  if (flags.output != "-") {
    TRY(check_writable(flags.output));
  }
  TRY_ASSIGN(const ReadInputs inputs,
             complete(flags.sources, flags.words, {}, context.env));
  ProfileReader reader(context, inputs);
  TRY_ASSIGN(const source::LoadedProfile loaded, reader.load());
  const std::string bytes = pprof::write_profile(loaded.profile);
  if (flags.output == "-") {
    TRY(print_results(context.streams, bytes));
  } else {
    TRY(write_file(flags.output, bytes));
    print_note(
        context.streams,
        fmt::format("merged {} into {}: {} samples, {}",
                    loaded.names.size() == 1
                        ? "1 profile"
                        : fmt::format("{} profiles", loaded.names.size()),
                    flags.output, loaded.profile.samples.size(),
                    format_bytes(bytes.size())));
  }
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
  add_source_flags(*merge_command, flags->sources);
  merge_command->footer(read_footer(
      app,
      "  kubectl profefe merge *.pb.gz -o all.pb.gz\n"
      "  kubectl profefe merge -l app=api -o default.pgo\n"
      "  kubectl profefe merge --service api --from 24h -o day.pb.gz\n"));
  when_named(*merge_command, chosen, [flags](const Context& context) {
    return merge(context, *flags);
  });
}

}  // namespace kprofefe::cmd

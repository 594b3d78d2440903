// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/command.hpp"
#include "cmd/command_session.hpp"
#include "cmd/output.hpp"
#include "cmd/round_watch.hpp"
#include "cmd/source_flags.hpp"
#include "cmd/view_flags.hpp"

#include "source/load.hpp"
#include "view/prepare.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::cmd {

/// `-o` of the commands that print rows.
enum class RowFormat : std::uint8_t { table, json, csv };

/// Errors: usage.
Result<RowFormat> parse_row_format(std::string_view name);

/// Whether it is captured from pods now.
bool is_captured(const source::Input& input);

/// What every command that shows a profile takes.
struct ReadFlags {
  view::ReportKind kind = view::ReportKind::top;
  std::string regex;         ///< of peek and list
  std::string by;            ///< of top
  bool as_json = false;      ///< of dot
  bool by_graphviz = false;  ///< of svg
  std::vector<std::string> words;
  SourceFlags sources;
  view::Options view;
  BaseFlags base;
  RowFormat format = RowFormat::table;
  Output output;
};

/// Reads profiles within one session; captures from pods are shown and told as
/// they go. Catches signals from its making on.
class ProfileReader {
 public:
  /// Both must outlive it.
  ProfileReader(const Context& context, const ReadInputs& inputs);

  /// The input. Errors: as source::load().
  Result<source::LoadedProfile> load();

  struct Pair {
    source::LoadedProfile profile;
    source::LoadedProfile base;
  };

  /// The input and what it is compared with. What is live is captured last, and
  /// at the same time if both are, so that all that can be wrong with the other
  /// is known before. Errors: as source::load(); usage, when what would be
  /// captured does not measure the same.
  Result<Pair> load_with_base();

  [[nodiscard]] CommandSession& session() { return session_; }

 private:
  using Loaded = std::optional<Result<source::LoadedProfile>>;

  Result<source::LoadedProfile> load(source::Input input);
  Result<Pair> load_at_once();
  async::Task<bool> load_both(Loaded* profile, Loaded* base);
  async::Task<void> load_into(source::Input input, Loaded* to);
  void save(const source::LoadedProfile& loaded);

  const Context& context_;
  const ReadInputs& inputs_;
  CommandSession session_;
  RoundWatch watch_;
};

/// The sources of the flags as one profile, less their base, without the
/// frames that the profile says nobody wants. Errors: as complete() of
/// SourceFlags and load().
Result<source::LoadedProfile> read_profile_of(const Context& context,
                                              const ReadFlags& flags);

/// Makes a report; what it yields is called while the profile is there.
using RenderOf = std::function<Result<Producer>(const view::Prepared& prepared,
                                                const ReadFlags& flags)>;

/// Reads the profiles, prepares them for the report of the flags' kind and
/// prints what `render` makes of it.
Result<ExitCode> show(const Context& context, const ReadFlags& flags,
                      const RenderOf& render);

/// Adds the words and the flags that all of these commands have.
void add_read_flags(CLI::App& app, ReadFlags& flags);

/// The help of a reading command of `program` behind its flags; `examples` may
/// be empty.
std::string read_footer(const CLI::App& program,
                        std::string_view examples = {});

/// The group of these commands in the program's help.
inline constexpr const char* k_read_group = "Read profiles";

}  // namespace kprofefe::cmd

// SPDX-License-Identifier: MIT
#include "cli/flag_group.hpp"

#include "base/byte_size.hpp"

#include <algorithm>

namespace kprofefe::cli {
namespace {

Result<Milliseconds> positive_duration(std::string_view text) {
  TRY_ASSIGN(const Milliseconds duration, parse_duration(text));
  if (duration.count() <= 0) {
    return fail(
        ErrorKind::usage,
        fmt::format("invalid duration \"{}\": must be greater than 0", text));
  }
  return duration;
}

}  // namespace

std::vector<ScopedFlags::Given> ScopedFlags::given() const {
  std::vector<Given> given;
  for (const auto& [option, scope] : flags_) {
    if (option->count() == 0) {
      continue;
    }
    const std::vector<std::string>& letters = option->get_snames();
    given.push_back(
        {letters.empty() ? option->get_name() : "-" + letters.front(), scope});
  }
  return given;
}

std::string refuse_empty(const std::string& value) {
  return value.empty() ? "must not be empty" : "";
}

CLI::Option* FlagGroup::text(const char* names, std::string& into,
                             const char* type, const std::string& help) {
  return place(app_.add_option(names, into, help)->type_name(type));
}

CLI::Option* FlagGroup::duration(const char* names, Milliseconds& into,
                                 const std::string& help) {
  return parsed(names, into, positive_duration, "DURATION", help)
      ->default_str(format_duration(into));
}

CLI::Option* FlagGroup::size(const char* names, std::size_t& into,
                             const std::string& help) {
  return parsed(names, into, parse_bytes, "SIZE", help)
      ->default_str(format_exact_bytes(into));
}

CLI::Option* FlagGroup::list(const char* names, std::vector<std::string>& into,
                             const char* type, const std::string& help) {
  return place(app_.add_option(names, into, help)
                   ->type_name(type)
                   ->allow_extra_args(false));
}

CLI::Option* FlagGroup::flag(const char* names, bool& into,
                             const std::string& help) {
  return place(app_.add_flag(names, into, help));
}

CLI::Option* FlagGroup::off(const char* names, bool& into,
                            const std::string& help) {
  return place(app_.add_flag_function(
      names, [&into](std::int64_t count) { into = count <= 0; }, help));
}

std::string FlagGroup::long_name(std::string_view names) {
  const std::string_view from =
      names.substr(std::min(names.find("--"), names.size()));
  return std::string(from.substr(0, from.find(',')));
}

void FlagGroup::refuse(const std::string& flag, const Error& error) {
  throw CLI::ValidationError(flag, error.message);
}

CLI::Option* FlagGroup::place(CLI::Option* option) {
  option->group(heading_);
  if (scoped_ != nullptr) {
    scoped_->watch(option, scope_);
  }
  return option;
}

}  // namespace kprofefe::cli

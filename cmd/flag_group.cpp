// SPDX-License-Identifier: MIT
#include "cmd/flag_group.hpp"

namespace kprofefe::cmd {

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
  return value.empty() ? "the value is empty" : "";
}

CLI::Option* FlagGroup::list(const char* names, std::vector<std::string>& into,
                             const char* type, const char* help) {
  return place(app_.add_option(names, into, help)
                   ->type_name(type)
                   ->allow_extra_args(false));
}

CLI::Option* FlagGroup::flag(const char* names, bool& into, const char* help) {
  return place(app_.add_flag(names, into, help));
}

CLI::Option* FlagGroup::off(const char* names, bool& into, const char* help) {
  return place(app_.add_flag_function(
      names, [&into](std::int64_t count) { into = count <= 0; }, help));
}

std::string FlagGroup::long_name(std::string_view names) {
  return std::string(names.substr(names.rfind(',') + 1));
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

}  // namespace kprofefe::cmd

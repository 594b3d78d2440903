// SPDX-License-Identifier: MIT
#include "shell/settings.hpp"

#include "base/choice.hpp"
#include "base/text.hpp"
#include "pprof/granularity_names.hpp"
#include "shell/values.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

namespace kprofefe::shell {
namespace {

using pprof::Filters;
using pprof::Granularity;
using pprof::LabelFrames;
using view::Options;

constexpr std::array<std::pair<std::string_view, bool>, 2> k_orders = {
    {{"cum", true}, {"flat", false}}};

template <typename... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};

template <typename Choices>
bool has_choice(const Choices& choices, std::string_view name) {
  return std::ranges::any_of(
      choices, [name](const auto& choice) { return choice.first == name; });
}

template <typename Choices, typename Value>
std::string_view name_of(const Choices& choices, Value value) {
  const auto found = std::ranges::find_if(
      choices, [value](const auto& choice) { return choice.second == value; });
  return found->first;
}

template <typename Choices>
std::string list_choices(const Choices& choices) {
  std::vector<std::string_view> names;
  names.reserve(choices.size());
  for (const auto& choice : choices) {
    names.push_back(choice.first);
  }
  return fmt::format("[{}]", fmt::join(names, " | "));
}

std::unexpected<Error> invalid(std::string_view name, std::string_view value,
                               std::string_view what) {
  return fail(ErrorKind::usage,
              fmt::format("{}={}: {}", name, one_line(value), what));
}

template <typename Choices>
auto parse_named(std::string_view name, std::string_view value,
                 const Choices& choices) {
  auto choice = parse_choice(one_line(value), choices);
  if (!choice) {
    choice = std::unexpected(choice.error().with_context(std::string(name)));
  }
  return choice;
}

template <typename Number>
Result<Number> parse_value(std::string_view name, std::string_view value) {
  const std::optional<Number> number = parse_signed<Number>(value);
  if (!number) {
    return invalid(name, value, "use a number");
  }
  return *number;
}

}  // namespace

/// A setting, and the member that holds its value; `Special` where that is no
/// plain member.
struct Settings::Setting {
  enum class Special : std::uint8_t {
    sample_index,
    granularity,
    sort,
    source_path,
    trim_path,
  };

  std::string_view name;
  std::variant<bool Options::*, int Options::*, double Options::*,
               std::string Options::*, std::string Filters::*,
               std::string LabelFrames::*, bool Settings::*,
               std::string Settings::*, Special>
      field;
  std::string_view help;
};

std::span<const Settings::Setting> Settings::all() {
  using enum Setting::Special;
  static constexpr auto k_settings = std::to_array<Setting>({
      {"call_tree", &Options::call_tree,
       "Tell a function apart by the path that leads to it"},
      {"compact_labels", &Options::compact_labels,
       "Leave out what describes the profile"},
      {"divide_by", &Options::divide_by, "Divide all values by this number"},
      {"drop_negative", &Options::drop_negative, "Leave out negative values"},
      {"edgefraction", &Options::edge_fraction,
       "Drop calls below this share of the total"},
      {"focus", &Filters::focus, "Only stacks with a frame that matches"},
      {"granularity", granularity, "What a row is"},
      {"hide", &Filters::hide, "Leave out frames that match"},
      {"ignore", &Filters::ignore, "No stacks with a frame that matches"},
      {"intel_syntax", &Settings::intel_syntax_, "Of disassembly: no effect"},
      {"mean", &Options::mean, "Divide values by the first value (a count)"},
      {"nodecount", &Options::node_count,
       "Maximum number of rows; -1: the report's own"},
      {"nodefraction", &Options::node_fraction,
       "Drop rows below this share of the total"},
      {"noinlines", &Options::noinlines,
       "Attribute inlined functions to their callers"},
      {"normalize", &Settings::normalize_,
       "Of a base, which is given at the start: no effect"},
      {"output", &Settings::output_, "The file to write reports to"},
      {"prune_from", &Filters::prune_from,
       "Leave out everything below the matching frame"},
      {"relative_percentages", &Options::relative_percentages,
       "Percentages of the filtered total, not of everything"},
      {"sample_index", sample_index, "Value to show: a name, or its index"},
      {"show", &Filters::show, "Leave out frames that do not match"},
      {"show_from", &Filters::show_from,
       "Leave out frames above the outermost match"},
      {"showcolumns", &Options::show_columns, "Show column numbers"},
      {"sort", sort, "Order of the rows"},
      {"source_path", source_path, "Directories to look for source files in"},
      {"tagfocus", &Filters::tag_focus,
       "Only samples with a matching label: regex, key=regex, or a range"},
      {"taghide", &Filters::tag_hide, "No labels whose key matches"},
      {"tagignore", &Filters::tag_ignore, "No samples with a matching label"},
      {"tagleaf", &LabelFrames::leaf,
       "Labels that become the innermost frames"},
      {"tagroot", &LabelFrames::root,
       "Labels that become the outermost frames"},
      {"tagshow", &Filters::tag_show, "Only labels whose key matches"},
      {"trim", &Options::trim, "Drop what is small"},
      {"trim_path", trim_path, "Prefixes to trim from source paths"},
      {"unit", &Options::unit, "ms, mb, ...; minimum or auto"},
  });
  return k_settings;
}

const Settings::Setting* Settings::find(std::string_view name) {
  const auto settings = all();
  const auto found = std::ranges::find(settings, name, &Setting::name);
  return found == settings.end() ? nullptr : &*found;
}

Settings::Settings(view::Options options) : options_(std::move(options)) {
  options_.compact_labels = true;
  has_granularity_ = options_.granularity != Granularity::functions;
}

bool Settings::knows(std::string_view name) {
  return find(name) != nullptr ||
         has_choice(pprof::k_granularity_names, name) ||
         has_choice(k_orders, name);
}

bool Settings::is_switch(std::string_view name) {
  const Setting* const setting = find(name);
  if (setting == nullptr) {
    return knows(name);
  }
  return std::holds_alternative<bool Options::*>(setting->field) ||
         std::holds_alternative<bool Settings::*>(setting->field);
}

std::string_view Settings::help(std::string_view name) {
  const Setting* const setting = find(name);
  return setting == nullptr ? "" : setting->help;
}

std::vector<std::string_view> Settings::names() {
  std::vector<std::string_view> names;
  names.reserve(all().size());
  for (const Setting& setting : all()) {
    names.push_back(setting.name);
  }
  return names;
}

std::string Settings::describe_choice(std::string_view name) {
  if (has_choice(pprof::k_granularity_names, name)) {
    return fmt::format("Same as granularity={}\n", name);
  }
  return has_choice(k_orders, name) ? fmt::format("Same as sort={}\n", name)
                                    : std::string();
}

std::vector<std::string_view> Settings::choices() {
  std::vector<std::string_view> names;
  names.reserve(pprof::k_granularity_names.size() + k_orders.size());
  for (const auto& choice : pprof::k_granularity_names) {
    names.push_back(choice.first);
  }
  for (const auto& choice : k_orders) {
    names.push_back(choice.first);
  }
  return names;
}

/// `lines`, or `lines=true`.
Result<void> Settings::choose(std::string_view name, std::string_view choice) {
  const std::optional<bool> is_chosen = parse_switch(choice);
  if (!is_chosen || !*is_chosen) {
    return invalid(name, choice, "use true, or another choice");
  }
  return assign(has_choice(k_orders, name) ? "sort" : "granularity", name);
}

/// Puts a value into the member that holds a setting.
struct Settings::Assignment {
  Settings& settings;
  std::string_view name;
  std::string_view value;

  Result<void> operator()(bool Options::* field) const {
    return set_switch(settings.options_.*field);
  }

  Result<void> operator()(bool Settings::* field) const {
    return set_switch(settings.*field);
  }

  Result<void> operator()(int Options::* field) const {
    TRY_ASSIGN(settings.options_.*field, parse_value<int>(name, value));
    return {};
  }

  Result<void> operator()(double Options::* field) const {
    TRY_ASSIGN(settings.options_.*field, parse_value<double>(name, value));
    return {};
  }

  Result<void> operator()(std::string Options::* field) const {
    settings.options_.*field = value;
    return {};
  }

  Result<void> operator()(std::string Filters::* field) const {
    settings.options_.filters.*field = value;
    return {};
  }

  Result<void> operator()(std::string LabelFrames::* field) const {
    settings.options_.label_frames.*field = value;
    return {};
  }

  Result<void> operator()(std::string Settings::* field) const {
    settings.*field = value;
    return {};
  }

  Result<void> operator()(Setting::Special special) const {
    using enum Setting::Special;
    Options& options = settings.options_;
    switch (special) {
      case sample_index:
        options.sample_index = view::parse_sample_index(value);
        return {};
      case granularity: {
        TRY_ASSIGN(options.granularity,
                   parse_named(name, value, pprof::k_granularity_names));
        settings.has_granularity_ = true;
        return {};
      }
      case sort: {
        TRY_ASSIGN(options.sort_by_cum, parse_named(name, value, k_orders));
        return {};
      }
      case source_path:
        options.source_path = split_list(value);
        return {};
      case trim_path:
        options.trim_path = split_list(value);
        break;
    }
    return {};
  }

 private:
  Result<void> set_switch(bool& to) const {
    const std::optional<bool> read = parse_switch(value);
    if (!read) {
      return invalid(name, value, "use true or false");
    }
    to = *read;
    return {};
  }
};

Result<void> Settings::assign(std::string_view name, std::string_view value) {
  const Setting* const setting = find(name);
  if (setting == nullptr) {
    return choose(name, value);
  }
  return std::visit(Assignment{*this, name, value}, setting->field);
}

std::string Settings::value_of(const Setting& setting) const {
  using enum Setting::Special;
  const auto text_of = [](const std::string& text) {
    return text.empty() ? std::string("\"\"") : text;
  };
  const auto special = [&](Setting::Special which) -> std::string {
    switch (which) {
      case granularity:
        return has_granularity_
                   ? std::string(name_of(pprof::k_granularity_names,
                                         options_.granularity))
                   : "(default)";
      case sort:
        return std::string(name_of(k_orders, options_.sort_by_cum));
      case source_path:
        return text_of(fmt::format("{}", fmt::join(options_.source_path, ":")));
      case trim_path:
        return text_of(fmt::format("{}", fmt::join(options_.trim_path, ":")));
      case sample_index:
        break;
    }
    return {};
  };
  return std::visit(Overloaded{[&](bool Options::* field) {
                                 return fmt::format("{}", options_.*field);
                               },
                               [&](bool Settings::* field) {
                                 return fmt::format("{}", this->*field);
                               },
                               [&](int Options::* field) {
                                 return fmt::format("{}", options_.*field);
                               },
                               [&](double Options::* field) {
                                 return fmt::format("{}", options_.*field);
                               },
                               [&](std::string Options::* field) {
                                 return text_of(options_.*field);
                               },
                               [&](std::string Filters::* field) {
                                 return text_of(options_.filters.*field);
                               },
                               [&](std::string LabelFrames::* field) {
                                 return text_of(options_.label_frames.*field);
                               },
                               [&](std::string Settings::* field) {
                                 return text_of(this->*field);
                               },
                               special},
                    setting.field);
}

std::string Settings::list(std::span<const std::string> types,
                           std::size_t shown) const {
  std::string text;
  for (const Setting& setting : all()) {
    if (setting.name == "source_path") {
      continue;  // as pprof: it may be long
    }
    std::string value = value_of(setting);
    std::string comment;
    if (setting.name == "sample_index") {
      value = types[shown];
      comment = fmt::format("[{}]", fmt::join(types, " | "));
    } else if (setting.name == "granularity") {
      comment = list_choices(pprof::k_granularity_names);
    } else if (setting.name == "sort") {
      comment = list_choices(k_orders);
    } else if (setting.name == "nodecount" && options_.node_count == -1) {
      comment = "default";
    }
    text += fmt::format("  {:<25} = {:<20} {}\n", setting.name, value,
                        comment.empty() ? comment : "//: " + comment);
  }
  return text;
}

}  // namespace kprofefe::shell

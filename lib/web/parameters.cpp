// SPDX-License-Identifier: MIT
#include "web/parameters.hpp"

#include "base/choice.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "http/url.hpp"
#include "pprof/granularity_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace kprofefe::web {
namespace {

using pprof::Filters;
using view::Options;

struct Expression {
  std::string_view name;
  std::string Filters::* field;
};

constexpr auto k_expressions = std::to_array<Expression>({
    {"f", &Filters::focus},
    {"i", &Filters::ignore},
    {"h", &Filters::hide},
    {"s", &Filters::show},
    {"sf", &Filters::show_from},
    {"prunefrom", &Filters::prune_from},
    {"tf", &Filters::tag_focus},
    {"ti", &Filters::tag_ignore},
    {"ts", &Filters::tag_show},
    {"th", &Filters::tag_hide},
});

struct Switch {
  std::string_view name;
  bool Options::* field;
};

constexpr auto k_switches = std::to_array<Switch>({
    {"calltree", &Options::call_tree},
    {"rel", &Options::relative_percentages},
    {"compact", &Options::compact_labels},
    {"mean", &Options::mean},
    {"dropneg", &Options::drop_negative},
    {"trim", &Options::trim},
    {"noinlines", &Options::noinlines},
    {"showcolumns", &Options::show_columns},
});

struct Share {
  std::string_view name;
  double Options::* field;
};

constexpr auto k_shares = std::to_array<Share>({
    {"nf", &Options::node_fraction},
    {"ef", &Options::edge_fraction},
});

constexpr std::array<std::pair<std::string_view, bool>, 2> k_orders = {
    {{"flat", false}, {"cum", true}}};

/// As Go's strconv.ParseBool, which pprof reads them with.
Result<bool> parse_switch(std::string_view text) {
  constexpr std::array<std::string_view, 6> k_yes = {"1",    "t",    "T",
                                                     "true", "TRUE", "True"};
  constexpr std::array<std::string_view, 6> k_no = {"0",     "f",     "F",
                                                    "false", "FALSE", "False"};
  const bool yes = std::ranges::find(k_yes, text) != k_yes.end();
  if (!yes && std::ranges::find(k_no, text) == k_no.end()) {
    return fail(
        ErrorKind::usage,
        fmt::format("invalid value \"{}\": use t or f", one_line(text)));
  }
  return yes;
}

template <typename T>
Result<T> parse_value(std::string_view text) {
  const std::optional<T> number = parse_number<T>(text);
  if (!number) {
    return fail(ErrorKind::usage,
                fmt::format("invalid number \"{}\"", one_line(text)));
  }
  return *number;
}

template <typename Table>
const auto* find_in(const Table& table, std::string_view name) {
  const auto found = std::ranges::find_if(
      table, [&](const auto& row) { return row.name == name; });
  return found == table.end() ? nullptr : &*found;
}

Result<void> read_option(std::string_view name, const std::string& value,
                         Options& options) {
  if (const auto* const row = find_in(k_expressions, name)) {
    options.filters.*(row->field) = value;
  } else if (const auto* const yes_or_no = find_in(k_switches, name)) {
    TRY_ASSIGN(options.*(yes_or_no->field), parse_switch(value));
  } else if (const auto* const share = find_in(k_shares, name)) {
    TRY_ASSIGN(options.*(share->field), parse_value<double>(value));
  } else if (name == "si") {
    options.sample_index = view::parse_sample_index(value);
  } else if (name == "unit") {
    options.unit = value;
  } else if (name == "g") {
    TRY_ASSIGN(options.granularity,
               parse_choice(value, pprof::k_granularity_names));
  } else if (name == "sort") {
    TRY_ASSIGN(options.sort_by_cum, parse_choice(value, k_orders));
  } else if (name == "n") {
    TRY_ASSIGN(options.node_count, parse_value<int>(value));
  }
  return {};
}

}  // namespace

Result<ViewQuery> parse_query(std::span<const Parameter> parameters,
                              const view::Options& defaults) {
  ViewQuery query{.options = defaults,
                  .profile = find(parameters, "profile"),
                  .base = find(parameters, "base"),
                  .regex = find(parameters, "p")};
  for (const auto& [name, value] : parameters) {
    Result<void> read = read_option(name, value, query.options);
    if (read && name == "norm") {
      const Result<bool> normalize = parse_switch(value);
      query.normalize = normalize.value_or(false);
      if (!normalize) {
        read = std::unexpected(normalize.error());
      }
    }
    if (!read) {
      return std::unexpected(
          std::move(read).error().with_context("parameter " + one_line(name)));
    }
  }
  return query;
}

std::string settings_text(std::span<const Parameter> parameters) {
  http::Query query;
  for (const auto& [name, value] : parameters) {
    if (name != "config" && name != "profile" && name != "base") {
      query.add(name, value);
    }
  }
  return query.text();
}

std::string settings_text(std::span<const Parameter> parameters,
                          std::string_view profile, std::string_view base) {
  const std::string settings = settings_text(parameters);
  return fmt::format("profile={}&base={}{}{}", http::percent_encode(profile),
                     http::percent_encode(base), settings.empty() ? "" : "&",
                     settings);
}

std::string find(std::span<const Parameter> parameters, std::string_view name) {
  const auto found = std::ranges::find(parameters, name, &Parameter::first);
  return found == parameters.end() ? "" : found->second;
}

}  // namespace kprofefe::web

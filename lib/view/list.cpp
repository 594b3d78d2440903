// SPDX-License-Identifier: MIT
#include "view/list.hpp"

#include "view/files/source_reader.hpp"
#include "view/graph/build_graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <ranges>
#include <string_view>

namespace kprofefe::view {
namespace {

using Nodes = std::vector<const Node*>;

/// The nodes of functions whose names match, by name, then by file.
using Functions = std::map<std::string_view, std::map<std::string_view, Nodes>>;

Functions find_functions(const Graph& graph, const pprof::StringTable& strings,
                         const pprof::Regex& names) {
  std::vector<signed char> matches(strings.size(), -1);
  Functions functions;
  for (const std::uint32_t id : graph.order) {
    const Node& node = graph.nodes[id];
    const std::string_view name = strings.at(node.info.name);
    signed char& is_match = matches[node.info.name];
    if (is_match < 0) {
      is_match = names.matches(name) ? 1 : 0;
    }
    if (is_match == 1) {
      functions[name][strings.at(node.info.file)].push_back(&node);
    }
  }
  return functions;
}

/// Source lines from the first to the last.
struct Extract {
  std::int64_t first = 1;
  std::int64_t last = 1;
};

/// From where the function starts, or some lines before its first sample, to
/// some lines behind the last.
Extract extract_of(const Nodes& nodes) {
  constexpr std::int64_t k_margin = 5;
  const auto start_of = [](const Node* node) {
    const NodeInfo& info = node->info;
    return info.start_line != 0 ? info.start_line
                                : sum_of(info.line, -k_margin);
  };
  const auto line_of = [](const Node* node) { return node->info.line; };
  const std::int64_t first =
      std::ranges::min(nodes | std::views::transform(start_of));
  const std::int64_t last =
      std::ranges::max(nodes | std::views::transform(line_of));
  return {std::max<std::int64_t>(first, 1), sum_of(last, k_margin)};
}

std::vector<SourceLine> annotated(const Nodes& nodes, const Extract& extract,
                                  const std::vector<std::string>& source) {
  const auto [first, last] = extract;
  std::vector<SourceLine> lines;
  for (std::int64_t number = first;
       number <= last && number <= std::ssize(source); ++number) {
    lines.push_back({.number = number,
                     .text = source[static_cast<std::size_t>(number - 1)]});
  }
  for (const Node* node : nodes) {
    const std::int64_t at = node->info.line - first;
    if (node->info.line >= first && at < std::ssize(lines)) {
      SourceLine& line = lines[static_cast<std::size_t>(at)];
      line.flat = sum_of(line.flat, node->flat.sum);
      line.cum = sum_of(line.cum, node->cum.sum);
    }
  }
  return lines;
}

Routine routine_of(std::string_view name, std::string_view file,
                   const Nodes& nodes, SourceReader& reader) {
  Routine routine = {.name = std::string(name), .file = std::string(file)};
  for (const Node* node : nodes) {
    routine.flat = sum_of(routine.flat, node->flat.sum);
    routine.cum = sum_of(routine.cum, node->cum.sum);
  }
  const Extract extract = extract_of(nodes);
  // pprof does not open a file for nothing, but knows that it could not.
  if (extract.first > extract.last && !reader.has_read(routine.file)) {
    return routine;
  }
  const auto& source = reader.lines_of(file);
  if (source) {
    routine.lines = annotated(nodes, extract, *source);
  } else {
    routine.error = source.error().message;
  }
  return routine;
}

std::string value_or_dot(std::int64_t value, const ValueFormat& format) {
  return value == 0 ? "." : format(value);
}

}  // namespace

Result<ListReport> list(const Prepared& prepared, const pprof::Regex& names) {
  const Graph graph = collect_nodes(prepared, true);
  const Functions functions =
      find_functions(graph, prepared.profile.strings, names);
  if (functions.empty()) {
    return fail(
        ErrorKind::not_found,
        fmt::format("no matches found for regexp: {}", names.expression()));
  }
  SourceReader reader(prepared.options.source_path, prepared.options.trim_path,
                      prepared.options.go_sources);
  ListReport report = {.format = prepared.format(), .total = prepared.total};
  for (const auto& [name, files] : functions) {
    if (files.size() == 1 && files.begin()->first.empty()) {
      report.routines.push_back({.name = std::string(name)});
    }
    for (const auto& [file, nodes] : files) {
      if (!file.empty()) {
        report.routines.push_back(routine_of(name, file, nodes, reader));
      }
    }
  }
  return report;
}

std::string render_text(const ListReport& report) {
  std::string text = fmt::format("Total: {}\n", report.format(report.total));
  const auto out = std::back_inserter(text);
  for (const Routine& routine : report.routines) {
    if (routine.file.empty()) {
      fmt::format_to(out, "No source information for {}\n", routine.name);
      continue;
    }
    fmt::format_to(out, "ROUTINE ======================== {} in {}\n",
                   routine.name, routine.file);
    fmt::format_to(out, "{:>10} {:>10} (flat, cum) {} of Total\n",
                   report.format(routine.flat), report.format(routine.cum),
                   percentage(routine.cum, report.total));
    if (!routine.error.empty()) {
      fmt::format_to(out, " Error: {}\n", routine.error);
    }
    for (const SourceLine& line : routine.lines) {
      fmt::format_to(out, "{:>10} {:>10} {:6}:{}\n",
                     value_or_dot(line.flat, report.format),
                     value_or_dot(line.cum, report.format), line.number,
                     line.text);
    }
  }
  return text;
}

}  // namespace kprofefe::view

// SPDX-License-Identifier: MIT
#include "base/utf8.hpp"
#include "goroutines/frame.hpp"
#include "goroutines/render.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>

namespace kprofefe::goroutines {
namespace {

/// `14m`, `2h5m`, `3d4h`.
std::string format_minutes(std::uint32_t minutes) {
  constexpr std::uint32_t k_hour = 60;
  constexpr std::uint32_t k_day = 24 * k_hour;
  if (minutes >= k_day) {
    return fmt::format("{}d{}h", minutes / k_day, minutes % k_day / k_hour);
  }
  if (minutes >= k_hour) {
    return fmt::format("{}h{}m", minutes / k_hour, minutes % k_hour);
  }
  return fmt::format("{}m", minutes);
}

std::string counted(std::uint64_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

bool are_pods(const std::vector<Source>& sources) {
  return std::ranges::none_of(
      sources, [](const Source& source) { return source.pod.empty(); });
}

/// Pods of several namespaces may have the same name.
bool are_in_one_namespace(const std::vector<Source>& sources) {
  return std::ranges::all_of(sources, [&](const Source& source) {
    return source.ns == sources.front().ns;
  });
}

/// Most first, equal ones in the order in which they came.
std::vector<Share> by_count(std::vector<Share> shares) {
  std::ranges::sort(shares, [](const Share& a, const Share& b) {
    return a.count != b.count ? a.count > b.count : a.number < b.number;
  });
  return shares;
}

std::string head_of(const Groups& groups, std::size_t shown) {
  const std::vector<Source>& sources = groups.sources();
  const std::string from =
      sources.size() == 1
          ? printable(sources.front().name)
          : counted(sources.size(), are_pods(sources) ? "pod" : "source");
  const bool is_filtered = groups.kept() != groups.goroutines();
  return fmt::format(
      "{}: {}{} in {}{}\n", from,
      is_filtered ? fmt::format("{} of ", groups.kept()) : "",
      counted(groups.goroutines(), "goroutine"),
      shown != groups.stacks() ? fmt::format("{} of ", shown) : "",
      counted(groups.stacks(), "group"));
}

/// `chan receive`, or `chan receive 8, select 4`.
std::string states_of(const Groups& groups, const Group& group) {
  const std::vector<Share> states = by_count(group.states);
  std::string text;
  for (const Share& share : states) {
    text += text.empty() ? "" : ", ";
    text += printable(groups.state(share.number));
    if (states.size() > 1) {
      text += fmt::format(" {}", share.count);
    }
  }
  return text;
}

/// `  (pods: api-0 5, api-1 7)`; empty when all is from one source.
std::string sources_of(const Groups& groups, const Group& group) {
  constexpr std::size_t k_most = 10;
  const std::vector<Source>& all = groups.sources();
  if (all.size() == 1) {
    return {};
  }
  const bool pods = are_pods(all);
  const bool with_namespace = pods && !are_in_one_namespace(all);
  std::vector<Share> shares = group.sources;
  // Their numbers are in the order in which they came.
  std::ranges::sort(shares, [&all](const Share& a, const Share& b) {
    const Source& one = all[a.number];
    const Source& other = all[b.number];
    return a.count != b.count ? a.count > b.count
                              : std::tie(one.ns, one.pod, one.name) <
                                    std::tie(other.ns, other.pod, other.name);
  });
  std::string text;
  for (const Share& share :
       std::span(shares).first(std::min(shares.size(), k_most))) {
    const Source& source = all[share.number];
    text +=
        fmt::format("{} {}{} {}", text.empty() ? "" : ",",
                    with_namespace ? printable(source.ns) + "/" : "",
                    printable(pods ? source.pod : source.name), share.count);
  }
  if (shares.size() > k_most) {
    text += fmt::format(", and {} more", shares.size() - k_most);
  }
  return fmt::format("  ({}:{})", pods ? "pods" : "sources", text);
}

std::string locked_of(const Group& group) {
  if (group.locked == 0) {
    return {};
  }
  return group.locked == group.count
             ? "  locked to thread"
             : fmt::format("  {} locked to thread", group.locked);
}

/// Functions in one column, their places in the next, unless a name is so long
/// that the column would be empty.
std::string frames_of(std::string_view stack) {
  constexpr std::size_t k_widest = 60;

  struct Line {
    std::string call;
    std::string place;
  };

  std::vector<Line> lines;
  std::size_t width = 0;
  while (const std::optional<Frame> frame = next_frame(stack)) {
    lines.push_back(
        {(frame->is_creator ? "created by " : "") + printable(frame->function),
         printable(frame->place)});
    if (lines.back().call.size() <= k_widest) {
      width = std::max(width, lines.back().call.size());
    }
  }
  std::string text;
  for (const Line& line : lines) {
    if (line.place.empty()) {
      text += "    " + line.call + "\n";
    } else {
      fmt::format_to(std::back_inserter(text), "    {:<{}}  {}\n", line.call,
                     width, line.place);
    }
  }
  return text;
}

}  // namespace

bool render_text(const Groups& groups, SortBy by, const Sink& sink) {
  const std::vector<const Group*> sorted = groups.sorted(by);
  if (!sink(head_of(groups, sorted.size()))) {
    return false;
  }
  return std::ranges::all_of(sorted, [&](const Group* group) {
    const std::string longest =
        group->longest_minutes > 0
            ? "  longest " + format_minutes(group->longest_minutes)
            : "";
    return sink(
        fmt::format("\n{}  {}{}{}{}\n{}", counted(group->count, "goroutine"),
                    states_of(groups, *group), longest, locked_of(*group),
                    sources_of(groups, *group), frames_of(group->stack)));
  });
}

std::vector<std::string> missing_in(const Groups& groups) {
  std::vector<std::string> notes;
  for (const Source& source : groups.sources()) {
    if (source.is_truncated) {
      notes.push_back(fmt::format(
          "{}: the dump ends within a goroutine, there may have been more; Go "
          "stops at 64 MiB",
          source.name));
    }
  }
  if (groups.not_grouped() > 0) {
    notes.push_back(
        fmt::format("{} not shown: there are too many different stacks; use "
                    "--focus or read fewer pods",
                    counted(groups.not_grouped(), "goroutine")));
  }
  if (groups.not_listed() > 0) {
    notes.push_back(fmt::format("{} counted, but not listed one by one",
                                counted(groups.not_listed(), "goroutine")));
  }
  return notes;
}

}  // namespace kprofefe::goroutines

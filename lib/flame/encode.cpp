// SPDX-License-Identifier: MIT
#include "flame/encode.hpp"

#include "flame/words.hpp"
#include "pprof/measurement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

// The page's data, before compression. Everything that repeats stands
// together, so that compression sees it.
//
//   data    = types sample_index:varint compares:varint ratio:number
//             files frames nodes places column*
//   types   = count:varint type*
//   type    = name:text unit:text factor:number steps whole:signed
//             base_whole:signed
//   steps   = count:varint (name:text size:number)*
//   files   = count:varint text*
//   frames  = count:varint name:text* file:varint*      the most used first
//   nodes   = count:varint up:varint* frame:varint*     pre-order, no root
//   places  = count:varint gap:varint*     nodes that have a value of any type
//   column  = factor:varint value:signed*               one value per place
//   text    = size:varint UTF-8
//   number  = text: decimal, exact for a double
//   signed  = varint of 2n, or of -2n-1 when n is negative
//
// Values are multiplied by `ratio` to be shown, and by `factor` for the first
// step that is not larger, or the last; without steps they are counts of
// `unit`, which may be empty. Shares are of `whole`.
//
// A node's parent is `up` levels above the node before it: 0 is that node
// itself. A gap is the distance to the node of the place before. There is a
// column per type and, when the picture compares, as many of the base.

namespace kprofefe::flame {
namespace {

class Bytes {
 public:
  void varint(std::uint64_t value) {
    for (; value > 0x7f; value >>= 7) {
      bytes_ += static_cast<char>(value | 0x80U);
    }
    bytes_ += static_cast<char>(value);
  }

  void zigzag(std::int64_t value) {
    varint(static_cast<std::uint64_t>(value) << 1 ^
           static_cast<std::uint64_t>(value >> 63));
  }

  void text(std::string_view content) {
    varint(content.size());
    bytes_ += content;
  }

  void number(double value) { text(fmt::format("{}", value)); }

  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Frames by how many nodes have them, without those that have none: the most
/// common numbers shall take one byte.
std::vector<FrameId> most_used(const Tree& tree) {
  std::vector<std::uint32_t> uses(tree.frames.names.size());
  for (const Node& node : tree.nodes) {
    ++uses[node.frame];
  }
  std::vector<FrameId> frames;
  for (FrameId frame = 1; frame < uses.size(); ++frame) {
    if (uses[frame] != 0) {
      frames.push_back(frame);
    }
  }
  std::ranges::sort(frames, [&](FrameId a, FrameId b) {
    return uses[a] != uses[b] ? uses[a] > uses[b] : a < b;
  });
  return frames;
}

void put_type(Bytes& bytes, const Words& words) {
  const pprof::UnitScale scale =
      words.scale().value_or(pprof::UnitScale{.factor = 1, .steps = {}});
  bytes.text(words.type());
  bytes.text(words.plain_unit());
  bytes.number(scale.factor);
  bytes.varint(scale.steps.size());
  for (const pprof::UnitStep& step : scale.steps) {
    bytes.text(step.name);
    bytes.number(step.factor);
  }
}

void put_types(Bytes& bytes, const Tree& tree, const pprof::Profile& profile,
               const Options& options) {
  const std::size_t types = profile.sample_types.size();
  bytes.varint(types);
  for (std::size_t type = 0; type < types; ++type) {
    put_type(bytes, Words(tree, profile, type, options));
    bytes.zigzag(tree.totals[type]);
    bytes.zigzag(tree.compares() ? tree.base_totals[type] : 0);
  }
}

void put_frames(Bytes& bytes, const Frames& frames,
                const std::vector<FrameId>& order) {
  bytes.varint(frames.files.size());
  for (pprof::StringId file = 0; file < frames.files.size(); ++file) {
    bytes.text(frames.files.at(file));
  }
  bytes.varint(order.size());
  for (const FrameId frame : order) {
    bytes.text(frames.names.at(frame));
  }
  for (const FrameId frame : order) {
    bytes.varint(frames.file_of[frame]);
  }
}

void put_nodes(Bytes& bytes, const Tree& tree,
               const std::vector<FrameId>& order) {
  std::vector<std::uint32_t> number(tree.frames.names.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    number[order[i]] = i;
  }
  bytes.varint(tree.nodes.size() - 1);
  for (std::size_t i = 1; i < tree.nodes.size(); ++i) {
    bytes.varint(tree.nodes[i - 1].depth + 1 - tree.nodes[i].depth);
  }
  for (std::size_t i = 1; i < tree.nodes.size(); ++i) {
    bytes.varint(number[tree.nodes[i].frame]);
  }
}

std::vector<std::size_t> places_of(const Tree& tree) {
  std::vector<std::size_t> places;
  const auto has_value = [&](std::size_t node) {
    const auto holds = [&](const Column& column) { return column[node] != 0; };
    return std::ranges::any_of(tree.values, holds) ||
           std::ranges::any_of(tree.base_values, holds);
  };
  for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
    if (has_value(i)) {
      places.push_back(i);
    }
  }
  return places;
}

/// A CPU profile's nanoseconds are whole periods: small numbers, once the
/// period is taken out.
void put_column(Bytes& bytes, const Column& column,
                const std::vector<std::size_t>& places) {
  std::uint64_t factor = 0;
  for (const std::size_t place : places) {
    const auto value = static_cast<std::uint64_t>(column[place]);
    factor = std::gcd(factor, column[place] < 0 ? 0 - value : value);
  }
  // 2^63, the size of the smallest number, has no positive counterpart.
  if (factor == 0 || factor > std::uint64_t{1} << 62) {
    factor = 1;
  }
  bytes.varint(factor);
  for (const std::size_t place : places) {
    bytes.zigzag(column[place] / static_cast<std::int64_t>(factor));
  }
}

}  // namespace

std::string encode(const Tree& tree, const pprof::Profile& profile,
                   const Options& options) {
  Bytes bytes;
  put_types(bytes, tree, profile, options);
  bytes.varint(options.sample_index);
  bytes.varint(tree.compares() ? 1 : 0);
  bytes.number(1 / options.divide_by);
  const std::vector<FrameId> order = most_used(tree);
  put_frames(bytes, tree.frames, order);
  put_nodes(bytes, tree, order);
  const std::vector<std::size_t> places = places_of(tree);
  bytes.varint(places.size());
  std::size_t last = 0;
  for (const std::size_t place : places) {
    bytes.varint(place - last);
    last = place;
  }
  for (const std::vector<Column>* columns : {&tree.values, &tree.base_values}) {
    for (const Column& column : *columns) {
      put_column(bytes, column, places);
    }
  }
  return bytes.take();
}

}  // namespace kprofefe::flame

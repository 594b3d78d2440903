// SPDX-License-Identifier: MIT
#pragma once

#include "base/file.hpp"
#include "pprof/aggregate.hpp"
#include "pprof/profile.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kprofefe::flame {

/// What one frame of a picture stands for; named as `go tool pprof` names it:
/// `name file:line`.
using pprof::Granularity;

/// What is drawn. Neither profile is owned; filters have been applied.
struct Input {
  const pprof::Profile* profile = nullptr;  ///< never null
  /// When there is one, the picture compares: what grew since then is red,
  /// what shrank blue. Sample types are matched by type and unit.
  const pprof::Profile* base = nullptr;
  // The initializers let -Wextra accept `{&profile}`.
  // NOLINTBEGIN(readability-redundant-member-init)
  /// What is 100 % of each sample type, where that is more than the profile
  /// still holds; empty: what it holds, without signs.
  std::vector<std::int64_t> totals = {};
  std::vector<std::int64_t> base_totals = {};  ///< the same of the base
  // NOLINTEND(readability-redundant-member-init)
};

struct Options {
  std::string title;             ///< for people: `api cpu, 3 pods`
  std::size_t sample_index = 0;  ///< of Profile::sample_types, shown first
  Granularity granularity = Granularity::functions;
  /// A unit for the sample types that can be converted to it; `minimum`: one
  /// for all values of a type; `auto`: each value its own.
  std::string unit = "auto";
  double divide_by = 1;  ///< all values that are shown
  /// Of a page of a partial tree: where it finds the whole one, as encode()
  /// writes it.
  std::string whole_url;
};

struct Tree;

// A picture is drawn in two steps: build_tree() (tree.hpp), which may refuse,
// and one of these, with the same options and the profile of the input.

/// One self-contained HTML page: all sample types, zoom, search, the inverted
/// view, the sandwich of a function (`?p=REGEX` opens one) and, with a base,
/// the comparison; the widest frames and a table without JavaScript too. It
/// loads nothing, and nothing that a profile says is run. Values beyond 2^53
/// lose their last digits in it.
std::string render_html(const Tree& tree, const pprof::Profile& profile,
                        const Options& options);

/// A static SVG of one sample type, 1200 wide. Frames narrower than half a
/// pixel are left out; the picture says how many.
std::string render_svg(const Tree& tree, const pprof::Profile& profile,
                       const Options& options);

/// Of a tree of the shape k_folded. `root;caller;leaf 123`: a line per distinct
/// stack of one sample type, sorted frame by frame, in whole numbers of the
/// unit of the options or else of the profile, as flamegraph.pl and speedscope
/// read it. A `;` in a name becomes `:`, a line break a blank; stacks of 0 are
/// left out. With a base the two numbers are `base new`, as difffolded.pl
/// writes. Every line repeats its whole stack, so nothing is kept of it: false
/// when the sink took no more.
bool render_folded(const Tree& tree, const pprof::Profile& profile,
                   const Options& options, const Sink& sink);

}  // namespace kprofefe::flame

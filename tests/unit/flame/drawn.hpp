// SPDX-License-Identifier: MIT
#pragma once

#include "flame/flame.hpp"
#include "flame/tree.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

namespace kprofefe::flame {

// Both steps in one, for what cannot be refused.

inline Tree tree_of(const Input& input, const Options& options,
                    const Shape& shape = {}) {
  Result<Tree> tree = build_tree(input, options, shape);
  REQUIRE_MESSAGE(tree, tree.error().message);
  return *std::move(tree);
}

inline std::string html_of(const Input& input, const Options& options) {
  return render_html(tree_of(input, options), *input.profile, options);
}

inline std::string svg_of(const Input& input, const Options& options) {
  return render_svg(tree_of(input, options), *input.profile, options);
}

inline bool write_folded(const Input& input, const Options& options,
                         const Sink& sink) {
  return render_folded(tree_of(input, options, k_folded), *input.profile,
                       options, sink);
}

}  // namespace kprofefe::flame

// SPDX-License-Identifier: MIT
#pragma once

#include "base/file.hpp"
#include "base/result.hpp"
#include "flame/flame.hpp"
#include "flame/tree.hpp"
#include "pprof/profile.hpp"
#include "view/options.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::flame {

/// What is made of a profile's stacks.
enum class Format : std::uint8_t { html, svg, folded };

/// `html`, `svg` or `folded`. Errors: usage.
Result<Format> parse_format(std::string_view name);

/// The ending of such a file, without a dot.
std::string_view format_name(Format format);

/// By the ending of a file's name. Errors: usage, when it is another.
Result<Format> format_of_file(std::string_view path);

struct DrawRequest {
  Format format = Format::html;
  view::Options view;  ///< filters, granularity, sample index, unit, divisor
  std::string title;   ///< for people: `api cpu, 3 pods`
  /// Of a page: where its reader's browser finds data(). A large page then
  /// begins with what can be seen of it, and asks for all when it needs more.
  /// Empty: the page has everything.
  std::string whole_url;
};

/// A picture that only needs to be written.
class Drawing {
 public:
  /// What surprises in what is drawn, as view::Prepared::warnings.
  [[nodiscard]] const std::vector<std::string>& warnings() const {
    return warnings_;
  }

  /// False when the sink took no more.
  [[nodiscard]] bool write(const Sink& sink) const;

  /// The stacks alone, as a page reads them from DrawRequest::whole_url.
  [[nodiscard]] std::string data() const;

 private:
  friend Result<Drawing> draw(pprof::Profile profile,
                              std::optional<pprof::Profile> base,
                              const DrawRequest& request);

  Format format_ = Format::html;
  Options options_;
  pprof::Profile profile_;
  Tree tree_;
  std::vector<std::string> warnings_;
};

/// `profile`, coloured by what grew and shrank since `base`; the two are as
/// pprof::make_comparable() leaves them. Errors: usage (a filter, a sample
/// index or a unit that does not fit), malformed (see build_tree()).
Result<Drawing> draw(pprof::Profile profile, std::optional<pprof::Profile> base,
                     const DrawRequest& request);

}  // namespace kprofefe::flame

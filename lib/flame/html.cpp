// SPDX-License-Identifier: MIT
#include "base/base64.hpp"
#include "base/markup.hpp"
#include "base/moment.hpp"
#include "flame/encode.hpp"
#include "flame/flame.hpp"
#include "flame/hex.hpp"
#include "flame/page.hpp"
#include "flame/svg.hpp"
#include "flame/tree.hpp"
#include "flame/words.hpp"
#include "pprof/gzip.hpp"
#include "pprof/measurement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::flame {
namespace {

constexpr std::size_t k_still_functions = 40;
/// Of 1200: what a reader without JavaScript can read at all.
constexpr double k_still_min_width = 3;
constexpr std::size_t k_still_rows = 100;

using Field = std::pair<std::string_view, std::string>;

/// The page with its `{{name}}`s filled in. What is filled in is not looked
/// at again: a profile may hold such a name, too.
std::string fill(std::string_view page, std::span<const Field> fields) {
  std::string filled;
  while (true) {
    const std::size_t open = page.find("{{");
    filled += page.substr(0, open);
    if (open == std::string_view::npos) {
      return filled;
    }
    page.remove_prefix(open + 2);
    const std::size_t close = page.find("}}");
    const auto found =
        std::ranges::find(fields, page.substr(0, close), &Field::first);
    filled += found->second;
    page.remove_prefix(close + 2);
  }
}

/// Runs the page's own script and style and nothing else, whatever a profile
/// could smuggle in; nothing is sent and, unless a part is missing, nothing is
/// loaded.
std::string policy(bool is_partial) {
  return fmt::format(
      "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}';"
      " img-src data:; base-uri 'none'; form-action 'none'{}",
      encode_base64(from_hex(k_page_js.sha256)),
      encode_base64(from_hex(k_page_css.sha256)),
      is_partial ? "; connect-src 'self'" : "");
}

/// When it was captured, and for how long.
std::string facts(const pprof::Profile& profile) {
  std::string text;
  if (profile.time_nanos > 0) {
    const std::chrono::nanoseconds since_epoch(profile.time_nanos);
    text = format_rfc3339(SystemTime(
        std::chrono::duration_cast<SystemTime::duration>(since_epoch)));
  }
  if (profile.duration_nanos > 0) {
    text += (text.empty() ? "" : ", ") +
            pprof::measure_text(profile.duration_nanos, "nanoseconds", "auto");
  }
  return text;
}

std::string table(const Tree& tree, const Words& words, std::size_t type) {
  std::string html =
      "<table><thead><tr><th>flat<th>flat %<th>cum<th>cum %<th>function"
      "<tbody>\n";
  std::vector<FunctionTotal> totals = function_totals(tree, type);
  totals.resize(std::min(totals.size(), k_still_functions));
  for (const FunctionTotal& total : totals) {
    fmt::format_to(
        std::back_inserter(html), "<tr><td>{}<td>{}<td>{}<td>{}<td>{}\n",
        escape_markup(words.value(total.flat)), words.share(total.flat),
        escape_markup(words.value(total.cum)), words.share(total.cum),
        escape_markup(tree.frames.names.at(total.frame)));
  }
  return html + "</table>\n";
}

/// For readers without JavaScript, who get all of a picture or none.
std::string still(const Tree& tree, const Words& words,
                  const Options& options) {
  if (tree.is_partial) {
    return "";
  }
  const std::size_t type = options.sample_index;
  const Drawing drawing{
      .type = type, .min_width = k_still_min_width, .max_rows = k_still_rows};
  return draw_svg(tree, drawing, words, options.title) +
         table(tree, words, type);
}

}  // namespace

std::string render_html(const Tree& tree, const pprof::Profile& profile,
                        const Options& options) {
  const Words words(tree, profile, options.sample_index, options);
  const std::string data = encode_base64(
      pprof::gzip(encode(tree, profile, options), pprof::Effort::small));
  const std::array fields{
      Field{"policy", policy(tree.is_partial)},
      Field{"title", escape_markup(options.title)},
      Field{"facts", escape_markup(facts(profile))},
      Field{"style", std::string(k_page_css.text)},
      Field{"script", std::string(k_page_js.text)},
      Field{"data", data},
      Field{"whole", tree.is_partial ? escape_markup(options.whole_url) : ""},
      Field{"still", still(tree, words, options)},
  };
  return fill(k_page_html.text, fields);
}

}  // namespace kprofefe::flame

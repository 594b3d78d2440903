// SPDX-License-Identifier: MIT
#include "drawn.hpp"

#include "base/markup.hpp"
#include "flame/flame.hpp"
#include "flame/page.hpp"
#include "support/stacks.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::flame {
namespace {

using test::Stacks;

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// From `begin`, behind it, to the next `end`.
std::string_view between(std::string_view text, std::string_view begin,
                         std::string_view end) {
  const std::size_t from = text.find(begin);
  REQUIRE(from != std::string_view::npos);
  text.remove_prefix(from + begin.size());
  return text.substr(0, text.find(end));
}

}  // namespace

TEST_CASE("the page's own parts stay small") {
  CHECK(k_page_html.text.size() + k_page_css.text.size() +
            k_page_js.text.size() <
        40U << 10);
}

TEST_CASE("a page is whole, and every place in it is filled") {
  pprof::Profile profile = test::small_cpu();
  profile.time_nanos = 1'795'419'268'000'000'000;
  profile.duration_nanos = 30'000'000'000;

  const std::string page =
      html_of({&profile}, {.title = "api cpu", .sample_index = 1});

  CHECK(page.starts_with("<!doctype html>"));
  CHECK(page.ends_with("</html>\n"));
  CHECK_FALSE(has(page, "{{"));
  CHECK(has(page, "<title>api cpu</title>"));
  CHECK(has(page, "2026-11-23T"));
  CHECK(has(page, ", 30s<"));
}

TEST_CASE("a page allows its own script and style and nothing else") {
  const pprof::Profile profile = test::small_cpu();

  const std::string page = html_of({&profile}, {});
  const std::string_view policy =
      between(page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");

  CHECK(policy.starts_with("default-src 'none'; script-src 'sha256-"));
  CHECK_FALSE(has(policy, "unsafe"));
  CHECK(between(policy, "script-src 'sha256-", "'").size() == 44);
  CHECK(between(policy, "style-src 'sha256-", "'").size() == 44);
  CHECK_FALSE(has(page, "src=\"http"));
  CHECK_FALSE(has(page, "href=\"http"));
  CHECK_FALSE(has(page, "url("));
  CHECK_FALSE(has(page, "@import"));
}

TEST_CASE("a page of a part says where the whole is, and may ask there") {
  const pprof::Profile profile = test::small_cpu();
  const Options options{.whole_url = "flame.data?f=\"<&"};
  const auto page_of = [&](double min_share) {
    return render_html(tree_of({&profile}, options, {.min_share = min_share}),
                       profile, options);
  };

  const std::string part = page_of(0.5);
  const std::string whole = page_of(0);

  CHECK(has(part, "data-whole=\"" + escape_markup(options.whole_url) + "\""));
  CHECK(has(part, "connect-src 'self'"));
  CHECK_FALSE(has(part, "<svg "));
  CHECK(has(whole, "data-whole=\"\""));
  CHECK_FALSE(has(whole, "connect-src"));
}

TEST_CASE("a page can be read without its script") {
  const pprof::Profile profile = test::small_cpu();

  const std::string page = html_of({&profile}, {.sample_index = 1});
  const std::string_view still = between(page, "<noscript>", "</noscript>");

  CHECK(has(still, "<svg "));
  CHECK(has(still, "<tr><td>60ms<td>60.0%<td>90ms<td>90.0%<td>main.work\n"));
}

TEST_CASE("nothing of a profile is markup in a page") {
  using Names = std::vector<std::string_view>;
  const std::string evil =
      "</script></noscript><img src=x onerror=alert(1)>{{data}}";
  Stacks stacks({{"<b>", "count"}});
  stacks.add(Names{evil}, {1});

  const std::string page = html_of({&stacks.profile}, {.title = evil});

  CHECK_FALSE(has(page, "<img"));
  CHECK_FALSE(has(page, "<b>"));
  const std::string shown = escape_markup(evil);
  CHECK(has(page, "<title>" + shown + "</title>"));
  CHECK(has(page, "<td>" + shown));
}

TEST_CASE("the still picture stays small in a large page") {
  Stacks stacks({{"n", "count"}});
  std::string stack = "f0";
  for (int i = 1; i < 3000; ++i) {
    stack += ";f" + std::to_string(i);
  }
  stacks.add(stack, {1});

  const std::string page = html_of({&stacks.profile}, {});

  CHECK(between(page, "<noscript>", "</noscript>").size() < 40'000);
}

}  // namespace kprofefe::flame

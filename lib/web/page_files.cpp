// SPDX-License-Identifier: MIT
#include "web/page_files.hpp"

#include "web/assets.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace kprofefe::web {
namespace {

constexpr std::string_view k_page = "/ui/";

/// Nothing runs or is loaded but the page's own files.
constexpr std::string_view k_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

constexpr auto k_views =
    std::to_array<std::string_view>({"", "top", "graph", "flamegraph", "peek",
                                     "source", "tags", "traces", "targets"});

const Asset* find_asset(std::string_view path) {
  const auto all = assets();
  const auto found = std::ranges::find(all, path, &Asset::path);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::optional<server::Response> find_page_file(std::string_view path) {
  const bool is_view =
      path.starts_with(k_page) &&
      std::ranges::find(k_views, path.substr(k_page.size())) != k_views.end();
  const Asset* const asset = find_asset(is_view ? k_page : path);
  if (asset == nullptr) {
    return std::nullopt;
  }
  server::Response response{.content_type = std::string(asset->type),
                            .headers = {{"Content-Encoding", "gzip"}},
                            .body = std::string(asset->bytes)};
  if (is_view) {
    response.headers.emplace_back("Content-Security-Policy",
                                  std::string(k_policy));
  }
  return response;
}

}  // namespace kprofefe::web

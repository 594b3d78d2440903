// SPDX-License-Identifier: MIT
#include "support/scratch.hpp"
#include "view/go_sources.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view::go_sources");

TEST_CASE("a file is looked for where Go keeps it") {
  const GoSources sources{.goroot = "/go",
                          .modcache = "/cache",
                          .module = "example.com/shop/api",
                          .module_root = "/src/api"};
  const std::pair<const char*, const char*> rows[] = {
      {"net/http/server.go", "/go/src/net/http/server.go"},
      {"/usr/local/go/src/net/http/server.go", "/go/src/net/http/server.go"},
      {"github.com/BurntSushi/toml@v1.2.0/Decode.go",
       "/cache/github.com/!burnt!sushi/toml@v1.2.0/Decode.go"},
      {"/root/go/pkg/mod/github.com/x/y@v1.0.0/z.go",
       "/cache/github.com/x/y@v1.0.0/z.go"},
      {"github.com/x/y@v1.0.0/z.go", "/src/api/vendor/github.com/x/y/z.go"},
      {"/build/vendor/github.com/x/y/z.go",
       "/src/api/vendor/github.com/x/y/z.go"},
      {"example.com/shop/api/cart/cart.go", "/src/api/cart/cart.go"},
      {"/build/api/cart/cart.go", "/src/api/cart/cart.go"},
  };
  for (const auto& [file, path] : rows) {
    CAPTURE(file);
    const std::vector<std::string> found = go_candidates(file, sources);
    CHECK(std::ranges::find(found, path) != found.end());
  }
  CHECK(go_candidates("net/http/server.go", {}).empty());
}

TEST_CASE("the module is that of the current folder or one above it") {
  const test::Scratch scratch;
  const std::string mod = scratch.write(
      "api/go.mod", "// ours\nmodule example.com/api // the API\n\ngo 1.24\n");
  const std::string below = scratch.write("api/cmd/x/main.go", "");
  const Env env{.variables = {{"GOROOT", "/go"}, {"GOPATH", "/a:/b"}}};

  const GoSources sources = find_go_sources(
      env, below.substr(0, below.size() - std::string("/main.go").size()));

  CHECK(sources.module == "example.com/api");
  CHECK(sources.module_root + "/go.mod" == mod);
  CHECK(sources.goroot == "/go");
  CHECK(sources.modcache == "/a/pkg/mod");
  CHECK(find_go_sources({}, "/").module.empty());
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::view

// SPDX-License-Identifier: MIT
#include "base/number.hpp"
#include "support/raw_client.hpp"
#include "web/serve_page.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

namespace kprofefe::web {
namespace {

TEST_SUITE_BEGIN("web::BackgroundPage");

/// `http://localhost:8080/start?token=...` in its parts.
struct Address {
  explicit Address(std::string_view url) {
    url.remove_prefix(std::string_view("http://").size());
    const std::size_t slash = url.find('/');
    authority = url.substr(0, slash);
    path = url.substr(slash);
    port = parse_number<std::uint16_t>(
               url.substr(url.find(':') + 1, slash - url.find(':') - 1))
               .value();
  }

  std::string authority;
  std::string path;
  std::uint16_t port = 0;
};

TEST_CASE("a page is served while its maker does other things") {
  const Env env;
  source::LoadedProfile loaded;
  loaded.names = {"cpu.pb.gz"};
  Result<std::unique_ptr<BackgroundPage>> page = BackgroundPage::start(
      env, {.title = "cpu.pb.gz"}, loaded, "/ui/source?p=main");
  REQUIRE(page);
  const Address address((*page)->start_url());
  CHECK((*page)->browser_url() != (*page)->start_url());
  test::RawClient client(address.port);
  const test::RawResponse started = client.ask(fmt::format(
      "GET {} HTTP/1.1\r\nHost: {}\r\n\r\n", address.path, address.authority));
  CHECK((started.header("Location") + started.body)
            .contains("/ui/source?p=main"));
  test::RawClient stranger(address.port);
  CHECK(stranger
            .ask(fmt::format("GET /ui/top HTTP/1.1\r\nHost: {}\r\n\r\n",
                             address.authority))
            .status == 403);
  page->reset();
  CHECK_THROWS(test::RawClient(address.port));
}

TEST_CASE("several pages stand beside each other") {
  const Env env;
  const source::LoadedProfile loaded;
  const auto one = BackgroundPage::start(env, {}, loaded, "");
  const auto other = BackgroundPage::start(env, {}, loaded, "");
  REQUIRE(one);
  REQUIRE(other);
  CHECK(Address((*one)->start_url()).port !=
        Address((*other)->start_url()).port);
}

}  // namespace
}  // namespace kprofefe::web

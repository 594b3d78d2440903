// SPDX-License-Identifier: MIT
#include "session/browser.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

namespace kprofefe {
namespace {

TEST_SUITE_BEGIN("browser");

TEST_CASE("$BROWSER names programs, and words of a shell are part of a name") {
  const Env env{.variables = {{"BROWSER", "/opt/a b; rm x:firefox:"}}};
  CHECK(browsers(env) == std::vector<std::string>{"/opt/a b; rm x", "firefox"});
  CHECK(browsers({}).front() == "xdg-open");
}

TEST_CASE("the next one is tried when one is not there or gives up") {
  const Env fine{.variables = {{"BROWSER", "/no/such:false:true"}}};
  CHECK(open_in_browser("page.html", fine));

  const Env none{.variables = {{"BROWSER", "/no/such:false"}}};
  const Result<void> opened = open_in_browser("page.html", none);
  REQUIRE_FALSE(opened);
  CHECK(opened.error().message.find("/no/such, false") != std::string::npos);
  CHECK(opened.error().message.find("page.html") != std::string::npos);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe

// SPDX-License-Identifier: MIT
#include "kube/auth/url_user.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::kube {
namespace {

TEST_SUITE_BEGIN("kube::url_user");

TEST_CASE("a user is taken out of a URL, and goes as a header") {
  struct Row {
    const char* url;
    const char* without;
    const char* user;
    const char* header;
  };

  for (const Row& row :
       {Row{"https://h/p", "https://h/p", "", ""},
        Row{"https://u:p@h:1/x", "https://h:1/x", "u:p", "Basic dTpw"},
        Row{"https://u@h", "https://h", "u", "Basic dTo="},
        Row{"https://a:b@c@h", "https://h", "a:b@c", "Basic YTpiQGM="},
        Row{"https://u:%2F@h", "https://h", "u:%2F", "Basic dTov"},
        Row{"u:p@h/x", "h/x", "u:p", "Basic dTpw"},
        Row{"https://h/p@x?u@y", "https://h/p@x?u@y", "", ""}}) {
    CAPTURE(row.url);
    std::string url = row.url;
    const std::string user = take_user(url);
    CHECK(url == row.without);
    CHECK(user == row.user);
    CHECK(basic_of_user(user) == row.header);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube

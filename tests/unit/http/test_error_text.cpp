// SPDX-License-Identifier: MIT
#include "http/error_text.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace kprofefe::http {
namespace {

using std::string_view_literals::operator""sv;

struct Row {
  const char* from;
  std::string_view body;
  std::string_view text;
};

void check(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.from);
    CHECK(error_text(row.body) == row.text);
  }
}

TEST_SUITE_BEGIN("http::error_text");

TEST_CASE("a text is told whole, on one line") {
  check({{"nobody", "", ""},
         {"a blank", " \r\n\t", ""},
         {"Go", "404 page not found\n", "404 page not found"},
         {"several lines", "Access denied\r\nby policy\n",
          "Access denied by policy"},
         {"blank lines first", "\n\n  profiling\n  disabled",
          "profiling disabled"},
         {"escape sequences", "a\x1b[31m\nb", "a?[31m b"},
         {"bytes that are no text", "\x1f\x8b\x08\0\0"sv, ""},
         {"a byte order mark", "\xef\xbb\xbfno\n", "no"}});
  CHECK(error_text(std::string(300, 'x')) == std::string(200, 'x') + "…");
  CHECK(error_text("one\ntwo", 5) == "one t…");
}

TEST_CASE("of JSON the message is told") {
  check({
      {"profefe", R"({"code":500,"error":"failed to collect profile"})",
       "failed to collect profile"},
      {"several lines", "{\n  \"error\": \"profiling disabled\",\n \"a\": 1}\n",
       "profiling disabled"},
      {"Kubernetes",
       R"({"kind":"Status","message":"pods is forbidden","reason":"Forbidden"})",
       "pods is forbidden"},
      {"Google",
       R"({"error":{"code":403,"message":"Permission denied","status":"X"}})",
       "Permission denied"},
      {"Google, in an array", R"([{"error":{"code":403,"message":"no"}}])",
       "no"},
      {"Spring",
       R"({"status":500,"error":"Internal Server Error",)"
       R"("message":"out of heap","path":"/x"})",
       "out of heap"},
      {"Spring without a message",
       R"({"error":"Internal Server Error","message":""})",
       "Internal Server Error"},
      {"problem details",
       R"({"type":"about:blank","title":"Gone","detail":"moved in May"})",
       "moved in May"},
      {"problem details, title only", R"({"title":"Gone","status":410})",
       "Gone"},
      {"FastAPI", R"({"detail":[{"loc":["query"],"msg":"field required"}]})",
       "field required"},
      {"JSON:API", R"({"errors":[{"code":"A","detail":"too late"}]})",
       "too late"},
      {"Vault", R"({"errors":["permission denied"]})", "permission denied"},
      {"OAuth",
       R"({"error":"invalid_grant","error_description":"has expired"})",
       "has expired"},
      {"AWS", R"({"Message":"User is not authorized"})",
       "User is not authorized"},
      {"a text in JSON", "\"busy\"\n", "busy"},
      {"a message of two lines", R"({"message":"one\ntwo\u001b"})", "one two?"},
      {"no message", "{\"code\":\n 500}", R"({"code": 500})"},
      {"a message that is none", R"({"error":{"a":1}})",
       R"({"error":{"a":1}})"},
      {"half of it", "{\n\"error\": \"x", R"({ "error": "x)"},
  });
  const std::string deep = std::string(60000, '[') + "\"a\"";
  CHECK(error_text(deep).starts_with("[[["));
}

TEST_CASE("of a page the title is told, or its text") {
  check({
      {"nginx",
       "<html>\r\n<head><title>400 The plain HTTP request was sent to HTTPS "
       "port</title></head>\r\n<body>\r\n<center><h1>400 Bad "
       "Request</h1></center>\r\n</html>",
       "400 The plain HTTP request was sent to HTTPS port"},
      {"nginx, a status alone",
       "<html><head><title>504 Gateway Time-out</title></head><body>"
       "<center><h1>504 Gateway Time-out</h1></center>"
       "<hr><center>nginx/1.25</center></body></html>",
       "504 Gateway Time-out nginx/1.25"},
      {"Go's TimeoutHandler",
       "<html><head><title>Timeout</title></head><body><h1>Timeout</h1></body>"
       "</html>",
       "Timeout"},
      {"Apache",
       "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n"
       "<title>400 Bad Request</title>\n</head><body>\n<h1>Bad Request</h1>\n"
       "<p>Reason: You're speaking plain HTTP to an <b>SSL</b>-enabled server "
       "port.<br />\n</p></body></html>",
       "Bad Request Reason: You're speaking plain HTTP to an SSL-enabled "
       "server "
       "port."},
      {"a proxy",
       "<html><head><title>Access Denied by Policy</title></head></html>",
       "Access Denied by Policy"},
      {"Spring",
       "<html><body><h1>Whitelabel Error Page</h1><p>no mapping "
       "for /x</p>",
       "Whitelabel Error Page no mapping for /x"},
      {"Python",
       "<!DOCTYPE HTML><html><head><title>Error response</title><style>"
       "p { color: red }</style></head><body><h1>Error response</h1>"
       "<p>Message: File not found.</p></body></html>",
       "Error response Message: File not found."},
      {"a login page",
       "<!doctype html><TITLE lang=en>Sign in &ndash; A &amp; "
       "B\n</TITLE><p>Name",
       "Sign in – A & B"},
      {"S3",
       "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code>"
       "<Message>No &lt;way&gt;</Message></Error>",
       "AccessDenied No <way>"},
      {"a comment and a script",
       "<html><!-- <p>no --><script>if (a<b) {}</script>1 < 2</html>", "1 < 2"},
      {"no words", "<html></html>", ""},
      {"a tag cut off", "<html><body>half <a href=", "half"},
      {"a title cut off", "<html><title>Welco", "Welco"},
  });
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::http

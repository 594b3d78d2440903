// SPDX-License-Identifier: MIT
#include "source/source.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::source {
namespace {

using test::Scratch;

Kind kind_of(std::string_view word, bool with_profefe = false) {
  const auto source = parse_source(word, with_profefe);
  REQUIRE_MESSAGE(source, word);
  CHECK(source->text == word);
  return source->kind;
}

TEST_SUITE_BEGIN("source::parse_source");

TEST_CASE("words that can be only one thing") {
  CHECK(kind_of("-") == Kind::standard_input);
  CHECK(kind_of("http://p:10100/api/0/profiles/b1") == Kind::url);
  CHECK(kind_of("https://host/debug/pprof/heap") == Kind::url);
  CHECK(kind_of("pod/api-0") == Kind::pod);
  CHECK(kind_of("pods/api-0") == Kind::pod);
}

TEST_CASE("URLs are taken in the spellings of go tool pprof") {
  struct Row {
    const char* word;
    const char* url;
  };

  const Row rows[] = {
      {"localhost:6060/debug/pprof/heap",
       "http://localhost:6060/debug/pprof/heap"},
      {"127.0.0.1:6060/x?seconds=5", "http://127.0.0.1:6060/x?seconds=5"},
      {"[::1]:6060/x", "http://[::1]:6060/x"},
      {"joe:pw@host:80/x", "http://joe:pw@host:80/x"},
      {"HTTP://host/x", "http://host/x"},
      {"Https://host/x", "https://host/x"},
      {"host:6060", "http://host:6060/debug/pprof/profile"},
      {"host:6060?seconds=5", "http://host:6060/debug/pprof/profile?seconds=5"},
      {"http://host", "http://host/debug/pprof/profile"},
      {"http://host/?seconds=5", "http://host/debug/pprof/profile?seconds=5"},
      {"http://host/?", "http://host/debug/pprof/profile?"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.word);
    for (const bool with_profefe : {false, true}) {
      const auto source = parse_source(row.word, with_profefe);
      REQUIRE(source);
      CHECK(source->kind == Kind::url);
      CHECK(source->text == row.url);
    }
  }
}

TEST_CASE("what go tool pprof takes and we do not says what to write") {
  const auto insecure = parse_source("https+insecure://h/x", false);
  REQUIRE_FALSE(insecure);
  CHECK(insecure.error().kind == ErrorKind::usage);
  CHECK(insecure.error().message.find("use https://") != std::string::npos);
  const auto file = parse_source("host/debug/pprof/heap", false);
  REQUIRE_FALSE(file);
  CHECK(file.error().message.find("URLs start with http://") !=
        std::string::npos);
}

TEST_CASE("with a namespace NAME:PORT is a pod, and never a workload") {
  const auto pod = parse_source("api:8080", false, true);
  REQUIRE(pod);
  CHECK(pod->kind == Kind::pod);
  CHECK(parse_source("api:8080", false)->kind == Kind::url);
  CHECK(parse_source("api:8080/debug/pprof/heap", false, true)->kind ==
        Kind::url);
  const auto workload = parse_source("deploy/api", false);
  REQUIRE_FALSE(workload);
  CHECK(
      workload.error().message ==
      "\"deploy/api\" is not a pod: select the pods of a deploy by label with "
      "-l");
}

TEST_CASE("a bare word is a pod, and with profefe an id") {
  CHECK(kind_of("api-7d9f-x2x") == Kind::pod);
  CHECK(kind_of("api-7d9f-x2x", true) == Kind::stored);
  CHECK(kind_of("P0.api/0,x=1", true) == Kind::stored);
  CHECK(kind_of("pod/api-0", true) == Kind::pod);
}

TEST_CASE("a pod is a guess unless the word says so") {
  CHECK(parse_source("api-0", false)->is_guess);
  CHECK_FALSE(parse_source("pod/api-0", false)->is_guess);
  CHECK_FALSE(parse_source("api-0", true)->is_guess);
}

TEST_CASE("a file that is there wins over every other meaning") {
  const Scratch scratch;
  const std::string path = scratch.write("api-0", "bytes");
  CHECK(kind_of(path) == Kind::file);
  CHECK(kind_of(path, true) == Kind::file);
}

TEST_CASE("what looks like a file and is none is not taken for a pod") {
  for (const char* word : {"heap.pb.gz", "./heap", "/no/such", "old.pprof",
                           "cpu.prof", "dir/name"}) {
    CAPTURE(word);
    const auto source = parse_source(word, false);
    REQUIRE_FALSE(source);
    CHECK(source.error().kind == ErrorKind::not_found);
    CHECK(source.error().message ==
          std::string("open ") + word + ": no such file or directory");
  }
}

TEST_CASE("a folder, and what no pod can be called, are wrong usage") {
  const Scratch scratch;
  for (const std::string& word :
       {scratch.path(), std::string("Heap Profile"), std::string()}) {
    CAPTURE(word);
    const auto source = parse_source(word, false);
    REQUIRE_FALSE(source);
    CHECK(source.error().kind == ErrorKind::usage);
  }
}

}  // namespace
}  // namespace kprofefe::source

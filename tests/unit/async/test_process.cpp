// SPDX-License-Identifier: MIT
#include "async/for_each_bounded.hpp"
#include "async/loop.hpp"
#include "async/process.hpp"
#include "async/shared_run.hpp"
#include "async/sleep.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <chrono>
#include <string>

namespace kprofefe::async {
namespace {

using namespace std::chrono_literals;

Command shell(const std::string& script) {
  return {.path = "/bin/sh",
          .arguments = {"-c", script},
          .environment = {"PATH=/usr/bin:/bin", "GREETING=hello"}};
}

Result<ProcessEnd> run(Command command, const std::stop_token& stop = {}) {
  Loop loop;
  return loop.run(run_process(std::move(command), stop));
}

/// Requests a stop as soon as the script has made the file $READY.
Task<Result<ProcessEnd>> interrupted(std::string script) {
  const test::Scratch scratch;
  const std::string ready = scratch / "ready";
  Command command = shell(script);
  command.environment.push_back("READY=" + ready);
  std::stop_source stop;
  Result<ProcessEnd> end;
  const std::stop_token never;
  const auto work = [&](std::size_t i) -> Task<void> {
    if (i == 0) {
      end = co_await run_process(command, stop.get_token());
    } else {
      while (::access(ready.c_str(), F_OK) != 0) {
        co_await sleep_for(1ms, never);
      }
      stop.request_stop();
    }
  };
  co_await for_each_bounded(2, 2, work);
  co_return end;
}

TEST_SUITE_BEGIN("async::run_process");

TEST_CASE("output, exit code and environment are the program's") {
  const Result<ProcessEnd> end = run(shell("echo $GREETING $HOME; exit 3"));

  REQUIRE(end);
  CHECK(end->output == "hello\n");
  CHECK(end->exit_code == 3);
}

TEST_CASE("a program that a signal ends has no exit code") {
  const Result<ProcessEnd> end = run(shell("kill -9 $$"));

  REQUIRE(end);
  CHECK(end->exit_code == -1);
}

TEST_CASE("standard input is empty unless it is given away") {
  const Result<ProcessEnd> end = run(shell("cat; echo over"));

  REQUIRE(end);
  CHECK(end->output == "over\n");
}

TEST_CASE("a program inherits no open file of ours") {
  const Result<ProcessEnd> end = run(shell("echo /proc/self/fd/*"));

  REQUIRE(end);
  // The fourth is the shell's own, to read the folder.
  CHECK(end->output.find("/proc/self/fd/4") == std::string::npos);
}

TEST_CASE("more output than a pipe holds is taken up") {
  const Result<ProcessEnd> end =
      run(shell("head -c 300000 /dev/zero | tr '\\0' x"));

  REQUIRE(end);
  CHECK(end->output.size() == 300000);
}

TEST_CASE("too much output ends the program") {
  Command command = shell("while :; do echo xxxxxxxxxxxxxxxx; done");
  command.max_output_bytes = 100000;

  const Result<ProcessEnd> end = run(std::move(command));

  REQUIRE_FALSE(end);
  CHECK(end.error().kind == ErrorKind::malformed);
}

TEST_CASE("what cannot be started is an error with its reason") {
  const Result<ProcessEnd> end = run({.path = "/nope/program"});

  REQUIRE_FALSE(end);
  CHECK(end.error().kind == ErrorKind::io);
  CHECK(end.error().message == "/nope/program: no such file or directory");
}

TEST_CASE("a hung program ends when we are interrupted") {
  Loop loop;

  // Longer than ctest waits for a test.
  const Result<ProcessEnd> end =
      loop.run(interrupted(": >$READY; exec sleep 3600 >&-"));

  REQUIRE_FALSE(end);
  CHECK(end.error().kind == ErrorKind::cancelled);
}

TEST_CASE("a hung program ends when its time is over, whatever it holds open") {
  for (const char* script : {"exec sleep 60", "exec sleep 60 >&-"}) {
    CAPTURE(script);
    Command command = shell(script);
    command.limit = 20ms;

    const Result<ProcessEnd> end = run(std::move(command));

    REQUIRE_FALSE(end);
    CHECK(end.error().kind == ErrorKind::timeout);
  }
}

TEST_CASE("a program that does not heed SIGTERM is killed") {
  Loop loop;
  const auto start = std::chrono::steady_clock::now();

  const Result<ProcessEnd> end = loop.run(
      interrupted("trap '' TERM; : >$READY; while :; do sleep 0.1; done"));

  REQUIRE_FALSE(end);
  CHECK(end.error().kind == ErrorKind::cancelled);
  // Given half a second to heed it, which timers round down.
  CHECK(std::chrono::steady_clock::now() - start >= 400ms);
}

TEST_SUITE_END();

TEST_SUITE_BEGIN("async::SharedRun");

TEST_CASE("who wants it at the same time shares one run and its outcome") {
  Loop loop;
  SharedRun shared;
  int runs = 0;
  int failures = 0;
  const std::stop_token never;
  const auto work = [&]() -> Task<Result<void>> {
    ++runs;
    co_await sleep_for(1ms, never);
    co_return fail(ErrorKind::config, "no");
  };
  const auto join = [&](std::size_t) -> Task<void> {
    const Result<void> outcome = co_await shared.join(work);
    failures += outcome ? 0 : 1;
  };
  const auto all = [&]() -> Task<bool> {
    co_await for_each_bounded(5, 5, join);
    co_return true;
  };

  loop.run(all());
  CHECK(runs == 1);
  CHECK(failures == 5);

  loop.run(all());
  CHECK(runs == 2);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::async

// SPDX-License-Identifier: MIT
#include "cmd/cli.hpp"

#include <doctest/doctest.h>

#include <sstream>

namespace kprofefe::cmd {
namespace {

struct Ran {
  ExitCode code;
  std::string out;
  std::string err;
};

Ran run_with(std::vector<std::string> arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const Env env;
  Streams streams{out, err};
  const ExitCode code = run(std::move(arguments), {env, streams});
  return {code, out.str(), err.str()};
}

bool has(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

TEST_SUITE_BEGIN("cmd::run");

TEST_CASE("help goes to standard output and names what people type") {
  const Ran ran = run_with({"/usr/local/bin/kubectl-profefe", "--help"});
  CHECK(ran.code == ExitCode::ok);
  CHECK(ran.err.empty());
  CHECK(has(ran.out, "kubectl profefe"));
  CHECK(has(ran.out, "profefe.com/enable"));
  CHECK(has(ran.out, "130"));
}

TEST_CASE("every command has help") {
  for (const char* command :
       {"capture", "collect", "targets", "load", "version"}) {
    CAPTURE(command);
    const Ran ran = run_with({"kubectl-profefe", command, "--help"});
    CHECK(ran.code == ExitCode::ok);
    CHECK(has(ran.out, "--help"));
  }
}

TEST_CASE("called as kprofefe it is the collector") {
  const Ran ran = run_with({"/kprofefe", "--help"});
  CHECK(ran.code == ExitCode::ok);
  CHECK(has(ran.out, "--profefe-hostport"));
  CHECK(has(ran.out, "CronJob"));
  CHECK(run_with({"kprofefe", "version"}).code == ExitCode::ok);
}

TEST_CASE("wrong usage is exit code 2, said on standard error only") {
  const std::vector<std::vector<std::string>> rows = {
      {"kubectl-profefe"},
      {"kubectl-profefe", "captur"},
      {"kubectl-profefe", "capture", "--no-such-flag"},
      {"kubectl-profefe", "capture", "--via", "teleport"},
      {"kubectl-profefe", "capture", "--seconds", "0"},
      {"kubectl-profefe", "capture", "-f", "x", "-l", "app=x"},
      {"kubectl-profefe", "capture", "deploy/api"},
      {"kubectl-profefe", "capture", "api", "-A"},
      {"kubectl-profefe", "get"},
      {"kubectl-profefe", "get", "profiles"},
      {"kubectl-profefe", "get", "profiles", "--service", "x", "--from", "1",
       "--to", "now"},
      {"kubectl-profefe", "get", "profiles", "--service", "x", "--profile-type",
       "hep"},
      {"kubectl-profefe", "load"},
  };
  for (const auto& arguments : rows) {
    CAPTURE(arguments.back());
    const Ran ran = run_with(arguments);
    CHECK(ran.code == ExitCode::usage);
    CHECK(ran.out.empty());
    CHECK_FALSE(ran.err.empty());
  }
}

TEST_CASE("a time range the wrong way round is refused with both ends") {
  const Ran ran = run_with({"kubectl-profefe", "get", "profiles", "--service",
                            "x", "--from", "1h", "--to", "2h"});
  CHECK(ran.code == ExitCode::usage);
  CHECK(has(ran.err, "--from 1h"));
}

TEST_CASE("a missing output folder is said before anything is asked") {
  const Ran ran =
      run_with({"kubectl-profefe", "capture", "--output-dir", "/no/such/folder",
                "--kubeconfig", "/no/such/file"});
  CHECK(ran.code == ExitCode::failed);
  CHECK(has(ran.err, "error: --output-dir /no/such/folder: no such file"));
}

TEST_CASE("flags of kube-profefe's collector are taken, one with four dashes") {
  const Ran ran =
      run_with({"kprofefe", "--tracer", "dev", "----tracer.jaeger-address", "x",
                "--all-namespaces", "-f", "/no/such/file"});
  CHECK(ran.code == ExitCode::failed);
  CHECK(has(ran.err, "--tracer does nothing"));
  CHECK(has(ran.err, "/no/such/file"));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cmd

// SPDX-License-Identifier: MIT
#include "cmd/program.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <utility>

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
       {"capture", "collect",   "targets",  "load", "version",  "top",
        "tree",    "peek",      "tags",     "raw",  "traces",   "list",
        "diff",    "merge",     "flame",    "get",  "options",  "dot",
        "svg",     "callgrind", "topproto", "text", "comments", "goroutines",
        "web",     "shell",     "serve"}) {
    CAPTURE(command);
    const Ran ran = run_with({"kubectl-profefe", command, "--help"});
    CHECK(ran.code == ExitCode::ok);
    CHECK(has(ran.out, "--help"));
  }
}

TEST_CASE("a first word that is no command is told what there is") {
  const Ran unknown = run_with({"kubectl-profefe", "nope"});
  CHECK(unknown.code == ExitCode::usage);
  CHECK(has(unknown.err, "unknown command \"nope\": use one of capture, "));
  const Ran flag = run_with({"kubectl-profefe", "-n", "shop", "targets"});
  CHECK(flag.code == ExitCode::usage);
  CHECK(has(flag.err,
            "unexpected -n: put flags after the command, as in `kubectl "
            "profefe targets -n NAME`"));
}

TEST_CASE("get says what it can be asked for") {
  for (const char* word : {"pods", "service-s", "s", "-o"}) {
    CAPTURE(word);
    const Ran ran = run_with({"kubectl-profefe", "get", word});
    CHECK(ran.code == ExitCode::usage);
    CHECK(has(ran.err, std::string("get: unknown argument \"") + word +
                           "\": use one of services, profiles, profile-types"));
  }
  CHECK(has(run_with({"kubectl-profefe", "get"}).err,
            "get: missing argument: use one of services, "));
  CHECK(run_with({"kubectl-profefe", "get", "profile-types"}).code ==
        ExitCode::ok);
  CHECK(run_with({"kubectl-profefe", "get", "profile-type"}).code ==
        ExitCode::ok);
  CHECK(run_with({"kubectl-profefe", "get", "--help"}).code == ExitCode::ok);
}

TEST_CASE("of a flag that is given twice the last one holds") {
  const Ran ran = run_with({"kubectl-profefe", "get", "profile-types", "-o",
                            "name", "--output=json"});
  CHECK(ran.code == ExitCode::ok);
  CHECK(ran.out.starts_with("["));
}

TEST_CASE("a variable that is not set is not a flag that was not given") {
  for (const char* flag :
       {"--target-ca", "--target-server-name", "--target-token-file",
        "--target-token-env", "--target-header"}) {
    CAPTURE(flag);
    const Ran ran = run_with({"kubectl-profefe", "capture", flag, ""});
    CHECK(ran.code == ExitCode::usage);
    CHECK(has(ran.err, std::string(flag) + ": must not be empty"));
  }
  for (const char* flag : {"--service", "--profefe-hostport"}) {
    CAPTURE(flag);
    for (const char* command : {"load", "top"}) {
      const Ran ran = run_with({"kubectl-profefe", command, "x", flag, ""});
      CHECK(has(ran.err, std::string(flag) + ": must not be empty"));
    }
  }
}

TEST_CASE("help can be asked for as of kubectl") {
  CHECK(run_with({"kubectl-profefe", "help", "top"}).out ==
        run_with({"kubectl-profefe", "top", "--help"}).out);
  CHECK(run_with({"kprofefe", "help"}).out ==
        run_with({"kprofefe", "--help"}).out);
}

TEST_CASE("a value may end in an equals sign") {
  const Ran ran = run_with(
      {"kubectl-profefe", "top", "/nothing/there", "--focus=operator=="});
  CHECK(has(ran.err, "open /nothing/there"));
}

TEST_CASE("called as kprofefe it is the collector") {
  const Ran ran = run_with({"/kprofefe", "--help"});
  CHECK(ran.code == ExitCode::ok);
  CHECK(has(ran.out, "--profefe-hostport"));
  CHECK(has(ran.out, "CronJob"));
  CHECK(has(ran.out, "\nUsage: kprofefe [OPTIONS]\n"));
  for (const char* word : {"version", "--version"}) {
    CAPTURE(word);
    CHECK(run_with({"kprofefe", word}).code == ExitCode::ok);
  }
  CHECK(run_with({"kprofefe", "collect", "--help"}).out == ran.out);
  const Ran wrong = run_with({"kprofefe", "--no-such-flag"});
  CHECK(has(wrong.err, "See 'kprofefe --help' for usage."));
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
      {"kubectl-profefe", "capture", ""},
      {"kubectl-profefe", "capture", "pod/"},
      {"kubectl-profefe", "merge", "x", "-o", ""},
      {"kubectl-profefe", "capture", "api", "-A"},
      {"kubectl-profefe", "get"},
      {"kubectl-profefe", "get", "profiles"},
      {"kubectl-profefe", "get", "profiles", "--service", "x", "--from", "1",
       "--to", "now"},
      {"kubectl-profefe", "get", "profiles", "--service", "x", "--profile-type",
       "hep"},
      {"kubectl-profefe", "load"},
      {"kubectl-profefe", "top"},
      {"kubectl-profefe", "peek"},
      {"kubectl-profefe", "diff"},
      {"kubectl-profefe", "merge", "a.pb.gz"},
      {"kubectl-profefe", "flame", "a.pb.gz"},
      {"kubectl-profefe", "top", "a.pb.gz", "-o", "xml"},
      {"kubectl-profefe", "load", "x", "--service", "s", "--profile-type",
       "hep"},
      {"kubectl-profefe", "capture", "-f", "/dev/null", "-n", "No/Name"},
      {"kubectl-profefe", "capture", "--chunk-size", "-1"},
  };
  for (const auto& arguments : rows) {
    CAPTURE(arguments.back());
    const Ran ran = run_with(arguments);
    CHECK(ran.code == ExitCode::usage);
    CHECK(ran.out.empty());
    CHECK_FALSE(ran.err.empty());
  }
}

TEST_CASE("an empty value is refused and does not mean that there is none") {
  const std::vector<std::vector<std::string>> rows = {
      {"capture", "--output-dir", ""},
      {"capture", "--output-dir="},
      {"capture", "-f", ""},
      {"capture", "--filename=", "x"},
      {"capture", "--profefe-hostport", ""},
      {"collect", "--profefe-hostport", ""},
      {"collect", "--output-dir", ""},
      {"targets", "-f", ""},
  };
  for (std::vector<std::string> arguments : rows) {
    CAPTURE(arguments[1]);
    const std::string flag = arguments[1].substr(0, arguments[1].find('='));
    arguments.insert(arguments.begin(), "kubectl-profefe");
    const Ran ran = run_with(arguments);
    CHECK(ran.code == ExitCode::usage);
    CHECK(has(ran.err, flag));
    CHECK(has(ran.err, ": must not be empty"));
  }
}

TEST_CASE("options lists what help leaves out, for the collector too") {
  for (const char* name : {"kubectl-profefe", "kprofefe"}) {
    CAPTURE(name);
    const Ran ran = run_with({name, "options"});
    CHECK(ran.code == ExitCode::ok);
    for (const char* flag :
         {"--kubeconfig", "--token", "--target-ca", "--memory"}) {
      CAPTURE(flag);
      CHECK(has(ran.out, std::string("\n  ") + flag + " "));
      CHECK_FALSE(has(run_with({"kubectl-profefe", "capture", "--help"}).out,
                      std::string("\n  ") + flag + " "));
    }
  }
  CHECK(has(run_with({"kprofefe", "--help"}).out, "Use \"kprofefe options\""));
}

TEST_CASE("words that nobody takes are named in their order") {
  CHECK(has(run_with({"kubectl-profefe", "options", "-n", "x"}).err,
            "error: unknown flag -n\n"));
  CHECK(has(run_with({"kubectl-profefe", "options", "x", "y"}).err,
            "error: unexpected arguments: x y\n"));
}

TEST_CASE("a flag that does not fit is named with what it may be") {
  const std::pair<std::vector<std::string>, const char*> rows[] = {
      {{"capture", "--seconds", "0"},
       "--seconds: invalid number \"0\": use 1 to 600"},
      {{"capture", "--seconds=x"},
       "--seconds: invalid number \"x\": use 1 to 600"},
      {{"capture", "--timeout=0s"},
       "--timeout: invalid duration \"0s\": must be greater than 0"},
      {{"top", "-r", "-1", "x"},
       "--nodecount: invalid number \"-1\": use 0 or more"},
      {{"top", "--nodefraction=1.5", "x"},
       "--nodefraction: invalid number \"1.5\": use 0 to 1"},
      {{"capture", "-o"}, "flag needs an argument: --output"},
      {{"capture", "--tokn=s3cret"}, "unknown flag --tokn\n"},
      {{"top", "--profile-type=hep", "x"},
       "--profile-type: unknown type \"hep\": use one of cpu, heap, allocs"},
      {{"version", "-o", "yaml"},
       "--output: unknown value \"yaml\": use one of text, json"},
      {{"capture", "--target-insecure", "--target-ca=x"},
       "--target-insecure cannot be combined with --target-ca"},
      {{"capture", "--target-token-file=x", "--target-token-env=y"},
       "--target-token-file cannot be combined with --target-token-env"},
  };
  for (const auto& [words, message] : rows) {
    std::vector<std::string> arguments = {"kubectl-profefe"};
    arguments.insert(arguments.end(), words.begin(), words.end());
    CAPTURE(message);
    const Ran ran = run_with(arguments);
    CHECK(ran.code == ExitCode::usage);
    CHECK(has(ran.err, std::string("error: ") + message));
    CHECK_FALSE(has(ran.err, "s3cret"));
  }
}

TEST_CASE("wrong usage points to the help of the command that was meant") {
  CHECK(has(run_with({"kubectl-profefe", "capture", "--no-such-flag"}).err,
            "See 'kubectl profefe capture --help' for usage."));
  CHECK(has(run_with({"kubectl-profefe", "get", "profiles", "--nope"}).err,
            "See 'kubectl profefe get profiles --help' for usage."));
}

TEST_CASE("help has lines for a terminal, and each command its exit codes") {
  for (const char* command : {"capture", "collect", "targets", "load", "get"}) {
    CAPTURE(command);
    std::istringstream lines(
        run_with({"kubectl-profefe", command, "--help"}).out);
    for (std::string line; std::getline(lines, line);) {
      CAPTURE(line);
      CHECK(line.size() <= 110);
    }
  }
  for (const char* command : {"capture", "collect", "load", "get"}) {
    CAPTURE(command);
    const Ran ran = run_with({"kubectl-profefe", command, "--help"});
    CHECK(has(ran.out, "Exit codes:"));
    CHECK(has(ran.out, "130"));
    CHECK(has(ran.out, "141"));
  }
  CHECK(
      has(run_with({"kubectl-profefe", "capture", "--help"}).out, "pod=<pod>"));
}

TEST_CASE("a time range the wrong way round is refused with both ends") {
  const Ran ran = run_with({"kubectl-profefe", "get", "profiles", "--service",
                            "x", "--from", "1h", "--to", "2h"});
  CHECK(ran.code == ExitCode::usage);
  CHECK(has(ran.err, "--from 1h"));
}

TEST_CASE("an output folder that cannot be is said before anything is asked") {
  const Ran ran =
      run_with({"kubectl-profefe", "capture", "--output-dir",
                "/dev/null/folder", "--kubeconfig", "/no/such/file"});
  CHECK(ran.code == ExitCode::failed);
  CHECK(has(ran.err, "error: --output-dir /dev/null/folder: Not a directory"));
}

TEST_CASE("flags of kube-profefe's collector are taken, one with four dashes") {
  const Ran ran =
      run_with({"kprofefe", "--tracer", "dev", "----tracer.jaeger-address", "x",
                "--all-namespaces", "-f", "/no/such/file"});
  CHECK(ran.code == ExitCode::failed);
  CHECK(has(ran.err, "--tracer has no effect"));
  CHECK(has(ran.err, "/no/such/file"));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cmd

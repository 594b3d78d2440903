// SPDX-License-Identifier: MIT
#include "base/writable.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe {
namespace {

using test::Scratch;

std::string complaint_about(const std::string& path) {
  const Result<void> checked = check_writable(path);
  return checked ? "" : checked.error().message;
}

TEST_SUITE_BEGIN("base::check_writable");

TEST_CASE("a file, a new one and a device can be written to") {
  const Scratch scratch;
  CHECK(complaint_about(scratch.write("old", "bytes")).empty());
  CHECK(complaint_about(scratch / "new").empty());
  CHECK(complaint_about("/dev/null").empty());
  CHECK(complaint_about("in-the-current-folder").empty());
}

TEST_CASE("nothing is left behind") {
  const Scratch scratch;
  const std::string path = scratch / "new";
  CHECK(check_writable(path));
  CHECK_FALSE(check_writable(path + "/new"));
}

TEST_CASE("what cannot be written to is said with the folder and the reason") {
  const Scratch scratch;
  const std::string none = scratch / "none";
  CHECK(complaint_about(none + "/x.html") == "write " + none +
                                                 "/x.html: directory " + none +
                                                 ": no such file or directory");
  const std::string file = scratch.write("file", "bytes");
  CHECK(complaint_about(file + "/x.html") ==
        "write " + file + "/x.html: directory " + file + ": not a directory");
  CHECK(complaint_about(scratch.path()) ==
        "write " + scratch.path() + ": is a directory");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe

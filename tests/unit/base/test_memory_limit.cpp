// SPDX-License-Identifier: MIT
#include "base/memory_limit.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe {
namespace {

/// A root in which these files stand.
struct Root {
  Root& with(const std::string& path, const std::string& content) {
    static_cast<void>(scratch.write(path, content));
    return *this;
  }

  [[nodiscard]] std::optional<std::size_t> limit() const {
    return memory_limit(scratch.path());
  }

  test::Scratch scratch;
};

TEST_SUITE_BEGIN("base::memory_limit");

TEST_CASE("version 2 has it in the group, or in one above it") {
  Root root;
  root.with("proc/self/cgroup", "0::/kubepods/pod1/c\n")
      .with("sys/fs/cgroup/kubepods/pod1/c/memory.max", "max\n");
  CHECK_FALSE(root.limit());

  root.with("sys/fs/cgroup/kubepods/memory.max", "268435456\n");
  CHECK(root.limit() == 256 << 20);

  root.with("sys/fs/cgroup/kubepods/pod1/c/memory.max", "67108864\n");
  CHECK(root.limit() == 64 << 20);
}

TEST_CASE("in a container the group is the root of what can be seen") {
  Root root;
  root.with("proc/self/cgroup", "0::/\n")
      .with("sys/fs/cgroup/memory.max", "67108864\n");
  CHECK(root.limit() == 64 << 20);
}

TEST_CASE("version 1 has it under the memory controller") {
  Root root;
  root.with("proc/self/cgroup",
            "5:cpu,cpuacct:/pod\n4:memory:/pod\n0::/elsewhere\n")
      .with("sys/fs/cgroup/memory/pod/memory.limit_in_bytes", "134217728\n")
      .with("sys/fs/cgroup/memory/memory.limit_in_bytes",
            "9223372036854771712\n");
  CHECK(root.limit() == 128 << 20);
}

TEST_CASE("what cannot be read is no limit") {
  Root root;
  CHECK_FALSE(root.limit());
  root.with("proc/self/cgroup", "nonsense\n\n:\n");
  CHECK_FALSE(root.limit());
  root.with("proc/self/cgroup", "0::/a\n")
      .with("sys/fs/cgroup/a/memory.max", "many\n");
  CHECK_FALSE(root.limit());
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe

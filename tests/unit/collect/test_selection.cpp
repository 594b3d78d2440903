// SPDX-License-Identifier: MIT
#include "pods.hpp"

#include "collect/selection.hpp"

#include <doctest/doctest.h>

namespace kprofefe::collect {
namespace {

using kube::Pod;
using test::enabled_pod;

std::vector<Pod> some_pods() {
  Pod plain = enabled_pod("plain");
  plain.annotations.clear();
  Pod pending = enabled_pod("pending");
  pending.phase = "Pending";
  Pod other = enabled_pod("api");
  other.ns = "other";
  return {enabled_pod("api"), plain, pending, other};
}

TEST_SUITE_BEGIN("collect::select_from");

TEST_CASE("only pods that asked for it count, unless all are to be explained") {
  const auto selected = select_from(some_pods(), {});
  REQUIRE(selected);
  CHECK(selected->pods_seen == 4);
  CHECK(selected->targets.size() == 2);
  REQUIRE(selected->not_targets.size() == 1);
  CHECK(selected->not_targets[0].pod == "pending");

  const auto explained = select_from(some_pods(), {}, {.explain_all = true});
  REQUIRE(explained);
  CHECK(explained->not_targets.size() == 2);
}

TEST_CASE("a namespace narrows the list") {
  const auto selected = select_from(some_pods(), {.ns = "other"});
  REQUIRE(selected);
  REQUIRE(selected->targets.size() == 1);
  CHECK(selected->targets[0].ns == "other");
}

TEST_CASE("a named pod is taken without its annotation") {
  const auto selected = select_from(some_pods(), {.names = {"plain"}});
  REQUIRE(selected);
  REQUIRE(selected->targets.size() == 1);
  CHECK(selected->targets[0].pod == "plain");
}

TEST_CASE("a label selects pods without the annotation, unless it must be") {
  const auto all = select_from(some_pods(), {.label_selector = "app"});
  REQUIRE(all);
  CHECK(all->targets.size() == 3);
  CHECK(all->not_annotated == 0);

  for (const Selection& selection :
       {Selection{.label_selector = "app", .only_annotated = true},
        Selection{.field_selector = "spec.nodeName=a"}, Selection{}}) {
    const auto annotated = select_from(some_pods(), selection);
    REQUIRE(annotated);
    CHECK(annotated->targets.size() == 2);
    CHECK(annotated->not_annotated == 1);
  }
}

TEST_CASE("a port behind a name is that of this pod alone") {
  const auto selected = select_from(
      some_pods(),
      {.ns = "shop", .names = {"plain", "api"}, .ports = {{"plain", "8080"}}});
  REQUIRE(selected);
  REQUIRE(selected->targets.size() == 2);
  CHECK(selected->targets[0].port == 8080);
  CHECK(selected->targets[1].port == 6060);
}

TEST_CASE("a named pod of another namespace is not the one that is meant") {
  const auto selected =
      select_from(some_pods(), {.ns = "other", .names = {"plain"}});
  REQUIRE_FALSE(selected);
  CHECK(selected.error().kind == ErrorKind::not_found);
  CHECK(selected.error().message.find("in namespace \"other\"") !=
        std::string::npos);
}

TEST_CASE("a pod that is named twice is one pod") {
  const auto selected = select_from(some_pods(), {.names = {"plain", "plain"}});
  REQUIRE(selected);
  CHECK(selected->targets.size() == 1);
}

TEST_CASE("named pods come in the order of their names") {
  const auto selected =
      select_from(some_pods(), {.ns = "shop", .names = {"plain", "api"}});
  REQUIRE(selected);
  REQUIRE(selected->targets.size() == 2);
  CHECK(selected->targets[0].pod == "plain");
  CHECK(selected->targets[1].pod == "api");
}

TEST_CASE("a name that is not in the file is no target beside the others") {
  const auto selected = select_from(
      some_pods(), {.ns = "shop", .names = {"nobody", "plain", "nobody"}});
  REQUIRE(selected);
  CHECK(selected->pods_seen == 1);
  CHECK(selected->targets.size() == 1);
  REQUIRE(selected->not_targets.size() == 1);
  const NotTarget& missing = selected->not_targets[0];
  CHECK(missing.ns == "shop");
  CHECK(missing.pod == "nobody");
  CHECK(missing.why == WhyNot::missing);
  CHECK(missing.named);
  CHECK(
      missing.reason ==
      "pod \"nobody\" not found in namespace \"shop\" among the 4 pods in the "
      "file");
}

TEST_CASE("names of which not one is in the file are an error") {
  const auto one = select_from(some_pods(), {.names = {"nobody"}});
  REQUIRE_FALSE(one);
  CHECK(one.error().kind == ErrorKind::not_found);
  CHECK(one.error().message ==
        "pod \"nobody\" not found among the 4 pods in the file");

  const auto two = select_from(some_pods(), {.names = {"nobody", "no-one"}});
  REQUIRE_FALSE(two);
  CHECK(two.error().message ==
        "pod \"nobody\" not found among the 4 pods in the file; pod \"no-one\" "
        "not found among the 4 pods in the file");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect

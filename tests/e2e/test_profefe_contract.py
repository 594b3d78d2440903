# SPDX-License-Identifier: MIT
"""What our client relies on in profefe's HTTP API.

The same rows run against ours and against the real server, so that ours can
take its place and the facts in lib/profefe stay true.
"""

import json
import unittest

from harness.cache import Unavailable
from harness.case import Case, OptionalPart
from harness.profefe import real_binary
from harness.profiles import pprof_top, small_profile

DAY = {"from": "2030-01-01T00:00:00", "to": "2030-01-02T00:00:00"}
NOON = 1893499200 * 10**9  # 2030-01-01T12:00:00Z
EVER = {"from": "2020-01-01T00:00:00", "to": "2100-01-01T00:00:00"}


class Contract:
    """Each test has a service name of its own: servers keep what they got."""

    def setUp(self):
        super().setUp()
        self.service = self.id().rpartition(".")[2]

    def push(self, body, kind="heap", **query):
        return self.server.push(body, service=self.service, type=kind, **query)

    def stored(self, body, **query):
        status, reply = self.push(body, **query)
        self.assertEqual(status, 200, reply)
        return json.loads(reply)["body"]

    def refused(self, answer, status, text):
        self.assertEqual(answer[0], status, answer)
        self.assertIn(text, json.loads(answer[1])["error"])

    def test_stores_bytes_as_they_came(self):
        body = small_profile()
        row = self.stored(body)
        self.assertEqual(self.server.fetch(row["id"]), body)
        self.assertEqual((row["service"], row["type"]), (self.service, "heap"))

    def test_accepts_every_documented_type_and_no_other(self):
        for kind in ("cpu", "heap", "block", "mutex", "goroutine",
                     "threadcreate", "other", "trace"):
            self.assertEqual(self.push(small_profile(), kind)[0], 200, kind)
        for kind in ("allocs", "unknown", ""):
            self.refused(self.push(small_profile(), kind), 400,
                         "unknown profile type")

    def test_the_time_in_the_profile_beats_created_at(self):
        at = {"created_at": "2020-02-03T04:05:06"}
        row = self.stored(small_profile(time_nanos=NOON), **at)
        self.assertEqual(row["created_at"], "2030-01-01T12:00:00Z")
        row = self.stored(small_profile(), **at)
        self.assertEqual(row["created_at"], "2020-02-03T04:05:06Z")

    def test_created_at_has_no_zone(self):
        at = {"created_at": "2020-02-03T04:05:06Z"}
        self.refused(self.push(small_profile(), **at), 400, "created_at")

    def test_labels_are_unescaped_once_more(self):
        labels = "b=2,a%2Cx=c%3Dd%25%2B%20e"
        row = self.stored(small_profile(), labels=labels)
        self.assertEqual(row["labels"], [
            {"key": "a,x", "value": "c=d%+ e"}, {"key": "b", "value": "2"}])
        found = self.server.rows(self.service, labels="a%2Cx=c%3Dd%25%2B%20e")
        self.assertEqual([r["id"] for r in found], [row["id"]])

    def test_lists_by_service_type_label_and_time(self):
        inside = self.stored(small_profile(1, NOON), labels="pod=a")
        later = self.stored(small_profile(1, NOON + 10**18), labels="pod=b")

        def ids(**query):
            return [r["id"] for r in self.server.rows(self.service, **query)]
        self.assertEqual(ids(**EVER), [inside["id"], later["id"]])
        self.assertEqual(ids(**DAY), [inside["id"]])
        self.assertEqual(ids(**EVER, type="heap"), [inside["id"], later["id"]])
        self.assertEqual(ids(**EVER, type="cpu"), [])
        self.assertEqual(ids(**EVER, labels="pod=b"), [later["id"]])
        self.assertEqual(ids(**EVER, limit=1), [later["id"]])

    def test_times_are_compared_to_the_nanosecond(self):
        """Although they are asked for and shown in seconds: a profile of
        this very second is not found up to now."""
        self.stored(small_profile(1, NOON + 1))
        noon = {**DAY, "to": "2030-01-01T12:00:00"}
        self.assertEqual(self.server.rows(self.service, **noon), [])
        second_later = {**DAY, "to": "2030-01-01T12:00:01"}
        [row] = self.server.rows(self.service, **second_later)
        self.assertEqual(row["created_at"], "2030-01-01T12:00:00Z")

    def test_nothing_found_is_a_404(self):
        find = self.server.get("/api/0/profiles", service="nobody", **DAY)
        self.refused(find, 404, "nothing found")
        self.refused(self.server.get(f"/api/0/profiles/{20 * '0'}"), 404,
                     "nothing found")

    def test_lists_need_service_from_and_to(self):
        for missing in ("service", "from", "to"):
            query = {"service": "s", **DAY}
            del query[missing]
            self.refused(self.server.get("/api/0/profiles", **query), 400,
                         f'missing "{missing}"')

    def test_an_empty_profile_is_a_400(self):
        self.refused(self.push(small_profile(samples=0)), 400, "no samples")

    def test_what_is_no_profile_is_a_400(self):
        self.refused(self.push(b"<html>"), 400, "malformed profile")
        self.refused(self.push(b""), 400, "malformed profile")
        self.refused(self.push(small_profile()[:40]), 400, "malformed profile")

    def test_traces_are_stored_unread(self):
        row = self.stored(b"go 1.22 trace\0\0\0", kind="trace")
        self.assertEqual(self.server.fetch(row["id"]), b"go 1.22 trace\0\0\0")

    def test_services_are_listed_once_and_sorted(self):
        for name in (f"{self.service}-b", f"{self.service}-a"):
            for _ in range(2):
                self.server.push(small_profile(), service=name, type="heap")
        status, body = self.server.get("/api/0/services")
        mine = [name for name in json.loads(body)["body"]
                if name.startswith(f"{self.service}-")]
        self.assertEqual((status, mine), (
            200, [f"{self.service}-a", f"{self.service}-b"]))

    def test_merges_ids_and_time_ranges(self):
        ids = [self.stored(small_profile(20, NOON))["id"],
               self.stored(small_profile(22, NOON))["id"]]
        by_id = self.server.fetch("+".join(ids))
        by_time = self.server.get("/api/0/profiles/merge", type="heap",
                                  service=self.service, **DAY)[1]
        for content in (by_id, by_time):
            path = self.scratch / "merged.pb.gz"
            path.write_bytes(content)
            self.assertIn("42", pprof_top(path))

    def test_traces_and_unknown_types_do_not_merge(self):
        for kind in ("trace", "nope"):
            answer = self.server.get("/api/0/profiles/merge", type=kind,
                                     service=self.service, **DAY)
            self.refused(answer, 405, "can't merge")

    def test_a_wrong_method_is_an_empty_200(self):
        answer = self.server.send("PUT", "/api/0/profiles", b"", {})
        self.assertEqual(answer, (200, b""))


class OurContract(Contract, Case):
    @classmethod
    def prepare(cls):
        cls.server = cls.world.profefe


class RealContract(Contract, Case):
    @classmethod
    def prepare(cls):
        try:
            real_binary()
        except Unavailable as missing:
            raise OptionalPart(str(missing)) from missing
        cls.server = cls.world.profefe_real


if __name__ == "__main__":
    unittest.main()

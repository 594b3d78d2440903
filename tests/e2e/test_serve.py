# SPDX-License-Identifier: MIT
"""`serve`: what a profefe server has beyond profefe's contract."""

import concurrent.futures
import datetime
import itertools
import json
import pathlib
import signal
import socket
import sqlite3
import time

from harness.case import Case
from harness.daemons import free_port
from harness.profefe import ProfefeClient
from harness.profiles import small_profile

NOON = 1893499200 * 10**9  # 2030-01-01T12:00:00Z
EVER = {"from": "2020-01-01T00:00:00", "to": "2100-01-01T00:00:00"}


class Server(ProfefeClient):
    """One of a test: it can be killed and started again on its folder."""

    def __init__(self, case, *words):
        super().__init__(f"http://127.0.0.1:{free_port()}")
        self.case = case
        self.words = words
        self.folder = case.scratch / "data"
        self.start()

    @property
    def address(self):
        return self.url.removeprefix("http://")

    def start(self, *words):
        self.child = self.case.spawn("serve", "--data", self.folder,
                                     "--listen", self.address, *self.words,
                                     *words)
        line = self.child.stdout.readline()
        self.case.assertEqual(line, f"{self.url}\n", self._errors(line))

    def _errors(self, line):
        return None if line else self.child.stderr.read()

    def end(self, number=signal.SIGTERM):
        """Its exit code, and what it said."""
        self.child.send_signal(number)
        _, err = self.child.communicate(timeout=60)
        return self.child.returncode, err

    def stored(self, body=None, **query):
        """The id of a profile that was taken."""
        query = {"service": "api", "type": "heap", **query}
        status, reply = self.push(body or small_profile(), **query)
        self.case.assertEqual(status, 200, reply)
        return json.loads(reply)["body"]["id"]

    def use_token(self, token):
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def windows(self):
        return sorted(path for path in self.folder.iterdir() if path.is_dir())

    def segment(self):
        [segment] = self.folder.glob("*/*.seg")
        return segment


class Serve(Case):
    def server(self, *words):
        return Server(self, *words)

    def kept(self, server, ids):
        """Those of the ids that can be read."""
        return [one for one in ids
                if server.get(f"/api/0/profiles/{one}")[0] == 200]

    def test_what_was_acknowledged_survives_a_kill(self):
        server = self.server()
        numbers = itertools.count(1)
        acknowledged = []

        def push_until_killed():
            try:
                while True:
                    acknowledged.append(server.stored(
                        small_profile(next(numbers)), labels="pod=a"))
            except OSError:
                pass

        for _ in range(5):
            before = len(acknowledged)
            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                pushing = [pool.submit(push_until_killed) for _ in range(8)]
                while len(acknowledged) < before + 50:
                    time.sleep(0.01)
                server.end(signal.SIGKILL)
                for one in pushing:
                    one.result()
            server.start()
            self.assertEqual(self.kept(server, acknowledged), acknowledged)
        rows = server.rows("api", labels="pod=a")
        self.assertLessEqual(set(acknowledged), {row["id"] for row in rows})

    def test_the_same_profile_is_stored_once(self):
        server = self.server()
        ids = {server.stored(labels="pod=a") for _ in range(3)}
        self.assertEqual(len(ids), 1)
        self.assertEqual(len(server.rows("api")), 1)
        ids |= {server.stored(labels="pod=b"), server.stored(type="mutex"),
                server.stored(service="web"), server.stored(small_profile(2))}
        self.assertEqual(len(ids), 5)
        server.end()
        server.start()
        self.assertIn(server.stored(labels="pod=a"), ids)

    def test_a_second_server_on_the_folder_is_refused(self):
        server = self.server()
        done = self.tool("serve", "--data", server.folder, "--listen",
                         f"127.0.0.1:{free_port()}")
        self.assert_error(done, str(server.folder), code=2)
        server.stored()

    def test_a_lost_index_is_made_anew(self):
        server = self.server()
        ids = [server.stored(small_profile(value, NOON + value))
               for value in range(1, 20)]
        for damage in (pathlib.Path.unlink, _overwrite):
            server.end()
            for index in server.folder.glob("*/index.db*"):
                damage(index)
            server.start()
            rows = server.rows("api")
            self.assertEqual([row["id"] for row in rows], ids)

    def test_damage_is_found_and_costs_only_what_is_damaged(self):
        server = self.server()
        ids = [server.stored(small_profile(value)) for value in range(1, 10)]
        server.end()
        done = self.tool("serve", "--data", server.folder, "--check")
        self.assert_exit(done, 0)
        segment = server.segment()
        content = bytearray(segment.read_bytes())
        content[len(content) // 2] ^= 0x10
        segment.write_bytes(content)
        done = self.tool("serve", "--data", server.folder, "--check")
        self.assert_exit(done, 1)
        self.assertIn(segment.name, done.out)
        server.start()
        self.assertEqual(len(self.kept(server, ids)), len(ids) - 1)

    def test_days_that_are_too_old_are_removed_whole(self):
        server = self.server()
        old = server.stored()
        server.end()
        [window] = server.windows()
        ago = datetime.date.today() - datetime.timedelta(days=20)
        window.rename(window.with_name(ago.isoformat()))
        for index in server.folder.glob("*/index.db*"):
            index.unlink()
        server.start("--retention", "14d")
        new = server.stored(small_profile(2))
        for _ in range(100):
            if len(server.windows()) == 1:
                break
            time.sleep(0.1)
        self.assertEqual([row["id"] for row in server.rows("api")], [new])
        self.assertEqual(self.kept(server, [old, new]), [new])
        code, err = server.end()
        self.assertEqual(code, 0)
        self.assertIn(f"removed 1 profiles of {ago}", err)

    def test_tokens_for_reading_and_writing(self):
        read, write = self.scratch / "read", self.scratch / "write"
        read.write_text("reads\n")
        write.write_text("# two of them\nwrites\nwrites-too\n")
        server = self.server("--read-token-file", read, "--write-token-file",
                             write)
        for token, reads, writes in ((None, 401, 401), ("reads", 200, 401),
                                     ("writes", 401, 200),
                                     ("writes-too", 401, 200)):
            with self.subTest(token=token):
                server.use_token(token)
                self.assertEqual(server.get("/api/0/version")[0], reads)
                self.assertEqual(server.push(
                    small_profile(), service="s", type="heap")[0], writes)
                self.assertEqual(server.get("/healthz")[0], 200)
        write.write_text("changed\n")
        for token, writes in (("writes", 401), ("changed", 200)):
            server.use_token(token)
            self.assertEqual(server.push(
                small_profile(), service="s", type="heap")[0], writes)
        code, err = server.end()
        self.assertEqual(code, 0)
        self.assertNotIn("changed", err)

    def test_a_token_file_without_a_token_is_an_error(self):
        empty = self.scratch / "empty"
        empty.write_text("# nothing yet\n")
        done = self.tool("serve", "--data", self.scratch / "data",
                         "--read-token-file", empty)
        self.assert_error(done, str(empty), "no token in it")

    def test_what_is_wrong_is_a_4xx_with_the_reason(self):
        server = self.server("--max-body-size", "1MiB")
        known = server.stored()
        rows = [
            (server.get("/api/0/profiles/nonsense"), 404, "nothing found"),
            (server.get(f"/api/0/profiles/{known}x"), 404, "nothing found"),
            (server.get("/api/0/nonsense"), 404, "nothing found"),
            (server.push(bytes(2 << 20), service="s", type="heap"), 413, ""),
            (server.push(small_profile(), service="s", type="heap",
                         labels="a=%zz"), 400, "%zz"),
            (server.push(small_profile(), service="s", type="heap",
                         labels=",".join(f"k{i}=v" for i in range(200))),
             400, "labels"),
            (server.push(small_profile(), service="s" * 2000, type="heap"),
             400, "service"),
            (server.get("/api/0/profiles", service="s", limit="x", **EVER),
             400, "limit"),
        ]
        for number, (answer, status, text) in enumerate(rows):
            with self.subTest(number):
                self.assertEqual(answer[0], status, answer)
                self.assertIn(text, answer[1].decode())

    def test_one_of_several_ids_that_is_missing_is_left_out(self):
        server = self.server()
        known = server.stored()
        missing = known[:-4] + "0000"
        status, body = server.get(f"/api/0/profiles/{known}+{missing}")
        self.assertEqual(status, 200)
        self.assertTrue(body.startswith(b"\x1f\x8b"))

    def test_requests_are_logged(self):
        server = self.server()
        server.stored()
        server.get("/api/0/profiles/nonsense")
        _, err = server.end()
        self.assertRegex(err, r"Z 127\.0\.0\.1 POST /api/0/profiles\?\S+ 200 "
                              r"\d+ \d+ [\d.]+ms\n")
        self.assertRegex(err, r" GET /api/0/profiles/nonsense 404 ")
        server.start("--log-format", "json")
        server.stored(small_profile(2))
        _, err = server.end()
        entry = json.loads(err.splitlines()[-1])
        self.assertEqual((entry["method"], entry["status"]), ("POST", 200))

    def test_requests_under_way_are_answered_before_it_ends(self):
        server = self.server()
        body = small_profile(7)
        host, port = server.address.split(":")
        with socket.create_connection((host, int(port))) as connection:
            head = (f"POST /api/0/profiles?service=s&type=heap HTTP/1.1\r\n"
                    f"Host: {server.address}\r\n"
                    f"Content-Length: {len(body)}\r\n\r\n")
            connection.sendall(head.encode() + body[:-1])
            time.sleep(0.2)
            server.child.send_signal(signal.SIGTERM)
            time.sleep(0.2)
            connection.sendall(body[-1:])
            answer = connection.makefile("rb").read()
        self.assertIn(b"200 OK", answer)
        self.assertEqual(server.child.wait(timeout=60), 0)

    def test_our_own_commands_work_with_it(self):
        server = self.server()
        path = self.scratch / "heap.pb.gz"
        path.write_bytes(small_profile(42))
        done = self.tool("load", path, "--service", "api", "--profile-type",
                         "heap", "--profefe-hostport", server.url)
        self.assert_exit(done, 0)
        top = self.tool("top", "--service", "api", "--profile-type", "heap",
                        "--profefe-hostport", server.url)
        self.assert_exit(top, 0)
        self.assertRegex(top.out, r"42\s+100%.*main\.work")

    def test_the_index_has_what_each_profile_comes_to(self):
        server = self.server()
        server.stored(small_profile(20, samples=3))
        server.end()
        [index] = server.folder.glob("*/index.db")
        with sqlite3.connect(index) as database:
            dump = "\n".join(database.iterdump())
        self.assertRegex(dump, r"\b60\b")


def _overwrite(path):
    path.write_bytes(b"no database " * 1000)

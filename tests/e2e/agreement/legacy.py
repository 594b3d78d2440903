# SPDX-License-Identifier: MIT
"""Profiles in the formats that pprof calls legacy: those that pprof is tested
with, and made ones about one thing each."""

import gzip
import json
import pathlib
import shutil
import struct
import subprocess
import tempfile

from harness.cache import Unavailable

# pprof's own, which are fetched and not kept here: they are Google's.
MODULE = "github.com/google/pprof@v0.0.0-20251114195745-4902fdda35c8"
SUM = "h1:3DsUAV+VNEQa2CUVLxCY3f87278uWfIDhJnbdvDjvmE="
TESTDATA = ("profile/testdata", "internal/driver/testdata")
KINDS = (".cpu", ".heap", ".growth", ".contention", ".thread", ".all", ".none",
         ".crash", ".cpu_no_samples_type")

MAP = """\
build=/home/someone
00400000-00500000 r-xp 00000000 08:01 77   /bin/server
00600000-00601000 rw-p 00100000 08:01 77   /bin/server
7f0000000000-7f0000010000 r-xp 00000000 08:01 78 /lib/libc-2.31.so
7f0000010000-7f0000020000 r-xp 00010000 08:01 78 /lib/libc-2.31.so
7f0000100000-7f0000110000: $build/lib/own.so (@1000) abcdef12
7fff00000000-7fff00001000 r-xp 00000000 00:00 0 [vdso]
"""
HEAP = """\
heap profile: 60: 262144 [200: 1262144] @ {}
 {}: 4096 [ 3: 12288] @ 0x00401001 0x00402001 0x7f0000001001
 10: 640 [ 70: 4480] @ 0x00401001 0x00403001
0: 0 [ 12: 1048576] @ 0x7f0000100801 0x00403001
48: 257408 [ 115: 196800] @ 0x00404001 0x7f0000015001 0x00403001
1: 1 [1: 1] @ 0x99
"""
CONTENTION = """\
--- {}
{}
 19490304 27 @ 0x00401001 0x00402001 0x7f0000001001
# comment
1000 2 @ 0x00404001 0x7f0000100801 0x00403001
  7 1 @ 0x00403001
"""
JAVA_LOCATIONS = """\

 0x0000001 com.example.Main.run (Main.java:12)
 0x0000002 com.example.List.<init> (List.java:-1)
 0x0000003 memcpy (/lib/x86_64-linux-gnu/libc.so.6)
 0x0000004 generated stub/JIT
 0x0000005 GC
 0x0000006 com.example.Main.run (Elsewhere.java:40)
 0x0000001 com.example.Main.run2 (Main.java:13)
 0x00000ff not.seen (Main.java:13)
"""


def module_folder():
    """Where pprof's sources are, which Go has fetched. Raises Unavailable."""
    go = shutil.which("go")
    if not go:
        raise Unavailable("Go is not installed (no `go` on the PATH)")
    with tempfile.TemporaryDirectory() as nowhere:
        done = subprocess.run([go, "mod", "download", "-json", MODULE],
                              cwd=nowhere, text=True, capture_output=True)
    found = json.loads(done.stdout or "{}")
    if done.returncode or "Dir" not in found:
        raise Unavailable(found.get("Error") or done.stderr.strip())
    assert found["Sum"] == SUM, found["Sum"]
    return pathlib.Path(found["Dir"])


def add_testdata(folder):
    """pprof's own, as legacy_NAME. Raises Unavailable."""
    for under in TESTDATA:
        for path in (module_folder() / under).iterdir():
            if path.name.endswith(KINDS):
                name = f"legacy_{under.partition('/')[0]}_{path.name}"
                shutil.copyfile(path, folder / name)


def add_made(folder):
    """One file for each thing that a format has, as legacy_made_NAME."""
    for name, content in (*texts(), *binaries()):
        data = content.encode() if isinstance(content, str) else content
        (folder / f"legacy_made_{name}").write_bytes(data)


def texts():
    for kind in ("heap/1048576", "heap_v2/524288", "heapz_v2/512", "heap/2",
                 "heapprofile", "heap", "growthz", "fragmentationz"):
        yield f"heap_{kind.replace('/', '_')}", HEAP.format(
            kind, 1) + "\nMAPPED_LIBRARIES:\n" + MAP
    yield "heap_in_use", HEAP.format("heap/1048576", 1).replace(
        "[200: 1262144]", "[60: 262144]")
    yield "heap_zipped", gzip.compress(
        HEAP.format("heap/1048576", 1).encode(), mtime=0)
    yield "heap_sizes", many_sizes()
    yield from damaged_texts()
    yield "count", ("# a comment\n\nmy.own profile: total 12\r\n"
                    "010 @ 0x401001 0x403001\r\n# labels: {}\n"
                    "2 @ 0x401001\n---\n2 @@\n--- Memory map: ---\n" + MAP)
    yield "count_unmapped", ("goroutine profile: total 3\n"
                             "2 @ 0x401001 0x403001\n1 @ 0x1 0x0\n")
    yield "threads", (
        "--- threadz 1 ---\n\n"
        "--- Thread 7f70 (name: main/14748) stack: ---\n"
        "  PC:  0x00401001: helper(arg *)\n  0x00403001: main\n"
        "--- Thread 7f71 (name: one/14751) stack: ---\n"
        "  PC: 0x401001 0x401001 0x7f0000001001\n   creator: 0x403001\n"
        "--- Thread 7f72 (name: two/14752) stack: ---\n"
        "  [same as previous thread]\n"
        "---- no stack trace for 3 threads\n--- Memory map: ---\n" + MAP)
    for name, header, attributes in (
            ("clock", "contentionz 1 ---", "cycles/second = 3201000000\n"
             "sampling period = 100\nms since reset = 16502830\n"
             "discarded samples = 0"),
            ("go", "contention:", "cycles/second=2000000000\n"),
            ("mutex", "mutex:", "sampling period=0x10\n"),
            ("no_period", "mutex:", "cycles/second=7\nsampling period=0"),
            ("bare", "mutex:", "")):
        yield f"contention_{name}", CONTENTION.format(
            header, attributes) + "--- Memory map: ---\n" + MAP
    yield "java_heap", (
        "--- heapz 1 ---\nformat = java\nresolution = bytes\n"
        "   7048 1 @ 0x1 0x2 0x3\n 128 2 @ 0x4 0x1 0x5\n 64 010 @ 0x6\n"
        " 17 1 @ 0x7 0x2\n" + JAVA_LOCATIONS)
    yield "java_contention", (
        "--- contentionz 1 ---\nformat = java\nresolution = microseconds\n"
        "sampling period = 100\nms since reset = 6019923\n"
        "  14  1 @ 0x1 0x2 0x3\n  2 3 @ 0x6 0x1\n" + JAVA_LOCATIONS)
    yield "java_once", (
        "--- contentionz 1 ---\nformat = java\nresolution = nanoseconds\n"
        "  14  1 @ 0x1 0x2 0x3\n  2 3 @ 0x6 0x1\n" + JAVA_LOCATIONS)


def many_sizes():
    """Numbers of all magnitudes, which are scaled to the last digit."""
    lines = ["heap profile: 1: 1 [2: 2] @ heap/1048576"]
    for i in range(1, 400):
        count, size = i * i % 97 + 1, int(1.06 ** i) + i
        lines.append(f"{count}: {count * size} [{count + 3}: "
                     f"{(count + 3) * size + 5}] @ {0x401000 + i % 31 * 16:#x}")
    return "\n".join(lines) + "\n"


def damaged_texts():
    """pprof refuses these."""
    yield "bad_heap", HEAP.format("heap/1048576", 0)
    yield "bad_heap_kind", HEAP.format("heaps/1048576", 1)
    yield "bad_heap_line", HEAP.format("heap/1048576", 1) + "1: 2 @ 0x1\n"
    yield "bad_count", "goroutine profile: total 3\n2 @ 0xAB\n"
    yield "bad_long", "goroutine profile: total 3\n#" + "x" * 65535 + "\n"
    yield "bad_thread", "--- Thread 1 (name: a/1) stack: ---\n 0x10\n"
    yield "bad_contention", "--- mutex:\nspeed = 1\n"
    yield "bad_java", "--- heapz 1 ---\nformat = java\n8 1 @ 0x1\n"
    yield "bad_jemalloc", "heap_v2/524288\n  t*: 1: 2 [0: 0]\n"
    yield "bad_symbols", "--- symbol\nbinary=/bin/a\n---\n--- heap\n"


def binaries():
    """CPU profiles of every machine, and odd ones."""
    def words(form, *values):
        return b"".join(struct.pack(form, value) for value in values)

    end = (0, 1, 0)
    for name, form in (("4_little", "<I"), ("4_big", ">I"), ("8_little", "<Q"),
                       ("8_big", ">Q")):
        yield f"cpu_{name}", words(
            form, 0, 3, 0, 10000, 0,
            2, 4, 0x401000, 0x404001, 0x404101, 0x403001,
            3, 3, 0x402000, 0x404001, 0x404101,
            1, 3, 0x402020, 0x404001, 0x403001, *end) + MAP.encode()
    yield "cpu_doubled", words(
        "<Q", 0, 3, 0, 10000, 0, 2, 3, 0x401000, 0x401000, 0x403001,
        1, 2, 0x402000, 0x403001, *end) + MAP.encode()
    yield "cpu_cut", words(
        "<Q", 0, 3, 0, 10000, 0, 2, 2, 0x401000, 0x403001, 1, 2, 0x402000)
    yield "cpu_java", words(
        "<Q", 0, 3, 1, 10000, 0, 2, 3, 1, 2, 3, 1, 3, 4, 1, 7,
        *end) + JAVA_LOCATIONS.encode()
    yield "bad_cpu", words("<Q", 0, 3, 0, 10000, 0, 2, 99, 0x401000)

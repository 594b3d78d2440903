# SPDX-License-Identifier: MIT
"""What is compared: each list of options with each profile it makes sense
for."""

import itertools

from .corpus import PROGRAMS
from .peer import Comparison

# These match in the generated profiles and in those of Go programs.
EXPRESSIONS = r"main\.|runtime\.|pkg1|malloc"
TOP = [
    (), ("--cum",), ("--nodecount=5",), ("--nodecount=1", "--cum"), ("--no-trim",),
    ("--unit=auto",), ("--unit=ms",), ("--unit=kb",), ("--unit=seconds",),
    ("--sample-index=0",), ("--sample-index=1",), ("--sample-index=9",),
    ("--sample-index=cpu",), ("--sample-index=alloc_objects",),
    ("--granularity=functions",), ("--granularity=filefunctions",),
    ("--granularity=files",), ("--granularity=lines",),
    ("--granularity=addresses",), ("--granularity=lines", "--showcolumns"),
    ("--noinlines",), ("--noinlines", "--granularity=addresses"),
    (f"--focus={EXPRESSIONS}",), (f"--ignore={EXPRESSIONS}",),
    (r"--focus=Method[1-3]|work|a$", "--ignore=outer"), ("--hide=main|sync",),
    ("--show=main|pkg",), ("--show-from=work|main|Method7|sync",),
    ("--tagfocus=tenant=bank",), ("--tagfocus=1kb:",), ("--tagignore=shop",),
    ("--tagfocus=bytes=:1mb",), ("--tagignore=bytes=16b:1kb",),
    ("--tagfocus=512",), ("--drop-negative",), ("--mean",),
    ("--relative-percentages", "--focus=work|Method2"),
    ("--nodefraction=0.05",), ("--compact-labels",),
    ("--prune-from=work|Method1|Lock",), ("--divide-by=3",),
    ("--focus=no such function",), ("--focus=(",),
]
TREE = [(), ("--cum",), ("--nodecount=10",), ("--granularity=lines",),
        ("--noinlines",), ("--no-trim", "--nodecount=20"), ("--edgefraction=0.1",),
        ("--focus=work|Method1",)]
PEEK = [("main",), ("Method1$|work|Lock",), ("runtime", "--cum"),
        ("main", "--granularity=lines"), ("nothing like this",)]
TAGS = [(), ("--tagshow=^b|tenant",), ("--taghide=bytes",), ("--unit=kb",),
        ("--sample-index=0",), ("--focus=work",), ("--tagfocus=1kb:",)]
RAW = [(), ("--noinlines",), ("--focus=work|Method1",), ("--hide=main",),
       ("--show-from=main",), ("--taghide=tenant",), ("--tagignore=shop",)]
TRACES = [(), ("--noinlines",), ("--unit=us",), ("--sample-index=0",),
          ("--focus=work|Method1",), ("--hide=main",), ("--taghide=tenant",),
          ("--tagignore=shop",)]
LIST = [("main",), ("work|hash", "--source=sources/app"),
        ("hash|remember", "--source=sources/tests")]
PAIRS = [("many.pb.gz", "many_new.pb.gz"), ("memory.pb.gz", "memory_new.pb.gz"),
         ("memory.pb.gz", "types_less.pb.gz"),
         ("memory.pb.gz", "types_turned.pb.gz"),
         ("units_us.pb.gz", "units_ms.pb.gz"),
         ("labels.pb.gz", "described.pb.gz"), ("zero.pb.gz", "labels.pb.gz"),
         ("mappings.pb.gz", "inlined.pb.gz"), ("frames.pb.gz", "labels.pb.gz"),
         ("everything.pb.gz", "many.pb.gz"), ("folded.pb.gz", "inlined.pb.gz"),
         ("labels.pb.gz", "labels.pb.gz"),
         ("kept_cpu.pb.gz", "kept_heap.pb.gz"),
         ("kept_heap.pb.gz", "kept_allocs.pb.gz"),
         ("kept_block.pb.gz", "kept_mutex.pb.gz"),
         ("demo_heap.pb.gz", "demo_allocs.pb.gz"),
         ("demo_heap.pb.gz", "etcd_heap.pb.gz"),
         ("etcd_heap.pb.gz", "apiserver_heap.pb.gz"),
         ("apiserver_heap.pb.gz", "apiserver_allocs.pb.gz"),
         ("etcd_goroutine.pb.gz", "apiserver_goroutine.pb.gz"),
         ("prometheus_heap.pb.gz", "apiserver_heap.pb.gz")]
# What all have in common is found first, and what two of them have does not
# matter.
TRIPLES = [("memory.pb.gz", "types_less.pb.gz", "types_turned.pb.gz"),
           ("types_less.pb.gz", "types_turned.pb.gz", "memory.pb.gz"),
           ("types_turned.pb.gz", "memory.pb.gz", "memory_new.pb.gz"),
           ("units_ms.pb.gz", "units_us.pb.gz", "units_ms.pb.gz"),
           ("units_us.pb.gz", "units_unspent.pb.gz", "units_us.pb.gz"),
           ("units_ms.pb.gz", "units_unspent.pb.gz", "units_us.pb.gz")]
DIFF = [(), ("--cum",), ("--normalize",), ("--drop-negative",),
        ("--nodecount=10",), ("--unit=kb",), ("--granularity=lines",)]


# Of the generated profiles each is about one thing, and so every second list of
# options is tried with each; of the captured ones every third.
EVERY_GENERATED, EVERY_CAPTURED = 2, 3


def comparisons(names):
    """Every comparison over the profiles of these names."""
    for command, lists in (("top", TOP), ("tree", TREE), ("peek", PEEK),
                           ("tags", TAGS), ("raw", RAW),
                           ("traces", TRACES), ("list", LIST)):
        for (i, words), (j, name) in itertools.product(enumerate(lists),
                                                       enumerate(names)):
            captured = name.partition("_")[0] in PROGRAMS
            every = EVERY_CAPTURED if captured else EVERY_GENERATED
            if not words or (i + j) % every == 0:
                yield Comparison(command, words, (name,))
    pairs = [pair for pair in PAIRS if set(pair) <= set(names)]
    for words, pair in itertools.product(DIFF, pairs):
        yield Comparison("diff", words, pair)
        yield Comparison("top", (f"--base={pair[0]}", *words), pair[1:])
    for pair in pairs:
        yield Comparison("top", (), pair)
        yield Comparison("tree", (f"--diff-base={pair[0]}",), pair[1:])
        yield Comparison("tags", (f"--diff-base={pair[0]}",), pair[1:])
        yield Comparison("raw", (f"--base={pair[0]}",), pair[1:])
        yield Comparison("raw", (f"--diff-base={pair[0]}", "--normalize"),
                         pair[1:])
        yield Comparison("merge", (), pair)
        yield Comparison("merge", (), (*pair, *pair[:1]))
    for triple in TRIPLES:
        if set(triple) <= set(names):
            for command in ("top", "raw", "tags", "traces", "merge"):
                yield Comparison(command, (), triple)

# SPDX-License-Identifier: MIT
"""What is compared: each list of options with each profile it makes sense
for."""

import itertools
import os

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
# Each view takes each of these, also where they change nothing.
EVERYWHERE = [
    ("--granularity=functions",), ("--granularity=filefunctions",),
    ("--granularity=files",), ("--granularity=lines", "--showcolumns"),
    ("--granularity=addresses", "--showcolumns"),
    ("--granularity=lines", "--noinlines"), ("-lines", "-cum=true"),
    ("-trim=false",), ("-trim=true", "-nodecount=3"), ("-cum=false", "-flat"),
    ("-addresses=true", "-noinlines=true"), ("-files", "-compact_labels=true"),
    ("-inuse_space",), ("-alloc_objects=true",), ("-mean_delay",),
    ("-call_tree", "-intel_syntax"), ("-drop_negative=true", "-cum"),
    ("-nodefraction=0.05", "-edgefraction=0.1"),
    ("--tagroot=tenant",), ("--tagleaf=bytes", "--unit=kb"),
    ("--tagroot=tenant,path", "--tagleaf=n,bytes", "-lines"),
    ("--tagroot=bytes", "--focus=512|bank|work", "-relative_percentages"),
    ("--tagroot=size,no such label", "--granularity=files"),
    ("--add-comment=by hand",)]
COMMENTS = [(), ("--sample-index=99",)]
LIST = [("main",), ("work|hash", "--source=sources/app"),
        ("hash|remember", "--source=sources/tests")]
DOT = [(), ("--call-tree",), ("--nodecount=5",), ("--nodecount=0",),
       ("--nodecount=12", "--call-tree"), ("--no-trim",),
       ("--no-trim", "--call-tree"), ("--granularity=lines",),
       ("--granularity=filefunctions",), ("--granularity=files",),
       ("--granularity=addresses",), ("--granularity=lines", "--showcolumns"),
       ("--noinlines",), ("--noinlines", "--granularity=addresses"),
       ("--cum",), ("--unit=auto",), ("--unit=kb",), ("--sample-index=0",),
       ("--sample-index=1",), ("--mean",), ("--divide-by=3",),
       ("--nodefraction=0.05",), ("--edgefraction=0.1", "--nodecount=0"),
       ("--edgefraction=0.2", "--nodefraction=0", "--call-tree"),
       (f"--focus={EXPRESSIONS}",), ("--relative-percentages", "--focus=work|Method2"),
       ("--hide=main|sync",), ("--show-from=work|main|Method7|sync",),
       ("--tagfocus=tenant=bank",), ("--tagfocus=1kb:",), ("--tagshow=tenant",),
       ("--taghide=tenant",), ("--tagignore=shop",), ("--drop-negative",),
       ("--drop-negative", "--call-tree", "--no-trim"), ("--compact-labels",),
       ("--focus=no such function",), ("--focus=(",)]
CALLGRIND = [(), ("--call-tree",), ("--noinlines",), ("--cum",),
             ("--granularity=lines",), ("--unit=kb",), ("--sample-index=0",),
             ("--mean",), ("--drop-negative",), ("--divide-by=3",),
             ("--nodecount=5",), ("--focus=work|Method1",),
             ("--taghide=tenant", "--call-tree", "--cum")]
TOPPROTO = [(), ("--cum",), ("--nodecount=5",), ("--granularity=lines",),
            ("--granularity=addresses",), ("--granularity=files",),
            ("--unit=kb",), ("--sample-index=0",), ("--mean",), ("--no-trim",),
            ("--divide-by=3",), ("--focus=work|Method1",)]
TEXT = [(), ("--cum",)]
# What functions are called, and what expressions match then.
SYMBOLIZE = [(f"--symbolize={how}", *more)
             for how in ("none", "force", "demangle=none", "demangle=full",
                         "demangle=templates", "demangle=default")
             for more in ((), ("--focus=^foo::bar$|core::fmt::write",),
                          ("--hide=^_Z|<int>",))]
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
         ("prometheus_heap.pb.gz", "apiserver_heap.pb.gz"),
         ("legacy_demo_heap.txt", "legacy_demo_allocs.txt"),
         ("legacy_profile_cppbench.heap", "legacy_made_heap_in_use"),
         ("legacy_made_heap_heap_1048576", "legacy_made_heap_heap_v2_524288"),
         ("legacy_made_contention_clock", "legacy_made_contention_bare"),
         ("legacy_profile_java.heap", "legacy_made_java_heap"),
         ("legacy_profile_cppbench.cpu", "legacy_made_cpu_4_big")]
# What all have in common is found first, and what two of them have does not
# matter.
TRIPLES = [("memory.pb.gz", "types_less.pb.gz", "types_turned.pb.gz"),
           ("types_less.pb.gz", "types_turned.pb.gz", "memory.pb.gz"),
           ("types_turned.pb.gz", "memory.pb.gz", "memory_new.pb.gz"),
           ("units_ms.pb.gz", "units_us.pb.gz", "units_ms.pb.gz"),
           ("units_us.pb.gz", "units_unspent.pb.gz", "units_us.pb.gz"),
           ("units_ms.pb.gz", "units_unspent.pb.gz", "units_us.pb.gz")]
DIFF = [(), ("--cum",), ("--normalize",), ("--drop-negative",),
        ("--nodecount=10",), ("--unit=kb",), ("--granularity=lines",),
        ("--tagroot=tenant", "-files"), ("-trim=false", "-cum=true"),
        ("-add_comment=by hand",)]


# Of how many lists of options one is tried with each profile: generated ones are
# about one thing each, legacy ones differ in how they are read, and what every
# view takes changes little. Before a release PROFEFE_AGREEMENT_ALL=1 tries more.
SPARSE = (5, 7, 37, 53)
DENSE = (2, 3, 6, 7)
EVERY_GENERATED, EVERY_CAPTURED, EVERY_LEGACY, EVERY_EVERYWHERE = \
    DENSE if os.environ.get("PROFEFE_AGREEMENT_ALL") else SPARSE


def every_list(name):
    """How many lists of options there are for each that is tried."""
    maker = name.partition("_")[0]
    if maker == "legacy":
        return EVERY_LEGACY
    return EVERY_CAPTURED if maker in PROGRAMS else EVERY_GENERATED


def comparisons(names):
    """Every comparison over the profiles of these names."""
    return [one for one in _candidates(names) if not is_left_to_chance(one)]


def is_left_to_chance(comparison):
    """Of the paths of a real program many weigh the same: which of them pprof
    draws differs from run to run."""
    return (comparison.command == "dot" and "--call-tree" in comparison.words
            and any(name.partition("_")[0] in PROGRAMS
                    for name in comparison.sources))


def _candidates(names):
    for name in names:
        if name.startswith("legacy_"):
            yield Comparison("merge", (), (name,))
    for command, lists in (("top", TOP), ("tree", TREE), ("peek", PEEK),
                           ("tags", TAGS), ("raw", RAW),
                           ("traces", TRACES), ("list", LIST),
                           ("comments", COMMENTS), ("dot", DOT),
                           ("callgrind", CALLGRIND), ("topproto", TOPPROTO),
                           ("text", TEXT)):
        first = lists[0][:1] if command in ("peek", "list") else ()
        for (i, words), (j, name) in itertools.product(enumerate(EVERYWHERE),
                                                       enumerate(names)):
            if lists not in (DOT, CALLGRIND, TOPPROTO) and (
                    i + j) % EVERY_EVERYWHERE == 0:
                yield Comparison(command, (*first, *words), (name,))
        for (i, words), (j, name) in itertools.product(enumerate(lists),
                                                       enumerate(names)):
            if not words or (i + j) % every_list(name) == 0:
                yield Comparison(command, words, (name,))
    for words, name in itertools.product(
            SYMBOLIZE, ("mangled.pb.gz", "mangled_rust.pb.gz", "names.pb.gz")):
        if name in names:
            for command in ("top", "traces"):
                yield Comparison(command, words, (name,))
    pairs = [pair for pair in PAIRS if set(pair) <= set(names)]
    for words, pair in itertools.product(DIFF, pairs):
        yield Comparison("diff", words, pair)
        yield Comparison("top", (f"--base={pair[0]}", *words), pair[1:])
    for pair in pairs:
        yield Comparison("top", (), pair)
        yield Comparison("tree", (f"--diff-base={pair[0]}",), pair[1:])
        yield Comparison("tags", (f"--diff-base={pair[0]}",), pair[1:])
        for base, words in itertools.product(
                (f"--base={pair[0]}", f"--diff-base={pair[0]}"),
                ((), ("--call-tree",), ("--drop-negative",),
                 ("--normalize", "--nodecount=7"))):
            yield Comparison("dot", (base, *words), pair[1:])
        yield Comparison("callgrind", (f"--base={pair[0]}",), pair[1:])
        yield Comparison("callgrind", (f"--diff-base={pair[0]}", "--call-tree"),
                         pair[1:])
        yield Comparison("topproto", (f"--base={pair[0]}",), pair[1:])
        yield Comparison("raw", (f"--base={pair[0]}",), pair[1:])
        yield Comparison("raw", (f"--diff-base={pair[0]}", "--normalize"),
                         pair[1:])
        yield Comparison("merge", (), pair)
        yield Comparison("merge", (), (*pair, *pair[:1]))
        yield Comparison("merge", ("--tagroot=tenant", "--tagleaf=bytes",
                                   "--add-comment=by hand"), pair)
    for triple in TRIPLES:
        if set(triple) <= set(names):
            for command in ("top", "raw", "tags", "traces", "merge"):
                yield Comparison(command, (), triple)

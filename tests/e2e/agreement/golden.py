# SPDX-License-Identifier: MIT
"""pprof's own tests of its reports: what it is asked, and its golden files.

The profiles are made by the code of those tests (internal/driver/driver_test.go),
so that code is run, with one line changed to keep them."""

import dataclasses
import os
import pathlib
import shutil
import subprocess

from .legacy import MODULE, module_folder

DRIVER = "internal/driver"
SYMBOLIZER = "o2.Sym = testSymbolizeDemangler{}"
EXPORTER = """\
package driver

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/pprof/internal/plugin"
	"github.com/google/pprof/profile"
)

type exporter struct{ flags, golden string }

func (e exporter) Symbolize(mode string, sources plugin.MappingSources, p *profile.Profile) error {
	if err := (testSymbolizeDemangler{}).Symbolize(mode, sources, p); err != nil {
		return err
	}
	folder := os.Getenv("EXPORT_TO")
	before, err := filepath.Glob(filepath.Join(folder, "*.pb.gz"))
	if err != nil {
		return err
	}
	path := filepath.Join(folder, fmt.Sprintf("%03d", len(before)))
	if err := os.WriteFile(path+".txt", []byte(e.flags+" "+e.golden), 0o644); err != nil {
		return err
	}
	file, err := os.Create(path + ".pb.gz")
	if err != nil {
		return err
	}
	defer file.Close()
	return p.Write(file)
}
"""
# What those tests set in every case (baseFlags).
ALWAYS = ("-nodecount=20", "-nodefraction=0.05", "-edgefraction=0.01",
          "-compact_labels", "--symbolize=none")
OURS = {"text": "top", "topproto": "top"}  # its profile is printed as text
ABSENT = ("disasm", "weblist")


@dataclasses.dataclass(frozen=True)
class Golden:
    """A command line of ours, and the file that has what it must print."""

    words: tuple
    profile: pathlib.Path
    expected: pathlib.Path

    def __str__(self):
        return " ".join((*self.words, self.expected.name))


def golden_cases(scratch):
    """Of all reports that we have. Raises Unavailable."""
    module = pathlib.Path(scratch, "pprof")
    shutil.copytree(module_folder(), module)
    for path in (module, *module.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    driver = module / DRIVER
    test = driver / "driver_test.go"
    code = test.read_text()
    assert SYMBOLIZER in code, f"{MODULE}: TestParse is another one"
    test.write_text(code.replace(
        SYMBOLIZER, "o2.Sym = exporter{tc.flags, solution}"))
    (driver / "export_test.go").write_text(EXPORTER)
    made = pathlib.Path(scratch, "golden")
    made.mkdir()
    done = subprocess.run(
        ["go", "test", "-count=1", "-run=TestParse$", f"./{DRIVER}"], cwd=module,
        env=dict(os.environ, EXPORT_TO=str(made)), text=True,
        capture_output=True, timeout=600)
    assert not done.returncode, f"{MODULE}: {done.stdout}{done.stderr}"
    for path in sorted(made.glob("*.txt")):
        flags, _, expected = path.read_text().partition(" ")
        command, *options = flags.split(",")
        command, _, expression = command.partition("=")
        if command not in ABSENT:
            yield Golden((OURS.get(command, command),
                          *([expression] if expression else []), *ALWAYS,
                          *(f"-{option}" for option in options)),
                         path.with_suffix(".pb.gz"),
                         driver / "testdata" / expected)

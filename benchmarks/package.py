"""Packaging 10, 1,000 and 10,000 classes beside a bare walk and zip, and beside sf.

    python benchmarks/package.py [--most 10000] [--rounds 5]

Bars: at 10,000 classes at most 1.3 x the bare walk and 60 MB; ten times the
components at most eleven times the time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from classes import write_classes
from peers import sf_case
from processes import Case, measure, show

BARE = """
import os, sys, zipfile
root = sys.argv[1]
with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as archive:
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            archive.write(path, os.path.relpath(path, root))
"""
OURS = """
import sys
from pathlib import Path
from sfgen.project import read_project
from sfgen.package import build_package, write_package
with open(sys.argv[2], "wb") as file:
    write_package(build_package(read_project(Path(sys.argv[1]))), file)
"""


def benchmark(work: Path, count: int, rounds: int) -> None:
    root = write_classes(work / str(count), count)
    out = work / f"{count}.zip"
    cases = [
        Case("os.walk + zipfile", [sys.executable, "-I", "-c", BARE, str(root), str(out)]),
        Case("sfgen package", [sys.executable, "-c", OURS, str(root), str(out)]),
    ]
    bars = {"sfgen package": 1.3} if count == 10_000 else {}
    measures = measure(cases, rounds)
    arguments = ["project", "convert", "source", "-d", str(work / f"sf-{count}")]
    sf = sf_case("sf project convert source", arguments, work, cwd=root)
    if sf is not None:
        measures += measure([sf], 1 if count > 1000 else 3)
    show(f"{count:,} classes", measures, "os.walk + zipfile", bars)
    ours = next(m for m in measures if m.name == "sfgen package")
    print(f"sfgen package: peak {ours.memory:.0f} MB (bar at 10,000: 60 MB)")
    times[count] = ours.median


times: dict[int, float] = {}

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        for size in (10, 1_000, 10_000):
            if size <= given.most:
                benchmark(Path(scratch), size, given.rounds)
    if {1_000, 10_000} <= times.keys():
        print(f"\n10 x the components: {times[10_000] / times[1_000]:.1f} x the time (bar: 11)")

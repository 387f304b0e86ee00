"""Runs Apex suites and prints passed, failed, unsupported and time for each.

    python benchmarks/apex.py DIR ...            the projects to run, cold and warm
    python benchmarks/apex.py --parse DIR ...    parsing alone, in ms per 1,000 lines
    python benchmarks/apex.py --why DIR ...      the messages of what did not pass, by number

Public suites that are known to pass on the platform measure the runtime: a failure is our fault.
"""

from __future__ import annotations

import argparse
import collections
import os
import resource
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sfgen.apex.host import ApexHost
from sfgen.apex.syntax.lexer import ApexSyntaxError
from sfgen.apex.syntax.parser import parse_class, parse_trigger

if TYPE_CHECKING:
    from sfgen.apex.testing.results import TestRun

_SHOWN = 25


def parse(root: Path) -> None:
    files = [path for path in root.rglob("*") if path.suffix in {".cls", ".trigger"}]
    lines = errors = 0
    begin = time.perf_counter()
    for path in files:
        text = path.read_text("utf-8", errors="replace")
        lines += text.count("\n")
        try:
            (parse_class if path.suffix == ".cls" else parse_trigger)(text)
        except ApexSyntaxError as error:
            errors += 1
            print(f"  {path}:{error.line}:{error.column}: {error.message}")
    seconds = time.perf_counter() - begin
    each = 1_000_000 * seconds / max(lines, 1)
    print(f"{root.name}: {len(files)} files, {lines} lines, {errors} errors, {each:.1f} ms/kloc")


def run(root: Path) -> tuple[TestRun, float]:
    begin = time.perf_counter()
    found = ApexHost.open(root).run_tests()
    return found, time.perf_counter() - begin


def measure(root: Path, *, why: bool) -> collections.Counter[str]:
    found, cold = run(root)
    _, warm = run(root)
    counts = collections.Counter(each.outcome for each in found.results)
    total = max(len(found.results), 1)
    print(
        f"{root.name}: {counts['passed']} passed ({100 * counts['passed'] / total:.1f} %), "
        f"{counts['failed']} failed ({100 * counts['failed'] / total:.1f} %), "
        f"{counts['unsupported']} unsupported, {len(found.problems)} problems; "
        f"{cold:.2f} s cold, {warm:.2f} s warm, coverage {found.percent:.1f} %"
    )
    if why:
        messages = collections.Counter(
            f"{each.outcome}: {each.message.splitlines()[0][:110]}"
            for each in found.results
            if each.outcome != "passed"
        )
        for message, number in messages.most_common(_SHOWN):
            print(f"  {number:5} {message}")
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parse", action="store_true")
    parser.add_argument("--why", action="store_true")
    parser.add_argument("roots", nargs="+", type=Path)
    options = parser.parse_args()
    if options.parse:
        for root in options.roots:
            parse(root)
        return
    total: collections.Counter[str] = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        for root in options.roots:
            total += measure(root, why=options.why)
    tests = max(sum(total.values()), 1)
    shown = ", ".join(f"{name} {n} ({100 * n / tests:.1f} %)" for name, n in total.most_common())
    peak = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"all: {tests} tests: {shown}; largest process {peak / 1024:.0f} MB")


if __name__ == "__main__":
    main()

"""Deploying 10 and 1,000 classes to a local org that runs already: sfgen beside sf.

    python benchmarks/deploy.py [--classes 1000] [--rounds 5]

Bar (design.md 14): at 1,000 classes at most 1/6 of ``sf project deploy start``, and 60 MB.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from classes import write_classes
from processes import Case, measure, show

from sfgen.localorg import running

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests/tools/sf"))
import client


def benchmark(work: Path, count: int, rounds: int) -> None:
    root = write_classes(work / str(count), count)
    with running(work / f"org-{count}") as org:
        ours = {**os.environ, "SFGEN_ACCESS_TOKEN": org.token, "SFGEN_INSTANCE_URL": org.url}
        cases = [
            Case(
                "sfgen deploy",
                [sys.executable, "-m", "sfgen", "deploy", str(root), "--json"],
                environment=ours,
            )
        ]
        found = client.install()
        if found is None:
            raise SystemExit("the sf CLI can't be had: there is nothing to compare with")
        node, entry = found
        for transport, rest in (("REST", "true"), ("SOAP", "false")):
            environment = {
                **client.environment(node, work),
                "SF_ORG_INSTANCE_URL": org.url,
                "SF_ORG_METADATA_REST_DEPLOY": rest,
            }
            start = [str(node), str(entry), "project", "deploy", "start"]
            command = [*start, "-o", org.token, "-d", "force-app", "--json"]
            name = f"sf project deploy start, {transport}"
            cases.append(Case(name, command, cwd=root, environment=environment))
        measures = measure(cases, rounds)
    bars = {"sfgen deploy": 1 / 6} if count == 1_000 else {}
    show(f"deploy of {count:,} classes", measures, "sf project deploy start, REST", bars)
    peak = next(m.memory for m in measures if m.name == "sfgen deploy")
    print(f"sfgen deploy: peak {peak:.0f} MB (bar: 60 MB)")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--classes", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        for size in sorted({10, given.classes}):
            benchmark(Path(scratch), size, given.rounds)

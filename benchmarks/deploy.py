"""Deploying 10 and 1,000 classes to a local org that runs already: sfgen beside sf.

    python benchmarks/deploy.py [--classes 1000] [--rounds 5]

The first round, which isn't measured, warms the local org up for everybody: Apex that parsed before
is not parsed again.

Bar: at 1,000 classes at most 1/6 of ``sf project deploy start``, and 60 MB.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from classes import write_classes
from peers import sf_case
from processes import Case, measure, show

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def running(folder: Path) -> Iterator[tuple[str, str]]:
    """Run the local org in a process of its own: a child's peak memory counts its parent's."""
    command = [sys.executable, "-m", "sfgen.localorg", "--folder", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("local org: ").strip()
        yield url, json.loads((folder / "org.json").read_text())["token"]
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def benchmark(work: Path, count: int, rounds: int) -> None:
    root = write_classes(work / str(count), count)
    with running(work / f"org-{count}") as (url, token):
        ours = {**os.environ, "SFGEN_ACCESS_TOKEN": token, "SFGEN_INSTANCE_URL": url}
        cases = [
            Case(
                "sfgen deploy",
                [sys.executable, "-m", "sfgen", "deploy", str(root), "--json"],
                environment=ours,
            )
        ]
        for transport, rest in (("REST", "true"), ("SOAP", "false")):
            sf = sf_case(
                f"sf project deploy start, {transport}",
                ["project", "deploy", "start", "-o", token, "-d", "force-app", "--json"],
                work,
                {"SF_ORG_INSTANCE_URL": url, "SF_ORG_METADATA_REST_DEPLOY": rest},
                cwd=root,
            )
            if sf is None:
                raise SystemExit("the sf CLI can't be had: there is nothing to compare with")
            cases.append(sf)
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

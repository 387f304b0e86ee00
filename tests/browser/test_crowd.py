"""A random test of the whole browser side: tabs, widgets, faults and traffic on a virtual clock.

The generated modules and scripts run unchanged, with the pusher-js that is shipped, against a
store with latency and faults. `CROWD_SEEDS=100000 pytest tests/browser/test_crowd.py` plays more.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.node, pytest.mark.timeout(36000)]

CROWD = Path(__file__).resolve().parent / "crowd"
#: Seeds of all answer sets together; half of them with faults.
SEEDS = int(os.environ.get("CROWD_SEEDS", "3000"))
PRIVATE = {"authorization": "apex", "login": "none"}
PUBLIC = {"authorization": "none", "login": "none", "channels": "public"}
#: name: answers, channels
SETS: dict[str, tuple[dict[str, str], str]] = {
    "frame": (PRIVATE, "private"),
    "frame and a public channel": ({**PRIVATE, "channels": "private,public"}, "both"),
    "frame of everybody": (PUBLIC, "public"),
    "direct": ({**PRIVATE, "bridge": "direct"}, "private"),
    "direct for everybody": ({**PUBLIC, "bridge": "direct"}, "public"),
    "Aura": ({**PRIVATE, "container": "aura"}, "private"),
}


def run_crowd(script: str, *arguments: str) -> str:
    done = subprocess.run(
        ["node", str(CROWD / script), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
    return done.stdout


def test_doubles_do_as_the_real_locks_and_channels() -> None:
    assert "as the real ones" in run_crowd("contract.mjs")


@pytest.mark.parametrize("faults", ["no", "yes"])
@pytest.mark.parametrize("name", SETS)
def test_all_is_as_in_the_store_after_calm(
    name: str, faults: str, render_only: Callable[..., Path]
) -> None:
    answers, channels = SETS[name]
    seeds = str(SEEDS // (2 * len(SETS)))
    source = str(render_only(**answers))
    run_crowd("crowd.mjs", source, "--seeds", seeds, "--faults", faults, "--channels", channels)


@pytest.mark.parametrize("bridge", ["visualforce", "direct"])
def test_crowd_notices_faults_that_are_put_back(
    bridge: str, render_only: Callable[..., Path]
) -> None:
    run_crowd("mutants.mjs", str(render_only(**PRIVATE, bridge=bridge)))

"""``sfgen test --watch``: run tests again when files that they depend on change."""

from __future__ import annotations

import select
import sys
import time
from typing import TYPE_CHECKING

import click

from sfgen.errors import SfgenError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sfgen.apex.host import ApexHost, TestRun

    Run = Callable[[ApexHost, frozenset[str] | None], TestRun]

__all__ = ["watch"]

_LOOK = 0.2
"""Seconds between two looks at the files."""


def watch(root: Path, run: Run, load: Callable[[], ApexHost]) -> None:
    """Run all tests, then those that changes reach and those that had not passed, for ever.

    `load` reads the project as it is now. `run` runs the tests of the named classes, or all for
    None, and shows the results. In a terminal, Enter runs everything. What can't be read is
    reported; the watching goes on.
    """
    before: Mapping[str, tuple[int, int]] = {}
    failing: frozenset[str] = frozenset()
    everything = True
    while True:
        after = _state(root)
        changed = {
            name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
        }
        if changed or everything:
            click.clear()
            try:
                host, wanted = _choose(load(), None if everything else changed, failing)
                found = run(host, wanted)
                failing = frozenset(
                    each.class_name for each in found.results if each.outcome != "passed"
                )
            except SfgenError as error:
                click.echo(f"{click.style('error:', fg='red', bold=True)} {error.message}")
            click.echo(_waiting())
            before = after
        everything = _is_asked()


def _choose(
    host: ApexHost, changed: set[str] | None, failing: frozenset[str]
) -> tuple[ApexHost, frozenset[str] | None]:
    """Return the project's current state and the test classes to run, None for all."""
    if changed is None:
        return host, None
    reached = host.affected_tests(changed)
    return host, None if reached is None else reached | failing


def _waiting() -> str:
    enter = "Enter runs all, " if sys.stdin.isatty() else ""
    return click.style(f"Waiting for changes; {enter}Ctrl-C ends.", dim=True)


def _state(root: Path) -> dict[str, tuple[int, int]]:
    """When each file was changed, and its size, by its path below `root`."""
    from sfgen.apex.host import watched_files

    found = {}
    for name, path in watched_files(root):
        try:
            state = path.stat()
        except OSError:
            continue  # gone since it was listed
        found[name] = (state.st_mtime_ns, state.st_size)
    return found


def _is_asked() -> bool:
    """Wait a little for Enter; whether it came."""
    if not sys.stdin.isatty() or sys.platform == "win32":
        time.sleep(_LOOK)
        return False
    ready, _, _ = select.select([sys.stdin], [], [], _LOOK)
    return bool(ready) and bool(sys.stdin.readline())

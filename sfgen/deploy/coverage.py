"""Finds the executable lines of a project's Apex, as sfgen's Apex runtime counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.errors import SfgenError

if TYPE_CHECKING:
    from pathlib import Path


def find_executable(root: Path) -> dict[str, tuple[int, ...]]:
    """Return the executable lines of each class and trigger, by its name in lower case.

    A deploy's answer names the lines that no test reached and counts the others: this places them.
    What can't be read or compiled is left out.
    """
    from sfgen.apex.host import ApexHost

    try:
        lines = ApexHost.open(root).executable_lines
    except SfgenError:
        return {}
    return {name.lower(): found for name, found in lines.items()}

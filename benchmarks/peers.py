"""The sf CLI as a peer: the cases that run it in a clean environment, where it can be had."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from processes import Case

if TYPE_CHECKING:
    from collections.abc import Sequence

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests/tools/sf"))
import client


def sf_case(
    name: str,
    arguments: Sequence[str],
    home: Path,
    settings: dict[str, str] | None = None,
    **rest: Any,
) -> Case | None:
    """Make a case of an sf command, or nothing where sf can't be installed.

    Args:
        name: as the table shows it.
        arguments: of ``sf``.
        home: the folder that sf takes for the user's.
        settings: further environment variables.
        rest: further fields of the case, as ``cwd``.
    """
    found = client.install()
    if found is None:
        return None
    node, entry = found
    environment = {**client.environment(node, home), **(settings or {})}
    return Case(name, [str(node), str(entry), *arguments], environment=environment, **rest)

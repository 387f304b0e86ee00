"""Waiting, on a machine that may be busy: until something is so, never for a time."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: Seconds until what doesn't come is a failure. A bridge that wasn't there in 15 s is tried again
#: after 60 more, so it is more than those together.
SECONDS = 120
#: The same in Playwright's milliseconds.
PATIENCE = SECONDS * 1_000
PAUSE = 0.05


def wait_until(check: Callable[[], Any], what: str = "", page: Any = None) -> Any:
    """Wait until something holds, and return it.

    With a page, its events are taken in between: requests, frames of sockets, its console.
    """
    end = time.monotonic() + SECONDS
    while not (found := check()):
        assert time.monotonic() < end, what or "it never came"
        if page is None:
            time.sleep(PAUSE)
        else:
            page.wait_for_timeout(PAUSE * 1_000)
    return found


def evaluates(page: Any, expression: str, argument: Any = None) -> Any:
    """Wait until JavaScript is true on a page, however often the page looks."""
    return page.wait_for_function(expression, arg=argument, polling=50)


def save(path: Path, text: str) -> None:
    """Change a file at once, as editors do: half of it is never there."""
    whole = path.with_name(f".{path.name}.new")
    whole.write_text(text, encoding="utf-8")
    os.replace(whole, path)  # noqa: PTH105 - as the name says

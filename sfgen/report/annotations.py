"""GitHub's workflow commands: an annotation at file and line of the pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.report.places import collapse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sfgen.report.places import Entry


def write_annotations(entries: Iterable[Entry]) -> Iterator[str]:
    """Write ``::error file=…,line=…,col=…,title=…::…`` (GitHub, workflow commands)."""
    for entry in collapse(entries):
        place = f"file={_property(entry.path)},line={entry.line},col={entry.column}"
        message = f"{entry.message}. {entry.hint}" if entry.hint else entry.message
        yield f"::{entry.severity} {place},title={_property(entry.rule)}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

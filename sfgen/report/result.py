"""What a command came to, in all the forms that can be asked for; and the form of ``--json``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sfgen.report.junit import Suite
    from sfgen.report.places import Entry

#: Of the envelope and of every result in it: fields are added to a version, never changed.
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Result:
    """What a command that ran has done or found.

    Attributes:
        data: the ``result`` of the JSON document.
        lines: the same as text.
        exit_code: 0 means success.
        hint: what to do next, for the JSON document; the text has its own.
        entries: problems with their places, for SARIF and annotations.
        suites: makes what JUnit shows.
        to_stderr: the text only says what was done; stdout stays empty.
        goes_on: the command serves on after this, so the JSON document is one line.
    """

    data: Mapping[str, Any]
    lines: Iterable[str] = ()
    exit_code: int = 0
    hint: str | None = None
    entries: Sequence[Entry] = ()
    suites: Callable[[], Sequence[Suite]] = tuple
    to_stderr: bool = False
    goes_on: bool = False


def describe_result(command: str, result: Result, warnings: Sequence[str]) -> dict[str, Any]:
    """Return the JSON document of a command that ran, whatever it found."""
    return {
        "command": command,
        "version": VERSION,
        "success": result.exit_code == 0,
        "result": dict(result.data),
        "hint": result.hint,
        "warnings": list(warnings),
    }


def describe_error(
    command: str, message: str, hint: str | None, warnings: Sequence[str]
) -> dict[str, Any]:
    """Return the JSON document of a command that could not be carried out."""
    return {
        "command": command,
        "version": VERSION,
        "success": False,
        "error": message,
        "hint": hint,
        "warnings": list(warnings),
    }

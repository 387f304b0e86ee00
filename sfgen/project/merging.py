"""Adds entries to ``sfdx-project.json`` without changing the rest of its text."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from sfgen.errors import ProjectError
from sfgen.project.configuration import PROJECT_FILE

if TYPE_CHECKING:
    from collections.abc import Sequence

_REPLACEMENTS: Final = "replacements"
_SPACE: Final = re.compile(r"\s*")
_DECODER: Final = json.JSONDecoder()


def add_replacements(before: bytes, wanted: Sequence[dict[str, Any]]) -> bytes:
    """Return the project's file with these entries of ``replacements``, where they are missing.

    Every other character stays: indents, line ends, the order of its members.

    Raises:
        ProjectError: it is no JSON object, or its ``replacements`` are no list of objects.
    """
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    text = _decode(before[len(mark) :])
    held = json.loads(text).get(_REPLACEMENTS) or []
    if not isinstance(held, list) or not all(isinstance(entry, dict) for entry in held):
        raise ProjectError(
            f"the replacements of {PROJECT_FILE} are no list of objects; nothing was written",
            hint=f"correct {PROJECT_FILE}",
        )
    missing = [entry for entry in wanted if entry not in held]
    if not missing:
        return before
    for entry in missing:
        text = _add_entry(text, entry)
    return mark + text.encode()


def _decode(data: bytes) -> str:
    try:
        text = data.decode()
        if isinstance(json.loads(text), dict):
            return text
    except (ValueError, RecursionError):
        pass
    raise ProjectError(f"{PROJECT_FILE} holds no JSON object; nothing was written")


def _add_entry(text: str, entry: dict[str, Any]) -> str:
    start, end = _find_member(text, _REPLACEMENTS)
    if start is None:
        whole = text.rstrip()
        member = f'"{_REPLACEMENTS}": '
        return _append(whole, member, [entry], whole, "") + text[len(whole) :]
    if not json.loads(text[start:end]):
        text, end = text[:start] + "[]" + text[end:], start + 2
    line = text[text.rfind("\n", 0, start) + 1 : start]
    indent = line[: len(line) - len(line.lstrip())]
    return text[:start] + _append(text[start:end], "", entry, text, indent) + text[end:]


def _append(container: str, member: str, value: object, text: str, outer: str) -> str:
    """Write one more value at the end of a list or an object, in the style of the whole text."""
    inside, closing = container[:-1].rstrip(), container[-1]
    comma = "" if len(inside) == 1 else ","
    if "\n" not in text.strip():
        gap = " " if comma else ""
        return f"{inside}{comma}{gap}{member}{json.dumps(value, ensure_ascii=False)}{closing}"
    newline, step = ("\r\n" if "\r\n" in text else "\n"), _find_step(text)
    indent = newline + outer + step
    shown = json.dumps(value, indent=step, ensure_ascii=False).replace("\n", indent)
    return f"{inside}{comma}{indent}{member}{shown}{newline}{outer}{closing}"


def _find_step(text: str) -> str:
    """Return how far the members stand in from the object's bracket."""
    found = re.search(r"\n([ \t]+)\S", text)
    return found[1] if found else "    "


def _find_member(text: str, name: str) -> tuple[int | None, int]:
    """Return where the value of a member begins and ends; of equal members the last one counts."""
    found: tuple[int | None, int] = (None, 0)
    at = _skip(text, text.index("{") + 1)
    while text[at] != "}":
        key, at = _DECODER.raw_decode(text, at)
        start = _skip(text, _skip(text, at) + 1)
        _, at = _DECODER.raw_decode(text, start)
        if key == name:
            found = start, at
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return found


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at

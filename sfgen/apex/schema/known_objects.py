"""Standard objects that exist on the platform and are not described here."""

from __future__ import annotations

import functools
import importlib.resources
import re

from sfgen.apex.runtime.exceptions import Unsupported

__all__ = ["is_known_object", "refuse_unbuilt"]

_PART = re.compile(r"(?P<of>.+?)(?:feed|history|share|changeevent)\Z")


@functools.cache
def _names() -> frozenset[str]:
    text = importlib.resources.files(__package__).joinpath("known_objects.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(" ".join(lines).lower().split())


def is_known_object(name: str) -> bool:
    """Whether the platform has a standard object of that name, or one that keeps its history."""
    low = name.lower()
    part = _PART.match(low)
    return low in _names() or (part is not None and part["of"] in _names())


def refuse_unbuilt(name: str) -> None:
    """Raises Unsupported for an object of the platform that isn't described here."""
    if is_known_object(name):
        raise Unsupported(f"sObject type '{name}' (of the platform, not built in sfgen's runtime)")

"""The platform's classes as tables: their members by name, with Apex signatures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sfgen.apex.types.model import VOID, ApexType, type_named

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PLATFORM", "PlatformClass", "Signature", "claim_class", "find_class", "member_name"]

_HEAD = re.compile(r"(?P<result>.*?)\s*(?P<name>\w+)\s*\((?P<parameters>.*)\)\s*\Z", re.DOTALL)
_GENERIC = re.compile(r"(?P<name>[\w.]+)(?:<(?P<parameters>[\w, ]+)>)?\Z")


@dataclass(frozen=True)
class Signature:
    """One member: kind is static, method, getter, setter, static_getter or constructor.

    `key` names it for compiled code that is kept in a cache.
    """

    owner: str
    kind: str
    name: str
    text: str
    function: Callable[..., Any]
    typed: bool = False

    @property
    def key(self) -> str:
        """`owner|kind|text`: the same in every process that loads the same library."""
        return f"{self.owner}|{self.kind}|{self.text}"

    @property
    def result(self) -> ApexType:
        """The declared result; a constructor's is its class."""
        if self.kind == "constructor":
            return type_named(PLATFORM[self.owner.lower()].declared)
        found = _HEAD.match(self.text)
        text = found["result"] if found else self.text.rsplit(None, 1)[0]
        return type_named(text) if text else VOID

    @property
    def parameters(self) -> tuple[ApexType, ...]:
        """The declared parameters' types."""
        found = _HEAD.match(self.text)
        if not found or not found["parameters"].strip():
            return ()
        return tuple(
            type_named(part.strip().rsplit(None, 1)[0])
            for part in _split_outside_brackets(found["parameters"])
        )


def _split_outside_brackets(text: str) -> list[str]:
    """Split at commas that are not inside `<...>`."""
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(text):
        depth += (letter == "<") - (letter == ">")
        if letter == "," and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


@dataclass
class PlatformClass:
    """One platform type: its members by lower-case name, in declared order."""

    name: str
    declared: str
    parameters: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()
    interface: bool = False
    python_class: type | None = None
    statics: dict[str, list[Signature]] = field(default_factory=dict)
    methods: dict[str, list[Signature]] = field(default_factory=dict)
    getters: dict[str, Signature] = field(default_factory=dict)
    setters: dict[str, Signature] = field(default_factory=dict)
    static_getters: dict[str, Signature] = field(default_factory=dict)
    constructors: list[Signature] = field(default_factory=list)
    constants: dict[str, tuple[str, ApexType, Any]] = field(default_factory=dict)

    @property
    def only_static(self) -> bool:
        """Whether it has no values: nothing but static members."""
        return bool(self.statics) and not (self.methods or self.getters or self.constructors)

    def accept(self, signature: Signature) -> None:
        """File a member under its kind."""
        lowered = signature.name.lower()
        if signature.kind == "constructor":
            self.constructors.append(signature)
        elif signature.kind in {"static", "method"}:
            table = self.statics if signature.kind == "static" else self.methods
            table.setdefault(lowered, []).append(signature)
        else:
            singles: dict[str, dict[str, Signature]] = {
                "getter": self.getters,
                "setter": self.setters,
                "static_getter": self.static_getters,
            }
            singles[signature.kind][lowered] = signature


PLATFORM: dict[str, PlatformClass] = {}
"""Every registered class by lower-case dotted name without `System.`."""


def find_class(name: str) -> PlatformClass | None:
    """The class of that Apex name, `System.` allowed, or None."""
    return PLATFORM.get(name.lower().removeprefix("system."))


def claim_class(declared: str, extends: tuple[str, ...]) -> PlatformClass:
    """The class declared so: a new one, or the one that another file began."""
    found = _GENERIC.match(declared)
    if not found:
        raise ValueError(f"not a class name: {declared}")
    parameters = tuple(part.strip() for part in (found["parameters"] or "").split(",") if part)
    name = found["name"].removeprefix("System.")
    known = PLATFORM.setdefault(name.lower(), PlatformClass(name, declared, parameters))
    known.extends = (*known.extends, *extends)
    return known


def member_name(kind: str, text: str) -> str:
    """The member's name inside its signature's text."""
    found = _HEAD.match(text)
    if kind == "constructor":
        return "new"
    return found["name"] if found else text.rsplit(None, 1)[-1]

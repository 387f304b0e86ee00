"""Rules: the expressions of Visualforce pages name members of their controllers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sfgen.apex.syntax.tree import Declaration, Field, Method, Property
from sfgen.check.findings import rule
from sfgen.check.places import at_offset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.apex.syntax.nodes import TypeRef
    from sfgen.check.findings import Finding
    from sfgen.check.subject import Subject
    from sfgen.project import Component

BINDING: Final = rule("visualforce-binding", "A page's expressions name members of its controllers")

_ROOT: Final = re.compile(r"<apex:(?:page|component)\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_STRING: Final = r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\""
_EXPRESSION: Final = re.compile(rf"\{{!((?:{_STRING}|[^}}'\"])*)\}}", re.DOTALL)
#: A text, a global, a number, a call of a function, or a path of names.
_TOKEN: Final = re.compile(
    rf"(?P<other>{_STRING}|\$[\w.]+|\d[\w.]*|[A-Za-z_]\w*\s*\()"
    r"|(?<![\w.\])])(?P<path>[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*)(?!\s*\()"
)
#: Names that a page's markup brings: those of rows, variables, a component's attributes.
_NAMED: Final = re.compile(
    r"\b(?:var|varStatus|recordSetVar)\s*=\s*[\"']\s*(\w+)\s*[\"']", re.IGNORECASE
)
_ATTRIBUTES: Final = re.compile(
    r"<apex:attribute\b[^>]*?\bname\s*=\s*[\"']\s*(\w+)", re.IGNORECASE | re.DOTALL
)
_WORDS: Final = frozenset({"true", "false", "null", "and", "or", "not", "component", "id"})
_READ: Final = "get"


@dataclass(frozen=True, slots=True)
class _Members:
    """The members of a class that a page can use: names in lower case, with types if known."""

    owner: Declaration
    types: dict[str, TypeRef | None]


def check_bindings(subject: Subject) -> Iterator[Finding]:
    """Check pages and components whose controllers are wholly in the project.

    A page with a standard controller may name what Salesforce adds, and isn't judged.
    """
    for component in subject.project.components:
        if component.type.name not in {"ApexPage", "ApexComponent"}:
            continue
        text = _COMMENT.sub(lambda m: " " * len(m[0]), subject.text(component.files[0]))
        classes = _controllers(subject, text)
        if classes:
            yield from _check(subject, component, text, classes)


def _controllers(subject: Subject, text: str) -> list[_Members]:
    """Find the members of every controller; an empty list if one isn't wholly known."""
    root = _ROOT.search(text)
    given = {m[1].lower(): m[2] or m[3] or "" for m in _ATTRIBUTE.finditer(root[0] if root else "")}
    if "standardcontroller" in given or "controller" not in given:
        return []
    names = [given["controller"], *given.get("extensions", "").split(",")]
    found = [_members(subject, name.strip()) for name in names if name.strip()]
    known = [members for members in found if members is not None]
    return known if len(known) == len(found) else []


def _members(subject: Subject, name: str) -> _Members | None:
    declared = subject.apex_class(name)
    return None if declared is None else _members_of(subject, declared, 0)


def _members_of(subject: Subject, declared: Declaration, depth: int) -> _Members | None:
    """Collect a class's members and inherited ones; None if a parent isn't in the project."""
    types: dict[str, TypeRef | None] = {}
    if declared.kind == "class" and declared.extends:
        parent = subject.apex_class(str(declared.extends[0].name)) if depth < 20 else None
        inherited = _members_of(subject, parent, depth + 1) if parent is not None else None
        if inherited is None:
            return None
        types.update(inherited.types)
    for member in declared.members:
        if isinstance(member, (Property, Field)):
            types[member.name.lower()] = member.type
        elif isinstance(member, Method):
            types.setdefault(member.name.lower(), None)
            if member.name.lower().startswith(_READ) and not member.parameters:
                types[member.name[len(_READ) :].lower()] = member.type
    return _Members(declared, types)


def _check(
    subject: Subject, component: Component, text: str, classes: list[_Members]
) -> Iterator[Finding]:
    named = {m[1].lower() for pattern in (_NAMED, _ATTRIBUTES) for m in pattern.finditer(text)}
    for expression in _EXPRESSION.finditer(text):
        for token in _TOKEN.finditer(expression[1]):
            if token["path"] is None:
                continue
            parts = [part.strip() for part in token["path"].split(".")]
            if parts[0].lower() in named | _WORDS:
                continue
            problem = _problem(subject, classes, parts)
            if problem is not None:
                offset = expression.start(1) + token.start("path")
                path = component.files[0]
                yield at_offset(subject, component, path, offset, (BINDING, problem))


def _problem(subject: Subject, classes: list[_Members], parts: list[str]) -> str | None:
    owner = next((c for c in classes if parts[0].lower() in c.types), None)
    if owner is None:
        return f"Unknown property '{classes[0].owner.name}.{parts[0]}'"
    for index, part in enumerate(parts[:-1]):
        kind = owner.types[part.lower()]
        inner = _class_of(subject, owner.owner, kind) if kind is not None else None
        if inner is None:
            return None
        if parts[index + 1].lower() not in inner.types:
            return f"Unknown property '{inner.owner.name}.{parts[index + 1]}'"
        owner = inner
    return None


def _class_of(subject: Subject, owner: Declaration, kind: TypeRef) -> _Members | None:
    """Find the project's class that a member's type names; a class may be inside its owner."""
    name = str(kind.name)
    if kind.arguments or "." in name:
        return None
    for member in owner.members:
        if isinstance(member, Declaration) and member.name.lower() == name.lower():
            return _members_of(subject, member, 0) if member.kind == "class" else None
    declared = subject.apex_class(name)
    known = declared is not None and declared.kind == "class"
    return _members_of(subject, declared, 0) if known and declared is not None else None

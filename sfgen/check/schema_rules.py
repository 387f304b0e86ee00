"""Rules: every metadata file is well-formed and valid against the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.check.findings import Finding
from sfgen.check.metadata_xml import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.check.metadata_xml import SchemaProblem
    from sfgen.check.subject import Subject
    from sfgen.project import Component

#: Descriptors that are JSON, and types whose files may have several roots.
_SETTINGS = frozenset({"Settings"})


def check_schema(subject: Subject) -> Iterator[Finding]:
    """Validate the XML of each component and child against the schema."""
    judged: dict[tuple[bytes, str | None], list[SchemaProblem]] = {}
    for component in subject.project.components:
        for path, expected in _xml_files(component):
            # Files that say the same, as most descriptors do, are judged once.
            key = subject.read(path), expected
            if key not in judged:
                judged[key] = _judge(subject, path, expected)
            yield from _findings(component, path, judged[key])


def _xml_files(component: Component) -> Iterator[tuple[str, str | None]]:
    kind = component.type
    if kind.kind == "labels":
        yield from ((path, kind.name) for path in component.files)
    elif component.meta and component.meta.endswith(".json"):
        return
    elif component.meta:
        loose = kind.name in _SETTINGS or kind.suffix == "settings"
        yield component.meta, None if loose else _root_of(component)
    for child in component.children:
        yield child.meta, child.type.name


def _root_of(component: Component) -> str:
    # A folder's file has the name of its own type; so has everything else.
    return component.type.name


def _judge(subject: Subject, path: str, expected: str | None) -> list[SchemaProblem]:
    root, problems = subject.parse(path)
    if root is None:
        return problems
    return validate(root, subject.lines(path), expected)


def _findings(component: Component, path: str, problems: list[SchemaProblem]) -> Iterator[Finding]:
    for problem in problems:
        yield Finding(
            path,
            problem.line,
            problem.column,
            problem.rule,
            problem.message,
            component=(component.type.name, component.name),
        )

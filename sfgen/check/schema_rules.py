"""Family: every metadata file is well-formed and follows the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.check.findings import Finding
from sfgen.check.metadata_xml import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.check.subject import Subject
    from sfgen.project import Component

#: Descriptors that are JSON, and types whose files may have several roots.
_SETTINGS = frozenset({"Settings"})


def check_schema(subject: Subject) -> Iterator[Finding]:
    """Hold each component's XML, and each child's, against the schema."""
    for component in subject.project.components:
        for path, expected in _xml_files(component):
            yield from _check_file(subject, component, path, expected)


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


def _check_file(
    subject: Subject, component: Component, path: str, expected: str | None
) -> Iterator[Finding]:
    root, problems = subject.parse(path)
    if root is not None:
        lines = subject.text(path).splitlines()
        problems = validate(root, lines, expected)
    for problem in problems:
        yield Finding(
            path,
            problem.line,
            problem.column,
            problem.rule,
            problem.message,
            component=(component.type.name, component.name),
        )

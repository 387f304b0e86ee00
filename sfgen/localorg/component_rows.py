"""Rows of a deploy result: one for each component and child."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.localorg.jobs import ComponentResult
from sfgen.metadata import NAMESPACE

if TYPE_CHECKING:
    from sfgen.check import Finding, Subject
    from sfgen.project import Component, Project


def file_of(component: Component, package: Project) -> str:
    """Return the file name that Salesforce's results show for a component."""
    if component.folder:
        return package.relative(component.folder)
    return package.relative(component.files[0] if component.files else component.meta or "")


def rows_of(
    component: Component, subject: Subject, findings: list[Finding], *, created: bool
) -> list[ComponentResult]:
    """Return the rows of one component: itself and its children, or its failure."""
    file_name = file_of(component, subject.project)
    if findings:
        return [_failure(component, subject.project, finding, file_name) for finding in findings]
    own = ComponentResult(
        component.type.name, component.name, file_name, created=created, changed=True
    )
    return [own, *_children(component, subject, file_name, created=created)]


def _failure(
    component: Component, package: Project, finding: Finding, file_name: str
) -> ComponentResult:
    name = package.relative(finding.path) if component.folder else file_name
    type_name, full_name = finding.component or (component.type.name, component.name)
    return ComponentResult(
        type_name, full_name, name, finding.message, "Error", finding.line, finding.column
    )


def _children(
    component: Component, subject: Subject, file_name: str, *, created: bool
) -> list[ComponentResult]:
    inner = {c.element: c for c in component.type.children if c.addressable}
    root = subject.tree(component.meta) if inner else None
    rows: list[ComponentResult] = []
    if root is None:
        return rows
    for element in root:
        child = inner.get(str(element.tag).rpartition("}")[2])
        if child is None:
            continue
        name = element.findtext(f"{{{NAMESPACE}}}{child.identity or 'fullName'}") or ""
        full_name = name if child.bare else f"{component.name}.{name}"
        rows.append(
            ComponentResult(child.name, full_name, file_name, created=created, changed=True)
        )
    return rows


def missing_members(members: dict[str, set[str]], package: Project) -> list[ComponentResult]:
    """Return a failure for each member that ``package.xml`` names and the zip lacks."""
    present: dict[str, set[str]] = {}
    for component in package.components:
        kind = component.type
        present.setdefault(kind.folder_of or kind.name, set()).add(component.name)
        if kind.name == "Document":
            present[kind.name].add(component.name.rpartition(".")[0])
    # Children travel in their parent's file; the schema looks at them there.
    held = {child.name for c in package.components for child in c.type.children}
    rows = []
    for type_name, names in members.items():
        for name in sorted(names):
            asked = name.rstrip("/")
            if name == "*" or asked in present.get(type_name, set()):
                continue
            if type_name in held:
                continue
            message = (
                f"An object '{name}' of type {type_name} was named in package.xml, "
                "but was not found in zipped directory"
            )
            rows.append(ComponentResult(type_name, name, "package.xml", message, "Error"))
    return rows

"""Creates findings: at an XML element, at an offset of a text, or at a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from sfgen.check.findings import Finding, Severity

if TYPE_CHECKING:
    from sfgen.check.subject import Subject
    from sfgen.project import Component


def at_element(
    subject: Subject,
    component: Component,
    path: str,
    element: etree._Element,
    what: tuple[str, str],
    hint: str | None = None,
    severity: Severity = "error",
) -> Finding:
    """Create a finding at an element; ``what`` is the rule and the message."""
    line = int(str(element.sourceline))
    lines = subject.lines(path)
    text = lines[line - 1] if line <= len(lines) else ""
    column = max(text.find(f"<{etree.QName(element).localname}"), 0) + 1
    return _finding(component, path, (line, column), what, hint, severity)


def at_offset(
    subject: Subject,
    component: Component,
    path: str,
    offset: int,
    what: tuple[str, str],
    hint: str | None = None,
    severity: Severity = "error",
) -> Finding:
    """Create a finding at a character offset of a text file."""
    return _finding(component, path, subject.place(path, offset), what, hint, severity)


def at_line(
    component: Component,
    path: str,
    place: tuple[int, int],
    what: tuple[str, str],
    hint: str | None = None,
    severity: Severity = "error",
) -> Finding:
    """Create a finding at a line and column."""
    return _finding(component, path, place, what, hint, severity)


def _finding(
    component: Component,
    path: str,
    place: tuple[int, int],
    what: tuple[str, str],
    hint: str | None,
    severity: Severity,
) -> Finding:
    rule, message = what
    return Finding(
        path,
        place[0],
        place[1],
        rule,
        message,
        severity,
        hint,
        (component.type.name, component.name),
    )

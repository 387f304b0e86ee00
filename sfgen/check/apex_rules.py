"""Rules: Apex parses, is named like its file, and uses only names that exist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sfgen.apex.syntax.lexer import ApexSyntaxError
from sfgen.check.findings import rule
from sfgen.check.inventory import is_foreign
from sfgen.check.places import at_line, at_offset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.check.findings import Finding
    from sfgen.check.subject import Subject
    from sfgen.project import Component

SYNTAX: Final = rule("apex-syntax", "Apex parses")
NAME: Final = rule("apex-name", "A class or trigger is named like its file")
REFERENCE: Final = rule("apex-reference", "Objects, fields, pages and labels that Apex names exist")
SHARING: Final = rule("apex-sharing", "Every outer class states its sharing")

_TEXTS: Final = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\\n])*'", re.DOTALL)
_CUSTOM: Final = re.compile(r"\b[A-Za-z]\w*?__(?:c|mdt|e|r)\b", re.IGNORECASE)
_LABEL: Final = re.compile(r"\b(?:System\.)?Label\.(?:c\.)?(\w+)\b(?!\s*[.(])")
# Case matters here, though not to Apex: a variable is called page often enough.
_PAGE: Final = re.compile(r"(?<![\w.])Page\.(\w+)\b")
#: What any of the three has in it: most classes need no closer look.
_NAMING: Final = re.compile(r"__|Label\.|Page\.")
_STATED: Final = frozenset({"with sharing", "without sharing", "inherited sharing"})


def check_apex(subject: Subject) -> Iterator[Finding]:
    """Check Apex for syntax, names and references that an org would refuse."""
    for component in subject.project.components:
        if component.type.name not in {"ApexClass", "ApexTrigger"}:
            continue
        path = component.files[0]
        fingerprint = subject.fingerprint(component.name, path)
        if fingerprint not in subject.sound:
            problem = _parse(subject, component, path)
            if problem is not None:
                yield problem
            else:
                subject.sound.add(fingerprint)
        yield from _references(subject, component, path)


def _parse(subject: Subject, component: Component, path: str) -> Finding | None:
    parsed = subject.apex(path)
    if isinstance(parsed, ApexSyntaxError):
        what = (SYNTAX, parsed.message.rstrip("."))
        return at_line(component, path, (parsed.line, parsed.column), what)
    declared = parsed.type or parsed.trigger
    if declared is None or declared.name.lower() == component.name.lower():
        return None
    what = (NAME, f"{declared.name} is declared in the file of {component.name}")
    hint = "an org takes the name from the code: rename one of the two"
    return at_line(component, path, (declared.line, declared.column), what, hint)


def blank(text: str) -> str:
    """Blank out comments and string literals, keeping every offset."""
    return _TEXTS.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _references(subject: Subject, component: Component, path: str) -> Iterator[Finding]:
    text = subject.text(path)
    if _NAMING.search(text) is None:
        return
    text = blank(text)
    inventory = subject.inventory
    for found in _CUSTOM.finditer(text):
        name = found[0]
        if is_foreign(name) or inventory.knows_custom(name):
            continue
        what = (REFERENCE, f"Variable does not exist: {name}: no such object or field")
        yield at_offset(subject, component, path, found.start(), what, f"define {name}")
    for pattern, kind in ((_LABEL, "CustomLabel"), (_PAGE, "ApexPage")):
        for found in pattern.finditer(text):
            name = found[1]
            if not is_foreign(name) and not inventory.has(kind, name):
                what = (REFERENCE, f"{kind} does not exist: {name}")
                yield at_offset(subject, component, path, found.start(1), what)


def check_sharing(subject: Subject) -> Iterator[Finding]:
    """Check that outer classes declare their sharing, whatever the API version's default is."""
    for component in subject.project.components:
        if component.type.name != "ApexClass":
            continue
        parsed = subject.apex(component.files[0])
        declared = None if isinstance(parsed, ApexSyntaxError) else parsed.type
        if declared is None or declared.kind != "class":
            continue
        words = {str(word).lower() for word in declared.modifiers}
        is_test = any(a.name.lower() == "istest" for a in declared.annotations)
        stated = words & _STATED or any("sharing" in word for word in words)
        extends_exception = any(e.name.lower().endswith("exception") for e in declared.extends)
        if stated or is_test or extends_exception:
            continue
        what = (SHARING, f"{component.name} does not state its sharing")
        hint = "write with sharing; or without or inherited sharing, with a comment that says why"
        place = (declared.line, declared.column)
        yield at_line(component, component.files[0], place, what, hint, "warning")

"""Rules: queries that Apex refuses, and queries that work in English orgs only.

Sources: SOQL and SOSL Reference, "FIELDS()" (only FIELDS(STANDARD) is supported in Apex) and the
clauses' pages (what can't be filtered, sorted, grouped); Apex Developer Guide, versioned behaviour;
Profile.Name comes in the language of the running user (public issues of several test suites).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sfgen.apex.host import SECURED, query_refusals
from sfgen.apex.syntax.soql import parse_soql
from sfgen.apex.syntax.soql_nodes import UNBOUNDED, SoqlError
from sfgen.check.findings import rule
from sfgen.check.inventory import child_text
from sfgen.check.places import at_offset
from sfgen.check.query_facts import describe_objects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.apex.host import Schema
    from sfgen.check.findings import Finding
    from sfgen.check.subject import Subject
    from sfgen.project import Component

FIELDS: Final = rule("soql-fields", "Inline queries name their fields or use FIELDS(STANDARD)")
QUERY: Final = rule("soql-query", "Inline queries are accepted by the platform")
DYNAMIC: Final = rule("soql-fields-dynamic", "Dynamic queries don't use FIELDS(ALL) or (CUSTOM)")
PROFILE: Final = rule("soql-profile-name", "No query looks for a standard profile by its name")

_PIECES: Final = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\\n])*'", re.DOTALL)
_INLINE: Final = re.compile(r"\[\s*(?:SELECT|FIND)\b[^\]]*\]", re.IGNORECASE)
_USER_MODE_FROM: Final = 67.0
_UNBOUNDED: Final = re.compile(r"\bFIELDS\s*\(\s*(?:ALL|CUSTOM)\s*\)", re.IGNORECASE)
_DATABASE: Final = re.compile(
    r"\bDatabase\s*\.\s*(?:query|countQuery|getQueryLocator|getCursor|getPaginationCursor)"
    r"(?:WithBinds)?\s*\(",
    re.IGNORECASE,
)
_ASSIGNED: Final = re.compile(r"\b(\w+)\s*\+?=\s*$")
_HINT: Final = "name the fields, or use FIELDS(STANDARD)"
_PROFILE_QUERY: Final = re.compile(r"\bFROM\s+Profile\b(?P<rest>[^\]]*)", re.IGNORECASE)
_FILTER: Final = re.compile(
    r"\b(?P<field>(?:Profile\s*\.\s*)?Name)\s*(?:!=|<>|=|\bIN\b|\bNOT\s+IN\b|\bLIKE\b)\s*"
    r"(?P<values>\(?\s*(?:'(?:\\.|[^'\\])*'\s*,?\s*)+)",
    re.IGNORECASE,
)
_VALUE: Final = re.compile(r"'((?:\\.|[^'\\])*)'")
_STANDARD: Final = frozenset(
    name.lower()
    for name in (
        "System Administrator", "Standard User", "Read Only", "Solution Manager",
        "Marketing User", "Contract Manager", "Standard Platform User", "Chatter Free User",
        "Chatter External User", "Chatter Moderator User", "Customer Community User",
        "Customer Community Plus User", "Customer Community Login User",
        "Partner Community User", "Minimum Access - Salesforce",
        "Minimum Access - API Only Integrations", "Guest License User",
    )
)  # fmt: skip


def check_queries(subject: Subject) -> Iterator[Finding]:
    """Check the queries of Apex for what an org refuses at deploy or at run time."""
    schema = None
    for component, path, text in _apex(subject):
        code = _blanked(text, strings=False)
        queries = list(_INLINE.finditer(code))
        if queries and schema is None:
            schema = describe_objects(subject)
        for query in queries:
            for message in _refusals(subject, component, query[0][1:-1], schema):
                what = (FIELDS if message == UNBOUNDED else QUERY, message.rstrip("."))
                hint = _HINT if message == UNBOUNDED else None
                yield at_offset(subject, component, path, query.start(), what, hint)
        if _UNBOUNDED.search(text) is not None:
            yield from _dynamic(subject, component, path, (text, _blanked(text, strings=True)))


def _refusals(
    subject: Subject, component: Component, text: str, schema: Schema | None
) -> list[str]:
    """The messages of an org's compiler about an inline query, without repetition."""
    try:
        query = parse_soql(text.strip())
    except SoqlError:
        return []  # a search, or what another rule says
    found = [] if schema is None else list(query_refusals(query, schema))
    if query.mode == "SECURITY_ENFORCED" and _version(subject, component) >= _USER_MODE_FROM:
        found.append(SECURED)
    return list(dict.fromkeys(found))


def _version(subject: Subject, component: Component) -> float:
    root = subject.tree(component.meta)
    text = child_text(root, "apiVersion") if root is not None else ""
    return float(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else 0.0


def _dynamic(
    subject: Subject, component: Component, path: str, texts: tuple[str, str]
) -> Iterator[Finding]:
    """Check literals passed to a Database method, directly or through a variable."""
    text, code = texts
    spans = [(call.end(), _end(code, call.end())) for call in _DATABASE.finditer(code)]
    given = {
        name.lower() for start, end in spans for name in re.findall(r"\b\w+\b", code[start:end])
    }
    for literal in _PIECES.finditer(text):
        if not literal[0].startswith("'") or _UNBOUNDED.search(literal[0]) is None:
            continue
        named = _ASSIGNED.search(code, 0, literal.start())
        inside = any(start <= literal.start() < end for start, end in spans)
        if inside or (named is not None and named[1].lower() in given):
            what = (DYNAMIC, UNBOUNDED.rstrip("."))
            yield at_offset(subject, component, path, literal.start(), what, _HINT)


def _end(code: str, start: int) -> int:
    """The offset of the closing parenthesis for the one opened before `start`."""
    depth = 1
    for place in range(start, len(code)):
        depth += (code[place] == "(") - (code[place] == ")")
        if depth == 0:
            return place
    return len(code)


def check_profile_names(subject: Subject) -> Iterator[Finding]:
    """Warn of queries that find no row if the user's language isn't English."""
    for component, path, text in _apex(subject):
        code = _blanked(text, strings=False)
        for query in _INLINE.finditer(code):
            of_profile = _PROFILE_QUERY.search(query[0]) is not None
            for found in _FILTER.finditer(query[0]):
                named = [each[1] for each in _VALUE.finditer(found["values"])]
                standard = next((each for each in named if each.lower() in _STANDARD), None)
                related = "." in found["field"]
                if standard is None or of_profile == related:
                    continue
                what = (PROFILE, f"{standard} has this name in English orgs only")
                hint = "find the profile by its licence (UserLicense) and its permissions"
                offset = query.start() + found.start()
                yield at_offset(subject, component, path, offset, what, hint, "warning")


def _apex(subject: Subject) -> Iterator[tuple[Component, str, str]]:
    for component in subject.project.components:
        if component.type.name in {"ApexClass", "ApexTrigger"}:
            path = component.files[0]
            yield component, path, subject.text(path)


def _blanked(text: str, *, strings: bool) -> str:
    """The text with comments, and strings if wanted, replaced by spaces; offsets stay the same."""

    def blank(found: re.Match[str]) -> str:
        if found[0].startswith("'") and not strings:
            return found[0]
        return re.sub(r"[^\n]", " ", found[0])

    return _PIECES.sub(blank, text)

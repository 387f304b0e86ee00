"""Validates metadata files against the Metadata API's schema, with the messages of an org."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

from sfgen.check.findings import rule
from sfgen.check.schema import Schema, schema
from sfgen.metadata import NAMESPACE, types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MALFORMED: Final = rule("malformed-xml", "A metadata file is well-formed XML")
SCHEMA: Final = rule("metadata-schema", "A metadata file follows the Metadata API's schema")

_XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
#: Older tools wrote bundles' descriptors in this namespace; orgs take them.
_TOOLING: Final = "urn:metadata.tooling.soap.sforce.com"
#: Elements the WSDL calls required, which orgs do without (measured on public repositories).
_NOT_REALLY_REQUIRED: Final = frozenset(
    {("ApexClass", "status"), ("ApexTrigger", "status"), ("ApexClass", "content")}
)
#: Elements newer than the WSDL (API 63), or whose content it doesn't describe.
_OPEN: Final = frozenset(
    {
        ("LightningComponentBundle", "targetConfigs"),
        ("LightningComponentBundle", "ai"),
        ("CustomSite", "allowGuestPaymentsApi"),
        ("CustomField", "displayLocationInDecimal"),
    }
)
#: Orgs take any of the three in a feature parameter's file.
_FEATURE: Final = frozenset(f"FeatureParameter{kind}" for kind in ("Boolean", "Date", "Integer"))
#: Files of their own in source format, though the schema knows them only inside their parent.
_CHILD_ROOTS: Final = frozenset({"CustomFieldTranslation"})


@dataclass(frozen=True, slots=True)
class SchemaProblem:
    """A violation of the schema, at a line and column of the file."""

    line: int
    column: int
    rule: str
    message: str


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.ASCII)
    return lambda text: compiled.fullmatch(text) is not None


_PRIMITIVES: Final[dict[str, Callable[[str], bool]]] = {
    "boolean": _matches("true|false|1|0"),
    "int": _matches(r"[+-]?\d+"),
    "long": _matches(r"[+-]?\d+"),
    "double": _matches(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]?INF|NaN"),
    "date": _matches(r"-?\d{4}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?"),
    "dateTime": _matches(r"-?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"),
    "time": _matches(r"\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"),
}


def parse(data: bytes) -> tuple[etree._Element | None, list[SchemaProblem]]:
    """Parse a metadata file; malformed XML is a problem with its line and column."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(data, parser), []
    except etree.XMLSyntaxError as error:
        line, column = error.position
        message = f"Error parsing file: {error.msg}"
        return None, [SchemaProblem(max(line, 1), max(column, 1), MALFORMED, message)]


def validate(root: etree._Element, lines: list[str], expected: str | None) -> list[SchemaProblem]:
    """Validate a parsed file against the schema.

    Args:
        root: the parsed file.
        lines: the file's lines, for columns.
        expected: the type whose file it is by its name, ``None`` for settings (any type fits).
    """
    return list(_Validator(schema(), lines).run(root, expected))


class _Validator:
    """Validates one file; elements may come in any order, as orgs accept them."""

    def __init__(self, model: Schema, lines: list[str]) -> None:
        self._schema = model
        self._lines = lines

    def run(self, root: etree._Element, expected: str | None) -> Iterator[SchemaProblem]:
        name = etree.QName(root)
        if name.namespace not in {NAMESPACE, _TOOLING}:
            yield self._at(root, f"Invalid namespace {name.namespace or 'none'}: use {NAMESPACE}")
            return
        if (
            expected is not None
            and name.localname != expected
            and not _FEATURE.issuperset({name.localname, expected})
        ):
            yield self._at(root, f"Expected the root element {expected}, found {name.localname}")
            return
        if not self._schema.is_metadata(name.localname) and name.localname not in _CHILD_ROOTS:
            if name.localname not in types().by_name:
                yield self._at(root, f"{name.localname} is not a metadata type")
            return
        yield from self._complex(root, name.localname)

    def _complex(self, element: etree._Element, type_name: str) -> Iterator[SchemaProblem]:
        allowed = self._schema.complex[type_name]
        counts: Counter[str] = Counter()
        previous = ""
        for child in element:
            if isinstance(child, etree._Comment):  # noqa: SLF001 - lxml has no other name
                continue
            name = etree.QName(child).localname
            known = allowed.get(name)
            counts[name] += 1
            if known is None:
                if (type_name, name) not in _OPEN:
                    text = f"Element {{{NAMESPACE}}}{name} invalid at this location in type "
                    yield self._at(child, text + type_name)
                continue
            if counts[name] > 1 and (known.limit == 1 or previous != name):
                message = f"Element {name} is duplicated at this location in type {type_name}"
                yield self._at(child, message)
            previous = name
            if (type_name, name) not in _OPEN:
                yield from self._value(child, known.type)
        for known in allowed.values():
            # A boolean that is left out is false, whatever the schema says.
            missing = known.required and not counts[known.name] and known.type != "boolean"
            if missing and (type_name, known.name) not in _NOT_REALLY_REQUIRED:
                yield self._at(element, f"Required field is missing: {known.name}")

    def _value(self, element: etree._Element, type_name: str) -> Iterator[SchemaProblem]:
        if element.get(f"{_XSI}nil") in {"true", "1"}:
            return
        if type_name in self._schema.complex:
            given = (element.get(f"{_XSI}type") or "").rpartition(":")[2]
            yield from self._complex(element, given if given in self._schema.complex else type_name)
            return
        if type_name == "anyType":
            # The values of custom metadata say themselves what they are.
            type_name = (element.get(f"{_XSI}type") or "anyType").rpartition(":")[2]
        name = etree.QName(element).localname
        stray = next((c for c in element if isinstance(c.tag, str)), None)
        if stray is not None and type_name != "anyType":
            inner = etree.QName(stray).localname
            text = f"Element {{{NAMESPACE}}}{inner} invalid at this location in {name}"
            yield self._at(stray, text)
            return
        text = (element.text or "").strip()
        values = self._schema.enums.get(type_name)
        if values is not None:
            if text not in values:
                yield self._at(element, f"'{text}' is not a valid value for the enum '{type_name}'")
            return
        primitive = self._schema.simple.get(type_name, type_name)
        test = _PRIMITIVES.get(primitive)
        if test is not None and not test(text):
            yield self._at(element, f"'{text}' is not a valid value for the type xsd:{primitive}")

    def _at(self, element: etree._Element, message: str) -> SchemaProblem:
        # Elements made in memory have no line.
        line = int(str(element.sourceline)) if str(element.sourceline).isdigit() else 1
        text = self._lines[line - 1] if line <= len(self._lines) else ""
        tag = str(etree.QName(element).localname)
        return SchemaProblem(line, max(text.find(f"<{tag}"), 0) + 1, SCHEMA, message)

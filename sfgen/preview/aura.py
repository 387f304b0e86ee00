"""Aura components, as far as the generated ones go: emulated, and labelled so.

The framework itself is published in no form that can be shipped (preview.md 4). Markup, attributes,
conditions and iterations are understood; a handler, a method or an event is refused by name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

if TYPE_CHECKING:
    from pathlib import Path

    from sfgen.preview.source import Source

_SPACES: Final = ("aura", "c", "force", "flexipage", "forceCommunity", "lightning", "ltng", "ui")
_FRAMEWORK: Final = frozenset({"attribute", "if", "iteration", "set"})
_VALUE: Final = re.compile(r"^\{[!#]\s*(?P<path>!?\s*v(?:\.\w+)+|\w+(?:\.\w+)*)\s*\}$")


class AuraProblem(Exception):  # noqa: N818 - what the page shows in the component's place
    """Why an Aura component can't be shown."""


def read_component(source: Source, name: str) -> dict[str, Any]:
    """Return a component's attributes and body for the emulator.

    Raises:
        AuraProblem: it is not there, or holds something that the emulator doesn't know.
    """
    path = source.bundle_file("AuraDefinitionBundle", name, f"{name}.cmp")
    if path is None:
        raise AuraProblem(f"c:{name} is no Aura component of this project")
    shown = source.project.relative(path)
    root = _parse(path, shown)
    attributes, body = {}, []
    for child in root:
        if callable(child.tag):  # a comment
            continue
        if child.tag == "{aura}attribute":
            attributes[str(child.get("name"))] = child.get("default")
        else:
            body.append(_read(child, shown, source))
    interfaces = [part.strip() for part in (root.get("implements") or "").split(",")]
    if "force:hasRecordId" in interfaces:
        attributes.setdefault("recordId", None)
    if "force:hasSObjectName" in interfaces:
        attributes.setdefault("sObjectName", None)
    return {"name": name, "attributes": attributes, "body": body}


def _parse(path: Path, shown: str) -> etree._Element:
    spaces = " ".join(f'xmlns:{space}="{space}"' for space in _SPACES)
    text = path.read_text(encoding="utf-8")
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(f"<x {spaces}>{text}</x>".encode(), parser)
    except etree.XMLSyntaxError as error:
        raise AuraProblem(f"{shown}: {error}") from error
    found = [child for child in root if not callable(child.tag)]
    if len(found) != 1 or found[0].tag != "{aura}component":
        raise AuraProblem(f"{shown}: a component is one <aura:component> element")
    return found[0]


def _read(element: etree._Element, shown: str, source: Source) -> dict[str, Any]:
    name = etree.QName(element)
    space, local = name.namespace or "", name.localname
    line = getattr(element, "sourceline", None) or 0
    if space == "aura" and local not in _FRAMEWORK:
        raise AuraProblem(f"{shown}:{line}: <aura:{local}> is not emulated")
    if space not in {"", "aura", "c", "lightning"}:
        raise AuraProblem(f"{shown}:{line}: <{space}:{local}> is not emulated")
    if space == "c" and local in source.of_type("AuraDefinitionBundle"):
        space = "aura-component"
    values = {str(key): _value(str(text), shown, line) for key, text in element.items()}
    content: list[Any] = [element.text or ""]
    for child in element:
        if not callable(child.tag):
            content.append(_read(child, shown, source))
        content.append(child.tail or "")
    kept = [_value(part, shown, line) if isinstance(part, str) else part for part in content]
    return {"space": space, "name": local, "values": values, "content": kept}


def _value(text: str, shown: str, line: int) -> Any:
    stripped = text.strip()
    if not re.search(r"\{[!#]", stripped):
        return text
    match = _VALUE.match(stripped)
    if match is None:
        raise AuraProblem(f"{shown}:{line}: the expression {stripped} is not emulated")
    return {"path": match["path"].replace(" ", "")}

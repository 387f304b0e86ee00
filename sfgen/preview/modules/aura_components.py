"""Reads Aura bundles into definitions for the emulator in the browser.

The framework itself is published in no form that can be shipped (forcedotcom/aura is a
snapshot of 2022, built by Maven, without the ``lightning`` components). Its behaviour is
taken from the Lightning Aura Components Developer Guide; what the emulator doesn't know is shown
as an error in the component's place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

if TYPE_CHECKING:
    from pathlib import Path

    from sfgen.preview.project.source import Source

_SPACES: Final = ("aura", "c", "force", "flexipage", "forceCommunity", "lightning", "ltng", "ui")
_DRAWN: Final = frozenset({"if", "iteration", "set", "text", "renderIf"})
_EXPRESSION: Final = re.compile(
    r"\{(?P<mark>[!#])(?P<text>(?:'[^']*'|\"[^\"]*\"|[^'\"}])*)\}", re.DOTALL
)
_SCRIPTS: Final = ("Controller", "Helper", "Renderer")


class AuraProblem(Exception):  # noqa: N818 - what the page shows in the component's place
    """Why an Aura component can't be shown."""


def read_component(source: Source, name: str) -> dict[str, Any]:
    """Return a component's definition for the emulator: markup, scripts, style and labels.

    Raises:
        AuraProblem: it is not there, or is not well-formed.
    """
    path = source.bundle_file("AuraDefinitionBundle", name, f"{name}.cmp")
    if path is None:
        raise AuraProblem(f"c:{name} is no Aura component of this project")
    shown = source.project.relative(path)
    root = _parse(path, shown, "component")
    reading = _Reading(source, shown)
    definition: dict[str, Any] = {
        "name": name,
        "file": shown,
        "controller": root.get("controller"),
        "attributes": {},
        "handlers": [],
        "events": {},
        "methods": [],
        "body": [],
        "scripts": {
            script.lower(): text
            for script in _SCRIPTS
            if (text := _read_bundle(source, name, f"{name}{script}.js"))
        },
        "style": _read_bundle(source, name, f"{name}.css").replace(".THIS", f".c{name}"),
        "labels": source.labels,
    }
    for child in root:
        if not callable(child.tag):  # a comment
            reading.take(child, definition)
    definition["attributes"].update(_inherited(root))
    return definition


class _Reading:
    """Turns one component's elements into what the emulator understands."""

    def __init__(self, source: Source, shown: str) -> None:
        self._source = source
        self._shown = shown

    def take(self, element: etree._Element, definition: dict[str, Any]) -> None:
        """Add a child of ``aura:component`` to the definition."""
        values = _texts(element)
        if element.tag == "{aura}attribute":
            definition["attributes"][values.get("name", "")] = _attribute(values)
        elif element.tag == "{aura}handler":
            definition["handlers"].append(
                {key: _value(text) for key, text in values.items()}
                | {"line": element.sourceline, "kind": self._kind(values.get("event", ""))}
            )
        elif element.tag == "{aura}registerEvent":
            event = self._event(values.get("type", ""))
            definition["events"][values.get("name", "")] = event
        elif element.tag == "{aura}method":
            definition["methods"].append(
                {
                    "name": values.get("name", ""),
                    "action": _value(values.get("action", "{!c." + values.get("name", "") + "}")),
                    "attributes": [
                        {"name": str(one.get("name")), **_attribute(_texts(one))}
                        for one in element.iterchildren("{aura}attribute")
                    ],
                }
            )
        elif element.tag != "{aura}dependency":
            definition["body"].append(self._node(element))
        definition["body"].extend(_text(element.tail))

    def _node(self, element: etree._Element) -> dict[str, Any]:
        name = etree.QName(element)
        space, local = name.namespace or "", name.localname
        node: dict[str, Any] = {
            "space": space,
            "name": local,
            "line": element.sourceline,
            "values": {_plain(key): _value(text) for key, text in _texts(element).items()},
        }
        if problem := self._problem(space, local):
            node["problem"] = f"{self._shown}:{element.sourceline}: {problem}"
        elif space == "c" and local in self._source.of_type("AuraDefinitionBundle"):
            node["space"] = "aura-component"
        content: list[Any] = _text(element.text)
        for child in element:
            if not callable(child.tag):
                content.append(self._node(child))
            content.extend(_text(child.tail))
        node["content"] = content
        return node

    def _problem(self, space: str, local: str) -> str:
        if space == "aura" and local not in _DRAWN:
            return f"<aura:{local}> is not emulated"
        if space == "c":
            kinds = ("AuraDefinitionBundle", "LightningComponentBundle")
            known = any(local in self._source.of_type(kind) for kind in kinds)
            return "" if known else f"c:{local} is not in this project"
        if space not in {"", "aura", "lightning"}:
            return f"<{space}:{local}> is not emulated (the org has it)"
        return ""

    def _event(self, type_name: str) -> dict[str, Any]:
        space, _, local = type_name.partition(":")
        path = self._source.bundle_file("AuraDefinitionBundle", local, f"{local}.evt")
        if space != "c" or path is None:
            return {"type": type_name, "problem": f"{type_name} is no event of this project"}
        shown = self._source.project.relative(path)
        root = _parse(path, shown, "event")
        return {
            "type": type_name,
            "kind": (root.get("type") or "COMPONENT").upper(),
            "attributes": [str(one.get("name")) for one in root.iterchildren("{aura}attribute")],
        }

    def _kind(self, type_name: str) -> str:
        return str(self._event(type_name).get("kind", "")) if type_name.startswith("c:") else ""


def _parse(path: Path, shown: str, kind: str) -> etree._Element:
    spaces = " ".join(f'xmlns:{space}="{space}"' for space in _SPACES)
    text = path.read_text(encoding="utf-8")
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(f"<x {spaces}>{text}</x>".encode(), parser)
    except etree.XMLSyntaxError as error:
        raise AuraProblem(f"{shown}: {error}") from error
    found = [child for child in root if not callable(child.tag)]
    if len(found) != 1 or found[0].tag != f"{{aura}}{kind}":
        raise AuraProblem(f"{shown}: the markup is one <aura:{kind}> element")
    return found[0]


def _inherited(root: etree._Element) -> dict[str, Any]:
    """Return the attributes that interfaces bring, and the body that every component has."""
    interfaces = [part.strip() for part in (root.get("implements") or "").split(",")]
    brought = {"body": {"type": "Aura.Component[]", "default": None}}
    for interface, name in (
        ("force:hasRecordId", "recordId"),
        ("force:hasSObjectName", "sObjectName"),
    ):
        if interface in interfaces:
            brought[name] = {"type": "String", "default": None}
    return brought


def _attribute(values: dict[str, str]) -> dict[str, Any]:
    default = values.get("default")
    return {
        "type": values.get("type", "Object"),
        "default": None if default is None else _value(default),
    }


def _texts(element: etree._Element) -> dict[str, str]:
    return {str(key): str(text) for key, text in element.items()}


def _plain(name: str) -> str:
    return name.replace("{aura}", "aura:")


def _text(text: str | None) -> list[Any]:
    """Return a run of text, without the white space around it: the framework drops that."""
    stripped = (text or "").strip()
    return [{"text": _value(stripped)}] if stripped else []


def _value(text: str) -> str | dict[str, Any]:
    """Return plain text as it is, and text with expressions as its parts."""
    parts: list[str | dict[str, Any]] = []
    end = 0
    for found in _EXPRESSION.finditer(text):
        if found.start() > end:
            parts.append(text[end : found.start()])
        parts.append({"expression": found["text"].strip(), "bound": found["mark"] == "!"})
        end = found.end()
    if not parts:
        return text
    if end < len(text):
        parts.append(text[end:])
    return {"parts": parts}


def _read_bundle(source: Source, name: str, file: str) -> str:
    path = source.bundle_file("AuraDefinitionBundle", name, file)
    return path.read_text(encoding="utf-8") if path else ""

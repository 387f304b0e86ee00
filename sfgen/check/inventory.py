"""Index of the components in a project and its surroundings, for the rules on references."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sfgen.metadata import NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from sfgen.project import Component

    #: Returns the parsed XML file at a path; nothing where there is none or it is malformed.
    ReadTree = Callable[[str | None], etree._Element | None]  # noqa: SLF001 - lxml has no other name

_CUSTOM_ENDING: Final = re.compile(
    r"__(c|mdt|e|x|b|r|pc|kav|share|history|feed|changeevent)$", re.IGNORECASE
)


def is_foreign(name: str) -> bool:
    """Say whether a name has another namespace, so that the project doesn't define it."""
    return "__" in _CUSTOM_ENDING.sub("", name)


def child_text(element: etree._Element, name: str) -> str:
    """Return the text of an element's child, without the space around it."""
    return (element.findtext(f"{{{NAMESPACE}}}{name}") or "").strip()


@dataclass(slots=True)
class Inventory:
    """Components by type and name, in lower case, as Salesforce ignores case.

    Attributes:
        names: metadata type to the full names that exist.
        fields: object to its fields, each with its parsed definition.
        relationships: names under which children are found, without ``__r``.
        components: (type, lower-case name) to the component.
    """

    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    fields: dict[str, dict[str, etree._Element]] = field(default_factory=lambda: defaultdict(dict))
    relationships: set[str] = field(default_factory=set)
    components: dict[tuple[str, str], Component] = field(default_factory=dict)

    def has(self, type_name: str, full_name: str) -> bool:
        """Say whether a component exists."""
        return full_name.lower() in self.names[type_name]

    def find(self, type_name: str, full_name: str) -> Component | None:
        """Find a component by its type and name."""
        return self.components.get((type_name, full_name.lower()))

    def knows_custom(self, name: str) -> bool:
        """Say whether an object or field has that name; ``__r`` stands for its lookup field."""
        lower = name.lower()
        field_name = lower[:-1] + "c" if lower.endswith("__r") else lower
        if lower in self.names["CustomObject"]:
            return True
        if lower.endswith("__r") and lower[:-3] in self.relationships:
            return True
        return any(field_name in fields for fields in self.fields.values())

    def add(self, component: Component, read_tree: ReadTree) -> None:
        """Add a component and its children."""
        kind = component.type
        self.names[kind.name].add(component.name.lower())
        self.components[kind.name, component.name.lower()] = component
        for child in component.children:
            self._add_child(component, child.type.name, child.name, read_tree(child.meta))
        if not kind.children:
            return
        paths = component.files if kind.kind == "labels" else (component.meta,)
        for path in paths:
            root = read_tree(path)
            for element in root if root is not None else ():
                held = kind.child_by_element(str(element.tag).rpartition("}")[2])
                if held is not None:
                    name = child_text(element, held.identity or "fullName")
                    self._add_child(component, held.name, name, element, bare=held.bare)

    def _add_child(
        self,
        parent: Component,
        type_name: str,
        name: str,
        element: etree._Element | None,
        *,
        bare: bool = False,
    ) -> None:
        full_name = name if bare else f"{parent.name}.{name}"
        self.names[type_name].add(full_name.lower())
        if type_name == "CustomField" and element is not None:
            relation = child_text(element, "relationshipName")
            if relation:
                self.relationships.add(relation.lower())
            self.fields[parent.name.lower()][name.lower()] = element

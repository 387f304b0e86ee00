"""Reads a project's metadata: bundles, pages, resources, labels, fields."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from sfgen.errors import ProjectError
from sfgen.project import read_project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.project import Component, Project

NAMESPACE = "{http://soap.sforce.com/2006/04/metadata}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


@dataclass(frozen=True)
class Source:
    """One reading of a project; make a new one when a file changed.

    Args:
        project: as `sfgen.project` reads it.
    """

    project: Project
    _documents: dict[str, etree._Element] = field(default_factory=dict)

    def of_type(self, type_name: str) -> dict[str, Component]:
        """Return the components of a metadata type by name."""
        return self._by_type.get(type_name, {})

    @cached_property
    def _by_type(self) -> dict[str, dict[str, Component]]:
        found: dict[str, dict[str, Component]] = {}
        for component in self.project.components:
            found.setdefault(component.type.name, {})[component.name] = component
        return found

    @property
    def root(self) -> Path:
        """The folder that holds ``sfdx-project.json``."""
        return self.project.root

    @property
    def namespace(self) -> str:
        """The namespace of ``sfdx-project.json``, or nothing."""
        return self.project.configuration.namespace

    @cached_property
    def labels(self) -> dict[str, str]:
        """Custom labels by name."""
        found: dict[str, str] = {}
        for component in self.of_type("CustomLabels").values():
            for path in component.files:
                for label in self.document(path).iter(f"{NAMESPACE}labels"):
                    found[child_text(label, "fullName")] = child_text(label, "value")
        return found

    def bundle_file(self, kind: str, name: str, file: str) -> Path | None:
        """Return a file of an LWC or Aura bundle, if the bundle has it."""
        component = self.of_type(kind).get(name)
        if component is None or component.folder is None:
            return None
        path = Path(component.folder) / file
        inside = str(path.resolve()).startswith(f"{Path(component.folder).resolve()}{os.sep}")
        return path if inside and path.is_file() else None

    def document(self, path: str) -> etree._Element:
        """Parse a metadata file once.

        Raises:
            ProjectError: it is gone or not well-formed.
        """
        known = self._documents.get(path)
        if known is None:
            try:
                known = etree.parse(path, _PARSER).getroot()
            except (OSError, etree.XMLSyntaxError) as error:
                reason = str(error).partition("\n")[0]
                raise ProjectError(f"{self.project.relative(path)}: {reason}") from error
            self._documents[path] = known
        return known

    def metadata(self, type_name: str, name: str) -> etree._Element | None:
        """Return the XML of one component, or ``None`` when there is no such component."""
        component = self.of_type(type_name).get(name)
        if component is None or component.meta is None:
            return None
        return self.document(component.meta)

    def field_names(self, object_name: str) -> dict[str, etree._Element]:
        """Return the custom fields of an object with their XML."""
        component = self.of_type("CustomObject").get(object_name)
        if component is None:
            return {}
        return {
            child.name: self.document(child.meta)
            for child in component.children
            if child.type.name == "CustomField"
        }


def read_source(root: Path) -> Source:
    """Read the project at ``root``.

    Raises:
        ProjectError: it is no SFDX project.
    """
    return Source(read_project(root))


def child_text(element: etree._Element, name: str) -> str:
    """Return the text of a child element, or nothing."""
    return (element.findtext(f"{NAMESPACE}{name}") or "").strip()


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Iterate over the children of one name."""
    return element.iterchildren(f"{NAMESPACE}{name}")

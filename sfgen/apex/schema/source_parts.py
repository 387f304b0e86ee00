"""The XML of a project's objects and value sets, put together from its files."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sfgen.apex.schema.source_fields import read_values
from sfgen.apex.schema.source_files import Element, parse_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.apex.schema.schema import PicklistValue

__all__ = ["ObjectParts", "collect_parts"]

_PART = re.compile(r"(?:.*/)?objects/([^/]+)/(fields|recordTypes|validationRules|fieldSets)/[^/]+")
_WHOLE = re.compile(r"(?:.*/)?objects/(?:[^/]+/)?([^/]+?)\.object(?:-meta\.xml)?\Z")


class ObjectParts:
    """The elements of one object, from its own file and from the files beside it."""

    def __init__(self) -> None:
        self.head: Element | None = None
        self.fields: list[Element] = []
        self.record_types: list[Element] = []
        self.rules: list[Element] = []
        self.field_sets: list[Element] = []

    def add(self, kind: str, node: Element) -> None:
        """File one element read from a file of its own."""
        lists = {
            "fields": self.fields,
            "recordTypes": self.record_types,
            "validationRules": self.rules,
            "fieldSets": self.field_sets,
        }
        lists[kind].append(node)

    def take_head(self, node: Element) -> None:
        """The object's own file, which in metadata format holds everything."""
        self.head = node
        for kind in ("fields", "recordTypes", "validationRules", "fieldSets"):
            for each in node.all(kind):
                self.add(kind, each)


def collect_parts(
    files: Mapping[str, bytes],
) -> tuple[
    dict[str, ObjectParts],
    dict[str, tuple[PicklistValue, ...]],
    dict[str, tuple[PicklistValue, ...]],
]:
    """Objects, global value sets and standard value sets, by name.

    Raises ProjectError for metadata that is not well-formed XML.
    """
    parts: dict[str, ObjectParts] = {}
    value_sets: dict[str, tuple[PicklistValue, ...]] = {}
    standard_sets: dict[str, tuple[PicklistValue, ...]] = {}
    for path, data in files.items():
        if part := _PART.match(path):
            parts.setdefault(part[1], ObjectParts()).add(part[2], parse_xml(path, data))
        elif whole := _WHOLE.match(path):
            parts.setdefault(whole[1], ObjectParts()).take_head(parse_xml(path, data))
        elif ".globalValueSet" in path:
            name = PurePosixPath(path).name.partition(".")[0].lower()
            values = read_values(parse_xml(path, data), "customValue")
            value_sets[name] = values
            value_sets[f"{name}__gvs"] = values
        elif ".standardValueSet" in path:
            name = PurePosixPath(path).name.partition(".")[0].lower()
            standard_sets[name] = read_values(parse_xml(path, data), "standardValue")
    return parts, value_sets, standard_sets

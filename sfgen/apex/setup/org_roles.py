"""The roles of the org: those that a Developer Edition org begins with, and the project's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sfgen.apex.schema.source_files import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sfgen.apex.runtime.ids import Id
    from sfgen.apex.store.org_rows import OrgRows

__all__ = ["write_roles"]

_FILE = re.compile(r"(?:.*/)?([^/]+)\.role(?:-meta\.xml)?\Z")
# Salesforce Help, "Sample Role Hierarchy": a role behind each that it reports to.
_FIRST = {
    "CEO": ("CFO", "COO", "SVP Customer Service & Support", "SVP Human Resources",
            "SVP Sales & Marketing"),
    "SVP Customer Service & Support": ("Customer Support, International",
            "Customer Support, North America", "Installation & Repair Services"),
    "SVP Sales & Marketing": ("VP, International Sales", "VP, Marketing",
            "VP, North American Sales"),
    "VP, Marketing": ("Marketing Team",),
    "VP, North American Sales": ("Director, Channel Sales", "Director, Direct Sales"),
    "Director, Channel Sales": ("Channel Sales Team",),
    "Director, Direct Sales": ("Eastern Sales Team", "Western Sales Team"),
}  # fmt: skip


def write_roles(rows: OrgRows, files: Mapping[str, bytes]) -> None:
    """A row per role, with the roles that they report to.

    Source: Metadata API Developer Guide, Role (`name`, `parentRole`).
    """
    made: dict[str, Id] = {}
    parents: dict[str, str] = {}
    for key, label, parent in [*_first_roles(), *_own_roles(files)]:
        if key not in made:
            made[key] = rows.add("UserRole", name=label, developername=key, portaltype="None")
        parents[key] = parent
    for key, parent in parents.items():
        if parent in made:
            rows.store.update(rows.schema["UserRole"], made[key], {"parentroleid": made[parent]})


def _first_roles() -> Iterator[tuple[str, str, str]]:
    yield "CEO", "CEO", ""
    for parent, below in _FIRST.items():
        for label in below:
            yield _developer_name(label), label, _developer_name(parent)


def _developer_name(label: str) -> str:
    return re.sub(r"\W+", "", label.replace("&", "").replace(" ", "_")).replace("__", "_")


def _own_roles(files: Mapping[str, bytes]) -> Iterator[tuple[str, str, str]]:
    for path, data in files.items():
        if found := _FILE.match(path):
            role = parse_xml(path, data)
            yield found[1], role.text("name") or found[1], role.text("parentRole")

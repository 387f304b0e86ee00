"""Salesforce's metadata types: folder, suffix and how their files belong together.

The rows stand in ``types.tsv``. A ``kind`` is one of:

- ``plain``: one XML file, ``X.<suffix>-meta.xml`` in source format, ``X.<suffix>`` in a package;
- ``content``: a content file beside an XML file of the same name plus ``-meta.xml``;
- ``bundle``, ``site``: a folder of files that is one component;
- ``mixed``: a content file or folder of any extension beside its XML file;
- ``resource``: a static resource, whose content becomes ``X.resource``;
- ``decomposed``: a folder with one file per child, merged into one file in a package;
- ``labels``: one file whose entries are components of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Final

META_XML: Final = "-meta.xml"
NAMESPACE: Final = "http://soap.sforce.com/2006/04/metadata"


@dataclass(frozen=True, slots=True)
class ChildType:
    """A type that lives inside another, as ``CustomField`` in ``CustomObject``.

    Attributes:
        element: the tag that holds it in the parent's XML.
        identity: the child element that names it.
        bare: its full name leaves out the parent's.
        addressable: ``package.xml`` may name it.
    """

    name: str
    folder: str
    suffix: str
    element: str
    identity: str | None
    bare: bool
    addressable: bool


@dataclass(frozen=True, slots=True)
class MetadataType:
    """One row of the table.

    Attributes:
        in_folder: components stand in named folders (reports, dashboards, documents, e-mail).
        strict: files belong to the type only inside its own folder.
        folder_of: the type whose folders this one describes.
        within: the type inside whose folders this one stands (Territory2 in Territory2Model).
        fixed_name: the component is named like the type, whatever the file is called.
        meta_name: the bundle's descriptor where it isn't an XML file of the usual name.
    """

    name: str
    folder: str
    suffix: str | None
    kind: str
    in_folder: bool = False
    strict: bool = False
    folder_of: str | None = None
    within: str | None = None
    nested: bool = False
    fixed_name: bool = False
    meta_name: str | None = None
    children: tuple[ChildType, ...] = field(default=())

    def child_by_suffix(self, suffix: str) -> ChildType | None:
        """Find the child type whose source files end in ``.<suffix>-meta.xml``."""
        return next((child for child in self.children if child.suffix == suffix), None)

    def child_by_element(self, element: str) -> ChildType | None:
        """Find the child type that ``element`` holds in the merged file."""
        return next((child for child in self.children if child.element == element), None)


@dataclass(frozen=True, slots=True)
class Table:
    """The metadata types by name, by suffix (those that aren't strict) and by folder."""

    by_name: dict[str, MetadataType]
    by_suffix: dict[str, MetadataType]
    by_folder: dict[str, tuple[MetadataType, ...]]
    strict_folders: dict[str, MetadataType]
    content_suffixes: dict[str, MetadataType]


@cache
def types() -> Table:
    """Read the table once."""
    text = resources.files(__name__).joinpath("types.tsv").read_text(encoding="utf-8")
    rows: list[tuple[list[str], list[list[str]]]] = []
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        if line.startswith("."):
            rows[-1][1].append(cells)
        else:
            rows.append((cells, []))
    return _index([_type_of(cells, children) for cells, children in rows])


def _index(all_types: list[MetadataType]) -> Table:
    by_folder: dict[str, tuple[MetadataType, ...]] = {}
    for kind in all_types:
        by_folder[kind.folder] = (*by_folder.get(kind.folder, ()), kind)
    loose = {kind.suffix: kind for kind in all_types if kind.suffix and not kind.strict}
    return Table(
        by_name={kind.name: kind for kind in all_types},
        by_suffix=loose,
        by_folder=by_folder,
        strict_folders={kind.folder: kind for kind in all_types if kind.strict},
        content_suffixes={name: kind for name, kind in loose.items() if kind.kind == "content"},
    )


def _options(cells: list[str]) -> dict[str, str]:
    if len(cells) < 5:
        return {}
    pairs = (option.partition("=") for option in cells[4].split(","))
    return {name: value or "yes" for name, _, value in pairs}


def _type_of(cells: list[str], children: list[list[str]]) -> MetadataType:
    options = _options(cells)
    return MetadataType(
        name=cells[0],
        folder=cells[1],
        suffix=None if cells[2] == "-" else cells[2],
        kind=cells[3],
        in_folder="infolder" in options,
        strict="strict" in options,
        folder_of=options.get("folderof"),
        within=options.get("in"),
        nested="nested" in options,
        fixed_name="fixedname" in options,
        meta_name=options.get("meta"),
        children=tuple(_child_of(row) for row in children),
    )


def _child_of(cells: list[str]) -> ChildType:
    options = _options(cells)
    return ChildType(
        name=cells[0][1:],
        folder=cells[1],
        suffix=cells[2],
        element=options.get("element", cells[1]),
        identity=options.get("id"),
        bare="bare" in options,
        addressable="unaddressable" not in options,
    )

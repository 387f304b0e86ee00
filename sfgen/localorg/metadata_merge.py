"""Merges a deployed file with the org's: a deploy adds and changes children, never drops any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from sfgen.metadata import NAMESPACE, MetadataType, types

if TYPE_CHECKING:
    from pathlib import Path


def join(org: Path, name: str, incoming: bytes) -> bytes:
    """Return ``incoming`` with the children that only the org's file ``name`` has.

    An incoming file with nothing but children leaves the rest of the deployed one as it is.
    """
    kind = _kind_with_children(name)
    if kind is None or not (org / name).is_file():
        return incoming
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    try:
        new = etree.fromstring(incoming, parser)
    except etree.XMLSyntaxError:
        return incoming
    old = etree.fromstring((org / name).read_bytes(), parser)
    mentioned = {_identity(element, kind) for element in new} - {None}
    only_children = all(_identity(element, kind) for element in new)
    for element in old:
        identity = _identity(element, kind)
        if (identity is None and only_children) or (identity and identity not in mentioned):
            new.append(element)
    etree.indent(new, space="    ")
    return etree.tostring(new, xml_declaration=True, encoding="UTF-8")


def _kind_with_children(name: str) -> MetadataType | None:
    folder, _, file = name.rpartition("/")
    suffix = file.rpartition(".")[2]
    kinds = types().by_folder.get(folder.rpartition("/")[2], ())
    return next((kind for kind in kinds if kind.children and kind.suffix == suffix), None)


def _identity(element: etree._Element, kind: MetadataType) -> tuple[str, str] | None:
    if isinstance(element, etree._Comment):  # noqa: SLF001 - lxml has no other name
        return None
    name = etree.QName(element).localname
    child = kind.child_by_element(name)
    if child is None:
        return None
    text = element.findtext(f"{{{NAMESPACE}}}{child.identity or 'fullName'}")
    return name, text or ""

"""A project's files as the readers of `data/` see them: paths, contents, XML elements."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from lxml import etree

from sfgen.errors import ProjectError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Element", "files_below", "parse_xml", "paths_below"]

_SUFFIXES = (
    "-meta.xml", ".object", ".labels", ".permissionset", ".profile", ".md", ".globalValueSet",
    ".cls", ".trigger", ".page", ".featureParameterBoolean", ".featureParameterInteger",
    ".featureParameterDate", ".report", ".remoteSite",
)  # fmt: skip
_SKIPPED = frozenset({"node_modules", ".git", ".sfdx", ".sf", "__tests__", "lwc", "aura"})
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)


class Element:
    """An XML element of metadata, read without regard to its namespace."""

    __slots__ = ("children", "node")

    def __init__(self, node: etree._Element) -> None:
        self.node = node
        self.children: dict[str, list[Element]] = {}
        for child in node:
            if isinstance(child.tag, str):
                name = child.tag.rpartition("}")[2]
                self.children.setdefault(name, []).append(Element(child))

    @property
    def content(self) -> str:
        """The element's own text."""
        return self.node.text or ""

    def attribute(self, name: str) -> str:
        """An attribute by local name, empty if it is missing."""
        for key, value in self.node.attrib.items():
            if str(key).rpartition("}")[2] == name:
                return str(value)
        return ""

    def all(self, name: str) -> list[Element]:
        """The children of that name."""
        return self.children.get(name, [])

    def first(self, name: str) -> Element | None:
        """The first child of that name."""
        found = self.children.get(name)
        return found[0] if found else None

    def text(self, name: str, default: str = "") -> str:
        """The text of the first child of that name."""
        found = self.children.get(name)
        return found[0].content if found else default

    def number(self, name: str, default: int = 0) -> int:
        """The whole number in a child."""
        text = self.text(name).strip()
        return int(text) if text else default

    def flag(self, name: str, *, default: bool = False) -> bool:
        """The Boolean in a child."""
        text = self.text(name).strip().lower()
        return text == "true" if text else default


def parse_xml(path: str, data: bytes) -> Element:
    """The root element; ProjectError for what isn't well-formed."""
    try:
        return Element(etree.fromstring(data, _PARSER))
    except etree.XMLSyntaxError as problem:
        raise ProjectError(f"{path} is not well-formed XML: {problem}") from None


def files_below(roots: Iterable[Path]) -> Mapping[str, bytes]:
    """The metadata below the package directories, by path from the current folder."""
    return {str(PurePosixPath(path)): path.read_bytes() for path in paths_below(roots)}


def paths_below(roots: Iterable[Path]) -> Iterator[Path]:
    """The paths of what `files_below` reads."""
    for root in roots:
        yield from _walk(root)


def _walk(root: Path) -> Iterator[Path]:
    """The files below a folder, however deep; a link to a folder above it leads nowhere."""
    left = sorted(root.iterdir(), reverse=True)
    while left:
        path = left.pop()
        folder = path.parent
        if path.is_dir():
            if path.name not in _SKIPPED and not _leads_back(path):
                left += sorted(path.iterdir(), reverse=True)
        elif path.name.endswith(_SUFFIXES) or folder.name == "staticresources":
            yield path


def _leads_back(path: Path) -> bool:
    """Whether a link leads to a folder that it is in."""
    if not path.is_symlink():
        return False
    target, here = os.path.realpath(path), os.path.realpath(path.parent)
    return here == target or here.startswith(target.rstrip(os.sep) + os.sep)

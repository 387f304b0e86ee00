"""Merges the files of a decomposed component into the one file of a package.

The order of elements and the escapes are those of Salesforce's own tools, so that a package is the
same byte for byte whoever makes it (SDR's recomposition: the parent's elements, then the children
grouped by tag, tags in alphabetical order, children by full name).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Union

from lxml import etree

from sfgen.errors import ProjectError
from sfgen.metadata import NAMESPACE
from sfgen.package.manifest import DECLARATION

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Stands for ``&#`` while lxml parses, because numeric references stay as they are written.
_REFERENCE: Final = "\ue000"
_COMMENT: Final = "#comment"
_AROUND_COMMENTS: Final = re.compile(r"\s+<!--(.*?)-->\s+")

#: An element: its text, or its children by tag, with ``@name`` for attributes.
Node = Union[str, dict[str, "list[Node]"]]  # noqa: UP007 - Python 3.10 can't join a text by |
Content = dict[str, list[Node]]


@dataclass(frozen=True, slots=True)
class Piece:
    """One source file to merge: its content without the root element."""

    element: str
    identity: str
    content: Content
    path: str


@dataclass(frozen=True, slots=True)
class Span:
    """Lines ``first`` to ``last`` of a merged file came from ``path``."""

    first: int
    last: int
    path: str


def parse_source(data: bytes, path: str) -> Content:
    """Parse a metadata file into the content of its root.

    Raises:
        ProjectError: malformed XML; the message names file, line and column.
    """
    text = data.decode("utf-8-sig", errors="replace").replace("&#", _REFERENCE)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, strip_cdata=False)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        message = f"{path}:{line}:{column}: malformed XML: {error.msg}"
        raise ProjectError(message) from None
    content = _content(root)
    if isinstance(content, str):
        content = {}
    declared: Content = {f"@xmlns:{p}": [u] for p, u in root.nsmap.items() if p}
    return {**declared, **content}


def text_of(content: Content, name: str) -> str:
    """Return the text of the first child called ``name``, or None."""
    found = content.get(name)
    return found[0] if found and isinstance(found[0], str) else ""


def merge(root: str, parent: Content, pieces: list[Piece]) -> tuple[str, list[Span]]:
    """Merge ``pieces`` into ``parent`` and write the whole as the file of type ``root``."""
    groups: dict[str, list[Piece]] = {}
    for piece in pieces:
        groups.setdefault(piece.element, []).append(piece)
    merged = dict(parent)
    paths: dict[tuple[str, int], str] = {}
    for element in sorted(groups):
        ordered = sorted(groups[element], key=lambda piece: collation_key(piece.identity))
        merged[element] = [piece.content for piece in ordered]
        paths.update({(element, index): piece.path for index, piece in enumerate(ordered)})
    lines, spans = _write(root, merged, paths)
    text = DECLARATION + "\n".join(lines) + "\n"
    text = _AROUND_COMMENTS.sub(r"<!--\1-->", text) if "<!--" in text else text
    return text.replace(_REFERENCE, "&#"), spans


def collation_key(name: str) -> tuple[list[tuple[int, str]], str]:
    """Order names as JavaScript's ``localeCompare`` does: punctuation, digits, letters, case."""

    def weight(character: str) -> tuple[int, str]:
        rank = 2 if character.isalpha() else 1 if character.isdigit() else 0
        return rank, character.lower()

    return [weight(character) for character in name], name.swapcase()


def _content(element: etree._Element) -> Node:
    nodes: Content = {}
    for name, value in element.attrib.items():
        nodes[f"@{_prefixed(element, str(name))}"] = [str(value)]
    for child in element:
        if isinstance(child, etree._Comment):  # noqa: SLF001 - lxml has no other name
            nodes.setdefault(_COMMENT, []).append(child.text or "")
        elif isinstance(child.tag, str):
            nodes.setdefault(_prefixed(element, child.tag), []).append(_content(child))
    text = (element.text or "").strip()
    if not nodes:
        return text
    if text:
        nodes.setdefault("#text", []).append(text)
    return nodes


def _prefixed(element: etree._Element, tag: str) -> str:
    name = etree.QName(tag)
    if not name.namespace or name.namespace == NAMESPACE:
        return name.localname
    prefix = next((p for p, uri in element.nsmap.items() if uri == name.namespace and p), None)
    return f"{prefix}:{name.localname}" if prefix else name.localname


def _write(
    root: str, merged: Content, paths: dict[tuple[str, int], str]
) -> tuple[list[str], list[Span]]:
    attributes = "".join(f' {n[1:]}="{v[0]}"' for n, v in merged.items() if n.startswith("@"))
    lines = [f'<{root} xmlns="{NAMESPACE}"{attributes}>']
    spans: list[Span] = []
    height = 1
    for name, values in merged.items():
        if name.startswith("@"):
            continue
        for index, value in enumerate(values):
            # The declaration is line 1 of the file.
            first = height + 2
            added = list(_write_node(name, value, "    "))
            lines.extend(added)
            # A comment is joined to the lines around it, which takes two line ends away.
            height += sum(1 + line.count("\n") for line in added)
            height -= 2 * sum(1 for line in added if line.lstrip().startswith("<!--"))
            path = paths.get((name, index))
            if path:
                spans.append(Span(first, height + 1, path))
    lines.append(f"</{root}>")
    return lines, spans


def _write_node(name: str, node: Node, indent: str) -> Iterator[str]:
    if name == _COMMENT:
        yield f"{indent}<!--{node}-->"
        return
    if isinstance(node, str):
        yield f"{indent}<{name}>{_escape(node)}</{name}>"
        return
    attributes = "".join(
        f' {key[1:]}="{_escape(str(value[0]))}"'
        for key, value in node.items()
        if key.startswith("@")
    )
    if "#text" in node:
        yield f"{indent}<{name}{attributes}>{_escape(str(node['#text'][0]))}</{name}>"
        return
    children = {key: value for key, value in node.items() if not key.startswith("@")}
    if not children:
        yield f"{indent}<{name}{attributes}></{name}>"
        return
    yield f"{indent}<{name}{attributes}>"
    for key, values in children.items():
        for value in values:
            yield from _write_node(key, value, indent + "    ")
    yield f"{indent}</{name}>"


def _escape(text: str) -> str:
    text = text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")
    return text.replace("'", "&apos;").replace('"', "&quot;")

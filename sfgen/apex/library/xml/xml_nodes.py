"""XML as nodes: what Dom and the XML streams read and write. No entity is ever resolved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

from sfgen.apex.runtime.exceptions import ApexException, raise_apex

__all__ = ["XmlName", "XmlNode", "parse_xml", "write_xml", "xml_events"]

_SEPARATOR = "\x1f"
_MOST_NODES = 200_000


@dataclass(frozen=True, slots=True)
class XmlName:
    """A name with its namespace and the prefix it was written with; both may be empty."""

    local: str
    namespace: str = ""
    prefix: str = ""

    @property
    def written(self) -> str:
        """`prefix:local`."""
        return f"{self.prefix}:{self.local}" if self.prefix else self.local


@dataclass(eq=False)
class XmlNode:
    """An element, or with `kind` TEXT or COMMENT its `text`."""

    kind: str
    name: XmlName = field(default_factory=lambda: XmlName(""))
    text: str = ""
    attributes: dict[tuple[str, str], tuple[XmlName, str]] = field(default_factory=dict)
    namespaces: dict[str, str] = field(default_factory=dict)
    children: list[XmlNode] = field(default_factory=list)
    parent: XmlNode | None = None

    def append(self, child: XmlNode) -> XmlNode:
        """Put a node at the end; answers it."""
        child.parent = self
        self.children.append(child)
        return child

    def prefix_of(self, namespace: str) -> str | None:
        """The prefix that stands for a namespace here, or None."""
        node: XmlNode | None = self
        while node is not None:
            for prefix, known in node.namespaces.items():
                if known == namespace:
                    return prefix
            node = node.parent
        return None

    def namespace_of(self, prefix: str) -> str | None:
        """The namespace a prefix stands for here, or None."""
        node: XmlNode | None = self
        while node is not None:
            if prefix in node.namespaces:
                return node.namespaces[prefix]
            node = node.parent
        return None


def _name(text: str) -> XmlName:
    parts = text.split(_SEPARATOR)
    if len(parts) == 1:
        return XmlName(parts[0])
    return XmlName(parts[1], parts[0], parts[2] if len(parts) > 2 else "")


def _refused(message: str) -> ApexException:
    return raise_apex("XmlException", message)


def xml_events(text: str) -> list[tuple[str, Any]]:
    """The events of a document: start, end, text, cdata, comment, instruction, in their order.

    Raises XmlException for what is no XML, for a document type and for too many nodes.
    """
    found: list[tuple[str, Any]] = []
    declared: dict[str, str] = {}
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.namespace_prefixes = True
    parser.buffer_text = True
    parser.ordered_attributes = True

    def add(kind: str, value: Any) -> None:
        if len(found) >= _MOST_NODES:
            raise _refused("XML document has too many nodes")
        found.append((kind, value))

    def start(name: str, attributes: list[str]) -> None:
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        known = [(_name(one), two) for one, two in pairs]
        add("start", (_name(name), known, dict(declared)))
        declared.clear()

    def declare(prefix: str | None, uri: str | None) -> None:
        declared[prefix or ""] = uri or ""

    def refuse(*_: Any) -> None:
        raise _refused("DOCTYPE is not allowed in XML")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: add("end", _name(name))
    parser.CharacterDataHandler = lambda data: add("text", data)
    parser.CommentHandler = lambda data: add("comment", data)
    parser.ProcessingInstructionHandler = lambda target, data: add("instruction", (target, data))
    parser.StartNamespaceDeclHandler = declare
    parser.StartDoctypeDeclHandler = refuse
    if text.lstrip().startswith("<?xml"):
        text = text.lstrip()  # the platform passes over blanks before the declaration
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as problem:
        raise _refused(f"Failed to parse XML due to: {problem}") from None
    return found


def parse_xml(text: str) -> XmlNode:
    """The root element. XmlException for what is no XML."""
    root: XmlNode | None = None
    here: XmlNode | None = None
    for kind, value in xml_events(text):
        if kind == "start":
            name, attributes, namespaces = value
            node = XmlNode("ELEMENT", name, namespaces=namespaces)
            for known, data in attributes:
                node.attributes[known.local, known.namespace] = known, data
            if here is None:
                root = node
            else:
                here.append(node)
            here = node
        elif kind == "end":
            here = here.parent if here is not None else None
        elif here is not None and kind in {"text", "comment"}:
            here.append(XmlNode(kind.upper(), text=value))
    if root is None:
        raise _refused("Failed to parse XML due to: no element found")
    return root


def write_xml(root: XmlNode) -> str:
    """The text of an element and what is in it."""
    parts: list[str] = []
    waiting: list[XmlNode | str] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            parts.append(node)
        elif node.kind == "TEXT":
            parts.append(escape(node.text))
        elif node.kind == "COMMENT":
            parts.append(f"<!--{node.text}-->")
        else:
            head = f"<{node.name.written}{_written_attributes(node)}"
            if not node.children:
                parts.append(f"{head}/>")
                continue
            parts.append(f"{head}>")
            waiting.append(f"</{node.name.written}>")
            waiting.extend(reversed(node.children))
    return "".join(parts)


def _written_attributes(node: XmlNode) -> str:
    names = [
        (f"xmlns:{prefix}" if prefix else "xmlns", uri) for prefix, uri in node.namespaces.items()
    ]
    names += [(name.written, value) for name, value in node.attributes.values()]
    return "".join(f' {name}="{escape(value, {chr(34): "&quot;"})}"' for name, value in names)

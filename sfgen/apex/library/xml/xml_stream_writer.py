"""XmlStreamWriter (Apex Reference Guide, "XmlStreamWriter Class")."""

from __future__ import annotations

from typing import ClassVar
from xml.sax.saxutils import escape

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import constructor, method, platform_class
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.types.model import ApexType

__all__: list[str] = []


@platform_class("XmlStreamWriter")
class XmlStreamWriter:
    """Writes a document piece by piece."""

    apex_type: ClassVar[ApexType] = ApexType("XmlStreamWriter")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.open: list[str] = []
        self.tag = ""

    @staticmethod
    @constructor("XmlStreamWriter()")
    def new() -> XmlStreamWriter:
        """An empty document."""
        return XmlStreamWriter()

    def _put(self, text: str) -> None:
        """Write behind a start tag, which ends now."""
        if self.tag:
            self.parts.append(">" if self.tag == "start" else "/>")
            self.tag = ""
        self.parts.append(text)

    def _begin(self, prefix: str | None, local: str | None, *, kind: str) -> None:
        name = f"{prefix}:{required(local)}" if prefix else required(local)
        self._put(f"<{name}")
        self.tag = kind
        if kind == "start":
            self.open.append(name)

    def _in_tag(self, name: str, value: str | None) -> None:
        if not self.tag:
            raise raise_apex("XmlException", "Attribute not associated with any element")
        quoted = escape(required(value), {'"': "&quot;"})
        self.parts.append(f' {name}="{quoted}"')

    @method("void writeStartDocument(String encoding, String version)")
    def write_start_document(self, encoding: str | None, version: str | None) -> None:
        """The declaration; without an encoding it names none."""
        named = f' encoding="{encoding}"' if encoding else ""
        self._put(f'<?xml version="{version or "1.0"}"{named}?>')

    @method("void writeEndDocument()")
    def write_end_document(self) -> None:
        """End every open element."""
        while self.open:
            self.write_end_element()

    @method("void writeStartElement(String prefix, String localName, String namespaceUri)")
    def write_start_element(self, prefix: str | None, local: str | None, _: str | None) -> None:
        """Begin an element."""
        self._begin(prefix, local, kind="start")

    @method("void writeEmptyElement(String prefix, String localName, String namespaceUri)")
    def write_empty_element(self, prefix: str | None, local: str | None, _: str | None) -> None:
        """An element without content."""
        self._begin(prefix, local, kind="empty")

    @method("void writeEndElement()")
    def write_end_element(self) -> None:
        """End the innermost element. XmlException when none is open."""
        if not self.open:
            raise raise_apex("XmlException", "No element was found to write")
        self._put(f"</{self.open.pop()}>")

    @method(
        "void writeAttribute(String prefix, String namespaceUri, String localName, String value)"
    )
    def write_attribute(
        self, prefix: str | None, _: str | None, local: str | None, value: str | None
    ) -> None:
        """An attribute of the element that has just begun."""
        self._in_tag(f"{prefix}:{required(local)}" if prefix else required(local), value)

    @method("void writeNamespace(String prefix, String namespaceUri)")
    def write_namespace(self, prefix: str | None, uri: str | None) -> None:
        """Declare a prefix at the element that has just begun."""
        self._in_tag(f"xmlns:{prefix}" if prefix else "xmlns", uri)

    @method("void writeDefaultNamespace(String namespaceUri)")
    def write_default_namespace(self, uri: str | None) -> None:
        """Declare the namespace of names without a prefix."""
        self._in_tag("xmlns", uri)

    @method("void writeCharacters(String text)")
    def write_characters(self, text: str | None) -> None:
        """A text."""
        self._put(escape(required(text)))

    @method("void writeCData(String data)")
    def write_cdata(self, data: str | None) -> None:
        """A text that isn't escaped."""
        self._put(f"<![CDATA[{required(data)}]]>")

    @method("void writeComment(String comment)")
    def write_comment(self, comment: str | None) -> None:
        """A comment."""
        self._put(f"<!--{required(comment)}-->")

    @method("void writeProcessingInstruction(String target, String data)")
    def write_processing_instruction(self, target: str | None, data: str | None) -> None:
        """A processing instruction."""
        self._put(f"<?{required(target)} {required(data)}?>")

    @method("String getXmlString()")
    def get_xml_string(self) -> str:
        """What was written so far."""
        if self.tag:
            self._put("")
        return "".join(self.parts)

    @method("void close()")
    def close(self) -> None:
        """Nothing is held open."""

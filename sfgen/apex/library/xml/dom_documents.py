"""Dom.Document, and documents as the bodies of HTTP messages (Apex Reference Guide)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import (
    constructor,
    method,
    platform_class,
    platform_members,
)
from sfgen.apex.library.xml.dom_nodes import DomNode, new_element
from sfgen.apex.library.xml.xml_nodes import XmlNode, parse_xml, write_xml
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.surrogates import encodable
from sfgen.apex.types.model import ApexType

if TYPE_CHECKING:
    from sfgen.apex.library.http.http_messages import HttpRequest, HttpResponse

__all__ = ["DomDocument"]


@platform_class("Dom.Document")
class DomDocument:
    """An XML document."""

    apex_type: ClassVar[ApexType] = ApexType("Dom.Document")

    def __init__(self) -> None:
        self.root: XmlNode | None = None

    @staticmethod
    @constructor("Document()")
    def new() -> DomDocument:
        """A document without a root."""
        return DomDocument()

    @method("Dom.XmlNode createRootElement(String name, String namespace, String prefix)")
    def create_root_element(
        self, name: str | None, namespace: str | None, prefix: str | None
    ) -> DomNode:
        """Make the root. XmlException when there is one."""
        if self.root is not None:
            raise raise_apex("XmlException", "Document already has a root element")
        self.root = new_element(required(name), namespace, prefix, None)
        return DomNode(self.root)

    @method("Dom.XmlNode getRootElement()")
    def get_root_element(self) -> DomNode | None:
        """The root, or null."""
        return DomNode(self.root) if self.root is not None else None

    @method("void load(String xml)")
    def load(self, xml: str | None) -> None:
        """Read a text. XmlException for what is no XML."""
        self.root = parse_xml(required(xml))

    @method("String toXmlString()")
    def to_xml_string(self) -> str:
        """The document's text."""
        head = '<?xml version="1.0" encoding="UTF-8"?>'
        return head + (write_xml(self.root) if self.root is not None else "")


def _get_body_document(message: HttpRequest | HttpResponse) -> DomDocument:
    """The body as a document. XmlException for a body that is no XML."""
    made = DomDocument()
    made.load(message.text())
    return made


def _set_body_document(message: HttpRequest | HttpResponse, document: DomDocument | None) -> None:
    """Send a document."""
    message.body = encodable(required(document).to_xml_string()).encode()


for _name in ("HttpRequest", "HttpResponse"):
    _members = platform_members(_name)
    _members.method("Dom.Document getBodyDocument()")(_get_body_document)
    _members.method("void setBodyDocument(Dom.Document document)")(_set_body_document)

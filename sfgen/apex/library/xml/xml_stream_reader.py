"""XmlStreamReader (Apex Reference Guide, "XmlStreamReader Class")."""

from __future__ import annotations

from typing import Any, ClassVar

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import (
    constructor,
    method,
    platform_class,
    platform_enum,
)
from sfgen.apex.library.xml.xml_nodes import XmlName, xml_events
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.types.model import ApexType

__all__: list[str] = []

_TAGS = platform_enum(
    "XmlTag",
    "ATTRIBUTE CDATA CHARACTERS COMMENT DTD END_DOCUMENT END_ELEMENT ENTITY_DECLARATION "
    "ENTITY_REFERENCE NAMESPACE NOTATION_DECLARATION PROCESSING_INSTRUCTION SPACE START_DOCUMENT "
    "START_ELEMENT",
)
_OF_EVENT = {
    "begin": "START_DOCUMENT",
    "start": "START_ELEMENT",
    "end": "END_ELEMENT",
    "text": "CHARACTERS",
    "comment": "COMMENT",
    "instruction": "PROCESSING_INSTRUCTION",
    "finish": "END_DOCUMENT",
}
_NAMED = frozenset({"start", "end", "instruction"})


@platform_class("XmlStreamReader")
class XmlStreamReader:
    """Reads a document event by event."""

    apex_type: ClassVar[ApexType] = ApexType("XmlStreamReader")

    def __init__(self, text: str) -> None:
        self.events: list[tuple[str, Any]] = [("begin", None), *xml_events(text), ("finish", None)]
        self.place = 0

    @staticmethod
    @constructor("XmlStreamReader(String xmlInput)")
    def new(text: str | None) -> XmlStreamReader:
        """A reader before the root. XmlException for what is no XML."""
        return XmlStreamReader(required(text))

    @property
    def kind(self) -> str:
        """The present event's kind."""
        return self.events[self.place][0]

    def _name(self) -> XmlName | None:
        kind, value = self.events[self.place]
        if kind == "start":
            return value[0]  # type: ignore[no-any-return]
        return value if kind == "end" else None

    def _attributes(self) -> list[tuple[XmlName, str]]:
        if self.kind != "start":
            raise raise_apex("XmlException", "Current state is not among the states START_ELEMENT")
        return self.events[self.place][1][1]  # type: ignore[no-any-return]

    def _attribute(self, place: int) -> tuple[XmlName, str]:
        known = self._attributes()
        if not 0 <= place < len(known):
            raise raise_apex("XmlException", f"Attribute index out of bounds: {place}")
        return known[place]

    @method("Boolean hasNext()")
    def has_next(self) -> bool:
        """Whether there is another event."""
        return self.place < len(self.events) - 1

    @method("Integer next()")
    def next(self) -> int:
        """Go to the next event; its number. At the end it stays there (a public suite)."""
        self.place += self.has_next()
        return int(_TAGS[_OF_EVENT[self.kind]].ordinal)

    @method("Integer nextTag()")
    def next_tag(self) -> int:
        """Go over blanks and comments to a start or end of an element."""
        found = self.next()
        while self.has_next() and (
            self.kind in {"comment", "instruction"} or self.is_white_space()
        ):
            found = self.next()
        if self.kind not in {"start", "end"}:
            raise raise_apex("XmlException", "expected start or end tag")
        return found

    @method("XmlTag getEventType()")
    def get_event_type(self) -> Any:
        """What the present event is."""
        return _TAGS[_OF_EVENT[self.kind]]

    @method("Integer getAttributeCount()")
    def get_attribute_count(self) -> int:
        """How many attributes the element has."""
        return len(self._attributes())

    @method("String getAttributeLocalName(Integer index)")
    def get_attribute_local_name(self, place: int) -> str:
        """An attribute's name."""
        return self._attribute(place)[0].local

    @method("String getAttributeNamespace(Integer index)")
    def get_attribute_namespace(self, place: int) -> str | None:
        """An attribute's namespace, or null."""
        return self._attribute(place)[0].namespace or None

    @method("String getAttributePrefix(Integer index)")
    def get_attribute_prefix(self, place: int) -> str | None:
        """An attribute's prefix, or null."""
        return self._attribute(place)[0].prefix or None

    @method("String getAttributeType(Integer index)")
    def get_attribute_type(self, place: int) -> str:
        """CDATA: no document type says otherwise."""
        self._attribute(place)
        return "CDATA"

    @method("String getAttributeValueAt(Integer index)")
    def get_attribute_value_at(self, place: int) -> str:
        """An attribute's value by its place."""
        return self._attribute(place)[1]

    @method("String getAttributeValue(String namespaceUri, String localName)")
    def get_attribute_value(self, namespace: str | None, local: str | None) -> str | None:
        """An attribute's value, or null; without a namespace the first of that name."""
        for name, value in self._attributes():
            if name.local == local and (not namespace or name.namespace == namespace):
                return value
        return None

    @method("String getLocalName()")
    def get_local_name(self) -> str | None:
        """The element's name."""
        name = self._name()
        return name.local if name else None

    @method("String getNamespace()")
    def get_namespace(self) -> str | None:
        """The element's namespace, or null."""
        name = self._name()
        return name.namespace or None if name else None

    @method("String getPrefix()")
    def get_prefix(self) -> str | None:
        """The element's prefix, or null."""
        name = self._name()
        return name.prefix or None if name else None

    def _declared(self) -> list[tuple[str, str]]:
        return list(self.events[self.place][1][2].items()) if self.kind == "start" else []

    @method("Integer getNamespaceCount()")
    def get_namespace_count(self) -> int:
        """How many namespaces the element declares."""
        return len(self._declared())

    @method("String getNamespacePrefix(Integer index)")
    def get_namespace_prefix(self, place: int) -> str | None:
        """A declared prefix, or null for the default namespace."""
        return self._declared()[place][0] or None

    @method("String getNamespaceUriAt(Integer index)")
    def get_namespace_uri_at(self, place: int) -> str:
        """A declared namespace."""
        return self._declared()[place][1]

    @method("String getPITarget()")
    def get_pi_target(self) -> str | None:
        """A processing instruction's target."""
        return self.events[self.place][1][0] if self.kind == "instruction" else None

    @method("String getPIData()")
    def get_pi_data(self) -> str | None:
        """A processing instruction's data."""
        return self.events[self.place][1][1] if self.kind == "instruction" else None

    @method("String getText()")
    def get_text(self) -> str | None:
        """A text's or comment's text."""
        return self.events[self.place][1] if self.kind in {"text", "comment"} else None

    @method("String getVersion()")
    def get_version(self) -> str:
        """The version of XML."""
        return "1.0"

    @method("Boolean hasName()")
    def has_name(self) -> bool:
        """Whether the event has a name."""
        return self.kind in _NAMED

    @method("Boolean hasText()")
    def has_text(self) -> bool:
        """Whether the event has a text."""
        return self.kind in {"text", "comment"}

    @method("Boolean isCharacters()")
    def is_characters(self) -> bool:
        """Whether the event is a text."""
        return self.kind == "text"

    @method("Boolean isStartElement()")
    def is_start_element(self) -> bool:
        """Whether an element begins."""
        return self.kind == "start"

    @method("Boolean isEndElement()")
    def is_end_element(self) -> bool:
        """Whether an element ends."""
        return self.kind == "end"

    @method("Boolean isWhiteSpace()")
    def is_white_space(self) -> bool:
        """Whether the event is a text of blanks."""
        return self.kind == "text" and not str(self.events[self.place][1]).strip()

    @method("void setCoalescing(Boolean returnAsSingleBlock)")
    def set_coalescing(self, _: Any) -> None:
        """Texts come in one piece here anyway."""

    @method("void setNamespaceAware(Boolean isNamespaceAware)")
    def set_namespace_aware(self, _: Any) -> None:
        """Namespaces are always read here."""

"""JSONGenerator (Apex Reference Guide, JSONGenerator Class)."""

from __future__ import annotations

from typing import Any, ClassVar

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import method, platform_class
from sfgen.apex.library.json.json_tokens import json_error
from sfgen.apex.library.json.json_writing import pretty_text, to_tree, tree_text
from sfgen.apex.types.model import ApexType

__all__ = ["JSONGenerator"]

_UNSET = object()


@platform_class("JSONGenerator")
class JSONGenerator:
    """Builds one JSON value piece by piece."""

    apex_type: ClassVar[ApexType] = ApexType("JSONGenerator")

    def __init__(self, *, pretty: bool) -> None:
        self.pretty = pretty
        self.closed = False
        self.root: Any = _UNSET
        self.stack: list[Any] = []
        self.name: str | None = None

    def put(self, tree: Any) -> None:
        """Add a value where the next one belongs. JSONException where none may stand."""
        if self.closed:
            raise json_error("Can not write to a closed generator")
        if not self.stack:
            self.root = tree
        elif isinstance(self.stack[-1], list):
            self.stack[-1].append(tree)
        elif self.name is None:
            raise json_error("Can not write value, expecting field name")
        else:
            self.stack[-1][self.name] = tree
            self.name = None

    def open(self, tree: Any) -> None:
        """Begin an object or array."""
        self.put(tree)
        self.stack.append(tree)

    def shut(self, kind: type, name: str) -> None:
        """End the innermost object or array."""
        if not self.stack or not isinstance(self.stack[-1], kind):
            raise json_error(f"Current context not an {name}")
        self.stack.pop()

    @method("void writeStartObject()")
    def write_start_object(self) -> None:
        """`{`."""
        self.open({})

    @method("void writeEndObject()")
    def write_end_object(self) -> None:
        """`}`."""
        self.shut(dict, "object")

    @method("void writeStartArray()")
    def write_start_array(self) -> None:
        """`[`."""
        self.open([])

    @method("void writeEndArray()")
    def write_end_array(self) -> None:
        """`]`."""
        self.shut(list, "array")

    @method("void writeFieldName(String fieldName)")
    def write_field_name(self, name: str | None) -> None:
        """The name of the next value."""
        if not self.stack or not isinstance(self.stack[-1], dict):
            raise json_error("Can not write a field name, expecting a value")
        self.name = required(name)

    @method("void writeNull()")
    def write_null(self) -> None:
        """`null`."""
        self.put(None)

    @method("void writeNullField(String fieldName)")
    def write_null_field(self, name: str | None) -> None:
        """A name and `null`."""
        self.write_field_name(name)
        self.put(None)

    @method("void writeBlob(Blob value)")
    @method("void writeBoolean(Boolean value)")
    @method("void writeDate(Date value)")
    @method("void writeDateTime(Datetime value)")
    @method("void writeId(Id value)")
    @method("void writeNumber(Decimal value)")
    @method("void writeNumber(Double value)")
    @method("void writeNumber(Integer value)")
    @method("void writeNumber(Long value)")
    @method("void writeObject(Object value)")
    @method("void writeString(String value)")
    @method("void writeTime(Time value)")
    def write(self, value: Any) -> None:
        """A value."""
        self.put(to_tree(value))

    @method("void writeBlobField(String fieldName, Blob value)")
    @method("void writeBooleanField(String fieldName, Boolean value)")
    @method("void writeDateField(String fieldName, Date value)")
    @method("void writeDateTimeField(String fieldName, Datetime value)")
    @method("void writeIdField(String fieldName, Id value)")
    @method("void writeNumberField(String fieldName, Decimal value)")
    @method("void writeNumberField(String fieldName, Double value)")
    @method("void writeNumberField(String fieldName, Integer value)")
    @method("void writeNumberField(String fieldName, Long value)")
    @method("void writeObjectField(String fieldName, Object value)")
    @method("void writeStringField(String fieldName, String value)")
    @method("void writeTimeField(String fieldName, Time value)")
    def write_field(self, name: str | None, value: Any) -> None:
        """A name and a value."""
        self.write_field_name(name)
        self.put(to_tree(value))

    @method("String getAsString()")
    def get_as_string(self) -> str:
        """What was written; open objects and arrays are closed."""
        self.stack.clear()
        self.closed = True
        if self.root is _UNSET:
            return ""
        return pretty_text(self.root) if self.pretty else tree_text(self.root)

    @method("void close()")
    def close(self) -> None:
        """Nothing can be written any more."""
        self.closed = True

    @method("Boolean isClosed()")
    def is_closed(self) -> bool:
        """Whether nothing can be written any more."""
        return self.closed

"""JSON (Apex Reference Guide, JSON Class)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.json.json_generator import JSONGenerator
from sfgen.apex.library.json.json_parser import JSONParser
from sfgen.apex.library.json.json_reading import typed_value, untyped_value
from sfgen.apex.library.json.json_tokens import json_error, read_json
from sfgen.apex.library.json.json_writing import pretty_text, to_tree, tree_text

if TYPE_CHECKING:
    from sfgen.apex.types.model import ApexType

JSON = platform_members("JSON")


@JSON.static("String serialize(Object objectToSerialize)")
def serialize(value: Any) -> str:
    """Compact text."""
    return tree_text(to_tree(value))


@JSON.static("String serialize(Object objectToSerialize, Boolean suppressApexObjectNulls)")
def serialize_without_nulls(value: Any, without: bool | None) -> str:  # noqa: FBT001 - Apex's parameter
    """Compact text, null members left out if `without` (JS03)."""
    return tree_text(to_tree(value, without_nulls=bool(without)))


@JSON.static("String serializePretty(Object objectToSerialize)")
def serialize_pretty(value: Any) -> str:
    """Indented text."""
    return pretty_text(to_tree(value))


@JSON.static("String serializePretty(Object objectToSerialize, Boolean suppressApexObjectNulls)")
def serialize_pretty_without_nulls(value: Any, without: bool | None) -> str:  # noqa: FBT001 - Apex's parameter
    """Indented text, null members left out if `without`."""
    return pretty_text(to_tree(value, without_nulls=bool(without)))


@JSON.static("Object deserialize(String jsonString, Type apexType)")
def deserialize(text: str | None, kind: ApexType | None) -> Any:
    """The value of that type; unknown members are passed over (JS04)."""
    return _typed(required(text), required(kind), strict=False)


@JSON.static("Object deserializeStrict(String jsonString, Type apexType)")
def deserialize_strict(text: str | None, kind: ApexType | None) -> Any:
    """The value of that type. JSONException `Unknown field: ...` for members it doesn't have."""
    return _typed(required(text), required(kind), strict=True)


def _typed(text: str, kind: ApexType, *, strict: bool) -> Any:
    """Read a text; its first character must fit the type before anything else is looked at."""
    first = text.lstrip()[:1]
    if kind.name in {"List", "Set"} and first not in {"", "[", "n"}:
        raise json_error("Malformed JSON: Expected '[' at the beginning of List/Set")
    if kind.name == "Map" and first not in {"", "{", "n"}:
        raise json_error("Malformed JSON: Expected '{' at the beginning of object")
    return typed_value(read_json(text), kind, strict=strict)


@JSON.static("Object deserializeUntyped(String jsonString)")
def deserialize_untyped(text: str | None) -> Any:
    """Maps, Lists and simple values (JS11)."""
    return untyped_value(read_json(required(text)))


@JSON.static("JSONGenerator createGenerator(Boolean prettyPrint)")
def create_generator(pretty: bool | None) -> JSONGenerator:  # noqa: FBT001 - Apex's parameter
    """A generator, of indented text if `pretty`."""
    return JSONGenerator(pretty=bool(pretty))


@JSON.static("JSONParser createParser(String jsonString)")
def create_parser(text: str | None) -> JSONParser:
    """A parser of the text."""
    return JSONParser(required(text))

"""Blob, Id and EncodingUtil (Apex Reference Guide, classes of those names)."""

from __future__ import annotations

import base64
import re
import urllib.parse
from typing import Any

from sfgen.apex.library.declarations.arguments import required, string_error
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.schema.schema_tokens import object_token
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.values import Blob, Id, id_of
from sfgen.apex.store.org_data import org_data

BLOB = platform_members("Blob")
ID = platform_members("Id")
ENCODING = platform_members("EncodingUtil")

_HEX = re.compile(r"(?:[0-9a-fA-F]{2})*\Z")


@BLOB.static("Blob valueOf(String stringToBlob)")
def blob_value_of(text: str | None) -> Blob:
    """The text in UTF-8."""
    return Blob(required(text).encode("utf-8", "replace"))


@BLOB.method("Integer size()")
def size(blob: Blob | None) -> int:
    """How many bytes there are. A null Blob is `Argument cannot be null.` (apex-recipes)."""
    return len(required(blob).data)


@BLOB.method("String toString()")
def to_string(blob: Blob | None) -> str:
    """The bytes read as UTF-8. StringException if they are not."""
    try:
        return required(blob).data.decode("utf-8")
    except UnicodeDecodeError:
        raise string_error("BLOB is not a valid UTF-8 string") from None


@BLOB.method("Boolean equals(Object other)")
def equals(blob: Blob, other: Any) -> bool:
    """Whether the bytes are the same."""
    return isinstance(other, Blob) and blob.data == other.data


@ID.static("Id valueOf(String toId)")
def id_value_of(text: str | None) -> Id:
    """The Id. StringException `Invalid id: ...` (ID01)."""
    return required(id_of(required(text)))


@ID.static("Id valueOf(String str, Boolean restoreCasing)")
def id_value_of_restored(text: str | None, restore: bool | None) -> Id:  # noqa: FBT001 - Apex's parameter
    """The Id, its case restored from the suffix of 18 characters."""
    known = required(text)
    return required(id_of(_restored(known) if restore and len(known) == 18 else known))


def _restored(text: str) -> str:
    """The case of 15 characters as the three of the suffix tell it."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
    made = []
    for place, letter in enumerate(text[:15]):
        bits = alphabet.find(text[15 + place // 5].upper())
        made.append(letter.upper() if bits >> place % 5 & 1 else letter.lower())
    return "".join(made) + text[15:].upper()


# Prefixes that stand for several objects (comments, histories): no object is found for them.
_TEMPLATES = frozenset({"00a", "017"})


@ID.method("Schema.SObjectType getSObjectType()")
def get_sobject_type(record_id: Id) -> Any:
    """The object by the key prefix (ID03). SObjectException for a prefix of none."""
    found = org_data().schema.of_id(record_id)
    if found is None or record_id[:3] in _TEMPLATES:
        raise raise_apex("SObjectException", f"Cannot locate Apex Type for ID: {record_id}")
    return object_token(found.name)


@ID.method("String to15()")
def to_15(record_id: Id) -> str:
    """The 15 characters that tell case apart."""
    return record_id[:15]


@ID.method("Boolean equals(Object other)")
def id_equals(record_id: Id, other: Any) -> bool:
    """Whether the other is the same Id, of 15 or 18 characters."""
    return isinstance(other, str) and record_id[:15] == other[:15] and len(other) in {15, 18}


@ENCODING.static("String base64Encode(Blob inputBlob)")
def base64_encode(blob: Blob | None) -> str:
    """In base64 without line breaks."""
    return base64.b64encode(required(blob).data).decode("ascii")


@ENCODING.static("Blob base64Decode(String inputString)")
def base64_decode(text: str | None) -> Blob:
    """From base64, white space ignored. StringException for other characters."""
    plain = re.sub(r"\s", "", required(text))
    strange = re.search(r"[^A-Za-z0-9+/=]", plain)
    if strange:
        raise string_error(f"Unrecognized base64 character: {strange[0]}")
    # Texts put together from padded pieces are read piece by piece (purealoe-lwc).
    return Blob(b"".join(map(_decode_piece, re.split("=+", plain))))


def _decode_piece(piece: str) -> bytes:
    if len(piece) % 4 == 1:
        piece = piece[:-1]
    return base64.b64decode(piece + "=" * (-len(piece) % 4))


@ENCODING.static("String base64UrlEncode(Blob inputBlob)")
def base64_url_encode(blob: Blob | None) -> str:
    """In the base64 that is safe in URLs, with its padding."""
    return base64.urlsafe_b64encode(required(blob).data).decode("ascii")


@ENCODING.static("String convertToHex(Blob inputBlob)")
def convert_to_hex(blob: Blob | None) -> str:
    """Two lower-case hexadecimal digits per byte."""
    return required(blob).data.hex()


@ENCODING.static("Blob convertFromHex(String inputString)")
def convert_from_hex(text: str | None) -> Blob:
    """From hexadecimal digits. StringException for anything else."""
    known = required(text)
    if not _HEX.match(known):
        raise string_error("Invalid hex string")
    return Blob(bytes.fromhex(known))


def _codec(name: str | None) -> str:
    """Python's codec of a character set's name. StringException for one nobody knows."""
    try:
        "".encode(required(name))
    except LookupError:
        raise string_error(f"Unsupported encoding: {name}") from None
    return required(name)


@ENCODING.static("String urlEncode(String inputString, String encodingScheme)")
def url_encode(text: str | None, charset: str | None) -> str:
    """As an HTML form is encoded: a blank is `+`, `*-._` stay."""
    data = required(text).encode(_codec(charset), "replace")
    return urllib.parse.quote_plus(data, safe="*").replace("~", "%7E")


@ENCODING.static("String urlDecode(String inputString, String encodingScheme)")
def url_decode(text: str | None, charset: str | None) -> str:
    """As an HTML form is decoded."""
    return urllib.parse.unquote_plus(required(text), _codec(charset))

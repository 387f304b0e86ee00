"""Escaping and unescaping of texts (Apex Reference Guide, String Class)."""

from __future__ import annotations

import html
import re
from html.entities import codepoint2name

from sfgen.apex.library.declarations.arguments import required, string_error
from sfgen.apex.library.declarations.registry import platform_members

STRING = platform_members("String")

_CONTROL = {"\b": "\\b", "\n": "\\n", "\t": "\\t", "\f": "\\f", "\r": "\\r"}
_XML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
_MARKUP = {38: "&amp;", 60: "&lt;", 62: "&gt;", 34: "&quot;"}
_LATIN = {code: f"&{name};" for code, name in codepoint2name.items() if 160 <= code <= 255}
_HTML3 = {**_MARKUP, **_LATIN}
_HTML4 = {**{code: f"&{name};" for code, name in codepoint2name.items()}, **_MARKUP}


@STRING.static("String escapeSingleQuotes(String stringToEscape)")
def escape_single_quotes(text: str | None) -> str:
    """A backslash before each single quote and each backslash (ST07)."""
    return required(text).replace("\\", "\\\\").replace("'", "\\'")


@STRING.method("String escapeCsv()")
def escape_csv(text: str) -> str:
    """Quoted if it has a comma, a quote or a line end."""
    if not any(character in text for character in ',"\n\r'):
        return text
    return '"' + text.replace('"', '""') + '"'


@STRING.method("String unescapeCsv()")
def unescape_csv(text: str) -> str:
    """Without the quotes that escapeCsv puts around."""
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return text
    inner = text[1:-1]
    if not any(character in inner for character in ',"\n\r'):
        return text
    return inner.replace('""', '"')


def _escape_java(text: str, also: str) -> str:
    def escaped(character: str) -> str:
        if character in _CONTROL:
            return _CONTROL[character]
        if character in also:
            return "\\" + character
        if " " <= character <= "~":
            return character
        data = character.encode("utf-16-be", "surrogatepass").hex().upper()
        return "".join(f"\\u{data[place : place + 4]}" for place in range(0, len(data), 4))

    return "".join(map(escaped, text))


@STRING.method("String escapeJava()")
def escape_java(text: str) -> str:
    """As inside a Java literal: double quotes, backslashes, controls and non-ASCII escaped."""
    return _escape_java(text, '"\\')


@STRING.method("String escapeEcmaScript()")
def escape_ecma_script(text: str) -> str:
    """As inside a JavaScript literal: both quotes, backslash and slash escaped."""
    return _escape_java(text, "\"'\\/")


_JAVA_ESCAPE = re.compile(r"\\(u+[0-9A-Fa-f]{4}|[0-3]?[0-7]{1,2}|.)", re.DOTALL)
_SHORT = {"b": "\b", "n": "\n", "t": "\t", "f": "\f", "r": "\r"}


def _unescaped(found: re.Match[str]) -> str:
    code = found[1]
    if code.startswith("u") and len(code) > 1:
        return chr(int(code.lstrip("u"), 16))
    if code[0] in "01234567":
        return chr(int(code, 8))
    return _SHORT.get(code, code)


def _joined(text: str) -> str:
    """Surrogate pairs made by escapes as one character each."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@STRING.method("String unescapeJava()")
def unescape_java(text: str) -> str:
    """Java's escapes undone."""
    return _joined(_JAVA_ESCAPE.sub(_unescaped, text))


@STRING.method("String unescapeEcmaScript()")
def unescape_ecma_script(text: str) -> str:
    """JavaScript's escapes undone."""
    return unescape_java(text)


@STRING.method("String escapeUnicode()")
def escape_unicode(text: str) -> str:
    """Every character outside ASCII as a unicode escape."""
    return "".join(each if each < "\x80" else _escape_java(each, "") for each in text)


@STRING.method("String unescapeUnicode()")
def unescape_unicode(text: str) -> str:
    """Unicode escapes undone, others left."""
    plain = re.sub(r"\\u+([0-9A-Fa-f]{4})", lambda found: chr(int(found[1], 16)), text)
    if re.search(r"\\u(?![0-9A-Fa-f]{4})", text):
        raise string_error("Unable to parse unicode value")
    return _joined(plain)


@STRING.method("String escapeXml()")
def escape_xml(text: str) -> str:
    """The five characters of XML as entities."""
    return "".join(_XML.get(character, character) for character in text)


@STRING.method("String unescapeXml()")
def unescape_xml(text: str) -> str:
    """The five entities of XML and numeric ones undone."""
    names = {entity: character for character, entity in _XML.items()}

    def plain(found: re.Match[str]) -> str:
        return names.get(found[0]) or html.unescape(found[0])

    return re.sub(r"&(?:amp|lt|gt|quot|apos|#\d+|#[xX][0-9A-Fa-f]+);", plain, text)


@STRING.method("String escapeHtml3()")
def escape_html3(text: str) -> str:
    """Markup and Latin-1 characters as HTML 3.0 entities."""
    return text.translate(_HTML3)


@STRING.method("String escapeHtml4()")
def escape_html4(text: str) -> str:
    """Markup and all named characters as HTML 4.0 entities."""
    return text.translate(_HTML4)


def _unescape_html(text: str) -> str:
    """Known named and numeric entities undone; the semicolon is needed, `&apos;` is XML's."""

    def plain(found: re.Match[str]) -> str:
        return found[0] if found[0] == "&apos;" else html.unescape(found[0])

    return re.sub(r"&(?:#\d+|#[xX][0-9A-Fa-f]+|\w+);", plain, text)


@STRING.method("String unescapeHtml3()")
def unescape_html3(text: str) -> str:
    """HTML 3.0 entities undone."""
    return _unescape_html(text)


@STRING.method("String unescapeHtml4()")
def unescape_html4(text: str) -> str:
    """HTML 4.0 entities undone."""
    return _unescape_html(text)

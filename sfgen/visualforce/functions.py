"""What Visualforce adds to the functions of the formula language: three ways of encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote_plus

from sfgen import formula
from sfgen.formula import as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_JAVASCRIPT: Final = {
    "\\": "\\\\",
    "'": "\\'",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
    "<": "\\u003C",
    ">": "\\u003E",
    "/": "\\/",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
_HTML: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def encode_html(value: object) -> str:
    """Encode for HTML text and attributes, as the platform does for every merge field there."""
    return as_text(value).translate(_HTML)


def encode_javascript(value: object) -> str:
    """``JSENCODE``: safe inside a quoted string of a script."""
    return "".join(
        _JAVASCRIPT.get(letter) or (f"\\u{ord(letter):04X}" if letter < " " else letter)
        for letter in as_text(value)
    )


def encode_url(value: object) -> str:
    """``URLENCODE``: form encoding of UTF-8."""
    return quote_plus(as_text(value), errors="replace")


FUNCTIONS: Final[Mapping[str, Callable[..., object]]] = {
    **formula.FUNCTIONS,
    "BR": lambda: "\n",
    "HTMLENCODE": encode_html,
    "JSENCODE": encode_javascript,
    "JSINHTMLENCODE": lambda value: encode_html(encode_javascript(value)),
    "URLENCODE": encode_url,
}
"""The language's functions and those of pages alone (Visualforce Developer Guide, "Functions").

What differs: the text of a formula field is HTML, so BR is `<br>` there; a page encodes what an
expression gives, so that BR can only be a line break.
"""

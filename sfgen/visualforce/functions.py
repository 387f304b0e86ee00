"""Functions of the formula language, and the three ways of encoding."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final
from urllib.parse import quote_plus

from sfgen.visualforce.errors import VisualforceError
from sfgen.visualforce.formula import as_text, truth

if TYPE_CHECKING:
    from collections.abc import Callable

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


def call_function(name: str, values: list[object]) -> object:
    """Call a function that needs nothing of the page.

    Raises:
        VisualforceError: the preview doesn't know it, or the arguments don't fit.
    """
    function = _FUNCTIONS.get(name)
    if function is None:
        raise VisualforceError(f"function {name} is not supported by the preview")
    try:
        return function(*values)
    except TypeError as error:
        raise VisualforceError(f"{name} can't take {len(values)} arguments") from error
    except (ArithmeticError, ValueError) as error:
        raise VisualforceError(f"{name} can't take these values") from error


def _blank(value: object) -> bool:
    return as_text(value).strip() == "" if not isinstance(value, list | dict) else not value


def _case(value: object, *rest: object) -> object:
    pairs, otherwise = rest[:-1], rest[-1]
    for test, result in zip(pairs[::2], pairs[1::2], strict=True):
        if as_text(test) == as_text(value):
            return result
    return otherwise


def _find(needle: object, text: object, start: object = 1) -> int:
    return as_text(text).find(as_text(needle), max(_whole(start) - 1, 0)) + 1


def _whole(value: object) -> int:
    return int(Decimal(as_text(value) or "0"))


def _middle(text: object, start: object, count: object) -> str:
    first = max(_whole(start) - 1, 0)
    return as_text(text)[first : first + max(_whole(count), 0)]


def _right(text: object, count: object) -> str:
    return as_text(text)[-_whole(count) :] if _whole(count) > 0 else ""


def _round(value: object, places: object = 0) -> Decimal:
    step = Decimal(1).scaleb(-_whole(places))
    return Decimal(as_text(value)).quantize(step, rounding=ROUND_HALF_UP)


_FUNCTIONS: Final[dict[str, Callable[..., object]]] = {
    "ABS": lambda value: abs(Decimal(as_text(value))),
    "BEGINS": lambda text, start: as_text(text).startswith(as_text(start)),
    "BLANKVALUE": lambda value, other: other if _blank(value) else value,
    "BR": lambda: "\n",
    "CASE": _case,
    "CONTAINS": lambda text, part: as_text(part) in as_text(text),
    "FIND": _find,
    "HTMLENCODE": encode_html,
    "ISBLANK": _blank,
    "ISNULL": lambda value: value is None,
    "JSENCODE": encode_javascript,
    "JSINHTMLENCODE": lambda value: encode_html(encode_javascript(value)),
    "LEFT": lambda text, count: as_text(text)[: max(_whole(count), 0)],
    "LEN": lambda text: len(as_text(text)),
    "LOWER": lambda text: as_text(text).lower(),
    "MID": _middle,
    "NOT": lambda value: not truth(value),
    "NULLVALUE": lambda value, other: other if value is None else value,
    "RIGHT": _right,
    "ROUND": _round,
    "SUBSTITUTE": lambda text, old, new: as_text(text).replace(as_text(old), as_text(new)),
    "TEXT": as_text,
    "TRIM": lambda text: as_text(text).strip(),
    "UPPER": lambda text: as_text(text).upper(),
    "URLENCODE": encode_url,
    "VALUE": lambda text: Decimal(as_text(text)),
}

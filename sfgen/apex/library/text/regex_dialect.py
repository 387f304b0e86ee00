r"""Java's regular expressions in the dialect of the `regex` library.

The library has possessive quantifiers, atomic groups, set operations and `\\p{...}`; what differs
is translated: ASCII classes, POSIX names, quoting, line terminators, replacement syntax.
A search that takes too long ends in the uncatchable LimitException (apex-semantics RX06).
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, TypeVar

from sfgen.apex.library.declarations.arguments import string_error
from sfgen.apex.library.text.regex_size import too_large
from sfgen.apex.runtime.exceptions import limit_exceeded

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    import regex

__all__ = ["SECONDS", "compile_pattern", "expand", "guarded", "timed"]

SECONDS = 5.0
"""How long one search may take."""
_MATCHED = 1_000_000
_SPLIT = 500_000

_SHORT = {
    "d": "0-9",
    "w": "a-zA-Z_0-9",
    "s": " \\t\\n\\x0B\\f\\r",
    "h": " \\t\\xA0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000",
    "v": "\\n\\x0B\\f\\r\\x85\\u2028\\u2029",
}
_POSIX = {
    "Lower": "a-z",
    "Upper": "A-Z",
    "ASCII": "\\x00-\\x7F",
    "Alpha": "a-zA-Z",
    "Digit": "0-9",
    "Alnum": "a-zA-Z0-9",
    "Punct": "!-/:-@\\[-`{-~",
    "Graph": "!-~",
    "Print": " -~",
    "Blank": " \\t",
    "Cntrl": "\\x00-\\x1F\\x7F",
    "XDigit": "0-9a-fA-F",
    "Space": " \\t\\n\\x0B\\f\\r",
}
_JAVA = {
    "javaLowerCase": "Ll",
    "javaUpperCase": "Lu",
    "javaWhitespace": "Z",
    "javaMirrored": "Bidi_M",
    "javaLetter": "L",
    "javaDigit": "Nd",
}
_PLACES = {"z": "\\Z", "Z": "(?=\\n?\\Z)", "R": "(?:\\r\\n|[\\n\\x0B\\f\\r\\x85\\u2028\\u2029])"}
_ESCAPE = re.compile(r"\\(?:[pP]\{\^?\w+(?:=\w+)?\}|[pP]\w|k<\w+>|Q.*?(?:\\E|\Z)|.)", re.DOTALL)


def _escape(text: str, *, inside: bool) -> str:
    """One escape of Java's in the other dialect; `inside` a character class."""
    code = text[1]
    if code == "Q":
        return str(_library().escape(text[2:].removesuffix("\\E")))
    if code == "k" and text[2:3] == "<":
        return f"(?P={text[3:-1]})"
    if code.lower() in _SHORT and not (code.isupper() and code in "HV"):
        return f"[{'^' if code.isupper() else ''}{_SHORT[code.lower()]}]"
    if code in "pP" and text[2:3] == "{":
        return _property(text)
    if not inside and code in _PLACES:
        return _PLACES[code]
    return text


def _property(text: str) -> str:
    name = text[3:-1]
    negated = text[1] == "P"
    if name in _POSIX:
        return f"[{'^' if negated else ''}{_POSIX[name]}]"
    name = _JAVA.get(name, name)
    plain = re.sub(r"\A(?:Is|In)(?=[A-Z])", "", name)
    return f"\\{text[1]}{{{plain}}}"


def translate(pattern: str) -> str:
    """The pattern in the dialect of `regex`, version 1."""
    dot = "." if re.search(r"\(\?[a-zA-Z]*s", pattern) else "[^\\n\\r\\x85\\u2028\\u2029]"
    made: list[str] = []
    place, depth = 0, 0
    while place < len(pattern):
        letter = pattern[place]
        found = _ESCAPE.match(pattern, place) if letter == "\\" else None
        if found:
            made.append(_escape(found[0], inside=depth > 0))
            place = found.end()
            continue
        if letter == "[":
            depth += 1
        elif letter == "]" and depth:
            depth -= 1
        doubled = depth and pattern[place : place + 2] in {"--", "||", "~~"}
        made.append(dot if letter == "." and not depth else f"\\{letter}" if doubled else letter)
        place += 1
    return "".join(made)


def _library() -> ModuleType:
    """`regex`, imported by the first pattern: it takes as long as a dozen of these modules."""
    import regex

    return regex


@functools.lru_cache(maxsize=512)
def compile_pattern(pattern: str) -> regex.Pattern[str]:
    """A compiled Java pattern.

    Raises StringException `Invalid regex: ...` for one that is none, LimitException for one that
    is too large.
    """
    library = _library()
    if too_large(pattern):
        raise limit_exceeded("Regex too complicated")
    try:
        made: regex.Pattern[str] = library.compile(translate(pattern), library.VERSION1)
    except (library.error, ValueError, RecursionError) as failure:
        raise string_error(f"Invalid regex: {failure}\n{pattern}") from None
    return made


Answer = TypeVar("Answer")


def timed(search: Callable[[], Answer]) -> Answer:
    """What a search answers; LimitException `Regex too complicated` when its time is up."""
    try:
        return search()
    except (TimeoutError, MemoryError):
        raise limit_exceeded("Regex too complicated") from None


def guarded(text: str, *, splitting: bool = False) -> str:
    """`text` if it is short enough for a regular expression, else LimitException (RX06)."""
    if len(text) > (_SPLIT if splitting else _MATCHED):
        raise limit_exceeded("Regex too complicated")
    return text


def expand(replacement: str, found: regex.Match[str]) -> str:
    """A Java replacement: `$1`, `${name}`, backslash before a literal character.

    Raises StringException for a group that is not there.
    """

    def piece(part: re.Match[str]) -> str:
        if part[1] is not None:
            return part[1]
        try:
            group = int(part[2]) if part[2] else part[3]
            if group is None:
                raise string_error("Illegal group reference")
            return found.group(group) or ""
        except IndexError:
            raise string_error(f"No group {part[2] or part[3]}") from None

    return re.sub(r"\\(.)|\$(?:(\d)|\{(\w+)\})|\$", piece, replacement, flags=re.DOTALL)

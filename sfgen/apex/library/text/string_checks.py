"""String's questions about a whole text, comparison and equality (String Class)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.text.code_units import by_code_units

if TYPE_CHECKING:
    from collections.abc import Callable

STRING = platform_members("String")


@STRING.static("Boolean isBlank(String inputString)")
def is_blank(text: str | None) -> bool:
    """Whether the text is null, empty or only white space (ST06)."""
    return not text or text.isspace()


@STRING.static("Boolean isNotBlank(String inputString)")
def is_not_blank(text: str | None) -> bool:
    """Whether the text has something besides white space."""
    return bool(text) and not text.isspace()  # type: ignore[union-attr]  # bool(None) is False


@STRING.static("Boolean isEmpty(String inputString)")
def is_empty(text: str | None) -> bool:
    """Whether the text is null or empty."""
    return not text


@STRING.static("Boolean isNotEmpty(String inputString)")
def is_not_empty(text: str | None) -> bool:
    """Whether the text has any character."""
    return bool(text)


def _all(text: str, check: Callable[[str], bool], blank: str = "") -> bool:
    return all(character in blank or check(character) for character in text)


@STRING.method("Boolean isAllLowerCase()")
def is_all_lower_case(text: str) -> bool:
    """Whether there are only lower-case letters; false for empty text."""
    return bool(text) and _all(text, str.islower)


@STRING.method("Boolean isAllUpperCase()")
def is_all_upper_case(text: str) -> bool:
    """Whether there are only upper-case letters; false for empty text."""
    return bool(text) and _all(text, str.isupper)


@STRING.method("Boolean isAlpha()")
def is_alpha(text: str) -> bool:
    """Whether there are only letters."""
    return bool(text) and _all(text, str.isalpha)


@STRING.method("Boolean isAlphaSpace()")
def is_alpha_space(text: str) -> bool:
    """Whether there are only letters and blanks."""
    return _all(text, str.isalpha, " ")


@STRING.method("Boolean isAlphanumeric()")
def is_alphanumeric(text: str) -> bool:
    """Whether there are only letters and digits."""
    return bool(text) and _all(text, lambda each: each.isalpha() or each.isdecimal())


@STRING.method("Boolean isAlphanumericSpace()")
def is_alphanumeric_space(text: str) -> bool:
    """Whether there are only letters, digits and blanks."""
    return _all(text, lambda each: each.isalpha() or each.isdecimal(), " ")


@STRING.method("Boolean isAsciiPrintable()")
def is_ascii_printable(text: str) -> bool:
    """Whether there are only printable ASCII characters."""
    return all(" " <= character <= "~" for character in text)


@STRING.method("Boolean isNumeric()")
def is_numeric(text: str) -> bool:
    """Whether there are only digits: no point, no sign."""
    return bool(text) and text.isdecimal()


@STRING.method("Boolean isNumericSpace()")
def is_numeric_space(text: str) -> bool:
    """Whether there are only digits and blanks."""
    return _all(text, str.isdecimal, " ")


@STRING.method("Boolean isWhitespace()")
def is_whitespace(text: str) -> bool:
    """Whether there is only white space; true for empty text."""
    return _all(text, str.isspace)


@STRING.method("Integer compareTo(String secondString)")
@by_code_units
def compare_to(text: str, other: str | None) -> int:
    """The difference of the first unequal characters, else of the lengths (ST14)."""
    compared = required(other)
    for mine, theirs in zip(text, compared, strict=False):
        if mine != theirs:
            return ord(mine) - ord(theirs)
    return len(text) - len(compared)


@STRING.method("Boolean equals(Object stringOrId)")
def equals(text: str, other: Any) -> bool:
    """Whether the other is the same text, by case too (OP02)."""
    return isinstance(other, str) and str.__eq__(text, other)


@STRING.method("Boolean equalsIgnoreCase(String secondString)")
def equals_ignore_case(text: str, other: str | None) -> bool:
    """Whether the other is the same text in any case."""
    return other is not None and text.lower() == other.lower()


@STRING.method("Integer hashCode()")
def hash_code(text: str) -> int:
    """Java's hash of the text (CO22)."""
    total = 0
    data = text.encode("utf-16-be", "surrogatepass")
    for place in range(0, len(data), 2):
        total = (total * 31 + (data[place] << 8 | data[place + 1])) & 0xFFFFFFFF
    return total - (1 << 32) if total >= 1 << 31 else total

"""String methods that take a text apart, and characters (Apex Reference Guide, String Class)."""

from __future__ import annotations

import unicodedata

from sfgen.apex.library.declarations.arguments import required, string_error
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.text.code_units import (
    by_code_units,
    is_wide,
    joined,
    points_at,
    split,
    units_at,
)
from sfgen.apex.runtime.collections import REFERENCE
from sfgen.apex.runtime.heap import hold
from sfgen.apex.runtime.values import ApexList
from sfgen.apex.types.model import INTEGER
from sfgen.apex.types.model import STRING as STRING_TYPE

STRING = platform_members("String")


@STRING.method("Integer length()")
def length(text: str) -> int:
    """How many UTF-16 code units the text has."""
    if text.isascii():
        return len(text)
    return units_at(text, len(text))


@STRING.method("String left(Integer length)")
def left(text: str, count: int | None) -> str:
    """The first characters; all if there are fewer, none for a negative count."""
    if not text.isascii() and is_wide(text):
        return joined(left(split(text), count))
    return text[: max(required(count), 0)]


@STRING.method("String right(Integer length)")
def right(text: str, count: int | None) -> str:
    """The last characters; all if there are fewer, none for a negative count."""
    if not text.isascii() and is_wide(text):
        return joined(right(split(text), count))
    wanted = required(count)
    return text[-wanted:] if wanted > 0 else ""


@STRING.method("String mid(Integer startIndex, Integer length)")
def mid(text: str, start: int | None, count: int | None) -> str:
    """`count` characters from `start` on, as many as there are."""
    if not text.isascii() and is_wide(text):
        return joined(mid(split(text), start, count))
    first, wanted = max(required(start), 0), required(count)
    return text[first : first + wanted] if wanted > 0 else ""


@STRING.method("String substring(Integer startIndex)")
def substring(text: str, start: int | None) -> str:
    """From `start` to the end. StringException past the ends (ST01)."""
    if not text.isascii() and is_wide(text):
        return joined(substring(split(text), start))
    first = required(start)
    if not 0 <= first <= len(text):
        raise string_error(f"Starting position out of bounds: {first}")
    return text[first:]


@STRING.method("String substring(Integer startIndex, Integer endIndex)")
def substring_to(text: str, start: int | None, end: int | None) -> str:
    """From `start` up to `end`. StringException past the ends (ST01)."""
    if not text.isascii() and is_wide(text):
        return joined(substring_to(split(text), start, end))
    first, last = required(start), required(end)
    if first < 0 or first > len(text):
        raise string_error(f"Starting position out of bounds: {first}")
    if last < first or last > len(text):
        raise string_error(f"Ending position out of bounds: {last}")
    return text[first:last]


@STRING.method("String substringAfter(String separator)")
def substring_after(text: str, separator: str | None) -> str:
    """What follows the first `separator`; nothing if there is none."""
    if separator is None:
        return ""
    return text.partition(separator)[2] if separator else text


@STRING.method("String substringAfterLast(String separator)")
def substring_after_last(text: str, separator: str | None) -> str:
    """What follows the last `separator`; nothing if there is none."""
    return text.rpartition(separator)[2] if separator and separator in text else ""


@STRING.method("String substringBefore(String separator)")
def substring_before(text: str, separator: str | None) -> str:
    """What precedes the first `separator`; all if there is none."""
    if separator is None:
        return text
    return text.partition(separator)[0] if separator else ""


@STRING.method("String substringBeforeLast(String separator)")
def substring_before_last(text: str, separator: str | None) -> str:
    """What precedes the last `separator`; all if there is none."""
    return text.rpartition(separator)[0] if separator and separator in text else text


@STRING.method("String substringBetween(String tag)")
def substring_between(text: str, tag: str | None) -> str | None:
    """What stands between two `tag`; null if they are not there."""
    return substring_between_both(text, tag, tag)


@STRING.method("String substringBetween(String open, String close)")
def substring_between_both(text: str, opening: str | None, closing: str | None) -> str | None:
    """What stands between the first `opening` and the next `closing`; null if not there."""
    if opening is None or closing is None:
        return None
    start = text.find(opening)
    end = text.find(closing, start + len(opening)) if start >= 0 else -1
    return text[start + len(opening) : end] if end >= 0 else None


def _category(character: str) -> str:
    return unicodedata.category(character)


@STRING.method("List<String> splitByCharacterType()")
def split_by_character_type(text: str) -> ApexList:
    """Runs of characters of one type."""
    return _split_by_type(text, camel_case=False)


@STRING.method("List<String> splitByCharacterTypeCamelCase()")
def split_by_character_type_camel_case(text: str) -> ApexList:
    """Runs of characters of one type; an upper-case letter belongs to the word it begins."""
    return _split_by_type(text, camel_case=True)


def _split_by_type(text: str, *, camel_case: bool) -> ApexList:
    runs: list[str] = []
    kind = ""
    for character in text:
        this = _category(character)
        if runs and this == kind:
            runs[-1] += character
        elif runs and camel_case and this == "Ll" and kind == "Lu":
            upper, runs[-1] = runs[-1][-1], runs[-1][:-1]
            if not runs[-1]:
                runs.pop()
            runs.append(upper + character)
        else:
            runs.append(character)
        kind = this
    return ApexList(runs, STRING_TYPE)


def _character(text: str, index: int | None) -> int:
    place = required(index)
    if not 0 <= place < len(text):
        raise string_error(f"String index out of range: {place}")
    return ord(text[place])


@STRING.method("Integer charAt(Integer index)")
def char_at(text: str, index: int | None) -> int:
    """The character's code unit at `index`."""
    if not text.isascii() and is_wide(text):
        return char_at(split(text), index)
    return _character(text, index)


def _joined_at(text: str, first: int, last: int) -> int | None:
    """The code point of the surrogates at the two places; None if they are no pair."""
    if first < 0 or last >= len(text):
        return None
    pair = joined(text[first : last + 1])
    return ord(pair) if len(pair) == 1 else None


@STRING.method("Integer codePointAt(Integer index)")
@by_code_units
def code_point_at(text: str, index: int | None) -> int:
    """The code point at `index`; the surrogate alone in the middle of a pair."""
    place = required(index)
    return _joined_at(text, place, place + 1) or _character(text, place)


@STRING.method("Integer codePointBefore(Integer index)")
@by_code_units
def code_point_before(text: str, index: int | None) -> int:
    """The code point before `index`."""
    place = required(index) - 1
    return _joined_at(text, place - 1, place) or _character(text, place)


@STRING.method("Integer codePointCount(Integer beginIndex, Integer endIndex)")
def code_point_count(text: str, begin: int | None, end: int | None) -> int:
    """How many code points stand between the two places."""
    return len(substring_to(text, begin, end))  # the part's surrogates are joined again


@STRING.method("Integer offsetByCodePoints(Integer index, Integer codePointOffset)")
def offset_by_code_points(text: str, index: int | None, offset: int | None) -> int:
    """The place `offset` code points behind `index`."""
    place = points_at(text, required(index)) + required(offset)
    if not 0 <= place <= len(text):
        raise string_error(f"String index out of range: {place}")
    return units_at(text, place)


@STRING.method("List<Integer> getChars()")
def get_chars(text: str) -> ApexList:
    """The characters' code units."""
    hold(len(text) * REFERENCE)
    data = text.encode("utf-16-le", "surrogatepass")
    units = (data[place] | data[place + 1] << 8 for place in range(0, len(data), 2))
    return ApexList(units, INTEGER)


@STRING.static("String fromCharArray(List<Integer> charArray)")
def from_char_array(characters: ApexList | None) -> str:
    """The text of those code units."""
    data = b"".join((unit & 0xFFFF).to_bytes(2, "little") for unit in required(characters))
    return data.decode("utf-16-le", "surrogatepass")

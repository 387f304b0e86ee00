"""String methods that look for something (Apex Reference Guide, String Class)."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.text.code_units import by_code_units, is_wide, split

if TYPE_CHECKING:
    from sfgen.apex.runtime.values import ApexList

STRING = platform_members("String")


@STRING.method("Boolean contains(String substring)")
def contains(text: str, substring: str | None) -> bool:
    """Whether `substring` occurs, case-sensitively."""
    return required(substring) in text


@STRING.method("Boolean containsIgnoreCase(String substring)")
def contains_ignore_case(text: str, substring: str | None) -> bool:
    """Whether `substring` occurs in any case."""
    return required(substring).lower() in text.lower()


@STRING.method("Boolean containsAny(String inputString)")
def contains_any(text: str, characters: str | None) -> bool:
    """Whether any one of `characters` occurs; null and empty never do."""
    return any(character in text for character in characters or "")


@STRING.method("Boolean containsNone(String inputString)")
def contains_none(text: str, characters: str | None) -> bool:
    """Whether none of `characters` occurs; true for null."""
    return not contains_any(text, characters)


@STRING.method("Boolean containsOnly(String inputString)")
def contains_only(text: str, characters: str | None) -> bool:
    """Whether every character is one of `characters`."""
    if characters is None:
        return False
    return all(character in characters for character in text)


@STRING.method("Boolean containsWhitespace()")
def contains_whitespace(text: str) -> bool:
    """Whether any character is white space."""
    return any(character.isspace() for character in text)


@STRING.method("Integer countMatches(String substring)")
def count_matches(text: str, substring: str | None) -> int:
    """How often `substring` occurs without overlap; 0 for null and empty."""
    return text.count(substring) if substring else 0


@STRING.method("Boolean startsWith(String prefix)")
def starts_with(text: str, prefix: str | None) -> bool:
    """Whether the text starts with `prefix`."""
    return text.startswith(required(prefix))


@STRING.method("Boolean startsWithIgnoreCase(String prefix)")
def starts_with_ignore_case(text: str, prefix: str | None) -> bool:
    """Whether the text starts with `prefix` in any case."""
    return text.lower().startswith(required(prefix).lower())


@STRING.method("Boolean endsWith(String suffix)")
def ends_with(text: str, suffix: str | None) -> bool:
    """Whether the text ends with `suffix`."""
    return text.endswith(required(suffix))


@STRING.method("Boolean endsWithIgnoreCase(String suffix)")
def ends_with_ignore_case(text: str, suffix: str | None) -> bool:
    """Whether the text ends with `suffix` in any case."""
    return text.lower().endswith(required(suffix).lower())


@STRING.method("Integer indexOf(String substring)")
def index_of(text: str, substring: str | None) -> int:
    """Where `substring` first occurs; -1 if nowhere."""
    if not text.isascii() and is_wide(text):
        return index_of(split(text), split(required(substring)))
    return text.find(required(substring))


@STRING.method("Integer indexOf(String substring, Integer index)")
def index_of_from(text: str, substring: str | None, index: int | None) -> int:
    """Where `substring` first occurs from `index` on; a negative index counts as 0."""
    if not text.isascii() and is_wide(text):
        return index_of_from(split(text), split(required(substring)), index)
    start = max(required(index), 0)
    found = required(substring)
    if start > len(text):
        return -1 if found else len(text)
    return text.find(found, start)


@STRING.method("Integer indexOfIgnoreCase(String substring)")
@by_code_units
def index_of_ignore_case(text: str, substring: str | None) -> int:
    """Where `substring` first occurs in any case."""
    return text.lower().find(required(substring).lower())


@STRING.method("Integer indexOfIgnoreCase(String substring, Integer startPosition)")
@by_code_units
def index_of_ignore_case_from(text: str, substring: str | None, start: int | None) -> int:
    """Where `substring` first occurs in any case from `start` on."""
    return text.lower().find(required(substring).lower(), max(required(start), 0))


@STRING.method("Integer indexOfAny(String substring)")
@by_code_units
def index_of_any(text: str, characters: str | None) -> int:
    """Where the first of any of `characters` stands."""
    found = (index for index, each in enumerate(text) if each in (characters or ""))
    return next(found, -1)


@STRING.method("Integer indexOfAnyBut(String substring)")
@by_code_units
def index_of_any_but(text: str, characters: str | None) -> int:
    """Where the first character stands that is none of `characters`."""
    if not characters:
        return -1
    return next((index for index, each in enumerate(text) if each not in characters), -1)


@STRING.method("Integer indexOfChar(Integer character)")
def index_of_char(text: str, character: int | None) -> int:
    """Where the character with that code point first stands."""
    return index_of(text, chr(required(character)))


@STRING.method("Integer indexOfChar(Integer character, Integer startIndex)")
def index_of_char_from(text: str, character: int | None, start: int | None) -> int:
    """Where the character with that code point first stands from `start` on."""
    return index_of_from(text, chr(required(character)), start)


@STRING.method("Integer indexOfDifference(String stringToCompare)")
@by_code_units
def index_of_difference(text: str, other: str | None) -> int:
    """Where the two texts begin to differ; -1 when they are equal."""
    compared = other or ""
    if text == compared:
        return -1
    pairs = enumerate(zip(text, compared))  # noqa: B905 - the shorter one ends the comparison
    shorter = min(len(text), len(compared))
    return next((index for index, (left, right) in pairs if left != right), shorter)


@STRING.method("Integer lastIndexOf(String substring)")
def last_index_of(text: str, substring: str | None) -> int:
    """Where `substring` last occurs."""
    if not text.isascii() and is_wide(text):
        return last_index_of(split(text), split(required(substring)))
    return text.rfind(required(substring))


@STRING.method("Integer lastIndexOf(String substring, Integer endPosition)")
@by_code_units
def last_index_of_before(text: str, substring: str | None, end: int | None) -> int:
    """Where `substring` last begins at or before `end`."""
    found, last = required(substring), required(end)
    return -1 if last < 0 else text.rfind(found, 0, last + len(found))


@STRING.method("Integer lastIndexOfIgnoreCase(String substring)")
@by_code_units
def last_index_of_ignore_case(text: str, substring: str | None) -> int:
    """Where `substring` last occurs in any case."""
    return text.lower().rfind(required(substring).lower())


@STRING.method("Integer lastIndexOfIgnoreCase(String substring, Integer endPosition)")
@by_code_units
def last_index_of_ignore_case_before(text: str, substring: str | None, end: int | None) -> int:
    """Where `substring` last begins at or before `end`, in any case."""
    return last_index_of_before(text.lower(), required(substring).lower(), end)


@STRING.method("Integer lastIndexOfChar(Integer character)")
def last_index_of_char(text: str, character: int | None) -> int:
    """Where the character with that code point last stands."""
    return last_index_of(text, chr(required(character)))


@STRING.method("Integer lastIndexOfChar(Integer character, Integer endIndex)")
def last_index_of_char_before(text: str, character: int | None, end: int | None) -> int:
    """Where the character with that code point last stands at or before `end`."""
    return last_index_of_before(text, chr(required(character)), end)


@STRING.method("String difference(String secondString)")
@by_code_units
def difference(text: str, other: str | None) -> str | None:
    """What of `other` differs: its rest from the first difference on."""
    if other is None:
        return text
    index = index_of_difference(text, other)
    return "" if index < 0 else other[index:]


@STRING.static("String getCommonPrefix(List<String> strings)")
def get_common_prefix(texts: ApexList | None) -> str:
    """What all the strings begin with."""
    known = [text or "" for text in texts or ()]
    columns = itertools.takewhile(lambda column: len(set(column)) == 1, zip(*known, strict=False))
    return "".join(column[0] for column in columns)


def edit_distance(left: str, right: str) -> int:
    """The Levenshtein distance of two texts."""
    row = list(range(len(right) + 1))
    for index, character in enumerate(left, 1):
        previous, row[0] = row[0], index
        for column, other in enumerate(right, 1):
            cost = previous + (character != other)
            previous, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, cost)
    return row[-1]


@STRING.method("Integer getLevenshteinDistance(String stringToCompare)")
@by_code_units
def get_levenshtein_distance(text: str, other: str | None) -> int:
    """How many changes of one character lead to `other`."""
    return edit_distance(text, required(other))


@STRING.method("Integer getLevenshteinDistance(String stringToCompare, Integer threshold)")
@by_code_units
def get_levenshtein_distance_within(text: str, other: str | None, threshold: int | None) -> int:
    """The distance if it is at most `threshold`, else -1."""
    distance = edit_distance(text, required(other))
    return distance if distance <= required(threshold) else -1

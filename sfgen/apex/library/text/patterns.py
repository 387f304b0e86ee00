"""Pattern, and String's methods that take regular expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import (
    method,
    platform_class,
    platform_members,
    static,
)
from sfgen.apex.library.text.matchers import Matcher, replaced
from sfgen.apex.library.text.regex_dialect import SECONDS, compile_pattern, guarded, timed
from sfgen.apex.runtime.values import ApexList
from sfgen.apex.types.model import STRING as STRING_TYPE
from sfgen.apex.types.model import ApexType

if TYPE_CHECKING:
    import regex

__all__ = ["Pattern", "split_text"]

STRING = platform_members("String")
_PLAIN = frozenset("\\^$.|?*+()[]{}")


def split_text(text: str, pattern: str, limit: int) -> ApexList:
    """Java's split: trailing empty texts are dropped unless there is a limit (ST03)."""
    guarded(text, splitting=True)
    if pattern and not _PLAIN & set(pattern):
        pieces = text.split(pattern, limit - 1) if limit > 0 else text.split(pattern)
    else:
        pieces = _split_at_matches(text, compile_pattern(pattern), limit)
    if limit == 0 and len(pieces) > 1:
        while pieces and not pieces[-1]:
            pieces.pop()
    return ApexList(pieces, STRING_TYPE)


def _split_at_matches(text: str, pattern: regex.Pattern[str], limit: int) -> list[str]:
    pieces: list[str] = []
    start = 0
    for found in timed(lambda: list(pattern.finditer(text, timeout=SECONDS))):
        if 0 < limit == len(pieces) + 1:
            break
        if found.end() == 0 or found.start() == found.end() == len(text):
            continue
        pieces.append(text[start : found.start()])
        start = found.end()
    return [*pieces, text[start:]]


@STRING.method("List<String> split(String regExp)")
def split(text: str, pattern: str | None) -> ApexList:
    """The texts between the matches."""
    return split_text(text, required(pattern), 0)


@STRING.method("List<String> split(String regExp, Integer limit)")
def split_with(text: str, pattern: str | None, limit: int | None) -> ApexList:
    """At most `limit` texts if it is positive; all, empty ones too, if it is negative."""
    return split_text(text, required(pattern), required(limit))


@STRING.method("String replaceAll(String regExp, String replacement)")
def replace_all(text: str, pattern: str | None, replacement: str | None) -> str:
    """Every match replaced."""
    return replaced(guarded(text), compile_pattern(required(pattern)), required(replacement), 0)


@STRING.method("String replaceFirst(String regExp, String replacement)")
def replace_first(text: str, pattern: str | None, replacement: str | None) -> str:
    """The first match replaced."""
    return replaced(guarded(text), compile_pattern(required(pattern)), required(replacement), 1)


@platform_class("Pattern")
class Pattern:
    """A compiled regular expression (Apex Reference Guide, Pattern Class)."""

    apex_type: ClassVar[ApexType] = ApexType("Pattern")

    def __init__(self, text: str) -> None:
        self.text = text
        self.compiled = compile_pattern(text)

    @staticmethod
    @static("Pattern compile(String regExp)")
    def compile(text: str | None) -> Pattern:
        """The pattern. StringException `Invalid regex: ...`."""
        return Pattern(required(text))

    @staticmethod
    @static("Boolean matches(String regExp, String stringToMatch)")
    def matches(text: str | None, against: str | None) -> bool:
        """Whether the whole text matches (RX01)."""
        return Matcher(Pattern(required(text)), required(against)).matches()

    @staticmethod
    @static("String quote(String yourString)")
    def quote(text: str | None) -> str:
        """A pattern that matches the text as it is."""
        return "\\Q" + required(text).replace("\\E", "\\E\\\\E\\Q") + "\\E"

    @method("Matcher matcher(String stringToMatch)")
    def matcher(self, text: str | None) -> Matcher:
        """A matcher of the text."""
        return Matcher(self, required(text))

    @method("String pattern()")
    def pattern(self) -> str:
        """The pattern's text."""
        return self.text

    @method("String toString()")
    def apex_text(self) -> str:
        """The pattern's text."""
        return self.text

    @method("List<String> split(String text)")
    def split(self, text: str | None) -> ApexList:
        """The texts between the matches."""
        return split_text(required(text), self.text, 0)

    @method("List<String> split(String text, Integer limit)")
    def split_with(self, text: str | None, limit: int | None) -> ApexList:
        """At most `limit` texts."""
        return split_text(required(text), self.text, required(limit))

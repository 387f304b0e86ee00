"""Pattern, Matcher and String's methods that take regular expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sfgen.apex.library.arguments import required, string_error
from sfgen.apex.library.regex_dialect import SECONDS, compile_pattern, expand, guarded, timed
from sfgen.apex.library.registry import method, platform_class, platform_members, static
from sfgen.apex.runtime.values import ApexList
from sfgen.apex.types.model import STRING as STRING_TYPE
from sfgen.apex.types.model import ApexType

if TYPE_CHECKING:
    import regex

__all__ = ["Matcher", "Pattern", "split_text"]

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


def _replaced(text: str, pattern: regex.Pattern[str], replacement: str, count: int) -> str:
    return timed(
        lambda: pattern.sub(
            lambda found: expand(replacement, found), text, count=count, timeout=SECONDS
        )
    )


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
    return _replaced(guarded(text), compile_pattern(required(pattern)), required(replacement), 0)


@STRING.method("String replaceFirst(String regExp, String replacement)")
def replace_first(text: str, pattern: str | None, replacement: str | None) -> str:
    """The first match replaced."""
    return _replaced(guarded(text), compile_pattern(required(pattern)), required(replacement), 1)


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


@platform_class("Matcher")
class Matcher:
    """A pattern at work on a text (Apex Reference Guide, Matcher Class)."""

    apex_type: ClassVar[ApexType] = ApexType("Matcher")

    def __init__(self, pattern: Pattern, text: str) -> None:
        self.source = pattern
        self.text = guarded(text)
        self.low, self.high = 0, len(text)
        self.found: regex.Match[str] | None = None
        self.next_start = 0

    def _accept(self, found: regex.Match[str] | None) -> bool:
        self.found = found
        if found is None:
            self.next_start = self.high + 1
        else:
            self.next_start = found.end() + (found.start() == found.end())
        return found is not None

    def _match(self) -> regex.Match[str]:
        if self.found is None:
            raise string_error("No match found")
        return self.found

    @method("Boolean matches()")
    def matches(self) -> bool:
        """Whether the whole region matches (RX01, RX02)."""
        compiled = self.source.compiled
        return self._accept(
            timed(lambda: compiled.fullmatch(self.text, self.low, self.high, timeout=SECONDS))
        )

    @method("Boolean lookingAt()")
    def looking_at(self) -> bool:
        """Whether the region's start matches."""
        compiled = self.source.compiled
        return self._accept(
            timed(lambda: compiled.match(self.text, self.low, self.high, timeout=SECONDS))
        )

    @method("Boolean find()")
    def find(self) -> bool:
        """Look for the next match; an empty one moves on by one (RX04)."""
        start = max(self.next_start, self.low)
        if start > self.high:
            return self._accept(None)
        compiled = self.source.compiled
        return self._accept(
            timed(lambda: compiled.search(self.text, start, self.high, timeout=SECONDS))
        )

    @method("Boolean find(Integer index)")
    def find_from(self, index: int | None) -> bool:
        """Start over and look from `index` on."""
        start = required(index)
        if not 0 <= start <= len(self.text):
            raise string_error("Illegal start index")
        self.reset()
        self.next_start = start
        return self.find()

    @method("String group()")
    def group(self) -> str | None:
        """What matched. StringException `No match found`."""
        return self._match().group()

    @method("String group(Integer groupIndex)")
    def group_at(self, index: int | None) -> str | None:
        """What the group matched; null if it took no part (RX03)."""
        return self._match().group(self._checked(index))

    def _checked(self, index: int | None) -> int:
        if not 0 <= required(index) <= self.source.compiled.groups:
            raise string_error(f"No group {index}")
        return required(index)

    @method("Integer groupCount()")
    def group_count(self) -> int:
        """How many groups the pattern has."""
        return self.source.compiled.groups

    @method("Integer start()")
    def start(self) -> int:
        """Where the match begins."""
        return self._match().start()

    @method("Integer start(Integer groupIndex)")
    def start_at(self, index: int | None) -> int:
        """Where the group begins; -1 if it took no part."""
        return self._match().start(self._checked(index))

    @method("Integer end()")
    def end(self) -> int:
        """Where the match ends."""
        return self._match().end()

    @method("Integer end(Integer groupIndex)")
    def end_at(self, index: int | None) -> int:
        """Where the group ends."""
        return self._match().end(self._checked(index))

    @method("Boolean hitEnd()")
    def hit_end(self) -> bool:
        """Whether the last search looked up to the end of the text."""
        return self.found is None or self.found.end() == self.high

    @method("Pattern pattern()")
    def pattern(self) -> Pattern:
        """The pattern."""
        return self.source

    @method("Matcher usePattern(Pattern newPattern)")
    def use_pattern(self, pattern: Pattern | None) -> Matcher:
        """Go on with another pattern."""
        self.source, self.found = required(pattern), None
        return self

    @method("Matcher region(Integer start, Integer end)")
    def region(self, start: int | None, end: int | None) -> Matcher:
        """Look only between the two places."""
        low, high = required(start), required(end)
        if not 0 <= low <= high <= len(self.text):
            raise string_error("Illegal region")
        self.reset()
        self.low, self.high, self.next_start = low, high, low
        return self

    @method("Integer regionStart()")
    def region_start(self) -> int:
        """Where the region begins."""
        return self.low

    @method("Integer regionEnd()")
    def region_end(self) -> int:
        """Where the region ends."""
        return self.high

    @method("String replaceAll(String replacementString)")
    def replace_all(self, replacement: str | None) -> str:
        """The text with every match replaced."""
        return _replaced(self.text, self.source.compiled, required(replacement), 0)

    @method("String replaceFirst(String replacementString)")
    def replace_first(self, replacement: str | None) -> str:
        """The text with the first match replaced."""
        return _replaced(self.text, self.source.compiled, required(replacement), 1)

    @method("Matcher reset()")
    def reset(self) -> Matcher:
        """Start over."""
        self.found, self.next_start = None, 0
        self.low, self.high = 0, len(self.text)
        return self

    @method("Matcher reset(String inputSequence)")
    def reset_with(self, text: str | None) -> Matcher:
        """Start over with another text."""
        self.text = guarded(required(text))
        return self.reset()

    @staticmethod
    @static("String quoteReplacement(String inputString)")
    def quote_replacement(text: str | None) -> str:
        """A replacement that stands for the text as it is."""
        return required(text).replace("\\", "\\\\").replace("$", "\\$")

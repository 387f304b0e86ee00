"""Matcher: a pattern at work on a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sfgen.apex.library.declarations.arguments import required, string_error
from sfgen.apex.library.declarations.registry import method, platform_class, static
from sfgen.apex.library.text.code_units import is_wide, points_at, units_at
from sfgen.apex.library.text.regex_dialect import SECONDS, expand, guarded, timed
from sfgen.apex.library.text.text_size import bounded
from sfgen.apex.types.model import ApexType

if TYPE_CHECKING:
    import regex

    from sfgen.apex.library.text.patterns import Pattern

__all__ = ["Matcher", "replaced"]


def replaced(text: str, pattern: regex.Pattern[str], replacement: str, count: int) -> str:
    """The text with `count` matches replaced, with all if it is 0."""
    length = len(text)

    def written(found: regex.Match[str]) -> str:
        nonlocal length
        new = expand(replacement, found)
        length += len(new) - (found.end() - found.start())
        bounded(length)
        return new

    return timed(lambda: pattern.sub(written, text, count=count, timeout=SECONDS))


@platform_class("Matcher")
class Matcher:
    """A pattern at work on a text (Apex Reference Guide, Matcher Class)."""

    apex_type: ClassVar[ApexType] = ApexType("Matcher")

    def __init__(self, pattern: Pattern, text: str) -> None:
        self.source = pattern
        self.text = guarded(text)
        self.wide = is_wide(text)
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

    def _units(self, place: int) -> int:
        """A place of the text as Apex counts it."""
        return units_at(self.text, place) if self.wide else place

    def _points(self, place: int | None) -> int:
        """A place that Apex names, as Python counts it; -1 past the end."""
        known = required(place)
        if not self.wide:
            return known if known <= len(self.text) else -1
        return points_at(self.text, known) if known <= self._units(len(self.text)) else -1

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
        start = self._points(index)
        if start < 0:
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
        return self._units(self._match().start())

    @method("Integer start(Integer groupIndex)")
    def start_at(self, index: int | None) -> int:
        """Where the group begins; -1 if it took no part."""
        return self._units(self._match().start(self._checked(index)))

    @method("Integer end()")
    def end(self) -> int:
        """Where the match ends."""
        return self._units(self._match().end())

    @method("Integer end(Integer groupIndex)")
    def end_at(self, index: int | None) -> int:
        """Where the group ends."""
        return self._units(self._match().end(self._checked(index)))

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
        low, high = self._points(start), self._points(end)
        if not 0 <= low <= high:
            raise string_error("Illegal region")
        self.reset()
        self.low, self.high, self.next_start = low, high, low
        return self

    @method("Integer regionStart()")
    def region_start(self) -> int:
        """Where the region begins."""
        return self._units(self.low)

    @method("Integer regionEnd()")
    def region_end(self) -> int:
        """Where the region ends."""
        return self._units(self.high)

    @method("String replaceAll(String replacementString)")
    def replace_all(self, replacement: str | None) -> str:
        """The text with every match replaced."""
        return replaced(self.text, self.source.compiled, required(replacement), 0)

    @method("String replaceFirst(String replacementString)")
    def replace_first(self, replacement: str | None) -> str:
        """The text with the first match replaced."""
        return replaced(self.text, self.source.compiled, required(replacement), 1)

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
        self.wide = is_wide(self.text)
        return self.reset()

    @staticmethod
    @static("String quoteReplacement(String inputString)")
    def quote_replacement(text: str | None) -> str:
        """A replacement that stands for the text as it is."""
        return required(text).replace("\\", "\\\\").replace("$", "\\$")

"""String methods that answer a changed text (Apex Reference Guide, String Class)."""

from __future__ import annotations

import re

from sfgen.apex.library.declarations.arguments import required, string_error
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.text.code_units import by_code_units
from sfgen.apex.library.text.text_size import bounded

STRING = platform_members("String")

"""Characters that `repeat` may make (apex-semantics ST13)."""
_ELLIPSIS = "..."
_JAVA_WHITE = "".join(map(chr, range(33)))


@STRING.method("String abbreviate(Integer maxWidth)")
@by_code_units
def abbreviate(text: str, width: int | None) -> str:
    """At most `width` characters, the last three dots if it was cut."""
    return abbreviate_from(text, width, 0)


@STRING.method("String abbreviate(Integer maxWidth, Integer offset)")
@by_code_units
def abbreviate_from(text: str, max_width: int | None, offset: int | None) -> str:
    """At most `max_width` characters around `offset`; dots stand for what was cut."""
    width, start = required(max_width), required(offset)
    if width < 4:
        raise string_error("Minimum abbreviation width is 4")
    if len(text) <= width:
        return text
    start = min(start, len(text))
    if len(text) - start < width - 3:
        start = len(text) - (width - 3)
    if start <= 4:
        return text[: width - 3] + _ELLIPSIS
    if width < 7:
        raise string_error("Minimum abbreviation width with offset is 7")
    if start + width - 3 < len(text):
        return _ELLIPSIS + abbreviate(text[start:], width - 3)
    return _ELLIPSIS + text[len(text) - (width - 3) :]


@STRING.method("String capitalize()")
def capitalize(text: str) -> str:
    """The first letter in title case, the rest as it was."""
    return text[:1].title() + text[1:]


@STRING.method("String uncapitalize()")
def uncapitalize(text: str) -> str:
    """The first letter in lower case, the rest as it was."""
    return text[:1].lower() + text[1:]


def _padding(size: int, missing: int, padding: str | None) -> str:
    """`missing` characters of `padding` repeated; blanks for empty text (ST12)."""
    bounded(size)
    pad = padding or " "
    return (pad * (missing // len(pad) + 1))[:missing] if missing > 0 else ""


@STRING.method("String center(Integer size)")
@by_code_units
def center(text: str, size: int | None) -> str:
    """In the middle of `size` characters, blanks around."""
    return center_with(text, size, " ")


@STRING.method("String center(Integer size, String padStr)")
@by_code_units
def center_with(text: str, size: int | None, padding: str | None) -> str:
    """In the middle of `size` characters; the odd one goes to the right."""
    missing = required(size) - len(text)
    if missing <= 0:
        return text
    left = missing // 2
    return (
        _padding(required(size), left, padding)
        + text
        + _padding(required(size), missing - left, padding)
    )


@STRING.method("String leftPad(Integer length)")
@by_code_units
def left_pad(text: str, length: int | None) -> str:
    """Blanks before, up to `length`."""
    return left_pad_with(text, length, " ")


@STRING.method("String leftPad(Integer length, String padStr)")
@by_code_units
def left_pad_with(text: str, length: int | None, padding: str | None) -> str:
    """`padding` before, up to `length`."""
    return _padding(required(length), required(length) - len(text), padding) + text


@STRING.method("String rightPad(Integer length)")
@by_code_units
def right_pad(text: str, length: int | None) -> str:
    """Blanks behind, up to `length`."""
    return right_pad_with(text, length, " ")


@STRING.method("String rightPad(Integer length, String padStr)")
@by_code_units
def right_pad_with(text: str, length: int | None, padding: str | None) -> str:
    """`padding` behind, up to `length`."""
    return text + _padding(required(length), required(length) - len(text), padding)


@STRING.method("String deleteWhitespace()")
def delete_whitespace(text: str) -> str:
    """Without any white space."""
    return "".join(text.split())


@STRING.method("String normalizeSpace()")
def normalize_space(text: str) -> str:
    """Trimmed, each run of white space one blank."""
    return " ".join(text.split())


@STRING.method("String remove(String substring)")
def remove(text: str, substring: str | None) -> str:
    """Without any occurrence of `substring`."""
    return text.replace(substring, "") if substring else text


@STRING.method("String removeEnd(String substring)")
def remove_end(text: str, substring: str | None) -> str:
    """Without `substring` at the end."""
    return text.removesuffix(substring or "")


@STRING.method("String removeEndIgnoreCase(String substring)")
def remove_end_ignore_case(text: str, substring: str | None) -> str:
    """Without `substring` at the end in any case."""
    if substring and text.lower().endswith(substring.lower()):
        return text[: -len(substring)]
    return text


@STRING.method("String removeStart(String substring)")
def remove_start(text: str, substring: str | None) -> str:
    """Without `substring` at the start."""
    return text.removeprefix(substring or "")


@STRING.method("String removeStartIgnoreCase(String substring)")
def remove_start_ignore_case(text: str, substring: str | None) -> str:
    """Without `substring` at the start in any case."""
    if substring and text.lower().startswith(substring.lower()):
        return text[len(substring) :]
    return text


@STRING.method("String repeat(Integer numberOfTimes)")
def repeat(text: str, times: int | None) -> str:
    """The text `times` times; the uncatchable LimitException past 6,000,000 characters (ST13)."""
    count = max(required(times), 0)
    bounded(len(text) * count)
    return text * count


@STRING.method("String repeat(String separator, Integer numberOfTimes)")
def repeat_with(text: str, separator: str | None, times: int | None) -> str:
    """The text `times` times with `separator` between."""
    count = max(required(times), 0)
    bounded((len(text) + len(separator or "")) * count)
    return (separator or "").join([text] * count)


@STRING.method("String replace(String target, String replacement)")
def replace(text: str, target: str | None, replacement: str | None) -> str:
    """Every `target` replaced; an empty one is found everywhere (ST11)."""
    old, new = required(target), required(replacement)
    bounded(len(text) + text.count(old) * (len(new) - len(old)))
    return text.replace(old, new)


@STRING.method("String reverse()")
def reverse(text: str) -> str:
    """From the end to the start."""
    return text[::-1]


@STRING.method("String stripHtmlTags()")
def strip_html_tags(text: str) -> str:
    """Without HTML tags; line breaks of `<br>` stay as line ends."""
    broken = re.sub(r"(?i)<br\s*/?>", "\n", text)
    return re.sub(r"<[^<>]*>", "", broken)


@STRING.method("String swapCase()")
def swap_case(text: str) -> str:
    """Upper case for lower case and the other way round."""
    return text.swapcase()


@STRING.method("String toLowerCase()")
def to_lower_case(text: str) -> str:
    """In lower case by the English rules."""
    return text.lower()


@STRING.method("String toLowerCase(String locale)")
def to_lower_case_in(text: str, locale: str | None) -> str:
    """In lower case by the rules of `locale` (Turkish and Azeri have a dotless i)."""
    if required(locale)[:2] in {"tr", "az"}:
        text = text.replace("I", "\N{LATIN SMALL LETTER DOTLESS I}").replace("\u0130", "i")
    return text.lower()


@STRING.method("String toUpperCase()")
def to_upper_case(text: str) -> str:
    """In upper case by the English rules."""
    return text.upper()


@STRING.method("String toUpperCase(String locale)")
def to_upper_case_in(text: str, locale: str | None) -> str:
    """In upper case by the rules of `locale` (Turkish and Azeri have a dotted I)."""
    if required(locale)[:2] in {"tr", "az"}:
        text = text.replace("i", "\u0130")
    return text.upper()


@STRING.method("String trim()")
def trim(text: str) -> str:
    """Without characters up to U+0020 at both ends, as Java trims."""
    return text.strip(_JAVA_WHITE)

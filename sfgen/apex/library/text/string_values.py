"""String's static methods that make texts of values (Apex Reference Guide, String Class)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sfgen.apex.library.collections.iterators import elements_of
from sfgen.apex.library.declarations.arguments import required, string_error
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.text.text_size import joined
from sfgen.apex.library.time.datetimes import in_user_zone
from sfgen.apex.runtime.surrogates import paired
from sfgen.apex.runtime.text import text_of

if TYPE_CHECKING:
    import datetime as dt

STRING = platform_members("String")

_PLACE = re.compile(r"\s*(\d+)\s*(?:,\s*(\w+)\s*(?:,(.*))?)?\Z", re.DOTALL)


@STRING.static("String valueOf(Date date)")
def value_of_date(date: dt.date | None) -> str | None:
    """`yyyy-MM-dd`."""
    return None if date is None else f"{date.year:04d}-{date.month:02d}-{date.day:02d}"


@STRING.static("String valueOf(Datetime datetime)")
def value_of_datetime(moment: dt.datetime | None) -> str | None:
    """`yyyy-MM-dd HH:mm:ss` in the user's zone."""
    return None if moment is None else text_of(in_user_zone(moment))


@STRING.static("String valueOfGmt(Datetime datetime)")
def value_of_gmt(moment: dt.datetime | None) -> str | None:
    """`yyyy-MM-dd HH:mm:ss` in GMT."""
    return None if moment is None else text_of(moment)


def value_of(value: Any) -> str | None:
    """The text of a value; null stays null."""
    return None if value is None else text_of(value)


for _type in ("Decimal", "Double", "Integer", "Long", "Object"):
    STRING.static(f"String valueOf({_type} value)")(value_of)


@STRING.static("String join(Iterable<Object> iterableObj, String separator)")
def join(values: Any, separator: str | None) -> str:
    """The elements' texts with `separator` between (ST10)."""
    return paired(joined((text_of(each) for each in elements_of(values)), required(separator)))


def _argument(found: str, arguments: list[str]) -> str:
    """What stands for `{0}`; a place without argument stays as it is."""
    place = _PLACE.match(found)
    if not place:
        raise string_error(f"can't parse argument number: {found}")
    number, kind = int(place[1]), place[2]
    if kind == "number":
        raise string_error("Cannot format given Object as a Number")
    if kind in {"date", "time"}:
        raise string_error("Cannot format given Object as a Date")
    return arguments[number] if number < len(arguments) else f"{{{number}}}"


@STRING.static("String format(String stringToFormat, List<Object> formattingArguments)")
def format_text(pattern: str | None, arguments: Any) -> str:
    """Java's MessageFormat: `{0}`, quoting by single quotes (ST08, ST09).

    Every argument becomes text once, in the list's order (public suites).

    Raises StringException for braces that don't match.
    """
    values = [text_of(each) for each in elements_of(arguments)]
    made: list[str] = []
    quoted, place, text = False, 0, required(pattern)
    while place < len(text):
        letter = text[place]
        if letter == "'":
            doubled = text[place + 1 : place + 2] == "'"
            if doubled:
                made.append("'")
            else:
                quoted = not quoted
            place += 1 + doubled
        elif letter == "{" and not quoted:
            end = text.find("}", place)
            if end < 0:
                raise string_error("Unmatched braces in the pattern.")
            made.append(_argument(text[place + 1 : end], values))
            place = end + 1
        else:
            made.append(letter)
            place += 1
    return joined(made)

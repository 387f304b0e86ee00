"""How numbers and dates are written in the running user's locale.

The patterns are those of Salesforce's supported locales with ICU formats (Salesforce Help,
"Supported Date and Time Formats (ICU)"); a locale that is not listed is written like `en_US`.
"""

from __future__ import annotations

import decimal
from dataclasses import dataclass

from sfgen.apex.runtime.session import user_locale

__all__ = ["LocaleForm", "form_of", "format_number", "grouped"]


@dataclass(frozen=True, slots=True)
class LocaleForm:
    """A locale's marks and patterns: `short_date` for Date, with `time` for Datetime."""

    group: str = ","
    point: str = "."
    short_date: str = "M/d/yyyy"
    time: str = "h:mm a"
    joint: str = ", "
    date_order: str = "mdy"
    first_weekday: int = 6


_NARROW = "\N{NARROW NO-BREAK SPACE}"
_DEFAULT = LocaleForm()
_FORMS = {
    "en_us": _DEFAULT,
    "en": _DEFAULT,
    "en_gb": LocaleForm(short_date="dd/MM/yyyy", time="HH:mm", date_order="dmy", first_weekday=0),
    "en_au": LocaleForm(short_date="d/M/yyyy", date_order="dmy", first_weekday=0),
    "en_ca": LocaleForm(short_date="yyyy-MM-dd", date_order="ymd"),
    "en_ie": LocaleForm(short_date="dd/MM/yyyy", time="HH:mm", date_order="dmy", first_weekday=0),
    "de": LocaleForm(".", ",", "dd.MM.yyyy", "HH:mm", ", ", "dmy", 0),
    "fr": LocaleForm(_NARROW, ",", "dd/MM/yyyy", "HH:mm", " ", "dmy", 0),
    "es": LocaleForm(".", ",", "d/M/yyyy", "H:mm", ", ", "dmy", 0),
    "it": LocaleForm(".", ",", "dd/MM/yyyy", "HH:mm", ", ", "dmy", 0),
    "nl": LocaleForm(".", ",", "dd-MM-yyyy", "HH:mm", " ", "dmy", 0),
    "pt": LocaleForm(".", ",", "dd/MM/yyyy", "HH:mm", " ", "dmy"),
    "ja": LocaleForm(",", ".", "yyyy/MM/dd", "H:mm", " ", "ymd"),
    "de_ch": LocaleForm("\N{RIGHT SINGLE QUOTATION MARK}", ".", "dd.MM.yyyy", "HH:mm", ", ", "dmy"),
    "pl": LocaleForm("\N{NO-BREAK SPACE}", ",", "dd.MM.yyyy", "HH:mm", ", ", "dmy", 0),
    "sv": LocaleForm("\N{NO-BREAK SPACE}", ",", "yyyy-MM-dd", "HH:mm", " ", "ymd", 0),
}


def form_of(locale: str | None = None) -> LocaleForm:
    """The form of `locale`, the running user's by default: `de_AT` falls back to `de`."""
    name = (locale or user_locale()).lower()
    return _FORMS.get(name) or _FORMS.get(name.partition("_")[0], _DEFAULT)


def grouped(digits: str, mark: str) -> str:
    """Digits in groups of three from the right."""
    head = len(digits) % 3
    groups = [digits[place : place + 3] for place in range(head, len(digits), 3)]
    return mark.join([digits[:head], *groups] if head else groups)


def format_number(value: int | decimal.Decimal, locale: str | None = None) -> str:
    """A number with groups and at most three decimals, rounded half-even, as `format()` does."""
    form = form_of(locale)
    rounded = decimal.Decimal(value)
    exponent = rounded.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -3:
        rounded = rounded.quantize(
            decimal.Decimal("0.001"), decimal.ROUND_HALF_EVEN, decimal.Context(prec=80)
        )
    whole, _, rest = format(abs(rounded), "f").partition(".")
    rest = rest.rstrip("0")
    sign = "-" if rounded < 0 else ""
    return sign + grouped(whole, form.group) + (form.point + rest if rest else "")

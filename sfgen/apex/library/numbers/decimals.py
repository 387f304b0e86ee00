"""Decimal and RoundingMode (Apex Reference Guide, Decimal Class)."""

from __future__ import annotations

import decimal
import re
from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.arguments import required, type_error
from sfgen.apex.library.declarations.registry import platform_enum, platform_members
from sfgen.apex.library.numbers.numbers import wrap
from sfgen.apex.library.text.text_size import checked_decimal
from sfgen.apex.library.time.locales import format_number
from sfgen.apex.runtime.exceptions import ApexException, raise_apex
from sfgen.apex.runtime.text import text_of
from sfgen.apex.runtime.values import Long

if TYPE_CHECKING:
    from sfgen.apex.runtime.values import ApexEnum

DECIMAL = platform_members("Decimal")
ROUNDING = platform_enum(
    "RoundingMode", "CEILING DOWN FLOOR HALF_DOWN HALF_EVEN HALF_UP UNNECESSARY UP"
)

# Python's constants bear Java's names; UNNECESSARY has none and is checked by hand.
_MODES = {
    "CEILING": decimal.ROUND_CEILING,
    "DOWN": decimal.ROUND_DOWN,
    "FLOOR": decimal.ROUND_FLOOR,
    "HALF_DOWN": decimal.ROUND_HALF_DOWN,
    "HALF_EVEN": decimal.ROUND_HALF_EVEN,
    "HALF_UP": decimal.ROUND_HALF_UP,
    "UP": decimal.ROUND_UP,
    "UNNECESSARY": decimal.ROUND_HALF_EVEN,
}
_WIDE = decimal.Context(prec=400)
_TEXT = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\Z", re.ASCII)


def scaled(value: decimal.Decimal, scale: int, mode: str = "HALF_EVEN") -> decimal.Decimal:
    """`value` with `scale` decimals. MathException when UNNECESSARY rounding is necessary."""
    unit = decimal.Decimal(1).scaleb(-scale, _WIDE)
    rounded = value.quantize(unit, _MODES[mode], _WIDE)
    if mode == "UNNECESSARY" and rounded != value:
        raise raise_apex("MathException", "Rounding necessary")
    return rounded


def scale_of(value: decimal.Decimal) -> int:
    """How many decimals a Decimal has."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def divided_by_zero() -> ApexException:
    """MathException `Divide by 0` (OP26)."""
    return raise_apex("MathException", "Divide by 0")


@DECIMAL.static("Decimal valueOf(String stringToDecimal)")
def decimal_value_of(text: str | None) -> decimal.Decimal:
    """The Decimal that `text` writes, with its scale. TypeException `Invalid decimal: ...`."""
    known = required(text)
    if not _TEXT.match(known.strip()):
        raise type_error(f"Invalid decimal: {known}")
    return checked_decimal(known.strip())


@DECIMAL.static("Decimal valueOf(Double doubleToDecimal)")
def decimal_of_double(value: float | None) -> decimal.Decimal:
    """The shortest Decimal that reads back as the Double; whole ones keep `.0` (ST18)."""
    return decimal.Decimal(repr(required(value)))


@DECIMAL.static("Decimal valueOf(Long longToDecimal)")
def decimal_of_long(value: int | None) -> decimal.Decimal:
    """The Long with scale 0."""
    return decimal.Decimal(int(required(value)))


@DECIMAL.static("Decimal valueOf(Object value)")
def decimal_of_object(value: Any) -> decimal.Decimal:
    """Any number, or a text read."""
    known = required(value)
    if isinstance(known, decimal.Decimal):
        return known
    if type(known) is float:
        return decimal_of_double(known)
    if isinstance(known, int) and type(known) is not bool:
        return decimal.Decimal(int(known))
    return decimal_value_of(known if isinstance(known, str) else text_of(known))


@DECIMAL.method("Decimal abs()")
def absolute(value: decimal.Decimal) -> decimal.Decimal:
    """Without sign."""
    return value.copy_abs()


@DECIMAL.method("Decimal negate()")
def negate(value: decimal.Decimal) -> decimal.Decimal:
    """With the other sign."""
    return value.copy_negate()


@DECIMAL.method("Decimal divide(Decimal divisor, Integer scale)")
def divide(
    value: decimal.Decimal, divisor: decimal.Decimal | None, scale: int | None
) -> decimal.Decimal:
    """Divided, with `scale` decimals, half-even."""
    return divide_with(value, divisor, scale, ROUNDING["HALF_EVEN"])


@DECIMAL.method("Decimal divide(Decimal divisor, Integer scale, Object roundingMode)")
def divide_with(
    value: decimal.Decimal, divisor: decimal.Decimal | None, scale: int | None, mode: ApexEnum
) -> decimal.Decimal:
    """Divided, with `scale` decimals, rounded as `mode` says."""
    under = required(divisor)
    if not under:
        raise divided_by_zero()
    places = required(scale)
    quotient = _WIDE.divide(value, under)
    return scaled(quotient, places, required(mode).name)


@DECIMAL.method("Double doubleValue()")
def double_value(value: decimal.Decimal) -> float:
    """The nearest Double."""
    return float(value)


@DECIMAL.method("String format()")
def decimal_format(value: decimal.Decimal) -> str:
    """With the locale's groups and mark, at most three decimals."""
    return format_number(value)


@DECIMAL.method("Integer intValue()")
def int_value(value: decimal.Decimal) -> int:
    """Cut to a whole number, its low 32 bits."""
    return wrap(int(value), 32)


@DECIMAL.method("Long longValue()")
def long_value(value: decimal.Decimal) -> Long:
    """Cut to a whole number, its low 64 bits."""
    return Long(wrap(int(value), 64))


@DECIMAL.method("Decimal pow(Integer exponent)")
def power(value: decimal.Decimal, exponent: int | None) -> decimal.Decimal:
    """Multiplied by itself. MathException outside 0 to 32,767."""
    times = required(exponent)
    if not 0 <= times <= 32767:
        raise raise_apex("MathException", "Invalid value for exponent: " + str(times))
    return _WIDE.power(value, times) if times else decimal.Decimal(1)


@DECIMAL.method("Integer precision()")
def precision(value: decimal.Decimal) -> int:
    """How many digits there are, the scale's zeros among them (ST17)."""
    return len(value.as_tuple().digits)


@DECIMAL.method("Long round()")
def round_half_even(value: decimal.Decimal) -> Long:
    """The nearest whole number, halves to the even one (ST20)."""
    return Long(wrap(int(scaled(value, 0)), 64))


@DECIMAL.method("Long round(RoundingMode roundingMode)")
def round_with(value: decimal.Decimal, mode: ApexEnum | None) -> Long:
    """A whole number, rounded as `mode` says (ST19)."""
    return Long(wrap(int(scaled(value, 0, required(mode).name)), 64))


@DECIMAL.method("Integer scale()")
def scale(value: decimal.Decimal) -> int:
    """How many decimals there are."""
    return scale_of(value)


@DECIMAL.method("Decimal setScale(Integer scale)")
def set_scale(value: decimal.Decimal, places: int | None) -> decimal.Decimal:
    """With so many decimals, half-even."""
    return set_scale_with(value, places, ROUNDING["HALF_EVEN"])


@DECIMAL.method("Decimal setScale(Integer scale, RoundingMode roundingMode)")
def set_scale_with(
    value: decimal.Decimal, places: int | None, mode: ApexEnum | None
) -> decimal.Decimal:
    """With so many decimals, from -33 to 33, rounded as `mode` says."""
    wanted = required(places)
    if not -33 <= wanted <= 33:
        raise raise_apex("MathException", f"Scale out of range: {wanted}")
    return scaled(value, wanted, required(mode).name)


@DECIMAL.method("Decimal stripTrailingZeros()")
def strip_trailing_zeros(value: decimal.Decimal) -> decimal.Decimal:
    """Without zeros at the end, of the whole part too."""
    return value.normalize(_WIDE)


@DECIMAL.method("String toPlainString()")
def to_plain_string(value: decimal.Decimal) -> str:
    """Without an exponent."""
    return format(value, "f")

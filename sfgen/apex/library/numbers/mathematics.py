"""Math (Apex Reference Guide, Math Class)."""

from __future__ import annotations

import decimal
import math
from typing import TYPE_CHECKING, TypeVar

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.numbers.decimals import divided_by_zero, round_half_even, scaled
from sfgen.apex.library.numbers.numbers import double_round, wrap
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.values import Long

if TYPE_CHECKING:
    from collections.abc import Callable

    Number = TypeVar("Number", int, float, decimal.Decimal, Long)

MATH = platform_members("Math")
MATH.constant("Double E", math.e)
MATH.constant("Double PI", math.pi)


def _or_nan(function: Callable[[float], float]) -> Callable[[float], float]:
    """Java's answers where Python raises: NaN outside the domain, infinity past the range."""

    def computed(value: float) -> float:
        try:
            return function(value)
        except OverflowError:
            return math.inf
        except ValueError:
            return math.nan

    return computed


def _logarithm(function: Callable[[float], float]) -> Callable[[float], float]:
    return lambda value: -math.inf if value == 0 else _or_nan(function)(value)


def _cube_root(value: float) -> float:
    root = math.copysign(abs(value) ** (1 / 3), value)
    return float(round(root)) if round(root) ** 3 == value else root


def _sign(value: float) -> float:
    return math.copysign(1.0, value) if value else value


_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "acos": _or_nan(math.acos),
    "asin": _or_nan(math.asin),
    "atan": math.atan,
    "cbrt": _cube_root,
    "cos": _or_nan(math.cos),
    "cosh": _or_nan(math.cosh),
    "exp": _or_nan(math.exp),
    "log": _logarithm(math.log),
    "log10": _logarithm(math.log10),
    "sin": _or_nan(math.sin),
    "sinh": _or_nan(math.sinh),
    "sqrt": _or_nan(math.sqrt),
    "tan": _or_nan(math.tan),
    "tanh": math.tanh,
}


def _declare(name: str, function: Callable[[float], float]) -> None:
    """Both overloads of a function of one number: Double to Double, Decimal to Decimal."""

    def of_double(value: float | None) -> float:
        return function(required(value))

    def of_decimal(value: decimal.Decimal | None) -> decimal.Decimal:
        return decimal.Decimal(repr(function(float(required(value)))))

    MATH.static(f"Decimal {name}(Decimal value)")(of_decimal)
    MATH.static(f"Double {name}(Double value)")(of_double)


for _name, _function in _FUNCTIONS.items():
    _declare(_name, _function)


@MATH.static("Integer abs(Integer value)")
def abs_integer(value: int | None) -> int:
    """Without sign; the least Integer stays as it is."""
    return wrap(abs(required(value)), 32)


@MATH.static("Long abs(Long value)")
def abs_long(value: int | None) -> Long:
    """Without sign; the least Long stays as it is."""
    return Long(wrap(abs(int(required(value))), 64))


@MATH.static("Decimal abs(Decimal value)")
def abs_decimal(value: decimal.Decimal | None) -> decimal.Decimal:
    """Without sign, same scale."""
    return required(value).copy_abs()


@MATH.static("Double abs(Double value)")
def abs_double(value: float | None) -> float:
    """Without sign."""
    return abs(required(value))


@MATH.static("Decimal atan2(Decimal x, Decimal y)")
def atan2_decimal(x: decimal.Decimal | None, y: decimal.Decimal | None) -> decimal.Decimal:
    """The angle of the point."""
    return decimal.Decimal(repr(math.atan2(required(x), required(y))))


@MATH.static("Double atan2(Double x, Double y)")
def atan2_double(x: float | None, y: float | None) -> float:
    """The angle of the point."""
    return math.atan2(required(x), required(y))


@MATH.static("Decimal ceil(Decimal value)")
def ceil_decimal(value: decimal.Decimal | None) -> decimal.Decimal:
    """The least whole number that is not below."""
    return scaled(required(value), 0, "CEILING")


@MATH.static("Double ceil(Double value)")
def ceil_double(value: float | None) -> float:
    """The least whole number that is not below."""
    known = required(value)
    return float(math.ceil(known)) if math.isfinite(known) else known


@MATH.static("Decimal floor(Decimal value)")
def floor_decimal(value: decimal.Decimal | None) -> decimal.Decimal:
    """The greatest whole number that is not above."""
    return scaled(required(value), 0, "FLOOR")


@MATH.static("Double floor(Double value)")
def floor_double(value: float | None) -> float:
    """The greatest whole number that is not above."""
    known = required(value)
    return float(math.floor(known)) if math.isfinite(known) else known


@MATH.static("Decimal rint(Decimal value)")
def rint_decimal(value: decimal.Decimal | None) -> decimal.Decimal:
    """The nearest whole number, halves to the even one."""
    return scaled(required(value), 0)


@MATH.static("Double rint(Double value)")
def rint_double(value: float | None) -> float:
    """The nearest whole number, halves to the even one."""
    return float(round(required(value)))


@MATH.static("Integer round(Decimal value)")
def round_decimal(value: decimal.Decimal | None) -> int:
    """The nearest Integer, halves to the even one (ST21)."""
    return wrap(int(round_half_even(required(value))), 32)


@MATH.static("Integer round(Double value)")
def round_double(value: float | None) -> int:
    """The nearest Integer, halves away from zero."""
    return wrap(int(double_round(required(value))), 32)


@MATH.static("Long roundToLong(Decimal value)")
def round_decimal_to_long(value: decimal.Decimal | None) -> Long:
    """The nearest Long, halves to the even one."""
    return round_half_even(required(value))


@MATH.static("Long roundToLong(Double value)")
def round_double_to_long(value: float | None) -> Long:
    """The nearest Long."""
    return double_round(required(value))


@MATH.static("Decimal signum(Decimal value)")
def signum_decimal(value: decimal.Decimal | None) -> decimal.Decimal:
    """-1, 0 or 1."""
    known = required(value)
    return decimal.Decimal((known > 0) - (known < 0))


@MATH.static("Double signum(Double value)")
def signum_double(value: float | None) -> float:
    """-1.0, 0.0 or 1.0."""
    return _sign(required(value))


@MATH.static("Integer mod(Integer dividend, Integer divisor)")
def mod_integer(dividend: int | None, divisor: int | None) -> int:
    """The remainder, with the dividend's sign (ST22)."""
    over, under = required(dividend), required(divisor)
    if not under:
        raise divided_by_zero()
    return int(math.fmod(over, under)) if abs(over) < 2**53 else _remainder(over, under)


def _remainder(over: int, under: int) -> int:
    rest = abs(over) % abs(under)
    return rest if over >= 0 else -rest


@MATH.static("Long mod(Long dividend, Long divisor)")
def mod_long(dividend: int | None, divisor: int | None) -> Long:
    """The remainder, with the dividend's sign."""
    over, under = int(required(dividend)), int(required(divisor))
    if not under:
        raise divided_by_zero()
    return Long(_remainder(over, under))


@MATH.static("Double pow(Double base, Double exponent)")
def power(base: float | None, exponent: float | None) -> float:
    """`base` to the power of `exponent`."""
    try:
        return math.pow(required(base), required(exponent))
    except OverflowError:
        return math.inf
    except ValueError:
        return math.nan if base else math.inf


@MATH.static("Double random()")
def random() -> float:
    """From 0.0 up to but not 1.0, from the transaction's source."""
    return current().random.random()


for _type in ("Integer", "Long", "Double", "Decimal"):

    @MATH.static(f"{_type} max({_type} x, {_type} y)")
    def greater(x: Number | None, y: Number | None) -> Number:
        """The greater of two numbers."""
        return max(required(x), required(y))

    @MATH.static(f"{_type} min({_type} x, {_type} y)")
    def lesser(x: Number | None, y: Number | None) -> Number:
        """The lesser of two numbers."""
        return min(required(x), required(y))

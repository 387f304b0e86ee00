"""Assert and System's assertions (Apex Reference Guide, Assert Class; apex-semantics TE01-TE04)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sfgen.apex.library.collections.equality import equal_values
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.schema.type_names import instance_of, name_of
from sfgen.apex.runtime.exceptions import ApexException, raise_apex
from sfgen.apex.runtime.text import text_of
from sfgen.apex.runtime.values import type_of

if TYPE_CHECKING:
    from sfgen.apex.types.model import ApexType

ASSERT = platform_members("Assert")
SYSTEM = platform_members("System")


def failure(message: Any, detail: str = "") -> ApexException:
    """The uncatchable AssertException: `Assertion Failed: message: detail`."""
    parts = ["Assertion Failed", *([text_of(message)] if message is not None else []), detail]
    return raise_apex("AssertException", ": ".join(part for part in parts if part))


def shown(value: Any) -> str:
    """A value inside an assertion's text."""
    return text_of(value)


@ASSERT.static("void areEqual(Object expected, Object actual)")
@SYSTEM.static("void assertEquals(Object expected, Object actual)")
def are_equal(expected: Any, actual: Any) -> None:
    """Fail unless equal."""
    are_equal_or(expected, actual, None)


@ASSERT.static("void areEqual(Object expected, Object actual, String message)")
@SYSTEM.static("void assertEquals(Object expected, Object actual, Object message)")
def are_equal_or(expected: Any, actual: Any, message: Any) -> None:
    """Fail with `message` unless equal."""
    if not equal_values(expected, actual) and not _same_second(expected, actual):
        raise failure(message, f"Expected: {shown(expected)}, Actual: {shown(actual)}")


def _same_second(one: Any, two: Any) -> bool:
    """Moments differ for an assertion when they differ as shown: milliseconds don't count.

    A public suite (jsonparse) that Salesforce runs has 43:59.073 equal 43:59.
    """
    if type(one) is not dt.datetime or type(two) is not dt.datetime:
        return False
    return one.replace(microsecond=0) == two.replace(microsecond=0)


@ASSERT.static("void areNotEqual(Object notExpected, Object actual)")
@SYSTEM.static("void assertNotEquals(Object notExpected, Object actual)")
def are_not_equal(unexpected: Any, actual: Any) -> None:
    """Fail if equal."""
    are_not_equal_or(unexpected, actual, None)


@ASSERT.static("void areNotEqual(Object notExpected, Object actual, String message)")
@SYSTEM.static("void assertNotEquals(Object notExpected, Object actual, Object message)")
def are_not_equal_or(unexpected: Any, actual: Any, message: Any) -> None:
    """Fail with `message` if equal."""
    if equal_values(unexpected, actual):
        raise failure(message, f"Same value: {shown(unexpected)}")


@ASSERT.static("void isTrue(Boolean condition)")
def is_true(condition: bool | None) -> None:  # noqa: FBT001 - Apex's parameter
    """Fail unless true."""
    is_true_or(condition, None)


@ASSERT.static("void isTrue(Boolean condition, String message)")
def is_true_or(condition: bool | None, message: Any) -> None:  # noqa: FBT001 - Apex's parameter
    """Fail with `message` unless true."""
    if condition is not True:
        raise failure(message, f"Expected: true, Actual: {shown(condition)}")


@ASSERT.static("void isFalse(Boolean condition)")
def is_false(condition: bool | None) -> None:  # noqa: FBT001 - Apex's parameter
    """Fail unless false."""
    is_false_or(condition, None)


@ASSERT.static("void isFalse(Boolean condition, String message)")
def is_false_or(condition: bool | None, message: Any) -> None:  # noqa: FBT001 - Apex's parameter
    """Fail with `message` unless false."""
    if condition is not False:
        raise failure(message, f"Expected: false, Actual: {shown(condition)}")


@SYSTEM.static("void assert(Boolean condition)")
def system_assert(condition: bool | None) -> None:  # noqa: FBT001 - Apex's parameter
    """Fail unless true."""
    if condition is not True:
        raise failure(None)


@SYSTEM.static("void assert(Boolean condition, Object message)")
def system_assert_or(condition: bool | None, message: Any) -> None:  # noqa: FBT001 - Apex's parameter
    """Fail with `message` unless true."""
    if condition is not True:
        raise failure(message)


@ASSERT.static("void fail()")
def fail() -> None:
    """Fail."""
    raise failure(None)


@ASSERT.static("void fail(String message)")
def fail_with(message: str | None) -> None:
    """Fail with `message`."""
    raise failure(message)


@ASSERT.static("void isNull(Object value)")
def is_null(value: Any) -> None:
    """Fail unless null."""
    are_equal_or(None, value, None)


@ASSERT.static("void isNull(Object value, String message)")
def is_null_or(value: Any, message: str | None) -> None:
    """Fail with `message` unless null."""
    are_equal_or(None, value, message)


@ASSERT.static("void isNotNull(Object value)")
def is_not_null(value: Any) -> None:
    """Fail if null."""
    are_not_equal_or(None, value, None)


@ASSERT.static("void isNotNull(Object value, String message)")
def is_not_null_or(value: Any, message: str | None) -> None:
    """Fail with `message` if null."""
    are_not_equal_or(None, value, message)


@ASSERT.static("void isInstanceOfType(Object instance, Type expectedType)")
def is_instance(value: Any, expected: ApexType) -> None:
    """Fail unless an instance of the type."""
    is_instance_or(value, expected, None)


@ASSERT.static("void isInstanceOfType(Object instance, Type expectedType, String message)")
def is_instance_or(value: Any, expected: ApexType, message: str | None) -> None:
    """Fail with `message` unless an instance of the type."""
    if not instance_of(value, expected):
        raise failure(message, f"Expected: {name_of(expected)}, Actual: {name_of(type_of(value))}")


@ASSERT.static("void isNotInstanceOfType(Object instance, Type notExpectedType)")
def is_not_instance(value: Any, unexpected: ApexType) -> None:
    """Fail if an instance of the type."""
    is_not_instance_or(value, unexpected, None)


@ASSERT.static("void isNotInstanceOfType(Object instance, Type notExpectedType, String message)")
def is_not_instance_or(value: Any, unexpected: ApexType, message: str | None) -> None:
    """Fail with `message` if an instance of the type."""
    if instance_of(value, unexpected):
        raise failure(message, f"Same type: {name_of(unexpected)}")

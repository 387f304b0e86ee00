"""Errors of compiled code as Apex exceptions."""

from __future__ import annotations

import decimal
import sys
from typing import Any

from sfgen.apex.library.declarations.known import explain
from sfgen.apex.runtime.exceptions import (
    ApexException,
    StackFrame,
    Unsupported,
    exception_class,
    limit_exceeded,
    raise_apex,
)
from sfgen.apex.runtime.stack import traceback_frames
from sfgen.apex.types.model import ApexType

__all__ = [
    "as_apex",
    "caught",
    "pass_limit",
    "platform_exception",
    "start_exception",
    "thrown",
    "underway",
    "unsupported",
]


def unsupported(what: str) -> Any:
    """Stop the test: the runtime doesn't have `what`."""
    raise Unsupported(explain(what))


def as_apex(error: Exception) -> ApexException:
    """The Apex exception that `error` is for a program: itself, a null pointer, a limit.

    Raises Unsupported for a fault of the runtime's own: it is never a program's.
    """
    if isinstance(error, ApexException):
        return error
    if isinstance(error, RecursionError):
        return limit_exceeded("Maximum stack depth reached: 1001")
    if isinstance(error, MemoryError):
        return limit_exceeded("Apex heap size too large: 6000001")
    if isinstance(error, decimal.DecimalException):
        return raise_apex("MathException", "Number out of range")
    if isinstance(error, (AttributeError, TypeError)) and "NoneType" in str(error):
        found = raise_apex("NullPointerException", "Attempt to de-reference a null object")
        found.frames = tuple(StackFrame(*each) for each in traceback_frames(error.__traceback__))
        return found
    failure = Unsupported(f"internal fault, {type(error).__name__}: {error}")
    failure.frames = tuple(StackFrame(*each) for each in traceback_frames(error.__traceback__))
    raise failure from error


def caught(error: Exception) -> ApexException:
    """What a `catch` may look at; raises what no Apex code can catch."""
    found = as_apex(error)
    if not found.catchable:
        raise found
    return found


def underway() -> BaseException | None:
    """The exception that is being handled where a `try` begins."""
    return sys.exc_info()[1]


def pass_limit(before: BaseException | None) -> None:
    """At the start of a `finally`: a limit that is on its way ends the transaction, not the block.

    Nothing catches a LimitException (EX11), nor may a `return` in a `finally` lose it.
    """
    error = sys.exc_info()[1]
    if error is None or error is before:
        return
    if isinstance(error, (RecursionError, MemoryError, Unsupported)):
        raise error
    if isinstance(error, exception_class("LimitException")):
        raise error


def thrown(value: Any) -> ApexException:
    """What `throw value` raises; throwing null is a null pointer."""
    if value is None:
        return raise_apex("NullPointerException", "Attempt to de-reference a null object")
    found: ApexException = value
    return found


_others: dict[str, type[ApexException]] = {}


def platform_exception(name: str) -> type[ApexException]:
    """The class of a platform exception; one that the runtime never raises is made up."""
    try:
        return exception_class(name)
    except KeyError:
        members = {"apex_type": ApexType(name)}
        return _others.setdefault(name.lower(), type(name, (ApexException,), members))


def start_exception(value: Any, *arguments: Any) -> Any:
    """`super(...)` of an exception class: message, cause, or both."""
    for argument in arguments:
        if isinstance(argument, ApexException):
            value.cause = argument
            if len(arguments) == 1:
                value.message = argument.text
        else:
            value.message = argument
    return value

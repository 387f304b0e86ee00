"""Python's errors on null operands as the Apex exceptions that they are."""

from __future__ import annotations

from sfgen.apex.runtime.exceptions import ApexException, StackFrame, raise_apex
from sfgen.apex.runtime.stack import traceback_frames

__all__ = ["failure_of"]


def failure_of(error: Exception) -> ApexException:
    """The catchable Apex exception behind `error`; raises what is none again."""
    if isinstance(error, ApexException):
        if not error.catchable:
            raise error
        return error
    if isinstance(error, (AttributeError, TypeError)) and "NoneType" in str(error):
        found = raise_apex("NullPointerException", "Attempt to de-reference a null object")
        found.frames = tuple(StackFrame(*each) for each in traceback_frames(error.__traceback__))
        return found
    raise error

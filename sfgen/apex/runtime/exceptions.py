"""Apex exceptions as Python classes, and what Apex code can never catch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sfgen.apex.runtime.objects import ApexObject
from sfgen.apex.runtime.stack import apex_frames
from sfgen.apex.types.model import ApexType

__all__ = [
    "PLATFORM_EXCEPTIONS",
    "SCRIPT_THROWN",
    "UNCATCHABLE",
    "ApexException",
    "StackFrame",
    "Unsupported",
    "exception_class",
    "limit_exceeded",
    "raise_apex",
]

SCRIPT_THROWN = "Script-thrown exception"


@dataclass(frozen=True, slots=True)
class StackFrame:
    """One line of an Apex stack trace: `Class.Outer.Inner.method: line 4, column 1`."""

    place: str
    line: int
    file: str = ""

    def __str__(self) -> str:
        return f"{self.place}: line {self.line}, column 1"


class ApexException(ApexObject, Exception):  # noqa: N818 - Apex's own name
    """Any exception an Apex program can see; `apex_type` names its Apex class.

    `message` is None when none was given; `getMessage()` then says `Script-thrown exception`.
    """

    apex_type: ClassVar[ApexType] = ApexType("Exception")
    apex_interfaces: ClassVar[frozenset[str]] = frozenset({"exception"})
    catchable: ClassVar[bool] = True

    def __init__(self, message: str | None = None, cause: ApexException | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.cause = cause
        self.frames = tuple(StackFrame(*each) for each in apex_frames())

    @property
    def type_name(self) -> str:
        """What `getTypeName()` answers: `System.DmlException`, `MyClass.MyException`."""
        name = self.apex_type.name
        return f"System.{name}" if name.lower() in PLATFORM_EXCEPTIONS else name

    @property
    def text(self) -> str:
        """What `getMessage()` answers."""
        return SCRIPT_THROWN if self.message is None else self.message

    def __str__(self) -> str:
        return f"{self.type_name}: {self.text}"


class Unsupported(BaseException):
    """Executing something the runtime doesn't have: never caught by Apex, never a pass.

    `what` names it (`Messaging.sendEmail`); file and line are those of the Apex code.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
        self.frames = tuple(StackFrame(*each) for each in apex_frames())

    def __str__(self) -> str:
        return f"not supported yet: {self.what}"


# Apex Reference Guide, "Exception Class and Built-In Exceptions".
_NAMES = """
AsyncException AuraHandledException CalloutException DmlException EmailException
ExternalObjectException FinalException FlowException HandledException IllegalArgumentException
InvalidHeaderException InvalidParameterValueException InvalidReadOnlyUserDmlException
JSONException LimitException ListException MathException MissingManifestException NoAccessException
NoDataFoundException NoSuchElementException NullPointerException ProcedureException QueryException
RequiredFeatureMissingException RequiredFeatureMissing SearchException SecurityException
SerializationException SObjectException StringException TypeException UnexpectedException
UnsupportedOperationException VisualforceException XmlException AssertException
DataWeaveScriptException DuplicateMessageException InvalidQueryLocatorException
LicenseException PlatformCacheException BigObjectException TouchHandledException
TransientCursorException FatalCursorException TransientQueryException
""".split()

UNCATCHABLE = frozenset({"limitexception", "assertexception"})
"""Apex Developer Guide, "Exceptions that Can't be Caught": these pass every catch block."""


def _make(name: str) -> type[ApexException]:
    """The Python class of the platform exception `name`."""
    members = {
        "apex_type": ApexType(name),
        "apex_interfaces": frozenset({"exception", name.lower()}),
        "catchable": name.lower() not in UNCATCHABLE,
        "__module__": __name__,
        "__doc__": f"System.{name} (Apex Reference Guide, Built-In Exceptions).",
    }
    return type(name, (ApexException,), members)


PLATFORM_EXCEPTIONS: dict[str, type[ApexException]] = {
    **{name.lower(): _make(name) for name in _NAMES},
    "exception": ApexException,
}
"""Platform exception classes by lower-case name."""


def exception_class(name: str) -> type[ApexException]:
    """The class of a platform exception by name, `System.` allowed; KeyError if there is none."""
    return PLATFORM_EXCEPTIONS[name.lower().removeprefix("system.")]


def raise_apex(name: str, message: str | None = None) -> ApexException:
    """Make the platform exception `name`, for a `raise` statement to throw."""
    return exception_class(name)(message)


def limit_exceeded(message: str) -> ApexException:
    """The uncatchable LimitException with `message`."""
    return exception_class("LimitException")(message)

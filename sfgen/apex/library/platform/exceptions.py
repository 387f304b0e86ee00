"""Exception and the platform's exceptions (Apex Reference Guide, Exception Class)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.runtime.exceptions import PLATFORM_EXCEPTIONS, ApexException, raise_apex
from sfgen.apex.runtime.text import text_of
from sfgen.apex.runtime.values import ApexList, ApexMap, ApexSet
from sfgen.apex.types.model import STRING, set_of

if TYPE_CHECKING:
    from collections.abc import Callable

EXCEPTION = platform_members("Exception")


@EXCEPTION.method("String getMessage()")
def get_message(exception: ApexException) -> str:
    """The message; `Script-thrown exception` when there is none (EX18)."""
    return exception.text


@EXCEPTION.method("void setMessage(String message)")
def set_message(exception: ApexException, message: str | None) -> None:
    """Give another message."""
    exception.message = message


@EXCEPTION.method("Exception getCause()")
def get_cause(exception: ApexException) -> ApexException | None:
    """What caused it (EX28)."""
    return exception.cause


@EXCEPTION.method("void initCause(Exception cause)")
def init_cause(exception: ApexException, cause: ApexException | None) -> None:
    """Say what caused it."""
    exception.cause = required(cause)


@EXCEPTION.method("Integer getLineNumber()")
def get_line_number(exception: ApexException) -> int:
    """The line that threw it."""
    return exception.frames[0].line if exception.frames else -1


@EXCEPTION.method("String getStackTraceString()")
def get_stack_trace_string(exception: ApexException) -> str:
    """One `Class.X.m: line n, column 1` per call."""
    return "\n".join(map(str, exception.frames))


@EXCEPTION.method("String getTypeName()")
def get_type_name(exception: ApexException) -> str:
    """`System.DmlException`, `MyException`."""
    return exception.type_name


@EXCEPTION.method("String toString()")
def to_string(exception: ApexException) -> str:
    """`System.MathException: Divide by 0` (EX20)."""
    return text_of(exception)


def _row(exception: ApexException, place: int | None) -> Any:
    """Row `place` of what a DML failure left."""
    rows = getattr(exception, "dml_errors", ())
    index = required(place)
    if not 0 <= index < len(rows):
        raise raise_apex("ListException", f"List index out of bounds: {index}")
    return rows[index]


@EXCEPTION.method("Integer getNumDml()")
def get_num_dml(exception: ApexException) -> int:
    """How many rows failed."""
    return len(getattr(exception, "dml_errors", ()))


@EXCEPTION.method("Integer getDmlIndex(Integer index)")
def get_dml_index(exception: ApexException, place: int | None) -> int:
    """The row's place in the caller's list (EX10)."""
    return int(_row(exception, place).index)


@EXCEPTION.method("String getDmlId(Integer index)")
def get_dml_id(exception: ApexException, place: int | None) -> str | None:
    """The failed record's Id; null on insert."""
    found: str | None = _row(exception, place).record_id
    return found


@EXCEPTION.method("String getDmlMessage(Integer index)")
def get_dml_message(exception: ApexException, place: int | None) -> str:
    """The message without status and fields (EX09)."""
    return str(_row(exception, place).message)


@EXCEPTION.method("String getDmlStatusCode(Integer index)")
def get_dml_status_code(exception: ApexException, place: int | None) -> str:
    """The status as text (EX08)."""
    return str(_row(exception, place).status)


@EXCEPTION.method("StatusCode getDmlType(Integer index)")
def get_dml_type(exception: ApexException, place: int | None) -> Any:
    """The status as an enum value (EX08)."""
    from sfgen.apex.library.records.status_codes import status_code

    return status_code(_row(exception, place).status)


@EXCEPTION.method("List<String> getDmlFieldNames(Integer index)")
def get_dml_field_names(exception: ApexException, place: int | None) -> ApexList:
    """The names of the fields that the error is about."""
    return ApexList(_row(exception, place).fields, STRING)


def _get_inaccessible_fields(exception: ApexException) -> ApexMap:
    """The fields that user mode refused, by object (SH06)."""
    found: dict[str, Any] = getattr(exception, "inaccessible_fields", {})
    pairs = ((name, ApexSet(fields, STRING)) for name, fields in found.items())
    return ApexMap(pairs, STRING, set_of(STRING))


for _owner in ("QueryException", "DmlException", "NoAccessException", "SecurityException"):
    platform_members(_owner).method("Map<String, Set<String>> getInaccessibleFields()")(
        _get_inaccessible_fields
    )


def _constructors(name: str, made: type[ApexException]) -> None:
    """The four ways to make a platform exception."""
    members = platform_members(name, extends=("Exception",))

    @members.constructor(f"{name}()")
    def empty() -> ApexException:
        return made()

    @members.constructor(f"{name}(String message)")
    def with_message(message: str | None) -> ApexException:
        return made(message)

    @members.constructor(f"{name}(Exception cause)")
    def with_cause(cause: ApexException | None) -> ApexException:
        return made(None, cause)

    @members.constructor(f"{name}(String message, Exception cause)")
    def with_both(message: str | None, cause: ApexException | None) -> ApexException:
        return made(message, cause)


def _hidden_message(make: Callable[..., ApexException]) -> None:
    """AuraHandledException keeps its message for the client: getMessage() hides it (EX19)."""
    members = platform_members("AuraHandledException", extends=("Exception",))

    @members.constructor("AuraHandledException(String message)")
    def with_message(message: str | None) -> ApexException:
        made = make()
        made.client_message = message  # type: ignore[attr-defined]
        return made


for _name, _class in PLATFORM_EXCEPTIONS.items():
    if _name == "aurahandledexception":
        _hidden_message(_class)
    elif _name != "exception":
        _constructors(_class.apex_type.name, _class)

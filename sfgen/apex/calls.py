"""Calls from outside into a project's Apex: one transaction each, JSON in and out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from sfgen.apex.database import org_database
from sfgen.apex.intrinsics.faults import as_apex
from sfgen.apex.intrinsics.members import get_member
from sfgen.apex.library.jobs.async_jobs import run_jobs
from sfgen.apex.library.json.json_class import deserialize, serialize
from sfgen.apex.library.json.remoting_values import moment_given, remoting_text
from sfgen.apex.org import Org, user_named
from sfgen.apex.runtime.exceptions import ApexException, StackFrame, Unsupported
from sfgen.apex.runtime.execution import enter
from sfgen.apex.runtime.surrogates import encodable
from sfgen.apex.runtime.values import SObject
from sfgen.apex.terms.access_mode import DmlOptions
from sfgen.apex.types.model import ANY, ApexType, type_named
from sfgen.apex.watchdog import watched
from sfgen.errors import SfgenError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = [
    "ApexCallError",
    "UnsupportedCallError",
    "call_method",
    "call_remote",
    "call_rest",
    "insert_record",
    "query_rows",
    "read_member",
    "transact",
]

_SECONDS = 15.0
_Answer = TypeVar("_Answer")


class ApexCallError(SfgenError):
    """An Apex exception that left a call: its type, message, stack; nothing was kept of the call.

    `client_message` is what a client sees: an AuraHandledException's own text.
    """

    def __init__(self, error: ApexException) -> None:
        super().__init__(encodable(str(error)))
        self.type_name = error.type_name
        self.apex_message = encodable(error.text)
        client = str(getattr(error, "client_message", None) or error.text)
        self.client_message = encodable(client)
        self.frames: tuple[StackFrame, ...] = error.frames


class UnsupportedCallError(SfgenError):
    """The call needs something that the runtime doesn't have; the message names it and where."""

    def __init__(self, failure: Unsupported) -> None:
        where = next((each for each in failure.frames if each.file), None)
        place = f" ({where.file}:{where.line})" if where else ""
        super().__init__(f"{failure}{place}")
        self.frames = failure.frames


def transact(org: Org, user: str | None, action: Callable[[], _Answer]) -> _Answer:
    """Run `action` as one transaction: committed at its end, else rolled back.

    Asynchronous jobs and platform events run after the commit. Raises ApexCallError and
    UnsupportedCallError.
    """
    org.program.begin()
    execution = org.execution(user_named(org, user) if user else None)
    store = org.database.store
    savepoint = store.savepoint()
    try:
        with enter(execution), watched(_SECONDS):
            answer = _commit(store, savepoint, action)
        with enter(execution), watched(_SECONDS):
            run_jobs()
    except Unsupported as failure:
        raise UnsupportedCallError(failure) from None
    except SfgenError:
        raise
    except Exception as error:
        try:
            found = as_apex(error)
        except Unsupported as failure:
            raise UnsupportedCallError(failure) from error
        raise ApexCallError(found) from error
    return answer


def _commit(store: Any, savepoint: str, action: Callable[[], _Answer]) -> _Answer:
    try:
        answer = action()
    except BaseException:
        store.rollback(savepoint)
        raise
    store.release(savepoint)
    return answer


def _static_method(
    org: Org, class_name: str, method: str, names: Sequence[str] | int
) -> tuple[str, tuple[str, ...], str]:
    """The function, parameter types and result of a static method by its arguments."""
    description = org.program.descriptions.get(class_name.lower())
    if description is None:
        raise SfgenError(f"no Apex class is named {class_name}")
    count = names if isinstance(names, int) else len(names)
    found = description["static_methods"].get(method.lower(), [])
    for kinds, function, result in found:
        if len(kinds) == count:
            return function, kinds, result
    if found and not isinstance(names, int):
        kinds, function, result = found[0]
        return function, kinds, result
    raise SfgenError(f"{class_name} has no static method {method} with {count} arguments")


def _parameter_names(org: Org, function: str) -> list[str]:
    """A function's parameters as Apex names them, in lower case."""
    code = org.program.namespace[function].__code__
    return [name[2:] for name in code.co_varnames[: code.co_argcount]]


def typed_value(data: Any, kind: ApexType) -> Any:
    """JSON data as a value of an Apex type; null stays null."""
    if data is None:
        return None
    if kind.name == "Object" or kind == ANY:
        from sfgen.apex.library.json.json_class import deserialize_untyped

        return deserialize_untyped(json.dumps(data))
    if kind.name in {"String", "Id"} and not isinstance(data, str):
        data = json.dumps(data)
    return deserialize(json.dumps(data), kind)


def call_method(
    org: Org,
    class_name: str,
    method: str,
    arguments: Mapping[str, Any] | Sequence[Any],
    user: str | None,
) -> str:
    """Call a static method; its result as JSON text."""
    named = arguments if isinstance(arguments, Mapping) else None
    names: Sequence[str] | int = list(named) if named is not None else len(arguments)
    found = _static_method(org, class_name, method, names)
    if named is not None:
        by_name = {str(key).lower(): value for key, value in named.items()}
        values = [by_name.get(name) for name in _parameter_names(org, found[0])]
    else:
        values = list(arguments)
    return _call(org, found, values, user, serialize)


def call_remote(
    org: Org, class_name: str, method: str, arguments: Sequence[Any], user: str | None
) -> str:
    """Call a RemoteAction with arguments in order; its result as remoting sends it."""
    found = _static_method(org, class_name, method, len(arguments))
    kinds = map(type_named, found[1])
    values = [moment_given(value, kind) for value, kind in zip(arguments, kinds, strict=True)]
    return _call(org, found, values, user, remoting_text)


def _call(
    org: Org,
    found: tuple[str, tuple[str, ...], str],
    values: Sequence[Any],
    user: str | None,
    write: Callable[[Any], Any],
) -> str:
    function, kinds, result = found

    def action() -> str:
        given = [
            typed_value(value, type_named(kind)) for value, kind in zip(values, kinds, strict=True)
        ]
        answer = org.program.namespace[function](*given)
        return "null" if result == "void" else encodable(str(write(answer)))

    return transact(org, user, action)


def read_member(org: Org, class_name: str, member: str, user: str | None) -> str:
    """A property of a new object of the class, or a static one; as JSON text."""
    python_class = org.program.find_class(class_name)
    if python_class is None:
        raise SfgenError(f"no Apex class is named {class_name}")
    description = python_class.apex_description
    stem, low = description["python"], member.lower()

    def action() -> str:
        if f"f_{low}" not in description["statics"]:
            made = get_member(org.program.construct(python_class), member)
            return encodable(str(serialize(made)))
        function = org.program.namespace.get(f"{stem}__g_{low}")
        statics = org.program.namespace[f"S_{stem}"]
        value = function() if function else getattr(statics, f"f_{low}")
        return encodable(str(serialize(value)))

    return transact(org, user, action)


def query_rows(org: Org, soql: str, user: str | None) -> str:
    """Rows of a query as JSON text."""
    return transact(org, user, lambda: str(serialize(org_database().query_of_host(soql))))


def call_rest(
    org: Org,
    verb: str,
    path: str,
    request: tuple[str, Mapping[str, str], Mapping[str, str]],
    user: str | None,
) -> tuple[int, str, dict[str, str]]:
    """Call the REST resource that answers for `path`; status, body and headers."""
    from sfgen.apex.rest import call_resource

    return transact(org, user, lambda: call_resource(org, verb, path, request))


def insert_record(org: Org, object_name: str, values: Mapping[str, Any]) -> None:
    """Insert a record of Apex values by field name; one that is refused is left out."""
    record = SObject(object_name, ((name.lower(), value) for name, value in values.items()))
    options = DmlOptions(all_or_none=False)
    transact(org, None, lambda: org.database.insert([record], options))

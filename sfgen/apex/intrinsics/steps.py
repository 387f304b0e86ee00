"""Statements that need the transaction: loops over collections, queries, DML, runAs."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

from sfgen.apex.access.caller_access import access_named, caller_access
from sfgen.apex.database import find_database, org_database
from sfgen.apex.intrinsics.conversions import one_row
from sfgen.apex.library.collections.iterators import elements_of
from sfgen.apex.library.declarations.registry import find_class
from sfgen.apex.runtime.collections import ApexList, ApexSet
from sfgen.apex.runtime.exceptions import ApexException, Unsupported, raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.values import SObject
from sfgen.apex.soql.binds import CALLING_NAMES
from sfgen.apex.terms.access_mode import DmlOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sfgen.apex.terms.access_mode import Access

__all__ = ["chunks", "count_query", "dml", "each", "in_scope", "query", "run_as", "search"]

_CHUNK = 200
_USER_MODE = re.compile(r"\bwith\s+(?:user_mode|security_enforced)\b", re.IGNORECASE)
_UNKNOWN = re.compile(r"No such column|sObject type '|Didn't understand relationship")
_BIND = re.compile(r":\s*(\w+)")


def each(source: Any) -> Iterator[Any]:
    """The elements for a `for` loop; a list or set may not change meanwhile (CO04, CO05)."""
    if isinstance(source, (ApexList, ApexSet)):
        source.iterating += 1
        try:
            yield from source
        finally:
            source.iterating -= 1
    elif source is None:
        raise raise_apex("NullPointerException", "Attempt to de-reference a null object")
    else:
        yield from elements_of(source)


def chunks(source: ApexList) -> Iterator[ApexList]:
    """The rows of a query in lists of 200 (SOQL for loops)."""
    for start in range(0, len(source), _CHUNK):
        yield ApexList(source[start : start + _CHUNK], source.element_type)


def _access() -> Access:
    """The access of the calling class: its sharing keyword and API version."""
    return caller_access()


def query(text: str, binds: Mapping[str, Any]) -> ApexList:
    """Run an inline query."""
    access = _access()
    found: ApexList = _compiled(text, access, lambda: org_database().query(text, binds, access))
    return found


def count_query(text: str, binds: Mapping[str, Any]) -> int:
    """Run `SELECT COUNT() ...`."""
    access = _access()
    return int(_compiled(text, access, lambda: org_database().count(text, binds, access)))


def _compiled(text: str, access: Access, run: Callable[[], Any]) -> Any:
    """An inline query has passed the platform's compiler: what it names is there in an org.

    Where the schema doesn't have it, the runtime lacks it; only in user mode is that an answer.
    """
    try:
        return run()
    except ApexException as error:
        if access.user_mode or _USER_MODE.search(text) or not _UNKNOWN.match(error.text):
            raise
        raise Unsupported(error.text.partition(". If you are")[0]) from error


def search(text: str, binds: Mapping[str, Any]) -> ApexList:
    """Run an inline search."""
    found: ApexList = org_database().search(text, binds, _access())
    return found


def in_scope(function: Callable[..., Any], names: Mapping[str, Any], *arguments: Any) -> Any:
    """Call a dynamic query; `names` are what its binds may name, as functions that read them."""
    text = arguments[0] if arguments and isinstance(arguments[0], str) else ""
    wanted = {name.lower() for name in _BIND.findall(text)}
    before = CALLING_NAMES.get()
    scope: dict[str, Any] = {}
    for low in wanted & names.keys():
        with contextlib.suppress(NameError):  # a local of a block that was never entered
            scope[low] = names[low]()
    CALLING_NAMES.set(scope)
    try:
        return function(*arguments)
    finally:
        CALLING_NAMES.set(before)


def _records(value: Any) -> list[SObject]:
    if value is None:
        raise raise_apex("NullPointerException", "Attempt to de-reference a null object")
    return list(value) if isinstance(value, (ApexList, list)) else [value]


def dml(operation: str, records: Any, access: str | None, extra: Any = None) -> None:
    """A DML statement: all or nothing, in user mode where it says so or asks for it."""
    mode = access_named(access) if access else _access()
    database = org_database()
    if operation == "merge":
        losers = _records(extra)
        database.merge(one_row(records), losers, DmlOptions(access=mode))
        return
    external = getattr(extra, "name", extra)
    options = DmlOptions(access=mode, external_id=external)
    getattr(database, operation)(records_of(operation, records), options)


def records_of(operation: str, records: Any) -> Any:
    """What a DML statement works on, as a list."""
    del operation
    return records if isinstance(records, ApexList) else _records(records)


@contextlib.contextmanager
def run_as(user: Any, *rest: Any) -> Iterator[None]:
    """`System.runAs(user) { ... }`."""
    known = find_class("Test")
    del rest
    execution = current()
    before = execution.user
    database = find_database()
    if isinstance(user, SObject):
        execution.run_as.append(before)
        execution.user = database.run_as(user) if database is not None else user
    elif known is None:
        raise Unsupported("System.runAs(Version)")
    try:
        yield
    finally:
        if isinstance(user, SObject):
            execution.run_as.pop()
            execution.user = before

"""How the Apex code that runs reaches data: by its class's sharing keyword and API version."""

from __future__ import annotations

import functools
import re
import sys
from typing import TYPE_CHECKING

from sfgen.apex.runtime.execution import current, has_current
from sfgen.apex.runtime.stack import APEX_FILE, PLACES
from sfgen.apex.store.org_data import find_data
from sfgen.apex.terms.access_mode import SYSTEM, USER, Access

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["access_named", "caller_access", "caller_is_modern", "sharing_of_classes"]

_USER_MODE_FROM = 67.0
"""From this API version on, database operations default to user mode and a class without a
sharing keyword is `with sharing` (apex-semantics SH02, SH03)."""
_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*|'(?:\\.|[^'\\])*'", re.DOTALL)
_CLASS = re.compile(
    r"(?P<before>(?:\b(?:public|private|global|protected|virtual|abstract|static|"
    r"(?:with|without|inherited)\s+sharing)\s+)*)class\s+(?P<name>\w+)",
    re.IGNORECASE,
)
_SHARING = re.compile(r"(with|without|inherited)\s+sharing", re.IGNORECASE)


@functools.lru_cache(maxsize=4096)
def sharing_of_classes(text: str) -> dict[str, str]:
    """Sharing keywords by lower-case class name, inner classes included; '' where none stands."""
    found = {}
    for each in _CLASS.finditer(_COMMENT.sub(" ", text)):
        keyword = _SHARING.search(each["before"])
        found[each["name"].lower()] = keyword[1].lower() if keyword else ""
    return found


def _callers() -> Iterator[tuple[str, str]]:
    """File and place of the Apex calls on the stack, innermost first."""
    frame = sys._getframe(1)  # noqa: SLF001 - the only way to read the stack
    here = frame
    while here is not None:
        name = here.f_code.co_filename
        if name.startswith(APEX_FILE):
            yield name[len(APEX_FILE) :], PLACES.get(here.f_code.co_name, "")
        if here.f_back is None:
            return
        here = here.f_back


def _version(file: str) -> float:
    versions = current().project.versions
    try:
        return float(versions.get(file) or 0)
    except ValueError:
        return 0.0


def _keyword(file: str, place: str) -> str:
    """The sharing keyword of the innermost class that a place names."""
    data = find_data()
    known = sharing_of_classes(data.schema.code.get(file, "") if data is not None else "")
    for part in reversed(place.split(".")[1:]):
        if part.lower() in known:
            return known[part.lower()]
    return ""


def caller_access() -> Access:
    """The access of the code that asks; system mode without sharing outside of Apex.

    In system mode, too, the class's sharing keyword decides about rows (SH05, "User Mode").
    """
    if not has_current():
        return SYSTEM
    user_mode: bool | None = None
    for file, place in _callers():
        if file.endswith(".trigger"):
            return Access(user_mode=bool(user_mode))
        modern = _version(file) >= _USER_MODE_FROM
        user_mode = modern if user_mode is None else user_mode
        keyword = _keyword(file, place)
        if keyword in {"with", "without"} or (keyword == "" and modern):
            return Access(user_mode, sharing=keyword != "without")
    return Access(bool(user_mode))


def caller_is_modern() -> bool:
    """Whether the code that asks is of API 67.0 or later; a trigger has a version, too."""
    found = next(_callers(), None) if has_current() else None
    return found is not None and _version(found[0]) >= _USER_MODE_FROM


def access_named(level: str) -> Access:
    """The access of `as user`, `AccessLevel.SYSTEM_MODE` and kin."""
    if level.lower().startswith("user"):
        return USER
    return Access(sharing=caller_access().sharing)

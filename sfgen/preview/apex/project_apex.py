"""The interface between the preview and what executes the project's Apex."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from sfgen.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.apex.syntax.remote_actions import RemoteAction
    from sfgen.preview.project.source import Source


class ApexError(ServerError):
    """An exception that Apex threw: its type, and its message as a client gets it."""

    def __init__(self, message: str, *, kind: str = "System.Exception", where: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.where = where


class UnsupportedApexError(ServerError):
    """Apex that can't be executed here; the message names file and line."""


@dataclass(frozen=True, slots=True)
class RestAnswer:
    """What an Apex REST resource answered."""

    status: int
    body: str


class ProjectApex(Protocol):
    """Executes the project's Apex; each call is one transaction, its async jobs included.

    Every method raises `ApexError` for an Apex exception, and `UnsupportedApexError` for Apex that
    can't be executed here.
    """

    def invoke(self, class_name: str, method: str, arguments: Mapping[str, Any]) -> Any:
        """Call an ``@AuraEnabled`` method; the answer is JSON as Lightning gets it."""

    def remote(self, class_name: str, method: str, arguments: list[Any]) -> Any:
        """Call a ``@RemoteAction``; the answer is JSON as remoting sends it."""

    def read_property(self, class_name: str, name: str) -> Any:
        """Read a property of a page's controller."""

    def rest(self, verb: str, path: str, body: str) -> RestAnswer:
        """Call the project's ``@RestResource`` that answers for a path below /services/apexrest."""

    def record(self, record_id: str) -> dict[str, Any] | None:
        """Return a record's type and fields, for ``lightning/uiRecordApi`` and the shell."""

    def sample_record(self, object_name: str) -> str:
        """Return the id of a record to show on an object's record page."""

    def sample_records(self, object_name: str) -> list[str]:
        """Return the ids of an object's first records, that one first."""

    def set_fault(self, name: str, *, on: bool) -> None:
        """Make a limit of the org fail calls from now on, or no longer; no name means all."""

    def active_faults(self) -> tuple[str, ...]:
        """Name the limits that fail calls now."""


def read_remote_actions(source: Source, class_name: str) -> tuple[RemoteAction, ...]:
    """Return the remote actions of a class; none of one that is not there or can't be parsed."""
    component = source.of_type("ApexClass").get(class_name)
    if component is None or not component.files:
        return ()
    return _read_actions(Path(component.files[0]).read_text(encoding="utf-8", errors="replace"))


@lru_cache(maxsize=64)  # each call of a page asks again whether its action is one
def _read_actions(text: str) -> tuple[RemoteAction, ...]:
    from sfgen.apex.syntax.lexer import ApexSyntaxError
    from sfgen.apex.syntax.parser import parse_class
    from sfgen.apex.syntax.remote_actions import remote_actions

    try:
        declaration = parse_class(text).type
    except (ApexSyntaxError, RecursionError):
        return ()
    return remote_actions(declaration) if declaration is not None else ()

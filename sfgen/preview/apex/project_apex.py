"""The interface between the preview and what executes the project's Apex."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from sfgen.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.preview.project.source import Source

# What never ends is taken to its end: else each beginning is tried anew.
_COMMENT = re.compile(r"//[^\n]*|/\*.*?(?:\*/|\Z)|'(?:[^'\\\n]|\\.)*'?", re.DOTALL)
_REMOTE = re.compile(
    r"@RemoteAction\b(?P<between>(?:\s*@\w+(?:\s*\([^)]*\))?)*"
    r"(?:\s+(?:global|public|private|protected|webservice|static|virtual|override|final)\b)*)"
    r"\s+(?P<type>[\w.]+(?:\s*<[^(){};]*>)?(?:\s*\[\s*\])?)\s+(?P<name>\w+)"
    r"\s*\((?P<parameters>[^)]*)\)",
    re.IGNORECASE,
)


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


@dataclass(frozen=True, slots=True)
class RemoteAction:
    """A ``@RemoteAction`` as a page's script sees it."""

    name: str
    arity: int
    is_global: bool


def read_remote_actions(source: Source, class_name: str) -> list[RemoteAction]:
    """List the remote actions of a class, as its source declares them."""
    component = source.of_type("ApexClass").get(class_name)
    if component is None:
        return []
    found: list[RemoteAction] = []
    for path in component.files:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123 - a component's path is text
            text = _COMMENT.sub(_blank, file.read())
        for match in _REMOTE.finditer(text):
            parameters = _split_parameters(match["parameters"])
            is_global = "global" in match["between"].lower().split()
            found.append(RemoteAction(match["name"], len(parameters), is_global))
    return found


def _blank(match: re.Match[str]) -> str:
    return "''" if match.group().startswith("'") else " "


def _split_parameters(text: str) -> list[str]:
    depth, current = 0, ""
    found: list[str] = []
    for letter in text:
        depth += (letter == "<") - (letter == ">")
        if letter == "," and depth == 0:
            found.append(current)
            current = ""
        else:
            current += letter
    if current.strip():
        found.append(current)
    return found

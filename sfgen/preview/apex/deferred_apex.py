"""Apex that is loaded while pages are already served; calls wait until it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.errors import SfgenError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sfgen.preview.apex.project_apex import ProjectApex, RestAnswer


class DeferredApex:
    """Passes calls on to what `load` makes.

    All of it happens in Apex's one thread, where `load` is the first thing to be done.

    Args:
        make: makes what executes Apex.
    """

    def __init__(self, make: Callable[[], ProjectApex]) -> None:
        self._make = make
        self._apex: ProjectApex | None = None
        self._error: SfgenError | None = None

    def load(self) -> None:
        """Load the Apex, or load it again; if that fails, each call raises the reason."""
        try:
            self._apex, self._error = self._make(), None
        except SfgenError as error:
            self._error = error

    def invoke(self, class_name: str, method: str, arguments: Mapping[str, Any]) -> Any:
        """Call an ``@AuraEnabled`` method."""
        return self._loaded().invoke(class_name, method, arguments)

    def remote(self, class_name: str, method: str, arguments: list[Any]) -> Any:
        """Call a ``@RemoteAction``."""
        return self._loaded().remote(class_name, method, arguments)

    def read_property(self, class_name: str, name: str) -> Any:
        """Read a property of a page's controller."""
        return self._loaded().read_property(class_name, name)

    def rest(self, verb: str, path: str, body: str) -> RestAnswer:
        """Call a ``@RestResource``."""
        return self._loaded().rest(verb, path, body)

    def record(self, record_id: str) -> dict[str, Any] | None:
        """Return a record's type and fields."""
        return self._loaded().record(record_id)

    def sample_record(self, object_name: str) -> str:
        """Return the id of a record to show."""
        return self._loaded().sample_record(object_name)

    def sample_records(self, object_name: str) -> list[str]:
        """Return the ids of an object's first records."""
        return self._loaded().sample_records(object_name)

    def set_fault(self, name: str, *, on: bool) -> None:
        """Make a limit of the org fail calls from now on, or no longer; no name means all."""
        self._loaded().set_fault(name, on=on)

    def active_faults(self) -> tuple[str, ...]:
        """Name the limits that fail calls now."""
        return self._apex.active_faults() if self._apex is not None else ()

    def _loaded(self) -> ProjectApex:
        if self._error is not None:
            raise self._error
        if self._apex is None:
            self.load()
        if self._apex is None:
            raise self._error or SfgenError("the project's Apex was not loaded")
        return self._apex

"""Apex that is still being loaded: pages are served meanwhile, calls wait their turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.errors import SfgenError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sfgen.preview.apex.project_apex import ApexHost, RestAnswer


class LateHost:
    """Passes calls on to the host that `load` makes.

    All of it happens in Apex's one thread, where `load` is the first thing to be done.

    Args:
        make: makes the host.
    """

    def __init__(self, make: Callable[[], ApexHost]) -> None:
        self._make = make
        self._host: ApexHost | None = None
        self._error: SfgenError | None = None

    def load(self) -> None:
        """Make the host, or make it anew; what goes wrong is raised by each call."""
        try:
            self._host, self._error = self._make(), None
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
        """Let a limit of the org strike from now on, or no more; no name means all of them."""
        self._loaded().set_fault(name, on=on)

    def active_faults(self) -> tuple[str, ...]:
        """Name the limits that strike."""
        return self._host.active_faults() if self._host is not None else ()

    def _loaded(self) -> ApexHost:
        if self._error is not None:
            raise self._error
        if self._host is None:
            self.load()
        if self._host is None:
            raise self._error or SfgenError("the project's Apex was not loaded")
        return self._host

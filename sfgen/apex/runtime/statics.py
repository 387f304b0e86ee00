"""Static fields: they get their values when the class is first used (CL01, CL03)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["Statics"]


class Statics:
    """The static fields of one class as attributes; the first read of any starts the class.

    `me` is the object itself: reading it makes sure that the class has been started.
    """

    def __init__(
        self,
        fields: Iterable[str],
        constants: Mapping[str, Any],
        start: Callable[[], None],
        started: list[Statics],
    ) -> None:
        self.__dict__["_setup"] = (tuple(fields), dict(constants), start, started)

    def __getattr__(self, name: str) -> Any:
        """Start the class, then answer the field."""
        values = self.__dict__
        if "me" in values:
            raise AttributeError(name)
        fields, constants, start, started = values["_setup"]
        values.update(dict.fromkeys(fields))
        values.update(constants)
        values["me"] = self
        started.append(self)
        start()
        return values[name]

    def forget(self) -> None:
        """Back to the state before the first use: a new transaction begins."""
        setup = self.__dict__["_setup"]
        self.__dict__.clear()
        self.__dict__["_setup"] = setup

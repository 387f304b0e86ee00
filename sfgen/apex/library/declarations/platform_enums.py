"""Registering the platform's enums, with what every enum can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.platform_catalogue import (
    PlatformClass,
    Signature,
    claim_class,
    member_name,
)
from sfgen.apex.types.model import ApexType

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["platform_enum"]


def platform_enum(name: str, values: str) -> dict[str, Any]:
    """Register an enum, its values separated by blanks; answers the values by upper name."""
    from sfgen.apex.runtime.objects import ApexEnum

    known = claim_class(name, ("Enum",))
    made = {
        value.upper(): ApexEnum(ApexType(known.name), value, place)
        for place, value in enumerate(values.split())
    }
    for value in made.values():
        known.constants[value.name.lower()] = (value.name, ApexType(known.name), value)
    _declare_enum_methods(known, made)
    return made


def _declare_enum_methods(known: PlatformClass, made: dict[str, Any]) -> None:
    """`values()` and `valueOf(name)` of an enum (EX26)."""
    from sfgen.apex.runtime.collections import ApexList
    from sfgen.apex.runtime.exceptions import raise_apex

    def values() -> Any:
        return ApexList(made.values(), ApexType(known.name))

    def value_of(name: str | None) -> Any:
        found = made.get(name.upper()) if name is not None else None
        if found is None:
            raise raise_apex("NoSuchElementException", f"No enum constant {known.name}.{name}")
        return found

    texts: dict[str, Callable[..., Any]] = {
        f"List<{known.name}> values()": values,
        f"{known.name} valueOf(String name)": value_of,
    }
    for text, function in texts.items():
        name = member_name("static", text)
        known.accept(Signature(known.name, "static", name, text, function))

"""The `@RemoteAction` methods of a class, as JavaScript remoting offers them to a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sfgen.apex.syntax.declaration_nodes import Method

if TYPE_CHECKING:
    from sfgen.apex.syntax.declaration_nodes import Declaration

__all__ = ["RemoteAction", "remote_actions"]


@dataclass(frozen=True, slots=True)
class RemoteAction:
    """A `@RemoteAction` as a page's script sees it; only a global one can be called in a frame."""

    name: str
    arity: int
    is_global: bool


def remote_actions(declaration: Declaration) -> tuple[RemoteAction, ...]:
    """The remote actions of a class, in the order of its text."""
    return tuple(
        RemoteAction(member.name, len(member.parameters), "global" in member.modifiers)
        for member in declaration.members
        if isinstance(member, Method)
        and any(each.name.lower() == "remoteaction" for each in member.annotations)
    )

"""What a page can read of the org, and its rendered result."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a page's expressions can see.

    Args:
        globals: the members of each global variable, by its name in lower case: ``$user``.
        read_property: gives a property of the controller; raises `VisualforceError`.
        resource_address: gives the address of a static resource and a path in it.
        head: HTML that the platform puts before everything of the page.
    """

    globals: Mapping[str, Callable[[tuple[str, ...]], object]]
    read_property: Callable[[str], object]
    resource_address: Callable[[str, str], str]
    head: str = ""


@dataclass(slots=True)
class Rendered:
    """A page as the browser gets it."""

    html: str = ""
    content_type: str = "text/html"
    content_policy: bool = False
    has_header: bool = True
    warnings: list[str] = field(default_factory=list)

"""Apex REST: which resource answers for a path, and the call of its method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.errors import SfgenError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.apex.org import Org

__all__ = ["call_resource"]


def call_resource(
    org: Org,
    verb: str,
    path: str,
    request: tuple[str, Mapping[str, str], Mapping[str, str]],
) -> tuple[int, str, dict[str, str]]:
    """Call the resource's method for `verb`; raises SfgenError when no resource fits."""
    del org, request
    raise SfgenError(f"no Apex REST resource answers {verb} {path}")

"""The result of a write."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WriteResult:
    """The files that were written, by path inside the project.

    Args:
        created: files that were not there.
        identical: files that already had this content; they were not touched.
        amended: files of the project's own that got lines added.
    """

    created: tuple[str, ...]
    identical: tuple[str, ...]
    amended: tuple[str, ...] = ()

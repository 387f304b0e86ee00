"""Writes into the user's folder: staged, all or nothing, nothing outside of it."""

from __future__ import annotations

from sfgen.write.folder import read_plain
from sfgen.write.new import write_new_project
from sfgen.write.result import WriteResult
from sfgen.write.staging import (
    add_to_project,
    find_conflicts,
    finish_interrupted,
    is_vacant,
    pending_files,
)

__all__ = [
    "WriteResult",
    "add_to_project",
    "find_conflicts",
    "finish_interrupted",
    "is_vacant",
    "pending_files",
    "read_plain",
    "write_new_project",
]

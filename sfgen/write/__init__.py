"""Writes into the user's folder: staged, all or nothing, nothing outside of it."""

from __future__ import annotations

from sfgen.write.folder import read_plain
from sfgen.write.new import write_new_project
from sfgen.write.place import Place, find_place, refuse_conflicts
from sfgen.write.project_answers import fit_answers
from sfgen.write.result import WriteResult
from sfgen.write.staging import (
    add_to_project,
    find_conflicts,
    finish_interrupted,
)

__all__ = [
    "Place",
    "WriteResult",
    "add_to_project",
    "find_conflicts",
    "find_place",
    "finish_interrupted",
    "fit_answers",
    "read_plain",
    "refuse_conflicts",
    "write_new_project",
]

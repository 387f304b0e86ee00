"""The only room that changes the user's folder: staged, all or nothing."""

from __future__ import annotations

from sfgen.write.staging import (
    WriteResult,
    add_to_project,
    finish_interrupted,
    write_new_project,
)

__all__ = ["WriteResult", "add_to_project", "finish_interrupted", "write_new_project"]

"""The name by which the user calls this sfgen."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path


def name_program() -> str:
    """Return ``sfgen`` where the shell finds it, else the path it was called by."""
    called = sys.argv[0]
    if shutil.which("sfgen") or Path(called).stem != "sfgen":
        return "sfgen"
    return shlex.quote(called)

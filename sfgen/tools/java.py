"""Finds a Java that can run the Apex checker."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from sfgen.children import run_child

#: apex-ls 6 was measured on 17; its class files are for 11 and later.
OLDEST: Final = 11


def find_java() -> tuple[Path, int] | None:
    """Find ``java`` by ``JAVA_HOME`` and ``PATH``, with its major version."""
    home = os.environ.get("JAVA_HOME")
    candidates = [shutil.which("java", path=str(Path(home) / "bin"))] if home else []
    candidates.append(shutil.which("java"))
    for program in candidates:
        version = _version(program) if program else None
        if program and version is not None:
            return Path(program), version
    return None


def _version(program: str) -> int | None:
    try:
        shown = run_child([program, "-version"], seconds=60).stderr
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', shown)
    return int(found[1]) if found else None

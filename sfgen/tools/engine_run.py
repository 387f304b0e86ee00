"""Runs an engine such as ESLint to its end; an error message names the engine."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from sfgen.children import run_child
from sfgen.errors import ToolError

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def run_engine(
    engine: str,
    command: Sequence[str | os.PathLike[str]],
    *,
    seconds: float,
    cwd: Path | None = None,
    extra: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command and return what it wrote and its exit code.

    Args:
        engine: what error messages call it.
        command: the program and its arguments.
        seconds: after which it is ended.
        cwd: its working directory; by default that of sfgen.
        extra: variables that its environment gets besides.

    Raises:
        ToolError: it could not start, or took too long.
    """
    try:
        return run_child(command, seconds=seconds, cwd=cwd, extra=extra)
    except subprocess.TimeoutExpired:
        raise ToolError(f"{engine} took longer than {seconds:g} s") from None
    except OSError as error:
        raise ToolError(f"{engine} could not start: {error.strerror}") from None

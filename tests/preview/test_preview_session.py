"""The run file's place."""

from __future__ import annotations

import os
import subprocess
import sys

LOCATE = "from sfgen.preview.run_file import locate_run_file; print(locate_run_file())"


def locate(**changes: str) -> subprocess.CompletedProcess[str]:
    """Ask in a process of its own: such a warning is given once."""
    own = {"XDG_RUNTIME_DIR", "SFGEN_RUNTIME_DIR", "PYTHONWARNINGS"}
    environment = {name: value for name, value in os.environ.items() if name not in own}
    return subprocess.run(
        [sys.executable, "-c", LOCATE],
        env=environment | changes,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_runtime_folder_nothing_is_said_about_it() -> None:
    done = locate()
    assert done.stdout.strip().endswith("preview.json")
    assert (done.returncode, done.stderr) == (0, "")
    assert locate(XDG_RUNTIME_DIR="/nowhere/at/all").stderr == ""


def test_a_folder_of_the_users_own_choice_is_taken() -> None:
    assert locate(SFGEN_RUNTIME_DIR="/chosen").stdout.strip() == "/chosen/preview.json"

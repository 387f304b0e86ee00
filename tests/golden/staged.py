"""Refuse a commit whose golden trees are not what its templates give.

The hook `.githooks/pre-commit` runs it; the set-up of `tests/run.py` turns the hook on. Only what
is staged counts, so it is written out beside the work tree first. Where nothing is staged that a
tree depends on, it ends at once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

#: What a golden tree depends on.
SOURCES = ("templates", "examples", "tests/golden", "sfgen")
#: Of `sfgen`, the rooms between the answers and the files.
ROOMS = ("answers", "pack", "plan", "render", "channels.py", "naming.py", "metadata", "pusher")


def git(*words: str, folder: Path | None = None) -> str:
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=True, cwd=folder)
    return done.stdout


def concerns_trees(path: str) -> bool:
    """Whether a staged file can change what an example renders to."""
    if path.startswith("sfgen/"):
        return path.split("/")[1] in ROOMS
    return path.startswith(("templates/", "examples/", "tests/golden/trees/"))


def main() -> int:
    """Render the examples of the index and compare them; the exit code of pytest."""
    top = Path(git("rev-parse", "--show-toplevel").strip())
    staged = git("diff", "--cached", "--name-only", "-z", folder=top).split("\0")
    if not any(concerns_trees(path) for path in staged if path):
        return 0
    with tempfile.TemporaryDirectory(prefix="sfgen-staged-") as name:
        listed = git("ls-files", "-z", "--", *SOURCES, ":(glob)tests/*.py", folder=top)
        subprocess.run(
            ["git", "checkout-index", "-z", "--stdin", f"--prefix={name}/"],
            input=listed,
            text=True,
            check=True,
            cwd=top,
        )
        # The hook's own git variables would point the tests at the wrong repository.
        clean = {key: text for key, text in os.environ.items() if not key.startswith("GIT_")}
        words = [sys.executable, "-m", "pytest", "tests/golden", "-q", "-p", "no:cacheprovider"]
        words += ["--rootdir", name, "-c", os.devnull, "-W", "ignore", "--tb=line"]
        done = subprocess.run(words, cwd=name, check=False, env={**clean, "PYTHONPATH": name})
    if done.returncode:
        sys.stderr.write(
            "error: the golden trees are not what the staged templates give\n"
            "hint: run 'pytest tests/golden --update-golden' and stage tests/golden/trees\n"
        )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())

"""Finds a project's npm packages, runs their scripts, and fetches pinned ones into the cache."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from sfgen import folders
from sfgen.errors import ToolError
from sfgen.tools.engine_run import run_engine

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Sequence

_SECONDS: Final = 600


@dataclass(frozen=True, slots=True)
class EngineProblem:
    """What an engine found, or a file that it could not process; places count from 1."""

    path: str
    line: int
    column: int
    rule: str
    message: str
    severity: Literal["error", "warning"] = "error"


def find_package(root: Path, name: str) -> Path | None:
    """Find an npm package in a ``node_modules`` at or above ``root``."""
    for folder in (root, *root.parents):
        if (folder / "node_modules" / name / "package.json").is_file():
            return folder / "node_modules" / name
    return None


def require_package(root: Path, name: str) -> Path:
    """Find an npm package that has to be there.

    Raises:
        ToolError: it isn't.
    """
    found = find_package(root, name)
    if found is None:
        raise ToolError(f"{name} is not installed", hint="run npm install in the project")
    return found


def run_node(
    engine: str, script: Path, arguments: Sequence[str | Path], cwd: Path
) -> subprocess.CompletedProcess[str]:
    """Run a script.

    Raises:
        ToolError: there is no Node, or it took longer than ten minutes.
    """
    node = shutil.which("node")
    if node is None:
        raise ToolError(f"{engine} needs Node", hint="install Node.js")
    extra = {"NO_COLOR": "1", "FORCE_COLOR": "0", "CI": "true"}
    return run_engine(engine, [node, script, *arguments], seconds=_SECONDS, cwd=cwd, extra=extra)


def failure(engine: str, done: subprocess.CompletedProcess[str]) -> ToolError:
    """Make the error of an engine that ended without a result, from its last words."""
    lines = [line.strip() for line in f"{done.stderr}\n{done.stdout}".splitlines()]
    said = next((line for line in lines if "rror" in line), next(filter(None, lines), "no reason"))
    return ToolError(f"{engine} failed (exit code {done.returncode}): {said[:300]}")


def cache_of(name: str) -> Path:
    """Return where a set of fetched packages lies, whether or not it is there."""
    return folders.cache() / name


def fetch_packages(assets: Path, target: Path) -> None:
    """Install what a lock file pins, by its hashes; an interrupted run leaves nothing behind.

    Raises:
        ToolError: there is no npm, no network, or a package with other bytes.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise ToolError(f"npm is needed to fetch {target.name}", hint="install Node.js with npm")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        staged = Path(scratch) / "packages"
        staged.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copy(assets / name, staged)
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        done = run_engine("npm", [npm, "ci", *options], seconds=_SECONDS, cwd=staged)
        if done.returncode:
            lines = done.stderr.strip().splitlines() or ["no reason given"]
            message = f"npm could not fetch {target.name}: {lines[0]}"
            raise ToolError(message, hint="check the network")
        shutil.rmtree(target, ignore_errors=True)
        staged.rename(target)

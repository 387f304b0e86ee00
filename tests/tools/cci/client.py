"""The real CumulusCI, installed once in an environment of its own, as a foreign client."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from network import insist  # noqa: E402 - it stands beside this folder, wherever this is run from

ROOT = HERE.parents[2]


def home() -> Path:
    """The environment's folder; another pin makes another one."""
    pins = (HERE / "requirements.txt").read_text().splitlines()
    (version,) = [pin.partition("==")[2] for pin in pins if pin.startswith("cumulusci==")]
    tools = os.environ.get("SFGEN_TEST_TOOLS", str(ROOT / ".cache" / "tools"))
    return Path(tools) / f"cci-{version}-py{sys.version_info[0]}.{sys.version_info[1]}"


def install() -> Path | None:
    """Return ``cci``, installing it on first use; ``None`` when it can't be had."""
    program = home() / "bin" / "cci"
    done = home() / "installed"
    if not done.exists():
        if insist(_fetch) is not None:
            return None
        done.touch()
    return program


def _fetch() -> str | None:
    """Have pip fill a new environment; return why it could not."""
    shutil.rmtree(home(), ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home()], check=True)
    python = home() / "bin" / "python"
    # Every package is pinned, so there is nothing for pip to resolve.
    options = ["install", "-qq", "--no-deps", "--no-compile", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "--python", python, *options]
    try:
        done = subprocess.run([*command, "-r", HERE / "requirements.txt"], timeout=600, check=False)
    except subprocess.TimeoutExpired:
        return "pip took longer than ten minutes to fetch CumulusCI"
    return f"pip could not fetch CumulusCI ({done.returncode})" if done.returncode else None


def write_project(root: Path) -> None:
    """Make an SFDX project one of CumulusCI's: it wants a repository and a ``cumulusci.yml``."""
    subprocess.run(["git", "init", "-q", root], check=True)
    (root / "cumulusci.yml").write_text(
        "minimum_cumulusci_version: '4.0'\n"
        "project:\n"
        "    name: messaging\n"
        "    package:\n"
        "        name: messaging\n"
        "        api_version: '65.0'\n"
        "    source_format: sfdx\n"
    )


def run(
    *arguments: str, cwd: Path, user: Path, certificate: Path, org: dict[str, str], path: str
) -> subprocess.CompletedProcess[str]:
    """Run ``cci`` with ``org`` as its org ``local``.

    Args:
        arguments: of ``cci``.
        cwd: the project.
        user: the folder that stands for the user's.
        certificate: what the org's certificate is held against.
        org: ``access_token``, ``instance_url``, ``id``, ``org_id``, ``username``.
        path: where ``sf`` stands, which converts the source for CumulusCI.
    """
    program = install()
    assert program is not None
    (user / ".cumulusci").mkdir(parents=True)
    # The time of its last look for a newer version: far ahead, so that it never looks.
    (user / ".cumulusci" / "cumulus_timestamp").write_text("9999999999")
    environment = {
        "PATH": path,
        "HOME": str(user),
        "CUMULUSCI_DISABLE_REFRESH": "1",
        "CUMULUSCI_KEY": "0123456789abcdef",
        "CUMULUSCI_ORG_local": json.dumps(org),
        "REQUESTS_CA_BUNDLE": str(certificate),
        "PYTHONIOENCODING": "utf-8",
        "NO_COLOR": "1",
        "COLUMNS": "200",
    }
    return subprocess.run(
        [program, *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


if __name__ == "__main__":
    raise SystemExit(0 if install() else "CumulusCI could not be installed")

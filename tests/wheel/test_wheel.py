"""The wheel works by itself: built, installed into an empty environment, run from there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tools.network import insist

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    download([sys.executable, "-m", "build", "--wheel", "--outdir", str(out), str(ROOT)])
    return next(out.glob("*.whl"))


def download(command: list[str], environment: dict[str, str] | None = None) -> None:
    """Run what fetches packages; the network may fail for a while."""

    def run() -> str | None:
        done = subprocess.run(command, env=environment, text=True, capture_output=True, check=False)
        return done.stdout[-3000:] + done.stderr[-3000:] if done.returncode else None

    failure = insist(run)
    assert failure is None, failure


def test_the_wheel_holds_templates_and_examples(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "sfgen/_templates/pusher/cookiecutter.json" in names
    assert any(name.startswith("sfgen/_examples/texting/") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/"))]


def test_an_empty_environment_runs_init_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path / "home"),
        "PIP_CACHE_DIR": str(ROOT / ".cache" / "pip"),
    }
    environment |= {k: v for k, v in os.environ.items() if k.startswith(("PIP_", "SSL_"))}
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    download([str(venv / "bin" / "pip"), "install", "-q", str(wheel)], environment)
    done = subprocess.run(
        [str(venv / "bin" / "sfgen"), "init", "--defaults", "--json"],
        cwd=tmp_path,
        env=environment,
        text=True,
        capture_output=True,
        check=True,
    )
    created = json.loads(done.stdout)["result"]["created"]
    assert "sfdx-project.json" in created
    assert any(path.endswith("BridgeController.cls") for path in created)
    assert str(ROOT) not in done.stdout

"""The pipelines are whole: their shell steps run against the local org, with the JWT login."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from sfgen.cli import run
from sfgen.commands.ci import PIPELINES
from sfgen.localorg import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ci") / "texting"
    assert run(["init", str(folder), "--defaults", "--json"]) == 0
    for provider in PIPELINES:
        assert run(["ci", provider, str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def secrets() -> dict[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return {
        "SALESFORCE_CLIENT_ID": "planted-client",
        "SALESFORCE_USERNAME": "ci@example.com",
        "SALESFORCE_JWT_KEY": pem.decode(),
    }


@pytest.fixture
def org(tmp_path: Path, secrets: dict[str, str]) -> Iterator[str]:
    key = serialization.load_pem_private_key(secrets["SALESFORCE_JWT_KEY"].encode(), None)
    clients = tmp_path / "org" / "clients"
    clients.mkdir(parents=True)
    (clients / f"{secrets['SALESFORCE_CLIENT_ID']}.pem").write_bytes(
        key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    with running(tmp_path / "org") as address:
        yield address.url


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """The folder of commands that a runner has: sfgen, and a pip that installs nothing."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "sfgen").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sfgen "$@"\n')
    (folder / "pip").write_text('#!/bin/sh\n[ "$*" = "install sfgen" ]\n')
    for tool in folder.iterdir():
        tool.chmod(0o755)
    return folder


def read_yaml(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


def fill(value: str, secrets: dict[str, str]) -> str:
    return re.sub(r"\$\{\{ secrets\.(\w+) \}\}", lambda match: secrets[match.group(1)], value)


@pytest.mark.parametrize("job", ["check", "validate", "deploy"])
def test_each_job_of_the_github_workflow_runs(
    job: str, project: Path, secrets: dict[str, str], org: str, tools: Path
) -> None:
    workflow = read_yaml(project / PIPELINES["github"])
    given = {**secrets, "SALESFORCE_LOGIN_URL": org}
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SFGEN_")},
        "PATH": f"{tools}:{os.environ['PATH']}",
        "CI": "true",
        **{k: fill(v, given) for k, v in workflow["jobs"][job].get("env", {}).items()},
    }
    lines = [step["run"] for step in workflow["jobs"][job]["steps"] if "run" in step]
    output = ""
    for line in lines:
        done = subprocess.run(
            ["bash", "-e", "-c", line],
            cwd=project,
            env=environment,
            text=True,
            capture_output=True,
            check=False,
        )
        output += done.stdout + done.stderr
        assert done.returncode == 0, f"{line}\n{output}"
    report = project / ("check.sarif" if job == "check" else "deploy.xml")
    assert report.exists()
    kept = output + report.read_text(encoding="utf-8")
    assert secrets["SALESFORCE_JWT_KEY"].splitlines()[1] not in kept


def test_the_deploy_step_fails_when_a_component_fails(
    project: Path, secrets: dict[str, str], org: str, tools: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    subprocess.run(["cp", "-r", str(project), str(broken)], check=True)
    page = next(broken.glob("force-app/main/default/pages/*Bridge.page"))
    page.write_text(page.read_text().replace('BridgeController"', 'NoSuchController"'))
    workflow = read_yaml(broken / PIPELINES["github"])
    line = next(
        s["run"]
        for s in workflow["jobs"]["validate"]["steps"]
        if "sfgen deploy" in s.get("run", "")
    )
    given = {**secrets, "SALESFORCE_LOGIN_URL": org}
    environment = {
        **os.environ,
        "PATH": f"{tools}:{os.environ['PATH']}",
        **{k: fill(v, given) for k, v in workflow["jobs"]["validate"]["env"].items()},
    }
    done = subprocess.run(
        ["bash", "-e", "-c", line],
        cwd=broken,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert "::error file=" in done.stdout + done.stderr
    assert "Bridge.page" in done.stdout + done.stderr


@pytest.mark.parametrize("provider", ["github", "gitlab", "azure", "bitbucket"])
def test_a_pipeline_is_yaml_and_checks_before_it_deploys(provider: str, project: Path) -> None:
    text = (project / PIPELINES[provider]).read_text(encoding="utf-8")
    assert yaml.safe_load(text)
    assert text.index("sfgen check") < text.index("sfgen test") < text.index("deploy --dry-run")
    assert "sfgen deploy --test-level RunLocalTests" in text


def test_a_second_run_changes_nothing_and_an_edit_is_kept(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / PIPELINES["gitlab"]
    assert run(["ci", "gitlab", str(project), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["created"] == []
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "# mine\n", encoding="utf-8")
    assert run(["ci", "gitlab", str(project)]) == 1
    assert "differs; nothing was written" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8").endswith("# mine\n")


def test_a_folder_without_a_project_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ci", "github", str(tmp_path)]) == 1
    assert "holds no sfdx-project.json" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []

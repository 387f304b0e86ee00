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
from fixtures.json_documents import read_result

from sfgen.answers import complete_answers
from sfgen.answers.requirements import read_direct_url
from sfgen.cli import run
from sfgen.commands.ci import PIPELINES
from sfgen.errors import AnswerError
from sfgen.localorg import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.timeout(600)

SOURCE = f"git+https://git.example.com/acme/sfgen@{'a1' * 20}"
SECRET = re.compile(r"JWT_KEY|jwtKey|jwt-key|CLIENT_ID|clientId|client-id")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ci") / "texting"
    assert run(["init", str(folder), "--defaults", "--json"]) == 0
    for provider in PIPELINES:
        assert run(["ci", provider, str(folder), "--install-from", SOURCE]) == 0
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
    (folder / "pip").write_text(f'#!/bin/sh\n[ "$*" = "install {SOURCE}" ]\n')
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
    }
    steps = [step for step in workflow["jobs"][job]["steps"] if "run" in step]
    output = ""
    for step in steps:
        line = step["run"]
        own = {name: fill(value, given) for name, value in step.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "-e", "-c", line],
            cwd=project,
            env={**environment, **own},
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
    page = next(broken.glob("force-app/main/pusher/bridge/pages/*BridgePage.page"))
    page.write_text(page.read_text().replace('BridgeController"', 'NoSuchController"'))
    workflow = read_yaml(broken / PIPELINES["github"])
    step = next(
        s for s in workflow["jobs"]["validate"]["steps"] if "sfgen deploy" in s.get("run", "")
    )
    given = {**secrets, "SALESFORCE_LOGIN_URL": org}
    environment = {
        **os.environ,
        "PATH": f"{tools}:{os.environ['PATH']}",
        **{k: fill(v, given) for k, v in step["env"].items()},
    }
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]],
        cwd=broken,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert "::error file=" in done.stdout + done.stderr
    assert "BridgePage.page" in done.stdout + done.stderr


@pytest.mark.parametrize("provider", ["github", "gitlab", "azure", "bitbucket"])
def test_a_pipeline_is_yaml_and_checks_before_it_deploys(provider: str, project: Path) -> None:
    text = (project / PIPELINES[provider]).read_text(encoding="utf-8")
    assert yaml.safe_load(text)
    assert text.index("sfgen check") < text.index("sfgen test") < text.index("deploy --dry-run")
    assert "sfgen deploy --test-level RunLocalTests" in text


@pytest.mark.parametrize("provider", PIPELINES)
def test_a_pipeline_installs_one_pinned_sfgen(provider: str, project: Path) -> None:
    text = (project / PIPELINES[provider]).read_text(encoding="utf-8")
    installs = [line for line in text.splitlines() if "pip install" in line]
    assert installs
    assert all(SOURCE in line for line in installs)


@pytest.mark.parametrize("provider", PIPELINES)
def test_a_pipeline_turns_the_switch_on_for_production_alone(
    provider: str, project: Path, tmp_path: Path
) -> None:
    text = (project / PIPELINES[provider]).read_text(encoding="utf-8")
    before, _, production = text.partition("Deploy to production")
    if provider == "gitlab":
        before, _, production = text.partition("environment: production")
    assert "CUSTOM_SETTING_VISIBILITY" not in before
    assert re.search(r"CUSTOM_SETTING_VISIBILITY\W+Public", production)
    managed = tmp_path / "managed"
    assert run(["init", str(managed), "--defaults", "--json", "--set", "namespace=acme"]) == 0
    assert run(["ci", provider, str(managed), "--install-from", SOURCE]) == 0
    assert "VISIBILITY" not in (managed / PIPELINES[provider]).read_text(encoding="utf-8")


def list_steps(provider: str, text: str) -> list[tuple[str, str]]:
    """Return (commands, everything that the commands' environment is made of) of each step."""
    if provider == "jenkins":
        head, *stages = text.split("stage('")
        return [(stage, head.partition("pipeline {")[2] + stage) for stage in stages]
    data = yaml.safe_load(text)
    if provider == "github":
        jobs = data["jobs"].values()
        return [
            (step.get("run", ""), yaml.dump([job.get("env"), step.get("env"), step.get("with")]))
            for job in jobs
            for step in job["steps"]
        ]
    if provider == "azure":
        steps = [s for stage in data["stages"] for job in stage["jobs"] for s in job["steps"]]
        return [(step.get("script", ""), yaml.dump(step.get("env"))) for step in steps]
    if provider == "gitlab":
        jobs = [job for job in data.values() if isinstance(job, dict) and "script" in job]
        return [(yaml.dump(job["script"]), "CLIENT_ID" * ("environment" in job)) for job in jobs]
    pipelines = data["pipelines"]
    steps = [*pipelines["pull-requests"]["**"], *pipelines["branches"]["main"]]
    return [
        (yaml.dump(s["step"]["script"]), "CLIENT_ID" * ("deployment" in s["step"])) for s in steps
    ]


@pytest.mark.parametrize("provider", PIPELINES)
def test_no_secret_is_there_where_packages_are_installed_or_code_runs(
    provider: str, project: Path
) -> None:
    """A name on an index, ESLint's configuration or a test of the project must not read the key."""
    steps = list_steps(provider, (project / PIPELINES[provider]).read_text(encoding="utf-8"))
    risky = [s for s in steps if re.search(r"pip install|sfgen (check|test)", s[0])]
    safe = [s for s in steps if re.search(r"sfgen deploy", s[0])]
    assert len(risky) >= 2
    assert [surroundings for _, surroundings in risky if SECRET.search(surroundings)] == []
    assert len(safe) == 2
    assert all(SECRET.search(surroundings) for _, surroundings in safe)


def test_production_is_deployed_to_from_the_protected_branch_alone(project: Path) -> None:
    text = {p: (project / PIPELINES[p]).read_text(encoding="utf-8") for p in PIPELINES}
    assert "eq(variables['Build.SourceBranch'], 'refs/heads/main')" in text["azure"]
    assert '$CI_COMMIT_REF_PROTECTED == "true"' in text["gitlab"]
    assert "github.ref == 'refs/heads/main'" in text["github"]
    assert "branch 'main'" in text["jenkins"]
    for kind in ("sandbox", "production"):
        assert f"salesforce-{kind}-jwt-key', variable: 'SFGEN_JWT_KEY_FILE'" in text["jenkins"]
    assert "masked:" not in text["gitlab"]


def test_actions_are_pinned_by_their_commits(project: Path) -> None:
    text = (project / PIPELINES["github"]).read_text(encoding="utf-8")
    uses = re.findall(r"uses: (\S+)", text)
    assert len(uses) > 5
    assert [use for use in uses if not re.search(r"@[0-9a-f]{40}$", use)] == []


def test_a_checkout_can_not_be_named_and_an_answer_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sfgen.answers.installed.find_requirement", lambda: None)
    assert run(["init", str(tmp_path / "p"), "--defaults", "--set", "ci=github"]) == 2
    shown = capsys.readouterr().err
    assert "error: install_from: the github pipeline installs sfgen" in shown
    assert "hint: set install_from (sfgen ci: --install-from) to git+https://" in shown
    assert not (tmp_path / "p").exists()


def test_what_pip_noted_is_what_the_pipeline_installs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sfgen.answers.installed.find_requirement", lambda: SOURCE)
    assert run(["init", str(tmp_path / "p"), "--defaults", "--json", "--set", "ci=gitlab"]) == 0
    assert SOURCE in (tmp_path / "p/.gitlab-ci.yml").read_text()
    assert f'install_from = "{SOURCE}"' in (tmp_path / "p/.sfgen/answers.toml").read_text()


@pytest.mark.parametrize(
    ("noted", "requirement"),
    [
        (
            {"url": "https://h.example/a/s", "vcs_info": {"vcs": "git", "commit_id": "b" * 40}},
            f"git+https://h.example/a/s@{'b' * 40}",
        ),
        (
            {"url": "https://h.example/s.whl", "archive_info": {"hashes": {"sha256": "c" * 64}}},
            f"https://h.example/s.whl#sha256={'c' * 64}",
        ),
        (
            {"url": "https://h.example/s.tar.gz", "archive_info": {"hash": f"sha256={'d' * 64}"}},
            f"https://h.example/s.tar.gz#sha256={'d' * 64}",
        ),
        ({"url": "file:///home/x/sfgen", "dir_info": {"editable": True}}, None),
        ({"url": "file:///x/s.whl", "archive_info": {"hashes": {"sha256": "c" * 64}}}, None),
        ({"url": "https://h.example/s.whl", "archive_info": {}}, None),
        ({"url": "https://h.example/a", "vcs_info": {"vcs": "hg", "commit_id": "b" * 40}}, None),
        ({"url": "https://u:p@h.example/a", "vcs_info": {"vcs": "git", "commit_id": "b"}}, None),
        ([], None),
    ],
)
def test_an_installation_is_told_by_pep_610(noted: object, requirement: str | None) -> None:
    assert read_direct_url(json.dumps(noted)) == requirement


@pytest.mark.parametrize(
    "requirement",
    [
        "sfgen",
        "sfgen>=1.0",
        "sfgen==1.*",
        "git+https://h.example/a@main",
        "https://h.example/s.whl",
        "git+https://token@h.example/a@" + "b" * 40,
        "sfgen==1.0; curl x",
        "sfgen==1.0'",
        "sfgen==1.0\n",
    ],
)
def test_what_is_not_pinned_is_no_answer(requirement: str) -> None:
    with pytest.raises(AnswerError):
        complete_answers({"ci": "github", "install_from": requirement})


def test_a_second_run_changes_nothing_and_an_edit_is_kept(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / PIPELINES["gitlab"]
    assert run(["ci", "gitlab", str(project), "--json", "--install-from", SOURCE]) == 0
    assert read_result(capsys.readouterr().out)["created"] == []
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "# mine\n", encoding="utf-8")
    assert run(["ci", "gitlab", str(project), "--install-from", SOURCE]) == 1
    assert "differs; nothing was written" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8").endswith("# mine\n")


def test_a_folder_without_a_project_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ci", "github", str(tmp_path)]) == 2
    assert "has no sfdx-project.json" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []

"""``sfgen ci``: write the pipeline file of a provider into a project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sfgen.answers import complete_answers, parse_answers_file
from sfgen.answers.installed import complete_requirement
from sfgen.answers.questions import BY_NAME
from sfgen.commands.options import json_option
from sfgen.errors import ProjectError, SfgenError, UsageError
from sfgen.pack import find_packs_folder, load_pack
from sfgen.plan import plan_project
from sfgen.plan.lock import ANSWERS_PATH
from sfgen.render import render_plan
from sfgen.report.result import Result
from sfgen.write import add_to_project, find_conflicts, read_plain

if TYPE_CHECKING:
    from sfgen.commands.outputs import Outputs
    from sfgen.render import RenderedFile

#: Provider -> where its pipeline file stands in a project.
PIPELINES = {
    "github": ".github/workflows/salesforce.yml",
    "gitlab": ".gitlab-ci.yml",
    "azure": "azure-pipelines.yml",
    "bitbucket": "bitbucket-pipelines.yml",
    "jenkins": "Jenkinsfile",
}


@click.command("ci")
@click.argument("provider", type=click.Choice(list(PIPELINES)))
@click.argument("directory", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--install-from",
    metavar="REQUIREMENT",
    help="Pinned requirement that the pipeline installs sfgen from.",
)
@click.option("--stdout", is_flag=True, help="Print the file instead of writing it.")
@json_option
def command(
    provider: str, directory: Path, install_from: str | None, *, stdout: bool, outputs: Outputs
) -> int:
    """Write the pipeline of PROVIDER into the project at DIRECTORY.

    The pipeline checks and validates each pull request, and deploys on merge. It logs in with the
    JWT bearer flow; the file says which secrets to set. It installs the sfgen that wrote it, from
    where that was installed; use --install-from where sfgen can't find that out.
    """
    if stdout and outputs.as_json:
        raise UsageError(
            "--stdout and --json can't be used together", hint="--stdout prints the file"
        )
    if not (directory / "sfdx-project.json").is_file():
        raise ProjectError(
            f"{directory} has no sfdx-project.json", hint="name the folder of an SFDX project"
        )
    file = _render_pipeline(provider, directory, install_from)
    if stdout:
        click.echo(file.content.decode(), nl=False)
        return 0
    if find_conflicts(directory, [file]):
        raise SfgenError(
            f"{file.path} exists already and differs; nothing was written",
            hint="sfgen ci --stdout prints the new one",
        )
    result = add_to_project(directory, [file])
    verb = "Wrote" if result.created else "Unchanged:"
    line = f"{verb} {file.path}; it says which secrets to set"
    return outputs.show(Result({"created": list(result.created)}, [line], to_stderr=True))


def _render_pipeline(provider: str, directory: Path, install_from: str | None) -> RenderedFile:
    saved = read_plain(directory, ANSWERS_PATH)
    given: dict[str, str] = {}
    if saved is not None:
        given = parse_answers_file(_decode(saved), ANSWERS_PATH)
    known = {name: value for name, value in given.items() if name in BY_NAME}
    known["ci"] = provider
    if install_from is not None:
        known["install_from"] = install_from
    answers = complete_answers(complete_requirement(known)).as_dict()
    plan = plan_project(load_pack(find_packs_folder() / "pusher"), answers)
    return next(file for file in render_plan(plan) if file.path == PIPELINES[provider])


def _decode(saved: bytes) -> str:
    try:
        return saved.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ProjectError(
            f"{ANSWERS_PATH} is not UTF-8", hint="delete it, or write it again with sfgen init"
        ) from None

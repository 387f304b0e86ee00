"""``sfgen init``: answers -> plan -> render -> write -> report."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sfgen import __version__
from sfgen.answers import (
    QUESTIONS,
    Answers,
    check_answer,
    complete_answers,
    parse_answers_file,
    parse_settings,
    read_environment,
    write_answers_file,
)
from sfgen.answers.installed import complete_requirement
from sfgen.commands.options import json_option
from sfgen.commands.outputs import name_program
from sfgen.commands.prompts import ask_questions
from sfgen.errors import UsageError
from sfgen.pack import find_packs_folder, load_pack
from sfgen.plan import plan_project
from sfgen.plan.lock import ANSWERS_PATH, LOCK_PATH, describe_lock
from sfgen.render import RenderedFile, render_plan
from sfgen.report.init import Written, describe_questions, describe_written
from sfgen.write import (
    Place,
    WriteResult,
    add_to_project,
    find_place,
    finish_interrupted,
    fit_answers,
    refuse_conflicts,
    write_new_project,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sfgen.commands.outputs import Outputs

PACK = "pusher"


@click.command("init")
@click.argument("directory", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--defaults", is_flag=True, help="Take the default for every question not answered.")
@click.option(
    "--answers",
    "answers_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Read answers from a TOML file.",
)
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Answer one question.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@json_option
@click.option("--list-questions", is_flag=True, help="List the questions and their choices.")
def command(
    directory: Path | None,
    answers_file: Path | None,
    settings: tuple[str, ...],
    *,
    defaults: bool,
    dry_run: bool,
    list_questions: bool,
    outputs: Outputs,
) -> int:
    """Write a new SFDX project, or add the integration to an existing one.

    DIRECTORY is named like the project unless you say otherwise. Answers come from --set, then
    the environment (SFGEN_PREFIX, ...), then --answers, then an existing project's
    sfdx-project.json, then the prompts or the defaults.

    Example: sfgen init texting --defaults --set prefix=Texting
    """
    if list_questions:
        return outputs.show(describe_questions(QUESTIONS))
    given = {
        **_read_answers_file(answers_file),
        **read_environment(os.environ),
        **parse_settings(settings),
    }
    if directory is not None and "project_name" not in given:
        given["project_name"] = directory.resolve().name
    if directory is not None and find_place(directory.resolve()) is Place.PROJECT:
        given = fit_answers(directory.resolve(), given)
    answers = _gather_answers(given, prompt=not defaults and not outputs.as_json)
    target = (directory or Path(answers["project_name"])).resolve()
    place = find_place(target)
    if place is not Place.NEW and not dry_run:
        finish_interrupted(target)
    files, amended = _render_files(answers, place, target)
    if place is not Place.NEW:
        refuse_conflicts(target, files)
    files += amended
    own = {file.path for file in amended if (target / file.path).is_file()}
    if dry_run:
        result = WriteResult(tuple(file.path for file in files), ())
    else:
        result = _write(target, files, place, quiet=outputs.as_json)
    created = tuple(path for path in result.created if path not in own)
    result = replace(result, created=created, amended=tuple(sorted(own)))
    program = name_program() if outputs.names_next else None
    shown = Written(target, _shorten(target), result, answers.as_dict(), dry=dry_run)
    return outputs.show(describe_written(shown, program))


def _read_answers_file(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")  # Notepad writes a mark in front
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise UsageError(
            f"can't read the answers file {path}: {reason}",
            hint='it holds lines like prefix = "Pusher", in UTF-8',
        ) from error
    return parse_answers_file(text, path.name)


def _gather_answers(given: Mapping[str, str], *, prompt: bool) -> Answers:
    checked = {name: check_answer(name, value) for name, value in given.items()}
    checked = complete_requirement(checked)
    if prompt:
        if not sys.stdin.isatty():
            raise UsageError(
                "there is no terminal to ask the questions on",
                hint="add --defaults, and --set key=value or --answers FILE for what differs",
            )
        checked = complete_requirement(ask_questions(checked, _refuse_place))
    return complete_answers(checked)


def _refuse_place(name: str) -> str | None:
    try:
        find_place(Path(name).resolve())
    except UsageError as error:
        return error.message
    return None


def _render_files(
    answers: Answers, place: Place, target: Path
) -> tuple[list[RenderedFile], list[RenderedFile]]:
    """Return our own files, and the project's files that get lines added."""
    pack, existing = load_pack(find_packs_folder() / PACK), place is Place.PROJECT
    plan = plan_project(pack, answers.as_dict(), existing=existing)
    rendered: tuple[RenderedFile, ...] = render_plan(plan)
    amended: tuple[RenderedFile, ...] = ()
    if existing:
        from sfgen.write.guest import fit_files

        guest = fit_files(target, rendered, answers.as_dict())
        rendered, amended = guest.files, guest.amended
    lock = describe_lock(__version__, PACK, ((file.path, file.content) for file in rendered))
    saved = write_answers_file(answers.as_dict()).encode()
    own = [*rendered, RenderedFile(ANSWERS_PATH, saved), RenderedFile(LOCK_PATH, lock)]
    return own, list(amended)


def _write(target: Path, files: list[RenderedFile], place: Place, *, quiet: bool) -> WriteResult:
    begun = target.is_dir() and any(target.iterdir())
    in_place = place is not Place.NEW or begun or target == Path.cwd()
    write = add_to_project if in_place else write_new_project
    if quiet or not sys.stderr.isatty():
        return write(target, files)
    with click.progressbar(
        length=len(files), label="Writing", file=sys.stderr, show_eta=False
    ) as bar:
        advance: Callable[[], None] = lambda: bar.update(1)  # noqa: E731 - typed callback
        return write(target, files, advance)


def _shorten(target: Path) -> str:
    try:
        return str(target.relative_to(Path.cwd()))
    except ValueError:
        return str(target)

"""``sfgen demo``: init, deploy to the local org, preview; with no account."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shlex
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sfgen.commands.deploy import command as deploy
from sfgen.commands.init import command as init
from sfgen.commands.options import json_option
from sfgen.commands.outputs import Outputs, name_program
from sfgen.errors import UsageError
from sfgen.report.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

DEFAULT_EXAMPLE = "texting"


@click.command("demo")
@click.option("--example", default=DEFAULT_EXAMPLE, show_default=True, help="Which example.")
@click.option(
    "--directory",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write the project to; a temporary one by default.",
)
@click.option("--preview/--no-preview", default=None, help="Open the preview at the end.")
@click.option(
    "--screenshot",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a picture of the preview to FILE instead of opening it.",
    metavar="FILE",
)
@json_option
def command(
    example: str,
    directory: Path | None,
    screenshot: Path | None,
    *,
    preview: bool | None,
    outputs: Outputs,
) -> int:
    """Write, deploy and preview an example project, without any account.

    Everything runs on this machine: the project is deployed to the local org. On a terminal the
    preview opens at the end.
    """
    if outputs.as_json and screenshot is not None:
        raise UsageError(
            "--json and --screenshot can't be used together",
            hint="sfgen preview --screenshot --json",
        )
    answers = _find_example(example)
    wanted = screenshot or preview or (preview is None and sys.stdin.isatty())
    shows = bool(wanted) and not outputs.as_json
    with contextlib.ExitStack() as stack:
        target = directory or _make_folder(stack, keep=not shows) / example
        return _run_all(answers, target, screenshot, outputs, shows=shows)


def _run_all(
    answers: Path, target: Path, screenshot: Path | None, outputs: Outputs, *, shows: bool
) -> int:
    where, program, quiet = shlex.quote(str(target)), name_program(), outputs.as_json
    line = f"{program} init {where} --defaults --answers {shlex.quote(str(answers))}"
    _announce("1. Write the project", line, quiet=quiet)
    _run(init, [str(target), "--defaults", "--answers", str(answers)], quiet=quiet)
    line = f"{program} deploy {where} --target-org local"
    _announce("2. Deploy it to the local org", line, quiet=quiet)
    with _own_local_org():
        code, deployed = _run(deploy, [str(target), "--target-org", "local"], quiet=quiet)
    if quiet:
        data = {"directory": str(target), "deployed": not code, "deploy": deployed}
        return outputs.show(Result(data, exit_code=code))
    if code:
        return code
    click.echo("\nSuccess: the project is complete and deploys.", err=True)
    if shows:
        return _open_preview(target, screenshot)
    click.echo("\nNext:", err=True)
    for verb in ("preview", "check", "test"):
        click.echo(f"  {program} {verb} {where}", err=True)
    return 0


@contextlib.contextmanager
def _own_local_org() -> Iterator[None]:
    """Deploy to an empty local org: the user's own may contain another project's classes."""
    with tempfile.TemporaryDirectory(prefix="sfgen-demo-org-") as folder:
        before = os.environ.get("SFGEN_LOCAL_ORG")
        os.environ["SFGEN_LOCAL_ORG"] = folder
        try:
            yield
        finally:
            del os.environ["SFGEN_LOCAL_ORG"]
            if before is not None:
                os.environ["SFGEN_LOCAL_ORG"] = before


def _make_folder(stack: contextlib.ExitStack, *, keep: bool) -> Path:
    """Create a temporary folder, deleted at the end or when the demo is interrupted."""
    folder = Path(tempfile.mkdtemp(prefix="sfgen-demo-"))

    def remove(kind: type[BaseException] | None, *_rest: object) -> None:
        if not keep or kind is not None:
            shutil.rmtree(folder, ignore_errors=True)
            click.echo(f"{folder} is removed; --directory keeps the project", err=True)

    stack.push(remove)
    return folder


def _find_example(name: str) -> Path:
    package = Path(__file__).parents[1]
    for folder in (package / "_examples", package.parent / "examples"):
        names = sorted(path.parent.name for path in folder.glob("*/answers.toml"))
        if name in names:
            return folder / name / "answers.toml"
        if names:
            raise UsageError(f"no example {name}", hint=f"the examples are {', '.join(names)}")
    raise UsageError("sfgen's examples are missing", hint="reinstall sfgen")


def _run(step: click.Command, arguments: list[str], *, quiet: bool) -> tuple[int, Any]:
    """Run a command of sfgen's; returns its exit code and, if quiet, its JSON result."""
    kept = io.StringIO()
    outputs = Outputs(stream=kept if quiet else None, names_next=False)
    words = [*arguments, "--json"] if quiet else arguments
    code = step.main(words, standalone_mode=False, obj=outputs)
    return code, json.loads(kept.getvalue())["result"] if quiet else None


def _announce(step: str, line: str, *, quiet: bool) -> None:
    if not quiet:
        click.secho(f"\n{step}", bold=True, err=True)
        click.echo(f"   $ {line}", err=True)


def _open_preview(target: Path, screenshot: Path | None) -> int:
    from sfgen.commands.preview import command as preview

    shown = f" --screenshot {shlex.quote(str(screenshot))}" if screenshot else ""
    line = f"{name_program()} preview {shlex.quote(str(target))}{shown}"
    _announce("3. Open the preview (Ctrl-C ends it)", line, quiet=False)
    return _run(preview, [str(target), *(shlex.split(shown))], quiet=False)[0]

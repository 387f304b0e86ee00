"""``sfgen test``: run a project's Apex unit tests on this machine."""

from __future__ import annotations

import contextlib
import gc
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sfgen.children import show_child
from sfgen.commands.options import json_option
from sfgen.commands.runner_options import runner_options
from sfgen.errors import UsageError
from sfgen.testrun.runner_org import explain_hidden_fields, open_host

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sfgen.apex.host import ApexHost, TestResult, TestRun
    from sfgen.commands.outputs import Outputs
    from sfgen.report.result import Result
    from sfgen.testrun.runner_org import RunnerOptions


@click.command("test")
@click.argument("directory", type=click.Path(path_type=Path), required=False)
@click.option("--target-dir", type=click.Path(path_type=Path), help="The same as DIRECTORY.")
@click.option(
    "--filter",
    "filters",
    multiple=True,
    metavar="NAME",
    help="Run only tests whose Class.method contains NAME; may be repeated.",
)
@click.option(
    "--watch",
    "watching",
    is_flag=True,
    help="Run tests again when a file that they depend on changes.",
)
@click.option("--all", "with_jest", is_flag=True, help="Also run the project's Jest tests.")
@json_option
@click.option(
    "--junit", metavar="FILE", type=click.Path(path_type=Path), help="Write JUnit XML to FILE."
)
@click.option(
    "--cobertura",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write line coverage to FILE as Cobertura XML.",
)
@click.option(
    "--processes",
    metavar="N",
    type=click.IntRange(1, 64),
    help="Run on N processes; default: one per processor.",
)
@click.option(
    "--seed", metavar="N", type=int, help="Seed Math.random and Crypto's random numbers with N."
)
@click.option("--no-coverage", is_flag=True, help="Don't print the coverage table.")
@runner_options
def command(  # noqa: PLR0913 - one parameter per option
    directory: Path | None,
    *,
    target_dir: Path | None,
    filters: tuple[str, ...],
    watching: bool,
    with_jest: bool,
    junit: Path | None,
    cobertura: Path | None,
    processes: int | None,
    seed: int | None,
    no_coverage: bool,
    runner: RunnerOptions,
    outputs: Outputs,
) -> int:
    """Run the Apex unit tests of the project in DIRECTORY (default: here) without an org.

    The tests are run by sfgen's own Apex runtime, not by Salesforce. Code that Salesforce's
    compiler would refuse is reported with its file and line. So is what the runtime doesn't
    support; a test that needs it never counts as passed.

    Exit codes: 0 every test passed and everything compiles, 1 otherwise.
    """
    root = _find_project(target_dir or directory or Path(), watching=watching, outputs=outputs)

    def run(host: ApexHost, classes: frozenset[str] | None) -> tuple[TestRun, Result]:
        found = host.run_tests(
            filters,
            classes=classes,
            processes=processes,
            seed=seed,
            on_class=None if outputs.as_json or not sys.stdout.isatty() else _show_class,
        )
        _write(found, junit, cobertura)
        hint = explain_hidden_fields(found, host) or _explain_filters(found, filters)
        return found, _describe(found, hint, coverage=not no_coverage and classes is None)

    def show(host: ApexHost, classes: frozenset[str] | None) -> TestRun:
        found, result = run(host, classes)
        outputs.show(result)
        _show_hint(result.hint)
        return found

    if watching:
        from sfgen.testrun.watch import watch

        watch(root, show, lambda: open_host(root, runner))
    with _few_collections():
        host = open_host(root, runner, say=_say if not outputs.as_json else lambda _: None)
        gc.freeze()  # what has been loaded stays: neither this process nor its forks look at it
        gc.enable()
        _, result = run(host, None)
    return _finish(root, result, outputs, with_jest=with_jest)


def _finish(root: Path, result: Result, outputs: Outputs, *, with_jest: bool) -> int:
    """Show the result; the jest tests' is a part of the JSON document, and on screen follows it."""
    if with_jest and outputs.as_json:
        result = _add_jest(result, _run_jest(root, outputs))
    code = outputs.show(result)
    _show_hint(result.hint)
    if with_jest and not outputs.as_json:
        code = max(code, int(_run_jest(root, outputs) is not True))
    return code


@contextlib.contextmanager
def _few_collections() -> Iterator[None]:
    """Turn the garbage collector off while a project is loaded: saves a sixth of the time."""
    before = gc.get_threshold()
    gc.disable()
    gc.set_threshold(20_000, 20, 20)
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
        gc.enable()


def _find_project(root: Path, *, watching: bool, outputs: Outputs) -> Path:
    """Refuse a folder that is no SFDX project: all below it would be searched for Apex."""
    if not root.is_dir():
        raise UsageError(f"{root} is not a directory", hint="name the project's folder")
    if watching and outputs.as_json:
        raise UsageError(
            "--watch and --json can't be used together", hint="--junit FILE is written at each run"
        )
    if not (root / "sfdx-project.json").is_file():
        from sfgen.project.configuration import read_configuration

        read_configuration(root)
    return root


def _show_class(results: Sequence[TestResult]) -> None:
    """Print a line for a class whose tests were run."""
    if results:
        bad = sum(each.outcome != "passed" for each in results)
        note = f"{bad} of {len(results)} not passed" if bad else f"{len(results)} passed"
        click.echo(f"{results[0].class_name}: {note}")


def _explain_filters(run: TestRun, filters: tuple[str, ...]) -> str | None:
    if not filters or run.results:
        return None
    return f"no Class.method of a test contains {' or '.join(filters)}"


def _say(text: str) -> None:
    click.echo(text, err=True)


def _show_hint(hint: str | None) -> None:
    if hint:
        click.echo(f"hint: {hint}", err=True)


def _describe(run: TestRun, hint: str | None, *, coverage: bool) -> Result:
    from sfgen.report.apex import describe_tests

    width = min(shutil.get_terminal_size().columns, 120)
    return describe_tests(run, hint, coverage=coverage, width=width)


def _write(run: TestRun, junit: Path | None, cobertura: Path | None) -> None:
    if junit is None and cobertura is None:
        return
    from sfgen.report.apex_xml import render_cobertura, render_junit

    for path, render in ((junit, render_junit), (cobertura, render_cobertura)):
        if path is None:
            continue
        try:
            path.write_text(render(run), encoding="utf-8")
        except OSError as error:
            raise UsageError(
                f"{path} can't be written: {error.strerror}", hint="name a file in a folder"
            ) from None


def _run_jest(root: Path, outputs: Outputs) -> bool | None:
    """Run the project's own jest tests; returns whether they passed, None if they can't run."""
    npx = shutil.which("npx")
    if npx is None or not (root / "node_modules").is_dir():
        outputs.warn("jest was not run: no Node or no node_modules (npm install)")
        return None
    quiet = outputs.as_json
    return not show_child([npx, "--no-install", "sfdx-lwc-jest"], cwd=root, quiet=quiet)


def _add_jest(result: Result, passed: bool | None) -> Result:  # noqa: FBT001 - three values
    """Add to a result whether the jest tests ran, and passed."""
    data = {**result.data, "jest": {"ran": passed is not None, "passed": passed is True}}
    return replace(result, data=data, exit_code=max(result.exit_code, int(passed is not True)))

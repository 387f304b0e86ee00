"""``sfgen test``: run a project's Apex unit tests on this machine."""

from __future__ import annotations

import contextlib
import gc
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sfgen.children import show_child
from sfgen.commands.test_runner import hint_at_fields, open_host, runner_options
from sfgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sfgen.apex.host import ApexHost, TestResult, TestRun
    from sfgen.commands.test_runner import RunnerWishes


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
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
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
    as_json: bool,
    junit: Path | None,
    cobertura: Path | None,
    processes: int | None,
    seed: int | None,
    no_coverage: bool,
    wishes: RunnerWishes,
) -> int:
    """Run the Apex unit tests of the project in DIRECTORY (default: here) without an org.

    The tests are run by sfgen's own Apex runtime, not by Salesforce. Code that Salesforce's
    compiler would refuse is reported with its file and line. So is what the runtime doesn't
    support; a test that needs it never counts as passed.

    Exit codes: 0 every test passed and everything compiles, 1 otherwise.
    """
    root = target_dir or directory or Path()
    if not root.is_dir():
        raise UsageError(f"{root} is not a directory", hint="name the project's folder")
    if watching and as_json:
        raise UsageError(
            "--watch and --json can't be used together", hint="--junit FILE is written at each run"
        )
    _need_project(root)

    def run(host: ApexHost, classes: frozenset[str] | None) -> TestRun:
        found = host.run_tests(
            filters,
            classes=classes,
            processes=processes,
            seed=seed,
            on_class=None if as_json or not sys.stdout.isatty() else _tell,
        )
        _write(found, junit, cobertura)
        _show(found, as_json=as_json, coverage=not no_coverage and classes is None)
        hint_at_fields(found, host)
        if filters and not found.results:
            names = " or ".join(filters)
            click.echo(f"hint: no Class.method of a test contains {names}", err=True)
        return found

    if watching:
        from sfgen.commands.watching import watch

        watch(root, run, lambda: open_host(root, wishes, quiet=True))
    with _few_collections():
        host = open_host(root, wishes, quiet=as_json)
        gc.freeze()  # what has been loaded stays: neither this process nor its forks look at it
        gc.enable()
        code = 0 if run(host, None).passed else 1
    return max(code, _run_jest(root, quiet=as_json)) if with_jest else code


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


def _need_project(root: Path) -> None:
    """Refuse a folder that is not an SFDX project, before all of it is searched for Apex."""
    if not (root / "sfdx-project.json").is_file():
        from sfgen.project.configuration import read_configuration

        read_configuration(root)


def _tell(results: Sequence[TestResult]) -> None:
    """Print a line for a class whose tests were run."""
    if results:
        bad = sum(each.outcome != "passed" for each in results)
        note = f"{bad} of {len(results)} not passed" if bad else f"{len(results)} passed"
        click.echo(f"{results[0].class_name}: {note}")


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


def _show(run: TestRun, *, as_json: bool, coverage: bool) -> None:
    from sfgen.report.apex import describe_run, render_json

    if as_json:
        click.echo(render_json(run))
        return
    width = min(shutil.get_terminal_size().columns, 120)
    click.echo(describe_run(run, coverage=coverage, width=width))


def _run_jest(root: Path, *, quiet: bool) -> int:
    """Run the project's own jest tests; 1 if they fail or can't run."""
    npx = shutil.which("npx")
    if npx is None or not (root / "node_modules").is_dir():
        click.echo("jest was not run: no Node or no node_modules (npm install)", err=True)
        return 1
    return 1 if show_child([npx, "--no-install", "sfdx-lwc-jest"], cwd=root, quiet=quiet) else 0

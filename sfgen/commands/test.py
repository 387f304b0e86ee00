"""``sfgen test``: run a project's Apex unit tests on this machine."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sfgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.apex.testing.results import TestResult, TestRun

_LOOK = 0.5
"""Seconds between two looks at the files under --watch."""


@click.command("test")
@click.argument("directory", type=click.Path(path_type=Path), required=False)
@click.option("--target-dir", type=click.Path(path_type=Path), help="The same as DIRECTORY.")
@click.option(
    "--filter",
    "filters",
    multiple=True,
    metavar="NAME",
    help="Only tests whose Class.method holds NAME; may be repeated.",
)
@click.option("--watch", is_flag=True, help="Run again whenever a file changes.")
@click.option("--all", "with_jest", is_flag=True, help="Run the project's jest tests too.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
@click.option("--junit", type=click.Path(path_type=Path), help="Write JUnit XML to a file.")
@click.option("--cobertura", type=click.Path(path_type=Path), help="Write coverage to a file.")
@click.option("--processes", type=click.IntRange(1, 64), help="Processes; default: processors.")
@click.option("--seed", type=int, help="Seed of Math.random and Crypto's random numbers.")
@click.option("--no-coverage", is_flag=True, help="Leave the coverage table out.")
def command(  # noqa: PLR0913 - one parameter per option
    directory: Path | None,
    *,
    target_dir: Path | None,
    filters: tuple[str, ...],
    watch: bool,
    with_jest: bool,
    as_json: bool,
    junit: Path | None,
    cobertura: Path | None,
    processes: int | None,
    seed: int | None,
    no_coverage: bool,
) -> int:
    """Run the Apex unit tests of the project in DIRECTORY (default: here) without an org.

    The tests are run by sfgen's own Apex runtime, not by Salesforce. What it doesn't support is
    reported with its file and line and never counts as passed.
    """
    root = target_dir or directory or Path()
    if not root.is_dir():
        raise UsageError(f"{root} is no directory")
    if watch and as_json:
        raise UsageError("--watch and --json don't go together")
    _need_project(root)

    def once() -> int:
        run = _run(root, filters, processes, seed, quiet=as_json)
        _write(run, junit, cobertura)
        _show(run, as_json=as_json, coverage=not no_coverage)
        code = 0 if run.passed else 1
        return max(code, _run_jest(root, quiet=as_json)) if with_jest else code

    return _watch(root, once) if watch else once()


def _need_project(root: Path) -> None:
    """Refuse a folder that is no SFDX project: all below it would be searched for Apex."""
    if not (root / "sfdx-project.json").is_file():
        from sfgen.project.configuration import read_configuration

        read_configuration(root)


def _run(
    root: Path,
    filters: Sequence[str],
    processes: int | None,
    seed: int | None,
    *,
    quiet: bool,
) -> TestRun:
    from sfgen.apex.host import ApexHost

    host = ApexHost.open(root)

    def on_class(results: list[TestResult]) -> None:
        if not quiet and sys.stdout.isatty():
            bad = sum(each.outcome != "passed" for each in results)
            note = f"{bad} of {len(results)} not passed" if bad else f"{len(results)} passed"
            click.echo(f"{results[0].class_name}: {note}" if results else "")

    return host.run_tests(filters, processes=processes, seed=seed, on_class=on_class)


def _write(run: TestRun, junit: Path | None, cobertura: Path | None) -> None:
    if junit is None and cobertura is None:
        return
    from sfgen.report.apex_xml import render_cobertura, render_junit

    if junit is not None:
        junit.write_text(render_junit(run), encoding="utf-8")
    if cobertura is not None:
        cobertura.write_text(render_cobertura(run), encoding="utf-8")


def _show(run: TestRun, *, as_json: bool, coverage: bool) -> None:
    from sfgen.report.apex import describe_run, render_json

    click.echo(render_json(run) if as_json else describe_run(run, coverage=coverage))


def _run_jest(root: Path, *, quiet: bool) -> int:
    """Run the project's own jest tests; 1 if they fail or can't run."""
    npx = shutil.which("npx")
    if npx is None or not (root / "node_modules").is_dir():
        click.echo("jest was not run: no Node or no node_modules (npm install)", err=True)
        return 1
    done = subprocess.run(
        [npx, "--no-install", "sfdx-lwc-jest"],
        cwd=root,
        check=False,
        stdout=subprocess.DEVNULL if quiet else None,
    )
    return 1 if done.returncode else 0


def _state(root: Path) -> dict[str, int]:
    from sfgen.apex.sources import read_sources

    names = read_sources(root).metadata
    return {name: path.stat().st_mtime_ns for name in names if (path := root / name).is_file()}


def _watch(root: Path, once: object) -> int:
    run = once if callable(once) else None
    code = 0
    before: dict[str, int] = {}
    while run is not None:
        after = _state(root)
        if after != before:
            before = after
            click.clear()
            code = run()
        time.sleep(_LOOK)
    return code

"""``sfgen lws-check``: a project's pusher-js inside the real Lightning Web Security."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sfgen.commands.lws_licence import accept_licence, obtain_lws

if TYPE_CHECKING:
    from sfgen.preview.lws.case import Outcome
    from sfgen.preview.lws.check import Check, Verdict
    from sfgen.preview.lws.packages import LwsPackages
    from sfgen.preview.lws.subject import Subject


@click.command("lws-check")
@click.argument(
    "directory", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option("--matrix", is_flag=True, help="Several versions of LWS and of pusher-js.")
@click.option("--debug", is_flag=True, help="Show the debug form too, which hides the failure.")
@accept_licence
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(
    directory: Path, *, matrix: bool, debug: bool, accept_licence: bool, as_json: bool
) -> int:
    """Say whether the project's pusher-js works under Lightning Web Security.

    Runs the project's own static resource, and the scripts and the shim of its components, in LWS's
    production form in a headless browser. Exit codes: 0 the project's way works, 1 it does not,
    4 the check could not run (no browser, no npm, licence not accepted), which says nothing
    about the project.
    """
    from sfgen.preview.lws.check import check_subject
    from sfgen.preview.lws.subject import find_subject
    from sfgen.preview.source import read_source

    subject = find_subject(read_source(directory))
    pairs = _choose(subject, accepted=accept_licence, matrix=matrix)
    check = asyncio.run(check_subject(subject, pairs, debug=debug))
    if as_json:
        click.echo(json.dumps(_describe(check), indent=2))
    else:
        _show(check)
    return 0 if check.works else 1


def _choose(subject: Subject, *, accepted: bool, matrix: bool) -> list[tuple[LwsPackages, Subject]]:
    from sfgen.preview.lws import packages

    found = obtain_lws(packages.MATRIX if matrix else (packages.VERSION,), accepted=accepted)
    subjects = [subject]
    if matrix:
        subjects += [
            dataclasses.replace(subject, pusher=packages.fetch_pusher(version), version=version)
            for version in packages.PUSHER_MATRIX
            if version != subject.version
        ]
    return [(one, other) for one in found for other in subjects]


def _show(check: Check) -> None:
    subject = check.subject
    click.echo(f"pusher-js {subject.version} of this project, mode {subject.mode}")
    click.echo(f"{check.browser}, production form of Lightning Web Security")
    for verdict in check.verdicts:
        click.echo(f"\nLWS {verdict.lws}, pusher-js {verdict.pusher}")
        _show_verdict(verdict, subject)
    if subject.asynchronous:
        names = ", ".join(subject.asynchronous)
        click.echo(f"\nNative async in {names}: Firefox's sandbox may not run it")
    words = "works" if check.works else "does not work"
    click.secho(f"\nThis project uses {subject.mode}: it {words}.", bold=True)
    if not check.works and subject.mode == "direct" and not subject.shim:
        click.echo("Put this after loadScript, before new Pusher:")
        click.echo("    window.Pusher.Runtime.getProtocol = () => window.location.protocol;")


def _show_verdict(verdict: Verdict, subject: Subject) -> None:
    shim = f"shim of {subject.shim_place}" if subject.shim else "one-line shim"
    rows: list[tuple[str, Outcome]] = [
        ("direct, as shipped", verdict.as_shipped),
        (f"direct, {shim}", verdict.with_shim),
        ("visualforce", verdict.framed),
    ]
    if verdict.debug is not None:
        rows.append(("debug form, as shipped (hides the failure)", verdict.debug))
    for name, outcome in rows:
        total = len(outcome.results)
        passed = sum(1 for result in outcome.results if result["ok"])
        words = f"works ({passed}/{total})" if outcome.passed else f"fails: {outcome.reason}"
        click.echo(f"  {name}: {words}")


def _describe(check: Check) -> dict[str, Any]:
    return {
        "version": 1,
        "command": "lws-check",
        "mode": check.subject.mode,
        "works": check.works,
        "browser": check.browser,
        "form": "production",
        "shim": check.subject.shim_place or None,
        "nativeAsync": list(check.subject.asynchronous),
        "pairs": [
            {
                "lws": verdict.lws,
                "pusher": verdict.pusher,
                "asShipped": _describe_outcome(verdict.as_shipped),
                "withShim": _describe_outcome(verdict.with_shim),
                "visualforce": _describe_outcome(verdict.framed),
                "debug": _describe_outcome(verdict.debug) if verdict.debug else None,
            }
            for verdict in check.verdicts
        ],
    }


def _describe_outcome(outcome: Outcome) -> dict[str, Any]:
    return {"passed": outcome.passed, "reason": outcome.reason, "steps": list(outcome.results)}

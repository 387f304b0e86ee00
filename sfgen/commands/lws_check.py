"""``sfgen lws-check``: a project's pusher-js and components inside Lightning Web Security."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sfgen.commands.options import accept_licence, json_option
from sfgen.commands.prompts import obtain_lws
from sfgen.stopping import run_until_stopped

if TYPE_CHECKING:
    from sfgen.commands.outputs import Outputs
    from sfgen.lwscheck.lws_subject import LwsSubject


@click.command("lws-check")
@click.argument(
    "directory", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option("--matrix", is_flag=True, help="Try several versions of LWS and of pusher-js.")
@click.option("--debug", is_flag=True, help="Also try LWS's debug form, which hides the failure.")
@accept_licence
@json_option
def command(
    directory: Path, *, matrix: bool, debug: bool, accept_licence: bool, outputs: Outputs
) -> int:
    """Find out whether a project's pusher-js works under Lightning Web Security.

    Runs the static resource and the components that use it in a headless browser, in LWS's
    production form; and the components once without LWS, as a control. Exit codes: 0 the
    project works, 1 it doesn't, 4 the check could not run (no browser, no npm, licence not
    accepted), which says nothing about the project.
    """
    from sfgen.lws.packages import MATRIX, VERSION
    from sfgen.lwscheck.check_run import check_subject
    from sfgen.lwscheck.lws_subject import find_subject
    from sfgen.preview.project.source import read_source
    from sfgen.report.lws_check import describe_check

    subject = find_subject(read_source(directory))
    versions = MATRIX if matrix else (VERSION,)
    found = obtain_lws(versions, accepted=accept_licence)
    others = _with_other_pushers(subject) if matrix else []
    if not outputs.as_json:
        click.echo("Running pusher-js and the project's components in the sandbox …", err=True)
    check = run_until_stopped(check_subject(directory, subject, found, others, debug=debug))
    return outputs.show(describe_check(check))


def _with_other_pushers(subject: LwsSubject) -> list[LwsSubject]:
    from sfgen.lws.packages import PUSHER_MATRIX, fetch_pusher
    from sfgen.lwscheck.script import Script

    others = []
    encrypted = "with-encryption" in subject.pusher.place
    for version in PUSHER_MATRIX:
        if version != subject.version:
            file = fetch_pusher(version, encrypted=encrypted)
            script = Script(f"pusher-js {version}", file.read_text("utf-8"))
            others.append(dataclasses.replace(subject, pusher=script, version=version))
    return others

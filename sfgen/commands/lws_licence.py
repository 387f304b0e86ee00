"""Fetches Lightning Web Security's packages, once their licence is accepted."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sfgen.lws.packages import LwsPackages

accept_licence = click.option(
    "--accept-licence", is_flag=True, help="Agree to the licence of LWS's packages."
)


def obtain_lws(versions: Iterable[str], *, accepted: bool) -> list[LwsPackages]:
    """Return versions of LWS; what is not in the cache is fetched with npm, under its licence.

    Raises:
        CouldNotRunError: the licence was not accepted, or npm failed or is not there.
    """
    from sfgen.lws.packages import fetch_lws, locate_lws

    wanted = tuple(versions)
    if any(locate_lws(version) is None for version in wanted):
        _ask_for_consent(accepted=accepted)
    return [locate_lws(version) or fetch_lws(version) for version in wanted]


def _ask_for_consent(*, accepted: bool) -> None:
    from sfgen.lws.packages import LICENCE, CouldNotRunError

    click.echo(f"{LICENCE}\n", err=True)
    if accepted:
        return
    if not sys.stdin.isatty():
        raise CouldNotRunError(
            "the licence of Lightning Web Security's packages was not accepted",
            hint="read it above, then add --accept-licence",
        )
    if not click.confirm("Fetch them with npm, under these terms?", err=True):
        raise CouldNotRunError("the licence was not accepted; nothing was fetched")

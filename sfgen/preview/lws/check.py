"""Runs the cases and says which way of loading pusher-js works, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sfgen.errors import ToolError
from sfgen.preview.browser import open_tab
from sfgen.preview.lws.case import STANDARD_SHIM, Case, Outcome
from sfgen.preview.lws.form import check_forms
from sfgen.preview.lws.laboratory import Laboratory
from sfgen.preview.lws.packages import CouldNotRunError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sfgen.preview.browser import Tab
    from sfgen.preview.lws.packages import LwsPackages
    from sfgen.preview.lws.subject import Subject


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check found for one version of LWS and one of pusher-js.

    Args:
        as_shipped: pusher-js in the sandbox, nothing added: the negative control.
        with_shim: the same with the project's statement, or with sfgen's where it has none.
        framed: pusher-js in a page of another origin, in a frame.
        debug: as shipped in the debug form, which hides the failure; ``None`` when not asked.
    """

    lws: str
    pusher: str
    as_shipped: Outcome
    with_shim: Outcome
    framed: Outcome
    debug: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """The whole answer for a project."""

    subject: Subject
    browser: str
    verdicts: tuple[Verdict, ...]

    @property
    def works(self) -> bool:
        """Whether the project's own mode works, as it stands, with every version tried."""
        if self.subject.mode == "visualforce":
            return all(verdict.framed.passed for verdict in self.verdicts)
        if not self.subject.shim:
            return all(verdict.as_shipped.passed for verdict in self.verdicts)
        return all(verdict.with_shim.passed for verdict in self.verdicts)


async def check_subject(
    subject: Subject, pairs: Iterable[tuple[LwsPackages, Subject]], *, debug: bool = False
) -> Check:
    """Run every case of every pair of versions in one browser.

    Raises:
        CouldNotRunError: no browser, or Lightning Web Security did not run as asked.
    """
    laboratory = Laboratory()
    await laboratory.start()
    try:
        async with open_tab() as tab:
            version = (await tab.call("Browser.getVersion"))["product"]
            verdicts = [
                await _judge(laboratory, tab, packages, one, debug=debug) for packages, one in pairs
            ]
    except CouldNotRunError:
        raise
    except ToolError as error:
        raise CouldNotRunError(error.message, hint=error.hint) from error
    finally:
        await laboratory.stop()
    return Check(subject, str(version), tuple(verdicts))


async def _judge(
    laboratory: Laboratory, tab: Tab, packages: LwsPackages, subject: Subject, *, debug: bool
) -> Verdict:
    check_forms(packages)
    pusher, scripts = subject.pusher, subject.scripts

    async def run(form: str, scenario: str, shim: str = "") -> Outcome:
        case = Case(packages, form, scenario, pusher, shim, scripts)
        await tab.call("Page.navigate", url=laboratory.address(case))
        return await laboratory.wait()

    return Verdict(
        lws=packages.version,
        pusher=subject.version,
        as_shipped=await run("production", "scenario"),
        with_shim=await run("production", "scenario", subject.shim or STANDARD_SHIM),
        framed=await run("production", "frame"),
        debug=await run("debug", "scenario") if debug else None,
    )

"""Runs pusher-js alone, then the project's own components, in each version of LWS."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sfgen.errors import SfgenError, ToolError
from sfgen.lws.form import check_forms
from sfgen.lws.packages import CouldNotRunError
from sfgen.lwscheck.carriers import DIRECT, VISUALFORCE
from sfgen.lwscheck.case import STANDARD_SHIM, CheckCase, PageOutcome
from sfgen.lwscheck.component_stage import ERROR_SECONDS, ComponentStage
from sfgen.lwscheck.laboratory import Laboratory
from sfgen.tools.browser import open_tab

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from sfgen.lws.packages import LwsPackages
    from sfgen.lwscheck.lws_subject import LwsSubject
    from sfgen.preview.lightning.lws_sandbox import LwsSandbox
    from sfgen.tools.browser import Tab


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check found for one version of LWS and one of pusher-js.

    Args:
        as_shipped: pusher-js in the sandbox, nothing added: the negative control.
        with_shim: the same with the project's statement, or with sfgen's where it has none.
        framed: pusher-js in a page of another origin, in a frame.
        debug: as shipped in the debug form, which hides the failure; ``None`` when not asked.
        components: the project's own in the sandbox; ``None`` with another pusher-js than its own.
    """

    lws: str
    pusher: str
    as_shipped: PageOutcome
    with_shim: PageOutcome
    framed: PageOutcome
    debug: PageOutcome | None = None
    components: PageOutcome | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """The whole answer for a project.

    Args:
        control: the project's components outside of the sandbox; ``None`` when it has none.
    """

    subject: LwsSubject
    browser: str
    verdicts: tuple[Verdict, ...]
    control: PageOutcome | None = None

    @property
    def works(self) -> bool:
        """Whether the project's own mode works unchanged.

        pusher-js has to work with every version tried; the components with the newest, since orgs
        have no other.
        """
        newest = self.verdicts[-1].lws
        return all(
            self._fits(one) and not (one.lws == newest and self.blamed(one))
            for one in self.verdicts
        )

    def blamed(self, verdict: Verdict) -> tuple[str, ...]:
        """Name the steps that the components take outside of the sandbox, but not in it."""
        if self.control is None or verdict.components is None:
            return ()
        inside = verdict.components
        return tuple(
            str(one["name"])
            for one in self.control.results
            if one["ok"] and not inside.step(one["name"])
        )

    def _fits(self, verdict: Verdict) -> bool:
        if self.subject.mode == VISUALFORCE:
            return verdict.framed.passed
        if self.subject.mode == DIRECT and not self.subject.shim:
            return verdict.as_shipped.passed
        return verdict.with_shim.passed


async def check_subject(
    root: Path,
    subject: LwsSubject,
    versions: Sequence[LwsPackages],
    others: Sequence[LwsSubject] = (),
    *,
    debug: bool = False,
) -> Check:
    """Run every case with every version in one browser.

    Args:
        root: the project.
        subject: what was found in it.
        versions: of Lightning Web Security.
        others: the subject with other versions of pusher-js, tried without the components.
        debug: whether the debug form is tried too.

    Raises:
        CouldNotRunError: no browser, or Lightning Web Security did not run as asked.
    """
    try:
        async with open_tab() as tab:
            browser = str((await tab.call("Browser.getVersion"))["product"])
            control, inside = await _run_components(root, subject, versions, tab)
            verdicts = await _run_alone(tab, versions, [subject, *others], inside, debug=debug)
    except CouldNotRunError:
        raise
    except ToolError as error:
        raise CouldNotRunError(error.message, hint=error.hint) from error
    return Check(subject, browser, tuple(verdicts), control)


async def _run_components(
    root: Path, subject: LwsSubject, versions: Sequence[LwsPackages], tab: Tab
) -> tuple[PageOutcome | None, dict[str, PageOutcome]]:
    if not subject.entries:
        return None, {}
    async with _stage(root, subject, versions[0], tab) as (staging, sandbox):
        control = await staging.look(None)
        if not control.step("subscription"):
            # What does not connect outside of the sandbox is not waited for inside.
            staging.patience = ERROR_SECONDS
        inside = {}
        for packages in versions:
            sandbox.use(packages)
            inside[packages.version] = await staging.look(sandbox)
    return control, inside


@asynccontextmanager
async def _stage(
    root: Path, subject: LwsSubject, packages: LwsPackages, tab: Tab
) -> AsyncIterator[tuple[ComponentStage, LwsSandbox]]:
    from sfgen.preview.apex.executed_apex import ExecutedApex
    from sfgen.preview.options import PreviewOptions
    from sfgen.preview.site import Site

    site = Site(root, ExecutedApex, PreviewOptions(lws=packages))
    try:
        address = await site.start()
        await tab.call("Page.navigate", url=address)
        assert site.sandbox is not None  # noqa: S101 - it was wished for
        yield ComponentStage(site, tab, subject.entries), site.sandbox
    except CouldNotRunError:
        raise
    except SfgenError as error:
        raise CouldNotRunError(error.message, hint=error.hint) from error
    finally:
        await site.stop()


async def _run_alone(
    tab: Tab,
    versions: Sequence[LwsPackages],
    subjects: Sequence[LwsSubject],
    inside: dict[str, PageOutcome],
    *,
    debug: bool,
) -> list[Verdict]:
    laboratory = Laboratory()
    await laboratory.start()
    try:
        return [
            await _judge(
                laboratory,
                tab,
                packages,
                one,
                debug=debug,
                components=inside.get(packages.version) if one is subjects[0] else None,
            )
            for packages in versions
            for one in subjects
        ]
    finally:
        await laboratory.stop()


async def _judge(
    laboratory: Laboratory,
    tab: Tab,
    packages: LwsPackages,
    subject: LwsSubject,
    *,
    debug: bool,
    components: PageOutcome | None,
) -> Verdict:
    check_forms(packages)
    pusher, scripts = subject.pusher, subject.scripts

    async def run(form: str, scenario: str, shim: str = "") -> PageOutcome:
        case = CheckCase(packages, form, scenario, pusher, shim, scripts, subject.version)
        await tab.call("Page.navigate", url=laboratory.address(case))
        return await laboratory.wait()

    return Verdict(
        lws=packages.version,
        pusher=subject.version,
        as_shipped=await run("production", "scenario"),
        with_shim=await run("production", "scenario", subject.shim or STANDARD_SHIM),
        framed=await run("production", "frame"),
        debug=await run("debug", "scenario") if debug else None,
        components=components,
    )

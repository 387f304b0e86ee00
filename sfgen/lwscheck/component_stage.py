"""Runs a project's own components on a test page, outside the sandbox and inside.

The run outside is the control: what fails there too says nothing about Lightning Web Security.
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sfgen import assets
from sfgen.errors import SfgenError
from sfgen.lws.packages import CouldNotRunError
from sfgen.lwscheck.carriers import is_aura, scripts_of
from sfgen.lwscheck.case import PageOutcome
from sfgen.preview.lightning.lightning_renderer import Stage
from sfgen.preview.project.layout import Page, Placed, Region

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.preview.lightning.lws_sandbox import LwsSandbox
    from sfgen.preview.site import Site
    from sfgen.tools.browser import Tab

#: Seconds that each wait may take; the sandbox evaluates 1.1 MB first.
MOUNT_SECONDS: Final = 60.0
STEP_SECONDS: Final = 30.0
TEXT_SECONDS: Final = 20.0
#: How long an error of the console may be followed by success, and how often is looked.
ERROR_SECONDS: Final = 4.0
_TICK: Final = 0.25
_BOUND: Final = re.compile(r"\.bind\(\s*['\"]([\w.:-]+)['\"]")
_FAILURES: Final = (
    "[...document.querySelectorAll('.preview-failure')]"
    ".map((card) => card.querySelector('pre').innerText.trim().split('\\n')[0])"
)
_READY: Final = "document.documentElement.dataset.previewReady === 'true'"
_OBSERVE: Final = (
    "globalThis.sfgenHeard = [];"
    "import('/asset/browser/components.js').then(({ evaluateBeside }) => evaluateBeside("
    "SOURCE, (what) => globalThis.sfgenHeard.push(String(what))))"
)


@dataclass(slots=True)
class ComponentStage:
    """The components of a project on a test page; each `look` is one run.

    Args:
        site: a preview that runs, with its own Pusher server.
        tab: a page of a headless browser.
        entries: the components to show.
        patience: seconds for a connection, and for a subscription.
    """

    site: Site
    tab: Tab
    entries: tuple[str, ...]
    patience: float = STEP_SECONDS
    _steps: list[dict[str, Any]] = field(default_factory=list)

    async def look(self, sandbox: LwsSandbox | None) -> PageOutcome:
        """Show the components, send them a text, and say how far it came.

        Raises:
            CouldNotRunError: the sandbox had not its production form.
        """
        self._steps = []
        await self._leave()
        self.site.pages.stage = await self._build(sandbox)
        await self.tab.call("Page.navigate", url=f"{self.site.addresses.lightning}/preview/stage")
        ready = await self.tab.wait_for(_READY, MOUNT_SECONDS)
        if sandbox is not None:
            await self._check_form(sandbox)
        failures = await self.tab.evaluate(_FAILURES)
        # What pusher-js's constructor throws belongs to the connection.
        broken = [one for one in failures if not one.startswith("new Pusher")]
        self._note("mounted", "; ".join(broken) if ready else "the page did not get ready")
        if self._steps[-1]["ok"] and await self._connect():
            await self._receive()
        errors = "; ".join(dict.fromkeys(self.tab.errors))
        self._note("no error", errors)
        return PageOutcome(tuple(self._steps))

    async def _leave(self) -> None:
        await self.tab.call("Page.navigate", url="about:blank")
        await _wait(lambda: not self._channels(), STEP_SECONDS)
        self.tab.errors.clear()

    async def _build(self, sandbox: LwsSandbox | None) -> Stage:
        source = self.site.workspace.source
        kinds = {name: "aura" if is_aura(source, name) else "lwc" for name in self.entries}
        shown = tuple(Placed("c", name, kind) for name, kind in kinds.items())
        regions = (Region("main", 12, shown),)
        records = [one for one in self.site.workspace.layout.pages if one.kind == "RecordPage"]
        if not records:
            return Stage(Page("Stage", "LWS check", "AppPage", "/", regions), "/", sandbox)
        page = Page("Stage", "LWS check", "RecordPage", "/", regions, records[0].object_name)
        try:
            path = await self.site.pages.find_address(records[0])
        except SfgenError as error:
            raise CouldNotRunError(f"the record can't be read: {error.message}") from error
        return Stage(page, path, sandbox)

    async def _check_form(self, sandbox: LwsSandbox) -> None:
        form = await self.tab.evaluate("document.documentElement.dataset.lwsForm ?? ''")
        if form != "production":
            raise CouldNotRunError(
                f"Lightning Web Security {sandbox.version} did not run in its production form"
                + (f": it ran in its {form} form" if form else "")
            )

    async def _connect(self) -> bool:
        """Wait for a socket and a subscription; a failure that the page shows ends the wait."""

        async def wait(check: Callable[[], Any]) -> str:
            for number in range(int(self.patience / _TICK)):
                if await _wait(check, _TICK):
                    return ""
                failures = await self.tab.evaluate(_FAILURES)
                if number * _TICK > ERROR_SECONDS:
                    failures += self.tab.errors
                if failures:
                    return str(failures[0])
            return f"none within {self.patience:.0f} s"

        for name, check in (("connection", self._connections), ("subscription", self._channels)):
            if not self._note(name, await wait(check)):
                return False
        self._steps[-1]["detail"] = ", ".join(sorted(self._channels()))
        return True

    async def _receive(self) -> None:
        """Send a text as a client does; where nobody takes one, publish what the scripts bind."""
        observer = assets.read_text("lws/observer.js").partition("\n")[2]
        await self.tab.evaluate(_OBSERVE.replace("SOURCE", json.dumps(observer)))
        marker = f"Text {secrets.token_hex(4)} of the check"
        shown = f"document.body.innerText.includes({json.dumps(marker)})"
        heard = "globalThis.sfgenHeard.length > 0"
        if self.site.workspace.inbound_path() or self.site.application.channels:
            await self._send(marker)
        else:
            await self._probe(marker)
        if await self.tab.wait_for(f"{shown} || {heard}", TEXT_SECONDS):
            self._note("event", "")
            found = await self.tab.evaluate("[...new Set(globalThis.sfgenHeard)].join(', ')")
            self._steps[-1]["detail"] = str(found)
            in_time = await self.tab.wait_for(shown, TEXT_SECONDS / 4)
            self._note("shown", "" if in_time else "the text is not on the page")
        else:
            self._note("event", f"no event reached the components within {TEXT_SECONDS:.0f} s")

    async def _send(self, text: str) -> None:
        page = self.site.pages.stage.page if self.site.pages.stage else None
        if page is not None and page.object_name:
            record_id = await self.site.apex_thread.run(
                self.site.apex.sample_record, page.object_name
            )
            await self.site.apex_thread.run(self.site.client.send_text, record_id, text)

    async def _probe(self, text: str) -> None:
        data = dict.fromkeys(("text", "message", "body", "title", "name"), text)
        for channel in self._channels():
            for event in sorted(self._bound_events()) or ["sfgen-check"]:
                await asyncio.to_thread(self.site.publisher.publish, channel, event, data)

    def _bound_events(self) -> set[str]:
        found: set[str] = set()
        for kind in ("LightningComponentBundle", "StaticResource"):
            for component in self.site.workspace.source.of_type(kind).values():
                for path, text in scripts_of(component):
                    if ".min." not in path.name:
                        found |= set(_BOUND.findall(text))
        return {name for name in found if not name.startswith("pusher")} - {
            "connected",
            "disconnected",
            "error",
            "message",
            "state_change",
            "unavailable",
        }

    def _connections(self) -> int:
        server = self.site.pusher_server
        return sum(len(one.connections) for one in server.exchanges.values()) if server else 0

    def _channels(self) -> set[str]:
        server = self.site.pusher_server
        exchanges = server.exchanges.values() if server else ()
        return {
            name for one in exchanges for name, held in one.channels.items() if held.subscribers
        }

    def _note(self, name: str, problem: str) -> bool:
        self._steps.append({"name": name, "ok": not problem, "detail": problem})
        return not problem


async def _wait(check: Callable[[], Any], seconds: float) -> bool:
    deadline = asyncio.get_running_loop().time() + seconds
    while not check():
        if asyncio.get_running_loop().time() > deadline:
            return False
        await asyncio.sleep(0.05)
    return True

"""Reloads the project when its files change, and reports the changes to the open pages."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sfgen.errors import SfgenError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.preview.apex.deferred_apex import DeferredApex
    from sfgen.preview.traffic import Traffic
    from sfgen.preview.visualforce.remoting import Remoting
    from sfgen.preview.worker_thread import WorkerThread
    from sfgen.preview.workspace import Workspace

#: Seconds between two looks at the files.
WATCH_SECONDS: Final = 0.5
#: Seconds between two looks while files change, and how many of them at most: a file that is
#: written in pieces is read once, when it is whole.
SETTLE_SECONDS: Final = 0.05
SETTLE_LOOKS: Final = 20
#: Folders whose files Apex doesn't need: for a change in them it is not loaded again.
_OF_BROWSER: Final = frozenset({"lwc", "aura", "pages", "staticresources", "flexipages"})


@dataclass(frozen=True, slots=True)
class Reloading:
    """Watches the project and reloads what a change concerns.

    Args:
        workspace: the project.
        compiler_thread: where it is read again.
        apex: loaded again when its sources change.
        apex_thread: where it is.
        remoting: uses the new reading.
        traffic: sends the changes to the open pages.
        warn: takes a line for the terminal when the project can't be read.
    """

    workspace: Workspace
    compiler_thread: WorkerThread
    apex: DeferredApex
    apex_thread: WorkerThread
    remoting: Remoting
    traffic: Traffic
    warn: Callable[[str], None]

    async def watch(self) -> None:
        """Watch until cancelled."""
        before = self.workspace.seen
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            now = await asyncio.to_thread(self.workspace.fingerprint)
            if now == before:
                continue
            now = await _settle(self.workspace, now)
            changed = sorted(path for path in {*before, *now} if before.get(path) != now.get(path))
            before = now
            if changed:
                await self._reload(changed)

    async def _reload(self, paths: list[str]) -> None:
        try:
            await self.compiler_thread.run(self.workspace.refresh)
            if any(not _OF_BROWSER & set(Path(path).parts) for path in paths):
                await self.apex_thread.run(self.apex.load)
            self.remoting.use(self.workspace.source)
        except SfgenError as error:
            self.warn(error.message)
            return
        except (OSError, UnicodeError) as error:
            self.warn(f"the project can't be read now: {error}")
            return
        for path in paths:
            file = Path(path)
            swappable = file.parent.parent.name == "lwc" and file.suffix in {".js", ".html", ".css"}
            bundle = file.parent.name if swappable else ""
            self.traffic.send("change", {"bundle": bundle, "file": file.name})


async def _settle(
    workspace: Workspace, seen: dict[str, tuple[int, int]]
) -> dict[str, tuple[int, int]]:
    """Wait until the files stop changing; return their last fingerprint."""
    for _ in range(SETTLE_LOOKS):
        await asyncio.sleep(SETTLE_SECONDS)
        again = await asyncio.to_thread(workspace.fingerprint)
        if again == seen:
            break
        seen = again
    return seen

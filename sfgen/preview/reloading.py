"""Looks at the project's files; what changed is read anew and told to the open pages."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sfgen.errors import SfgenError
from sfgen.preview.visualforce.remoting import Remoting

if TYPE_CHECKING:
    from sfgen.preview.site import Site

#: Seconds between two looks.
WATCH_SECONDS: Final = 0.5
#: Seconds between two looks while files change, and how many of them at most: a file that is
#: written in pieces is read once, when it is whole.
SETTLE_SECONDS: Final = 0.05
SETTLE_LOOKS: Final = 20
_OF_BROWSER: Final = frozenset({"lwc", "aura", "pages", "staticresources", "flexipages"})


async def watch_files(site: Site) -> None:
    """Watch until cancelled."""
    before = site.workspace.seen
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        now = await asyncio.to_thread(site.workspace.fingerprint)
        if now == before:
            continue
        now = await _settle(site, now)
        changed = sorted(path for path in {*before, *now} if before.get(path) != now.get(path))
        before = now
        if changed:
            await _take_changes(site, changed)


async def _settle(site: Site, seen: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Look until nothing changes any more; return what was seen last."""
    for _ in range(SETTLE_LOOKS):
        await asyncio.sleep(SETTLE_SECONDS)
        again = await asyncio.to_thread(site.workspace.fingerprint)
        if again == seen:
            break
        seen = again
    return seen


async def _take_changes(site: Site, paths: list[str]) -> None:
    try:
        await site.in_compiler(site.workspace.refresh)
        if any(not _OF_BROWSER & set(Path(path).parts) for path in paths):
            await site.in_apex(site.apex.load)
        site.remoting = Remoting(site.workspace.source, site.apex)
    except SfgenError as error:
        site.warn(error.message)
        return
    except (OSError, UnicodeError) as error:
        site.warn(f"the project can't be read now: {error}")
        return
    for path in paths:
        file = Path(path)
        swappable = file.parent.parent.name == "lwc" and file.suffix in {".js", ".html", ".css"}
        bundle = file.parent.name if swappable else ""
        site.traffic.tell("change", {"bundle": bundle, "file": file.name})

"""Looks at the project's files; what changed is read anew and told to the open pages."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sfgen.errors import SfgenError
from sfgen.preview.remoting import Remoting

if TYPE_CHECKING:
    from sfgen.preview.site import Site

#: Seconds between two looks.
WATCH_SECONDS: Final = 0.5
_OF_BROWSER: Final = frozenset({"lwc", "aura", "pages", "staticresources", "flexipages"})


async def watch_files(site: Site) -> None:
    """Watch until cancelled."""
    before = site.workspace.seen
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        now = await asyncio.to_thread(site.workspace.fingerprint)
        changed = sorted(path for path in {*before, *now} if before.get(path) != now.get(path))
        before = now
        if changed:
            await _take_changes(site, changed)


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

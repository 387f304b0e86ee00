"""Opens a page in a headless browser and collects what is wrong with it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sfgen.preview.project.layout import Page
    from sfgen.preview.site import Site
    from sfgen.tools.browser import Tab

READY_SECONDS: Final = 60.0
#: Bridge, socket and first texts follow the components' mounting.
SOCKET_SECONDS: Final = 4.0
SETTLE_SECONDS: Final = 0.7


@dataclass(frozen=True, slots=True)
class Look:
    """The result of opening a page.

    Args:
        page: its label.
        problems: components that can't be shown, errors of the console.
    """

    page: str
    problems: tuple[str, ...]


async def look_at(site: Site, tab: Tab, page: Page) -> Look:
    """Open a page and wait until its components, sockets and first texts are there."""
    tab.errors.clear()
    path = await site.pages.find_address(page)
    await tab.call("Page.navigate", url=f"{site.addresses.lightning}{path}")
    ready = "document.documentElement.dataset.previewReady === 'true'"
    if not await tab.wait_for(ready, READY_SECONDS):
        return Look(page.label, (f"the page did not get ready in {READY_SECONDS:g} s",))
    if site.pusher_server is not None:
        opened = "document.querySelector('[data-count=sockets]')?.textContent !== '0'"
        await tab.wait_for(opened, SOCKET_SECONDS)
    await asyncio.sleep(SETTLE_SECONDS)
    shown = await tab.evaluate(
        "[...document.querySelectorAll('.preview-failure')].map((card) => card.innerText)"
    )
    return Look(page.label, (*shown, *tab.errors))

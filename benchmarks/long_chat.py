"""A long chat in Chromium: what 3,000 texts leave in the page, and what they cost it.

    python benchmarks/long_chat.py [--texts 3000] [--minutes 10] [--rows 6]

The generated project in the preview, its record page open: a client's texts come through Apex and
the socket, spread over the minutes. Printed at the start and after each part: the JavaScript heap
after garbage was collected, DOM nodes, and the main thread's busy share since the last row.

Bar (issue 9): heap and nodes at the end as after the first part, whatever came in between.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from preview import open_world, preview

from sfgen.cli import run
from sfgen.preview.apex.executed_apex import ExecutedApex
from sfgen.tools.browser import Tab, open_tab

if TYPE_CHECKING:
    from sfgen.preview.site import Site

CONNECTED = "document.querySelector('c-pusher-chat')?.innerText.includes('Connected')"


async def read_figures(tab: Tab) -> dict[str, float]:
    """Return Chromium's own counters, after garbage was collected."""
    await tab.call("HeapProfiler.collectGarbage")
    answer = await tab.call("Performance.getMetrics")
    return {metric["name"]: metric["value"] for metric in answer["metrics"]}


def show(texts: int, seconds: float, before: dict[str, float], now: dict[str, float]) -> None:
    busy = now["TaskDuration"] - before["TaskDuration"]
    script = now["ScriptDuration"] - before["ScriptDuration"]
    print(
        f"{texts:6,} texts  heap {now['JSHeapUsedSize'] / 1e6:6.1f} MB  nodes {now['Nodes']:7,.0f}"
        f"  main thread {busy / seconds:6.1%} busy, script {script / seconds:6.1%}"
    )


async def send(site: Site, record_id: str, first: int, count: int, seconds: float) -> float:
    """Send texts in even steps, or as fast as Apex takes them; return how long it took."""
    started = time.monotonic()
    for number in range(count):
        await asyncio.sleep(max(0.0, started + number * seconds / count - time.monotonic()))
        text = f"mark-{first + number}: a text of the client, as long as most are"
        await site.apex_thread.run(site.client.send_text, record_id, text)
    return time.monotonic() - started


async def measure(root: Path, texts: int, minutes: float, rows: int) -> None:
    async with preview(root, ExecutedApex) as site, open_tab() as tab:
        await site.apex_thread.run(site.examples.write)
        page = next(one for one in site.workspace.layout.pages if one.kind == "RecordPage")
        record_id = await site.apex_thread.run(site.apex.sample_record, page.object_name)
        path = await site.pages.find_address(page)
        await open_world(tab, site.address)
        world = await open_world(tab, site.addresses.lightning + path)
        assert await world.wait_for(CONNECTED, 60)
        await tab.call("Performance.enable")
        before = await read_figures(tab)
        show(0, 1.0, before, before)
        part = texts // rows
        for row in range(rows):
            taken = await send(site, record_id, row * part, part, minutes * 60 / rows)
            last = f"mark-{(row + 1) * part - 1}:"
            seen = f"document.querySelector('c-pusher-chat').innerText.includes('{last}')"
            assert await world.wait_for(seen, 60), last
            now = await read_figures(tab)
            show((row + 1) * part, taken, before, now)
            before = now


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=3_000)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--rows", type=int, default=6)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sfgen-bench-") as name:
        root = Path(name) / "texting"
        with contextlib.redirect_stdout(None), contextlib.redirect_stderr(None):
            assert run(["init", str(root), "--defaults", "--json"]) == 0
        asyncio.run(measure(root, options.texts, options.minutes, options.rows))


if __name__ == "__main__":
    main()

"""The preview: start to page served, publish to DOM beside polling every five seconds.

    python benchmarks/preview.py [--events 200] [--texts 40] [--polls 24]

Three figures in one run, all in headless Chromium on this machine: an event published through
Pusher's HTTP API until the component's row stands in the DOM (page, frame, postMessage, LWC); a
client's text handed to the generated project's REST resource until the widget shows it (Apex in
sfgen's runtime, callout, socket, Apex again, LWC); the same while the widget polls every 5 s.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sfgen.cli import run
from sfgen.preview.apex.executed_apex import ExecutedApex
from sfgen.preview.site import Site
from sfgen.tools.browser import Tab, open_tab

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests/preview"))

from fixture_apex import FixtureApex  # noqa: E402 - the fixture's own executor

WATCH = """
window.arrivals = {};
const look = (node) => {
    const found = (node.textContent || '').match(/mark-(\\d+)/g) || [];
    for (const mark of found) {
        window.arrivals[mark.slice(5)] ??= performance.timeOrigin + performance.now();
    }
};
new MutationObserver((changes) => {
    for (const { addedNodes, target } of changes) {
        addedNodes.forEach(look);
        if (!addedNodes.length) { look(target); }
    }
}).observe(
    document.querySelector('SELECTOR'),
    { childList: true, characterData: true, subtree: true }
);
"""


class World:
    """A page seen from outside its scripts: LWC's synthetic shadow hides nothing here."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._context = 0

    async def enter(self) -> None:
        tree = await self._tab.call("Page.getFrameTree")
        made = await self._tab.call(
            "Page.createIsolatedWorld", frameId=tree["frameTree"]["frame"]["id"]
        )
        self._context = made["executionContextId"]

    async def evaluate(self, expression: str) -> Any:
        answer = await self._tab.call(
            "Runtime.evaluate",
            expression=expression,
            contextId=self._context,
            returnByValue=True,
        )
        return answer["result"].get("value")

    async def wait_for(self, expression: str, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if await self.evaluate(expression):
                return True
            await asyncio.sleep(0.05)
        return False


async def open_world(tab: Tab, address: str) -> World:
    await tab.call("Page.navigate", url=address)
    assert await tab.wait_for("document.documentElement.dataset.previewReady === 'true'", 60)
    world = World(tab)
    await world.enter()
    return world


@contextlib.asynccontextmanager
async def preview(root: Path, make_apex: Any) -> AsyncIterator[Site]:
    site = Site(root, make_apex)
    await site.start()
    try:
        yield site
    finally:
        await site.stop()


async def fetch_arrivals(
    tab: World, count: int, seconds: float, first: int = 0
) -> dict[int, float]:
    own = f"Object.keys(window.arrivals).filter((mark) => mark >= {first})"
    await tab.wait_for(f"{own}.length >= {count}", seconds)
    found = await tab.evaluate("window.arrivals")
    return {int(mark): at / 1000 for mark, at in found.items()}


def describe(name: str, sent: dict[int, float], arrived: dict[int, float]) -> tuple[float, float]:
    delays = sorted((arrived[mark] - at) * 1000 for mark, at in sent.items() if mark in arrived)
    p50 = statistics.median(delays)
    p99 = delays[min(len(delays) - 1, round(len(delays) * 0.99))]
    print(f"{name:34} {len(delays)}/{len(sent)} delivered  p50 {p50:8.1f} ms  p99 {p99:8.1f} ms")
    return p50, p99


async def measure_events(root: Path, count: int) -> tuple[float, float]:
    from pusher.pusher_client import PusherClient

    async with preview(root, FixtureApex) as site, open_tab() as tab:
        world = await open_world(tab, site.address)
        assert await world.wait_for("!!document.querySelector('[data-state=subscribed]')", 60)
        await world.evaluate(WATCH.replace("SELECTOR", "c-feed"))
        target = site.pusher
        client = PusherClient(
            app_id=target.app_id,
            key=target.key,
            secret=target.secret,
            host=target.host,
            port=target.port,
            ssl=False,
        )
        sent: dict[int, float] = {}
        for mark in range(count):
            await asyncio.sleep(random.uniform(0.04, 0.09))  # noqa: S311 - spacing, no secret
            sent[mark] = time.time()
            data = {"text": f"mark-{mark}"}
            await asyncio.to_thread(client.trigger, "private-feed", "message", data)
        arrived = await fetch_arrivals(world, count, 10)
    return describe("publish to DOM", sent, arrived)


async def measure_texts(root: Path, count: int, polls: int) -> None:
    async with preview(root, ExecutedApex) as site, open_tab() as tab:
        started = time.perf_counter()
        await site.apex_thread.run(site.examples.write)
        page = next(one for one in site.workspace.layout.pages if one.kind == "RecordPage")
        record_id = await site.apex_thread.run(site.apex.sample_record, page.object_name)
        await open_world(tab, site.address)
        path = await site.pages.find_address(page)
        world = await open_world(tab, site.addresses.lightning + path)
        connected = "document.querySelector('c-pusher-chat')?.innerText.includes('Connected')"
        assert await world.wait_for(connected, 60)
        print(f"{'first page to widget connected':34} {time.perf_counter() - started:.2f} s")

        async def send(marks: range, pause: Any) -> dict[int, float]:
            sent: dict[int, float] = {}
            for mark in marks:
                await asyncio.sleep(pause())
                sent[mark] = time.time()
                await site.apex_thread.run(site.client.send_text, record_id, f"mark-{mark}")
            return sent

        watch = WATCH.replace("SELECTOR", "c-pusher-chat")
        await world.evaluate(watch)
        sent = await send(range(count), lambda: random.uniform(0.15, 0.3))  # noqa: S311
        pushed = describe("text to DOM, Pusher", sent, await fetch_arrivals(world, count, 10))
        if not polls:
            return
        await site.panel.transport({"polling": True})
        await world.evaluate("window.arrivals = {}")
        marks = range(10_000, 10_000 + polls)
        sent = await send(marks, lambda: random.uniform(1.5, 3.5))  # noqa: S311
        arrived = await fetch_arrivals(world, polls, 12, 10_000)
        polled = describe("text to DOM, polling every 5 s", sent, arrived)
        print(
            f"{'':34} Pusher is sooner: {polled[0] / pushed[0]:.0f} x at p50,"
            f" {polled[1] / pushed[1]:.0f} x at p99"
        )


async def measure_start(root: Path) -> None:
    import aiohttp

    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sfgen",
        "preview",
        str(root),
        "--no-open",
        "--port",
        "0",
        "--json",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    address = line.split('"address": "')[1].split('"')[0]
    host, _, rest = address.removeprefix("http://").partition("/")
    local = f"http://127.0.0.1:{host.rpartition(':')[2]}"
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        key = rest.rpartition("key=")[2]
        headers = {"Host": host, "Cookie": f"sfgen-preview={key}"}
        async with session.get(f"{local}/lightning/page/home", headers=headers) as answer:
            assert answer.status == 200, answer.status
            await answer.read()
    taken = time.perf_counter() - started
    plain = time.perf_counter()
    bare = await asyncio.create_subprocess_exec(sys.executable, "-c", "import aiohttp")
    await bare.wait()
    plain = time.perf_counter() - plain
    print(
        f"{'start to page served':34} {taken:.2f} s (bar 1.5 s;"
        f" python -c 'import aiohttp' beside it: {plain:.2f} s)"
    )
    process.terminate()
    await process.wait()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=200)
    parser.add_argument("--texts", type=int, default=40)
    parser.add_argument("--polls", type=int, default=24)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sfgen-bench-") as name:
        feed, texting = Path(name) / "feed", Path(name) / "texting"
        shutil.copytree(ROOT / "tests/preview/fixture", feed)
        scripts = feed / "force-app/main/default/staticresources/FeedJs"
        scripts.mkdir()
        assert run(["init", str(texting), "--defaults"]) == 0
        shutil.copy(next(texting.rglob("pusher.min.js")), scripts)
        asyncio.run(measure_start(texting))
        p50, p99 = asyncio.run(measure_events(feed, options.events))
        print(f"{'':34} bars: p50 12 ms, p99 40 ms")
        asyncio.run(measure_texts(texting, options.texts, options.polls))
    assert p50 < 5_000, p99


if __name__ == "__main__":
    main()

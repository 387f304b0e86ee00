"""The compiled widgets inside the real Lightning Web Security, in its production form."""

from __future__ import annotations

import asyncio
import functools
import json
import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from desk import CONVERSATION, RECORD, Desk, sit_down, until
from lws_hosts import SandboxedHosts, compile_for_sandbox, fetch_sandbox
from projects_of_answers import render_answers

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from playwright.async_api import Page

    from sfgen.lws.packages import LwsPackages

    Project = tuple[Path, Path]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.node,
    pytest.mark.slow,
    pytest.mark.timeout(900),
]

PLACE = Path(__file__).resolve().parents[2] / ".cache" / "lws-widgets"
SHIM = "window.Pusher.Runtime.getProtocol = () => window.location.protocol;"
FAILURE = "TypeError: Cannot read properties of null (reading 'protocol')"
DIRECT = {"bridge": "direct", "authorization": "apex", "login": "none"}
PRODUCTION = {"unminified": False, "frames": 0}


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> LwsPackages:
    return fetch_sandbox(monkeypatch)


@pytest.fixture
def make_project(tmp_path: Path) -> Iterator[Callable[..., Project]]:
    # Below the repository, where the components' imports find the engine.
    folder = PLACE / f"{os.getpid()}-{tmp_path.name}"

    def make(answers: dict[str, str], *, shim: bool = True) -> Project:
        source = render_answers(answers, folder / "project")
        bridge = source / "lwc/pusherBridge/pusherBridge.js"
        text = bridge.read_text(encoding="utf-8")
        assert text.count(SHIM) == (answers is DIRECT)
        if not shim:
            bridge.write_text(text.replace(SHIM, ""), encoding="utf-8")
        compile_for_sandbox(source, folder)
        return source, folder

    yield make
    shutil.rmtree(folder, ignore_errors=True)


def run(project: Project, sandbox: LwsPackages, play: Callable[[Desk], Awaitable[None]]) -> None:
    async def sit() -> None:
        hosts = functools.partial(SandboxedHosts, sandbox=sandbox)
        async with sit_down(project, quick=False, make_hosts=hosts) as desk:
            await play(desk)
            assert not desk.errors

    asyncio.run(sit())


async def watch_widgets(desk: Desk) -> dict[str, Any]:
    """Receive, read, send and recover with the three widgets in two tabs; return the figures."""
    bar = await open_sandboxed(desk, "conversation-list,notifications")
    received = desk.org.receive_text(CONVERSATION, "from the client")
    bell = await until(lambda: is_highlighted(bar, "true"), what="the bell")
    listed = bar.locator("c-conversation-list").get_by_text(received["body"])
    await listed.wait_for()

    chat = await open_sandboxed(desk, "chat")
    await desk.wait_for_rows(chat)
    await until(lambda: is_highlighted(bar, "false"), what="the bell after reading")
    desk.org.receive_text(CONVERSATION, "<b>live</b>")
    arrival = await wait_for_row(desk, chat, "<b>live</b>")

    await chat.locator("c-chat textarea").fill("an answer")
    started = time.monotonic()
    await chat.locator("c-chat textarea").press("Enter")
    await until(lambda: len(desk.stored()) == 3, what="the sent text in the store")
    await until(lambda: has_status(chat, "an answer", "Sent"), what="its state in the chat")
    sending = time.monotonic() - started
    stored = desk.org.messages[CONVERSATION][-1]
    assert (stored["body"], stored["direction"]) == ("an answer", "Outbound")
    await bar.locator("c-conversation-list").get_by_text("an answer").wait_for()
    await desk.wait_for_sockets(1)

    opened = desk.org.sockets_opened
    desk.org.server.faults.drop()
    desk.org.receive_text(CONVERSATION, "while away")
    recovery = await wait_for_row(desk, chat, "while away")
    for page in (bar, chat):
        await desk.wait_for_state(page, "connected", 15)
    await desk.wait_for_sockets(1)
    assert desk.org.sockets_opened == opened + 1
    assert "reconnecting" in await desk.states(bar)
    await desk.wait_for_rows(chat)
    return {
        "bell": bell,
        "arrival": arrival,
        "sending": sending,
        "recovery": recovery,
        "pages": (bar, chat),
    }


async def open_sandboxed(desk: Desk, show: str) -> Page:
    page = await desk.open_tab(show)
    await desk.wait_for_state(page, "connected")
    assert await page.evaluate("window.form") == PRODUCTION
    # What the project puts into its window stays in the sandbox.
    assert await page.evaluate("[typeof Pusher, typeof PusherBridge]") == ["undefined"] * 2
    return page


async def is_highlighted(page: Page, expected: str) -> bool:
    return bool(await page.evaluate(f"window.utility?.highlighted === {expected}"))


async def wait_for_row(desk: Desk, page: Page, body: str) -> float:
    async def is_shown() -> bool:
        return body in [text for _, text in await desk.rows(page)]

    return await until(is_shown, 15, f"the row {body}")


async def has_status(page: Page, body: str, status: str) -> bool:
    rows = page.locator(f"c-chat li[data-status={status}]")
    return body in await rows.locator(".text").all_inner_texts()


def show(mode: str, figures: dict[str, Any]) -> None:
    parts = [f"{name} {figures[name] * 1000:.0f} ms" for name in figures if name != "pages"]
    print(f"\n{mode} in LWS, production form: {', '.join(parts)}")  # noqa: T201 - the test's figures


async def close_widgets(desk: Desk, pages: tuple[Page, ...]) -> None:
    for page in pages:
        await page.evaluate("document.querySelector('main').replaceChildren()")
    await until(lambda: desk.org.sockets == 0, what="the socket's end")


def test_the_direct_widgets_receive_send_and_recover(
    make_project: Callable[..., Project], sandbox: LwsPackages
) -> None:
    async def play(desk: Desk) -> None:
        figures = await watch_widgets(desk)
        assert all(len(page.frames) == 1 for page in figures["pages"])
        await close_widgets(desk, figures["pages"])
        show("direct", figures)

    run(make_project(DIRECT), sandbox, play)


def test_the_bridge_host_shakes_hands_with_its_page(
    make_project: Callable[..., Project], sandbox: LwsPackages
) -> None:
    async def play(desk: Desk) -> None:
        figures = await watch_widgets(desk)
        for page in figures["pages"]:
            frame = desk.frame(page)
            assert frame.url.startswith(desk.hosts.visualforce)
            assert await frame.evaluate("typeof Pusher") == "function"
            await refuse_forgery(desk, page)
        await close_widgets(desk, figures["pages"])
        show("visualforce", figures)

    run(make_project({}), sandbox, play)


async def refuse_forgery(desk: Desk, page: Page) -> None:
    """The sandboxed host heeds its own frame only, whatever a message says."""
    heard = [json.loads(one) for one in await page.evaluate("window.heard")]
    told = next(one for one in reversed(heard) if one.get("type") == "state")
    assert told["state"] == "connected"
    forged = {**told, "state": "forbidden"}
    await page.evaluate("(forged) => window.postMessage(forged, '*')", forged)
    await page.wait_for_function("window.heard.some((one) => one.includes('forbidden'))")
    await asyncio.sleep(0.3)
    assert "forbidden" not in await desk.states(page)


@pytest.mark.parametrize("shim", [False, True])
def test_without_the_shim_pusher_js_cannot_read_the_location(
    make_project: Callable[..., Project], sandbox: LwsPackages, *, shim: bool
) -> None:
    async def play(desk: Desk) -> None:
        page = await desk.context.new_page()
        thrown = await listen_for_exceptions(page)
        await page.goto(f"{desk.hosts.lightning}/?show=chat&recordId={RECORD}")
        if shim:
            await desk.wait_for_state(page, "connected")
        else:
            await until(lambda: FAILURE in thrown, what="the known TypeError")
            await asyncio.sleep(2)
        assert await page.evaluate("window.form") == PRODUCTION
        assert (FAILURE in thrown) is not shim
        assert ("connected" in await desk.states(page)) is shim
        assert desk.org.sockets_opened == int(shim)
        found = FAILURE if FAILURE in thrown else "no such error"
        print(f"\ndirect {'with' if shim else 'without'} the shim: {found}")  # noqa: T201 - same

    run(make_project(DIRECT, shim=shim), sandbox, play)


async def listen_for_exceptions(page: Page) -> list[str]:
    """Note what is thrown, caught or not; errors of the sandbox come out as proxies."""
    thrown: list[str] = []
    session = await page.context.new_cdp_session(page)

    async def note(paused: dict[str, Any]) -> None:
        answer = await session.send(
            "Runtime.callFunctionOn",
            {
                "objectId": paused["data"]["objectId"],
                "functionDeclaration": "function () { return `${this.name}: ${this.message}`; }",
            },
        )
        thrown.append(str(answer["result"].get("value")))
        await session.send("Debugger.resume")

    tasks: set[asyncio.Task[None]] = set()

    def start(paused: dict[str, Any]) -> None:
        task = asyncio.get_running_loop().create_task(note(paused))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    session.on("Debugger.paused", start)
    await session.send("Debugger.enable")
    await session.send("Debugger.setPauseOnExceptions", {"state": "all"})
    return thrown

"""``sfgen preview --pusher``: pages, Apex and `sfgen trigger` meet at another server."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from chat_window import CHAT, is_ready, send_as_client, shows_state, shows_text, start_conversation
from fixtures.json_documents import read_result
from patience import SECONDS, wait_until
from playwright.sync_api import expect
from running_site import RunningSite
from soketi import run_soketi

from sfgen.cli import run
from sfgen.preview.apex.executed_apex import ExecutedApex
from sfgen.preview.options import PreviewOptions
from sfgen.preview.pusher.pusher_probe import find_problem
from sfgen.preview.pusher.pusher_target import read_target

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APP_ID, KEY, SECRET = "4711", "another-key", "another-secret"


@contextlib.contextmanager
def serve_another() -> Iterator[int]:
    """Run a second Pusher server of sfgen's, in a process of its own; yield its port."""
    command = [sys.executable, "-m", "sfgen.pusherserver", "--app-id", APP_ID, "--key", KEY]
    environment = {**os.environ, "SFGEN_PUSHER_SECRET": SECRET}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout
            yield int(json.loads(process.stdout.readline())["port"])
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def another() -> Iterator[int]:
    with serve_another() as port:
        yield port


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("another") / "texting"
    assert run(["init", str(root), "--defaults"]) == 0
    return root


@contextlib.contextmanager
def preview(project: Path, where: str, secret: str) -> Iterator[tuple[str, list[str]]]:
    """Run ``sfgen preview --pusher``; yield its address and the lines it says."""
    command = [sys.executable, "-m", "sfgen", "preview", str(project), "--pusher", where]
    command += ["--port", "0", "--no-open", "--json"]
    environment = {
        **os.environ,
        "SFGEN_PUSHER_SECRET": secret,
        "SFGEN_RUNTIME_DIR": str(project.parent / "run"),
        "XDG_DATA_HOME": str(project.parent / "data"),
    }
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout
        assert process.stderr
        lines: list[str] = []
        errors = process.stderr
        reader = threading.Thread(target=lambda: lines.extend(errors), daemon=True)
        reader.start()
        try:
            yield read_result(process.stdout.readline())["address"], lines
        finally:
            process.terminate()
            reader.join(SECONDS)
            assert process.wait(SECONDS) == 128 + signal.SIGTERM


def open_chat(page: Any, address: str) -> list[str]:
    """Open the record page, connected; return the frames that the server sends."""
    frames: list[str] = []
    page.on(
        "websocket",
        lambda one: one.on("framereceived", lambda text: frames.append(str(text))),
    )
    page.goto(address)
    page.goto("/".join(address.split("/")[:3]) + "/lightning/o/Contact/home")
    is_ready(page)
    start_conversation(page)
    return frames


def find_channel(frames: list[str]) -> str:
    """The channel of the open conversation, as the server confirmed it."""
    confirmed = [json.loads(one) for one in frames if "subscription_succeeded" in one]
    return next((str(one["channel"]) for one in confirmed if "conversation" in one["channel"]), "")


def find_frames(frames: list[str], event: str) -> list[dict[str, Any]]:
    return [one for one in map(json.loads, frames) if one["event"] == event]


def trigger(port: int, channel: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sfgen", "trigger", channel, "told", '{"from": "trigger"}']
    command += ["--app-id", APP_ID, "--key", KEY, "--host", "127.0.0.1", "--port", str(port)]
    return subprocess.run(
        [*command, "--no-tls"],
        env={**os.environ, "SFGEN_PUSHER_SECRET": SECRET},
        capture_output=True,
        text=True,
        check=False,
    )


def converse(project: Path, port: int, page: Any) -> None:
    """Publish from the project's Apex and from `sfgen trigger`; receive both in the browser."""
    where = f"http://127.0.0.1:{port}/{APP_ID}/{KEY}"
    with preview(project, where, SECRET) as (address, lines):
        frames = open_chat(page, address)
        expect(page.locator(".panel-now")).to_contain_text("another Pusher server")
        expect(page.locator("[data-act=offline]")).to_be_disabled()
        send_as_client(page, "through another server")
        shows_text(page, "through another server")
        page.fill(f"{CHAT} textarea", "and an answer")
        page.click(f"{CHAT} button:has-text('Send')")
        page.wait_for_selector(f"{CHAT} [data-status=Sent]:has-text('and an answer')")
        channel = wait_until(lambda: find_channel(frames), "no subscription", page)
        told = trigger(port, channel)
        assert told.returncode == 0, told.stderr
        (frame,) = wait_until(lambda: find_frames(frames, "told"), "no event", page)
        assert json.loads(frame["data"]) == {"from": "trigger"}
        wait_until(lambda: find_frames(frames, "message"), "Apex publishes nothing", page)
        assert page.noise == []
    assert [line for line in lines if "warning" in line] == []


@pytest.mark.browser
def test_a_second_server_of_sfgens_carries_apex_and_trigger(
    project: Path, another: int, page: Any
) -> None:
    converse(project, another, page)


@pytest.mark.slow
@pytest.mark.node
@pytest.mark.browser
def test_soketi_carries_apex_and_trigger(project: Path, tmp_path: Path, page: Any) -> None:
    with run_soketi(tmp_path, APP_ID, KEY, SECRET) as port:
        converse(project, port, page)


def look(port: int, app_id: str = APP_ID, key: str = KEY, secret: str = SECRET) -> str | None:
    """Look on a thread of its own: a neighbour's browser may hold this one's loop."""
    target = read_target(f"http://127.0.0.1:{port}/{app_id}/{key}", secret)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(find_problem(target))).result()


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port where nobody listens, and nobody else can meanwhile."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield int(taken.getsockname()[1])


def test_a_server_that_would_not_serve_is_told_in_one_line(another: int, closed_port: int) -> None:
    assert look(another) is None
    wrong_key = look(another, key="wrong")
    assert wrong_key is not None
    assert "refuses the key wrong: Could not find app by key wrong (4001)" in wrong_key
    wrong_secret = look(another, secret="wrong")
    assert wrong_secret is not None
    assert "check the app id and the secret in SFGEN_PUSHER_SECRET" in wrong_secret
    wrong_app = look(another, app_id="1")
    assert wrong_app is not None
    assert "knows no app 1" in wrong_app
    down = look(closed_port)
    assert down is not None
    assert "can't be reached" in down
    for line in (wrong_key, wrong_secret, wrong_app, down):
        assert "\n" not in line
        assert SECRET not in line


def test_a_web_server_is_no_pusher_server() -> None:
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    class Silent(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"hello")

        def log_message(self, *arguments: object) -> None:
            del arguments

    with ThreadingHTTPServer(("127.0.0.1", 0), Silent) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        problem = look(server.server_port)
        server.shutdown()
        thread.join(SECONDS)
    assert problem is not None
    assert "is not a Pusher server" in problem


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(
    ("key", "secret", "words"),
    [
        ("wrong", SECRET, "Check the key"),
        (KEY, "wrong", "Check the key"),
        ("", "", "No connection could be opened"),
    ],
    ids=["key", "secret", "down"],
)
def test_the_advisor_is_told_that_the_server_does_not_serve(
    project: Path, another: int, closed_port: int, page: Any, key: str, secret: str, words: str
) -> None:
    port = another if key else closed_port
    target = read_target(f"http://127.0.0.1:{port}/{APP_ID}/{key or KEY}", secret or SECRET)
    site = RunningSite(project, ExecutedApex, PreviewOptions(pusher=target))
    try:
        page.goto(site.address)
        page.goto(site.site.addresses.lightning + "/lightning/o/Contact/home")
        shows_state(page, "offline", words)
    finally:
        site.stop()

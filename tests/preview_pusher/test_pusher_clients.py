"""The published clients, unchanged, over every channel kind."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
import subprocess
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import pusher
import pytest
import requests
from auth_endpoint import MASTER_KEY, start_endpoint
from nacl.secret import SecretBox
from pusher.errors import PusherBadAuth, PusherBadRequest, PusherBadStatus
from pusher_peer import (
    APP,
    SECONDS,
    STORY_SECONDS,
    WHO,
    Thread,
    do_apart,
    reach,
    run_apart,
    serve_on_thread,
    wait_until,
)

from sfgen.pusher.signature import derive_shared_secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
CLIENTS = Path(__file__).parent / "clients"
MASTER = base64.b64encode(MASTER_KEY).decode()
KINDS = [
    "public",
    "private-a",
    "private-encrypted-a",
    "presence-a",
    "cache-a",
    "private-cache-a",
    "private-encrypted-cache-a",
    "presence-cache-a",
]
TOLD = {
    "members": 2,
    "me": {"id": "ann", "info": {"name": "Ann"}},
    "added": {"id": "bob", "info": {"name": "Bob"}},
    "misses": KINDS[4:],
    "received": dict.fromkeys(KINDS, True),
    "cached": KINDS[4:],
    "excluded": 0,
    "typing": {"on": True},
    "typist": "ann",
    "echoed": 0,
    "note": {"text": "for you"},
    "removed": "bob",
    "states": [["offline", ["bob"]], ["online", ["bob"]], ["offline", ["bob"]]],
    "late": 0,
    "terminated": "disconnected",
}


@pytest.fixture
def server() -> Iterator[Thread]:
    with serve_on_thread(APP) as thread:
        yield thread


@pytest.fixture
def endpoint(server: Thread) -> Iterator[str]:
    runner, url = asyncio.run_coroutine_threadsafe(start_endpoint(), server.loop).result(SECONDS)
    yield url
    asyncio.run_coroutine_threadsafe(runner.cleanup(), server.loop).result(SECONDS)


def connect_library(server: Thread, **changes: Any) -> pusher.Pusher:
    options = {
        "app_id": WHO.app_id,
        "key": WHO.key,
        "secret": WHO.secret,
        "ssl": False,
        "host": "127.0.0.1",
        "port": server.port,
        "encryption_master_key_base64": MASTER,
    }
    return pusher.Pusher(**options | changes)


def open_sealed(channel: str, data: Any) -> Any:
    """Decrypt what a client without encryption was sent."""
    sealed = json.loads(data) if isinstance(data, str) else data
    box = SecretBox(base64.b64decode(derive_shared_secret(channel, MASTER_KEY)))
    plain = box.decrypt(base64.b64decode(sealed["ciphertext"]), base64.b64decode(sealed["nonce"]))
    return json.loads(plain)


def run_node(script: str, *arguments: str) -> Any:
    """Run a script of ``clients/`` and return the JSON it prints."""
    node = shutil.which("node")
    assert node
    done = subprocess.run(
        [node, str(CLIENTS / script), str(ROOT / "node_modules"), *arguments],
        env={**os.environ, "PUSHER_SECRET": WHO.secret},
        capture_output=True,
        text=True,
        timeout=STORY_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.node
def test_pusher_js_for_node_and_npm_pusher(server: Thread, endpoint: str) -> None:
    told = run_node("node_build.js", str(server.port), endpoint, WHO.app_id, WHO.key, MASTER)
    assert told.pop("channels")["channels"] == {}
    assert told.pop("large") == 413
    assert told.pop("stranger") == 401
    assert told == TOLD


@pytest.mark.node
def test_pusher_js_meets_every_fault_as_it_would_the_services(
    server: Thread, endpoint: str
) -> None:
    told = run_node("faults.js", str(server.port), endpoint, WHO.key, server.server.token)
    assert told.pop("after4100") >= 1_000  # milliseconds: the client waits a second
    assert told.pop("afterDrop") >= 1_000
    assert told.pop("after4200") < 1_000  # and here not at all
    assert told == {
        "after4004": "disconnected",  # and never by itself again
        "codes": [4200, 4100, 1006, 4004],
        "refused": "disconnected",
        "invalidSignature": [False, True, 0, True],  # pending for ever, and nobody is told
        "subscriptionError": 401,
        "delayed": True,
    }


@pytest.mark.browser
@pytest.mark.parametrize("bundle", ["pusher.min.js", "pusher-with-encryption.min.js"])
def test_pusher_js_for_browsers_and_pypi_pusher(
    server: Thread, endpoint: str, bundle: str, tmp_path: Path
) -> None:
    library = connect_library(server)
    encrypts = "encryption" in bundle

    def publish(how: str, where: str, event: str = "", data: Any = None, skip: Any = None) -> None:
        if how == "user":
            library.send_to_user(where, event, data)
        elif how == "terminate":
            # PyPI pusher 3.3 asks /users/..., which no server has; the service's path is this.
            terminate(server, where)
        elif how == "batch":
            library.trigger_batch([{"channel": where, "name": event, "data": data}])
        else:
            library.trigger(where, event, data, skip)

    script = (CLIENTS / "scenario.js").read_text("utf-8")
    if not encrypts:  # the small bundle refuses encrypted channels by design
        script = script.replace("'private-encrypted-a', ", "")
        script = script.replace("'private-encrypted-cache-a', ", "")
    place = {"port": server.port, "auth": endpoint, "key": WHO.key}
    told, errors = do_apart(lambda: visit(tmp_path, bundle, script, place, publish))
    kinds = [kind for kind in KINDS if encrypts or "encrypted" not in kind]
    cached = [kind for kind in kinds if "cache-" in kind]
    wanted = TOLD | {"received": dict.fromkeys(kinds, True), "misses": cached, "cached": cached}
    assert told == wanted
    assert errors == []


def visit(
    folder: Path, bundle: str, script: str, place: dict[str, Any], publish: Callable[..., None]
) -> tuple[Any, list[str]]:
    """Play the scenario in Chromium; return its result and the errors of the page."""
    from playwright.sync_api import sync_playwright

    errors: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            folder / "profile",
            executable_path="/usr/bin/chromium",
            headless=True,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
        )
        browser.set_default_timeout(SECONDS * 1_000)
        page = browser.pages[0]
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.expose_function("publish", publish)
        page.goto(place["auth"] + "/")
        page.add_script_tag(path=ROOT / "node_modules" / "pusher-js" / "dist" / "web" / bundle)
        page.add_script_tag(content=script)
        told = page.evaluate("place => play(Pusher, place, publish)", place)
        browser.close()
    return told, errors


def terminate(server: Thread, user_id: str) -> None:
    from sfgen.pusher.signature import sign_request

    path = f"/apps/{WHO.app_id}/users/{user_id}/terminate_connections"
    query = sign_request(WHO, "POST", path, timestamp=int(time.time()), body=b"{}")
    url = f"http://127.0.0.1:{server.port}{path}"
    assert requests.post(url, params=query, data=b"{}", timeout=SECONDS).status_code == 200


def test_pypi_pusher_reads_every_answer(server: Thread) -> None:
    library = connect_library(server)
    assert library.trigger("a", "ev", {"a": 1}) == {}
    assert library.trigger(["a", "b"], "ev", "text", "1.1") == {}
    assert library.trigger_batch([{"channel": "a", "name": "ev", "data": "x"}]) == {}
    assert library.channels_info() == {"channels": {}}
    assert library.channels_info("presence-", ["user_count"]) == {"channels": {}}
    assert library.channel_info("presence-a", ["user_count"]) == {
        "occupied": False,
        "user_count": 0,
    }
    assert library.users_info("presence-a") == {"users": []}
    assert library.channel_info("a=b@c,d.e;f_g-h") == {"occupied": False}
    with pytest.raises(PusherBadRequest):
        library.users_info("private-a")
    with pytest.raises(PusherBadStatus, match="413"):
        library.trigger("a", "ev", "x" * 10_241)
    with pytest.raises(PusherBadAuth):
        connect_library(server, secret="wrong").trigger("a", "ev", "x")
    with pytest.raises(PusherBadStatus, match="404"):
        connect_library(server, app_id="7").trigger("a", "ev", "x")


def test_pysher_follows_every_channel_kind(server: Thread, endpoint: str) -> None:
    import pysher

    library = connect_library(server)
    connected = threading.Event()
    heard: list[tuple[str, str]] = []
    client = pysher.Pusher(
        WHO.key,
        custom_host="127.0.0.1",
        port=server.port,
        secure=False,
        secret=WHO.secret,
        user_data={"user_id": "ann", "user_info": {"name": "Ann"}},
    )
    client.connection.bind("pusher:connection_established", lambda _: connected.set())
    client.connect()
    try:
        assert connected.wait(SECONDS)
        for kind in KINDS:
            channel = client.subscribe(kind)
            channel.bind("news", lambda data, kind=kind: heard.append((kind, data)))
        wait_until(lambda: set(library.channels_info()["channels"]) == set(KINDS), "subscriptions")
        assert library.users_info("presence-a") == {"users": [{"id": "ann"}]}
        for kind in KINDS:
            library.trigger(kind, "news", {"kind": kind})
        wait_until(lambda: len(heard) == len(KINDS), "events")
        assert [kind for kind, _ in heard] == KINDS
        for kind, data in heard:
            plain = open_sealed(kind, data) if "encrypted" in kind else json.loads(data)
            assert plain == {"kind": kind}
        client.unsubscribe("public")
        wait_until(lambda: "public" not in library.channels_info()["channels"], "unsubscription")
    finally:
        client.disconnect(timeout=int(SECONDS))


def test_asyncpusher_follows_every_channel_kind(server: Thread, endpoint: str) -> None:
    from asyncpusher.pusher import Pusher

    library = connect_library(server)
    heard: list[tuple[str, Any]] = []

    async def authorize(data: dict[str, str]) -> dict[str, str]:
        async with (
            aiohttp.ClientSession() as session,
            session.post(endpoint + "/channel", data=data) as answer,
        ):
            signed: dict[str, str] = await answer.json()
            return signed

    async def story() -> None:
        client = Pusher(
            WHO.key,
            custom_host="127.0.0.1",
            custom_port=server.port,
            secure=False,
            channel_authenticator=authorize,
        )
        await client.connect()
        subscribed = []
        for kind in KINDS:
            channel = await client.subscribe(kind)

            async def note(data: Any, kind: str = kind) -> None:
                heard.append((kind, data))

            channel.bind("news", note)
            subscribed.append(channel)
        await reach(lambda: all(one.state is one.State.SUBSCRIBED for one in subscribed))
        assert set(library.channels_info()["channels"]) == set(KINDS)
        loop = asyncio.get_running_loop()
        for kind in KINDS:
            await loop.run_in_executor(None, library.trigger, kind, "news", {"kind": kind})
        await reach(lambda: len(heard) == len(KINDS))
        await client.disconnect()

    run_apart(asyncio.wait_for(story(), STORY_SECONDS))
    assert [kind for kind, _ in heard] == KINDS
    for kind, data in heard:
        plain = open_sealed(kind, data) if "encrypted" in kind else data
        assert plain == {"kind": kind}

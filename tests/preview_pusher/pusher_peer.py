"""A bare protocol client and a server on its own thread, for the tests of this folder."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import io
import json
import threading
import time
from typing import TYPE_CHECKING, Any

import aiohttp

from sfgen.pusher.signature import sign_request, sign_subscription
from sfgen.pusherserver import App, Credentials, PusherServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterator

    from sfgen.pusherserver.exchange import Exchange

WHO = Credentials("1000", "local-key", "local-secret")
APP = App(WHO)
#: Patience with a busy machine, in seconds: with one answer, with a whole story.
SECONDS = 120.0
STORY_SECONDS = 300.0


class Peer:
    """One WebSocket that keeps what it was sent, in order."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.socket_id = ""
        self.seen: list[dict[str, Any]] = []

    async def read(self, seconds: float = SECONDS) -> dict[str, Any]:
        message = await self.socket.receive(timeout=seconds)
        assert message.type is aiohttp.WSMsgType.TEXT, (message, self.socket.close_code)
        frame: dict[str, Any] = json.loads(message.data)
        self.seen.append(frame)
        return frame

    async def expect(self, event: str) -> dict[str, Any]:
        """Read the next frame, which must be this event; its data is decoded."""
        frame = await self.read()
        assert frame["event"] == event, frame
        if isinstance(frame.get("data"), str):
            with contextlib.suppress(ValueError):
                frame["data"] = json.loads(frame["data"])
        return frame

    async def expect_error(self, words: str, code: int | None = None) -> None:
        frame = await self.expect("pusher:error")
        assert words in frame["data"]["message"]
        assert frame["data"]["code"] == code

    async def expect_silence(self) -> None:
        """A ping is answered, and nothing came before its answer."""
        await self.send("pusher:ping", {})
        await self.expect("pusher:pong")

    async def expect_close(self) -> int | None:
        while True:
            message = await self.socket.receive(timeout=SECONDS)
            if message.type is not aiohttp.WSMsgType.TEXT:
                return self.socket.close_code

    async def send(self, event: str, data: Any, channel: str | None = None) -> None:
        frame = {"event": event, "data": data}
        await self.socket.send_str(json.dumps(frame | ({"channel": channel} if channel else {})))

    async def ask(self, channel: str, member: dict[str, Any] | None = None) -> None:
        """Send a properly signed subscription."""
        data = {"channel": channel}
        if channel.startswith(("private-", "presence-")):
            text = None if member is None else json.dumps(member)
            signed = sign_subscription(WHO, self.socket_id, channel, text)
            data["auth"] = signed.auth
            if text is not None:
                data["channel_data"] = text
        await self.send("pusher:subscribe", data)

    async def subscribe(self, channel: str, member: dict[str, Any] | None = None) -> Any:
        await self.ask(channel, member)
        frame = await self.expect("pusher_internal:subscription_succeeded")
        assert frame["channel"] == channel
        return frame["data"]

    async def sign_in(self, user: dict[str, Any]) -> None:
        text = json.dumps(user)
        auth = f"{WHO.key}:{WHO.sign(f'{self.socket_id}::user::{text}')}"
        await self.send("pusher:signin", {"auth": auth, "user_data": text})


class Room:
    """A started server and an HTTP session, on the running loop."""

    def __init__(self, server: PusherServer, port: int, session: aiohttp.ClientSession) -> None:
        self.server = server
        self.port = port
        self.session = session

    @contextlib.asynccontextmanager
    async def join(
        self, query: str = "protocol=7&client=test&version=1.0", *, key: str = WHO.key
    ) -> AsyncIterator[Peer]:
        url = f"ws://127.0.0.1:{self.port}/app/{key}?{query}"
        async with self.session.ws_connect(url, max_msg_size=0) as socket:
            peer = Peer(socket)
            frame = await peer.expect("pusher:connection_established")
            peer.socket_id = frame["data"]["socket_id"]
            yield peer

    async def refused(self, query: str = "protocol=7", *, key: str = WHO.key) -> int | None:
        """Return the code with which a connection is closed before it is established."""
        url = f"ws://127.0.0.1:{self.port}/app/{key}?{query}"
        async with self.session.ws_connect(url) as socket:
            message = await socket.receive(timeout=SECONDS)
            assert message.type is aiohttp.WSMsgType.CLOSE, message
            return socket.close_code

    async def call(
        self,
        method: str,
        path: str,
        fields: Any = None,
        *,
        who: Credentials = WHO,
        skew: int = 0,
        query: dict[str, str] | None = None,
        change: Callable[[dict[str, str]], dict[str, str]] = dict,
        raw: bytes | None = None,
    ) -> tuple[int, Any]:
        """Send a signed HTTP API request and return status and body."""
        path = f"/apps/{who.app_id}{path}"
        body = raw if raw is not None else b"" if fields is None else json.dumps(fields).encode()
        signed = sign_request(
            who, method, path, timestamp=int(time.time()) + skew, body=body, query=query
        )
        url = f"http://127.0.0.1:{self.port}{path}"
        async with self.session.request(
            method, url, params=change(signed), data=io.BytesIO(body) if body else None
        ) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if answer.status == 200 else text

    @property
    def exchange(self) -> Exchange:
        """Of the first app."""
        return self.server.exchanges[WHO.app_id]

    async def holds(self, count: int) -> None:
        """Wait until the server has noticed who came and who went."""
        await reach(lambda: len(self.exchange.connections) == count, f"{count} connections")

    async def publish(self, channel: str, event: str = "ev", data: str = "{}", **more: Any) -> Any:
        fields = {"name": event, "channels": [channel], "data": data, **more}
        status, answer = await self.call("POST", "/events", fields)
        assert status == 200, answer
        return answer


async def reach(check: Callable[[], Any], what: str = "it") -> None:
    """Wait until something holds, on the loop where it happens."""
    end = time.monotonic() + SECONDS
    while not check():
        assert time.monotonic() < end, f"{what} never came"
        await asyncio.sleep(0.01)


def wait_until(check: Callable[[], Any], what: str = "it") -> Any:
    """Wait until something holds that happens elsewhere, and return it."""
    end = time.monotonic() + SECONDS
    while not (found := check()):
        assert time.monotonic() < end, f"{what} never came"
        time.sleep(0.02)
    return found


class Clock:
    """A clock that stands in for a module's ``time``, and stands still until it is set forward."""

    def __init__(self) -> None:
        self.now = time.monotonic()

    def monotonic(self) -> float:
        return self.now


def run_apart(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine on a thread of its own: a neighbour's browser may hold this one's loop."""
    return do_apart(lambda: asyncio.run(work))


def do_apart(work: Callable[[], Any]) -> Any:
    """Call something on a thread of its own and return its result."""
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def play(story: Callable[[Room], Coroutine[Any, Any, None]], *apps: App, **options: Any) -> None:
    """Run a story against a fresh server, both on one loop."""

    async def run() -> None:
        server = PusherServer(apps or (APP,), **options)
        port = await server.start()
        try:
            async with aiohttp.ClientSession() as session:
                await asyncio.wait_for(story(Room(server, port, session)), STORY_SECONDS)
        finally:
            await server.stop()

    run_apart(run())


class Thread:
    """A server on a loop of its own, for clients that block or live in another process."""

    def __init__(self, server: PusherServer, loop: asyncio.AbstractEventLoop, port: int) -> None:
        self.server = server
        self.loop = loop
        self.port = port

    def do(self, act: Callable[[], Any]) -> Any:
        """Call something on the server's loop and return its result."""

        async def run() -> Any:
            return act()

        return asyncio.run_coroutine_threadsafe(run(), self.loop).result(SECONDS)


@contextlib.contextmanager
def serve_on_thread(*apps: App, **options: Any) -> Iterator[Thread]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = PusherServer(apps or (APP,), **options)
    port = asyncio.run_coroutine_threadsafe(server.start(), loop).result(SECONDS)
    try:
        yield Thread(server, loop, port)
    finally:
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(SECONDS)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(SECONDS)
        loop.close()

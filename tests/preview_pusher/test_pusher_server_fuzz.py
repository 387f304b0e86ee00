"""Anything a client or a server library could send: the server answers and stays consistent."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import socket
import time
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp.http_exceptions import HttpProcessingError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pusher_peer import APP, SECONDS, WHO, Thread, serve_on_thread, wait_until

from sfgen.pusher.signature import sign_request, sign_subscription
from sfgen.pusherserver import App, Limits, PusherServer
from sfgen.pusherserver.connection import Connection
from sfgen.pusherserver.dialogue import handle_frame
from sfgen.pusherserver.request import RequestError, read_batch, read_publication

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sfgen.pusherserver.exchange import Exchange

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
CHANNELS = st.sampled_from(
    ["public", "private-a", "private-encrypted-a", "presence-a", "presence-b", "cache-a",
     "presence-cache-a", "#server-to-user-u1", "#server-to-user-u2"]
)  # fmt: skip
USERS = st.sampled_from(["u1", "u2", "u3", 4])
EVENTS = st.sampled_from(
    ["pusher:subscribe", "pusher:unsubscribe", "pusher:signin", "pusher:ping", "pusher:pong",
     "client-x", "pusher:nonsense", ""]
)  # fmt: skip


class Sink:
    """A wire that keeps the frames; an end comes at once, as a read loop would bring it."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.ended = False

    def write(self, frame: bytes) -> None:
        assert not self.ended
        length = frame[1]
        start = 4 if length == 126 else 10 if length == 127 else 2
        json.loads(frame[start:].decode())
        self.frames.append(frame)

    def unsent(self) -> int:
        return 0

    def close(self, code: int, reason: str) -> None:
        self.ended = True

    def abort(self) -> None:
        self.ended = True


def make_exchange() -> Exchange:
    limits = Limits(presence_members=2, channels_per_connection=5, cached_channels=2)
    return PusherServer([App(WHO, limits=limits, subscription_count=True)]).exchanges["1000"]


class Dialogue(RuleBasedStateMachine):
    """Connections come, say anything, and go."""

    @initialize()
    def start(self) -> None:
        self.exchange = make_exchange()
        self.count = 0
        self.connections: list[Connection] = []

    def choose(self, number: int) -> Connection | None:
        return self.connections[number % len(self.connections)] if self.connections else None

    def say(
        self, connection: Connection | None, event: str, data: Any, channel: Any = None
    ) -> None:
        if connection is not None:
            handle_frame(
                self.exchange,
                connection,
                json.dumps({"event": event, "data": data, "channel": channel}),
            )

    @rule()
    def connect(self) -> None:
        self.count += 1
        connection = Connection(self.exchange.app, f"1.{self.count}", Sink())
        self.exchange.connections[connection.socket_id] = connection
        self.connections.append(connection)

    @rule(number=st.integers(0, 9))
    def disconnect(self, number: int) -> None:
        connection = self.choose(number)
        if connection is not None:
            self.connections.remove(connection)
            self.exchange.disconnect(connection)

    @rule(number=st.integers(0, 9), channel=CHANNELS, user=USERS, info=ANY_JSON)
    def subscribe(self, number: int, channel: str, user: Any, info: Any) -> None:
        connection = self.choose(number)
        if connection is None:
            return
        data: dict[str, Any] = {"channel": channel}
        if channel.startswith("pr"):
            member = None
            if channel.startswith("presence"):
                member = json.dumps({"user_id": user, "user_info": info})
            signed = sign_subscription(WHO, connection.socket_id, channel, member)
            data |= {"auth": signed.auth, "channel_data": member}
        self.say(connection, "pusher:subscribe", data)

    @rule(number=st.integers(0, 9), channel=CHANNELS)
    def unsubscribe(self, number: int, channel: str) -> None:
        self.say(self.choose(number), "pusher:unsubscribe", {"channel": channel})

    @rule(number=st.integers(0, 9), user=USERS, watched=st.lists(USERS, max_size=3))
    def sign_in(self, number: int, user: Any, watched: list[Any]) -> None:
        connection = self.choose(number)
        if connection is not None:
            text = json.dumps({"id": user, "watchlist": watched})
            auth = f"{WHO.key}:{WHO.sign(f'{connection.socket_id}::user::{text}')}"
            self.say(connection, "pusher:signin", {"auth": auth, "user_data": text})

    @rule(number=st.integers(0, 9), channel=CHANNELS, data=ANY_JSON)
    def send_client_event(self, number: int, channel: str, data: Any) -> None:
        self.say(self.choose(number), "client-x", data, channel)

    @rule(number=st.integers(0, 9), event=EVENTS | st.text(), data=ANY_JSON, channel=ANY_JSON)
    def say_anything(self, number: int, event: str, data: Any, channel: Any) -> None:
        self.say(self.choose(number), event, data, channel)

    @rule(number=st.integers(0, 9), text=st.text())
    def say_nonsense(self, number: int, text: str) -> None:
        connection = self.choose(number)
        if connection is not None:
            handle_frame(self.exchange, connection, text)

    @invariant()
    def tables_agree(self) -> None:
        if not hasattr(self, "exchange"):
            return
        exchange = self.exchange
        for name, channel in exchange.channels.items():
            assert channel.subscribers
            for socket_id, connection in channel.subscribers.items():
                assert exchange.connections[socket_id] is connection
                assert connection.channels[name] is channel
            assert set(channel.seats) <= set(channel.subscribers)
            assert set(channel.members) == set(channel.seats.values()) == set(channel.seated)
            assert sum(channel.seated.values()) == len(channel.seats)
            assert len(channel.members) <= 2
            if name.startswith("presence-"):
                assert len(channel.seats) == len(channel.subscribers)
        for connection in exchange.connections.values():
            assert len(connection.channels) <= 5
            for name, channel in connection.channels.items():
                assert exchange.channels[name] is channel
                if name.startswith("#server-to-user-"):
                    assert name == f"#server-to-user-{connection.user_id}"
        signed_in = {one.user_id for one in exchange.connections.values()} - {None}
        assert set(exchange.users) == signed_in
        watched = {user for one in exchange.connections.values() for user in one.watchlist}
        assert set(exchange.watchers) == watched

    def teardown(self) -> None:
        if hasattr(self, "exchange"):
            for connection in list(self.connections):
                self.exchange.disconnect(connection)
            assert not self.exchange.channels
            assert not self.exchange.users
            assert not self.exchange.watchers


Dialogue.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestDialogue = Dialogue.TestCase


@given(ANY_JSON | st.dictionaries(
    st.sampled_from(["name", "data", "channel", "channels", "socket_id", "info"]), ANY_JSON
))  # fmt: skip
def test_any_json_is_an_event_or_a_refusal(fields: Any) -> None:
    assert judge(lambda: read_publication(fields, APP.limits).channels) in {200, 400, 413}


@given(st.binary(max_size=200) | ANY_JSON.map(lambda value: json.dumps({"batch": value}).encode()))
def test_any_bytes_are_a_batch_or_a_refusal(body: bytes) -> None:
    assert judge(lambda: len(read_batch(body, APP.limits)) <= 10) in {200, 400, 413}


def judge(read: Callable[[], Any]) -> int:
    try:
        result = read()
    except RequestError as error:
        return error.status
    return 200 if result or result == 0 else 500


@pytest.fixture(scope="module")
def server() -> Iterator[Thread]:
    with serve_on_thread(APP) as thread:
        yield thread


@pytest.fixture(scope="module", autouse=True)
def no_traceback() -> Iterator[None]:
    """Fail when a handler of the server raised anything."""
    raised: list[str] = []
    gc.collect()  # what an earlier file left behind complains when it is collected

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if not record.exc_info or record.levelno < logging.ERROR:
                return
            if isinstance(record.exc_info[1], HttpProcessingError):
                return  # aiohttp's own note that a request was no HTTP; answered 400
            raised.append(self.format(record))

    handler = Collector()
    for name in ("aiohttp.server", "asyncio"):
        logging.getLogger(name).addHandler(handler)
    yield
    for name in ("aiohttp.server", "asyncio"):
        logging.getLogger(name).removeHandler(handler)
    assert raised == []


def talk(port: int, raw: bytes, *, opened: bool = False) -> bytes:
    """Send bytes over a fresh connection, on an open WebSocket if wanted, and read for a while."""
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as peer:
        answer = b""
        if opened:
            peer.sendall(HANDSHAKE)
            while b"activity_timeout" not in answer:
                piece = peer.recv(65_536)
                assert piece, answer
                answer += piece
            assert answer.startswith(b"HTTP/1.1 101")
        peer.settimeout(0.03)
        try:
            peer.sendall(raw)
            while piece := peer.recv(65_536):
                answer += piece
        except (TimeoutError, ConnectionError):
            pass
        return answer


HANDSHAKE = (
    b"GET /app/local-key?protocol=7 HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
    b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)
SLOWLY = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@SLOWLY
@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_on_an_open_socket_end_that_socket_at_worst(server: Thread, raw: bytes) -> None:
    talk(server.port, raw, opened=True)


@SLOWLY
@given(
    st.integers(0, 15),
    st.integers(0, 1),
    st.integers(0, 7),
    st.integers(0, 1),
    st.integers(0, 2**63 - 1),
    st.binary(max_size=150),
)
def test_any_frame_header_ends_its_socket_at_worst(
    server: Thread,
    opcode: int,
    final: int,
    reserved: int,
    masked: int,
    length: int,
    rest: bytes,
) -> None:
    head = bytes(((final << 7) | (reserved << 4) | opcode, (masked << 7) | 127))
    talk(server.port, head + length.to_bytes(8, "big") + rest, opened=True)


@SLOWLY
@given(
    st.sampled_from(["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"]),
    st.sampled_from(["/events", "/batch_events", "/channels", "/channels/a/users", "/users/u/x"])
    | st.text("abc/%:?#&=é\0 ", max_size=12),
    st.dictionaries(st.text(max_size=6), st.text(max_size=12), max_size=3),
    st.binary(max_size=100) | ANY_JSON.map(lambda value: json.dumps(value).encode()),
)
def test_any_signed_request_is_answered_below_500(
    server: Thread, method: str, path: str, query: dict[str, str], body: bytes
) -> None:
    import requests

    path = f"/apps/1000/{path.lstrip('/')}"
    signed = sign_request(WHO, method, path, timestamp=int(time.time()), body=body, query=query)
    url = f"http://127.0.0.1:{server.port}{path}"
    try:
        answer = requests.request(method, url, params=signed, data=body, timeout=SECONDS)
    except (requests.exceptions.InvalidURL, UnicodeError):
        return
    assert answer.status_code < 500


@SLOWLY
@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_on_the_port_are_survived(server: Thread, raw: bytes) -> None:
    talk(server.port, raw + b"\r\n\r\n")


def test_the_fuzzed_server_still_serves_and_holds_nothing(server: Thread) -> None:
    answer = talk(server.port, b"", opened=True)
    assert answer.count(b"pusher:connection_established") == 1
    connections = server.server.exchanges["1000"].connections
    wait_until(lambda: server.do(lambda: not connections), "the last one's end")
    wait_until(lambda: server.do(lambda: len(asyncio.all_tasks(server.loop)) < 30), "tasks' end")


@pytest.mark.parametrize(
    "rest",
    [
        b"Content-Length: 100\r\n\r\nshort",
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"Content-Length: -1\r\n\r\n",
        b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nabcde",
    ],
)
def test_a_request_cut_short_is_no_error_of_the_server(server: Thread, rest: bytes) -> None:
    answer = talk(server.port, b"POST /apps/1000/events HTTP/1.1\r\nHost: a\r\n" + rest)
    assert b" 500 " not in answer

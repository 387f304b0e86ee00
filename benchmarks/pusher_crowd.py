"""A crowd of bare WebSocket clients and the servers they meet, for the Pusher benchmarks."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

APP_ID, KEY, SECRET = "1000", "bench-key", "bench-secret"
SOKETI = {
    "private": True,
    "dependencies": {"@soketi/soketi": "1.6.1"},
    # uWebSockets.js itself is not on the registry; this build of it loads under Node 20.
    "overrides": {"uWebSockets.js": "npm:uwebsockets@3.0.0"},
}


def sign(text: str) -> str:
    return hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()


def find_free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def read_memory(pid: int) -> float:
    """Return the resident memory of a process in MB."""
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def read_processor_time(pid: int) -> float:
    """Return the seconds of processor time a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def run_ours(*options: str) -> Iterator[tuple[int, int]]:
    """Run sfgen's server; yield its process id and port."""
    command = [sys.executable, "-m", "sfgen.pusherserver", "--app-id", APP_ID, "--key", KEY]
    with subprocess.Popen(
        [*command, *options],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "SFGEN_PUSHER_SECRET": SECRET},
    ) as process:
        try:
            assert process.stdout
            yield process.pid, json.loads(process.stdout.readline())["port"]
        finally:
            process.terminate()


def install_soketi() -> Path | None:
    """Install soketi (AGPL, measured only) into the user's cache; ``None`` when it can't be."""
    folder = Path(platformdirs.user_cache_dir("sfgen")) / "benchmarks" / "soketi"
    program = folder / "node_modules" / ".bin" / "soketi"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text(json.dumps(SOKETI), "utf-8")
        done = subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund"],
            cwd=folder,
            capture_output=True,
            check=False,
        )
        if done.returncode or not program.exists():
            return None
    return program


@contextlib.contextmanager
def run_soketi(program: Path, folder: Path) -> Iterator[tuple[int, int]]:
    """Run soketi with the same app; yield its process id and port."""
    port = find_free_port()
    app = {
        "id": APP_ID,
        "key": KEY,
        "secret": SECRET,
        "enableClientMessages": True,
        "maxEventPayloadInKb": 10,
        "maxConnections": -1,
    }
    config = {
        "host": "127.0.0.1",
        "port": port,
        "metrics.enabled": False,
        "appManager.array.apps": [app],
    }
    (folder / "soketi.json").write_text(json.dumps(config), "utf-8")
    with subprocess.Popen(
        [program, "start", f"--config={folder / 'soketi.json'}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            end = time.monotonic() + 20
            while time.monotonic() < end:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.1)
            yield process.pid, port
        finally:
            process.kill()  # it does not leave on SIGTERM


class Client(asyncio.Protocol):
    """One WebSocket client that costs as little as possible: it looks for marks in the bytes."""

    def __init__(self, hear: Callable[[bytes], None]) -> None:
        self.hear = hear
        self.transport: asyncio.Transport | None = None
        self.closed = False
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._head = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        if self.ready.done():
            if data[0] == 0x89:  # ping
                self.send(b"", 0x8A)
            self.hear(data)
            return
        self._head += data
        if b"subscription_succeeded" in self._head:
            self._head = b""
            self.ready.set_result(None)
        elif b"socket_id" in self._head and self._head.endswith(b"}"):
            text = self._head.decode("utf-8", "replace").replace("\\", "")
            self._head = b""
            self._subscribe(text.split('"socket_id":"')[1].split('"')[0])

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        if not self.ready.done():
            self.ready.set_exception(exc or ConnectionError("closed before it was subscribed"))

    def greet(self, port: int) -> None:
        assert self.transport
        self.transport.write(
            f"GET /app/{KEY}?protocol=7&client=bench&version=1.0 HTTP/1.1\r\n"
            f"Host: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
        )

    def send(self, payload: bytes, kind: int = 0x81) -> None:
        assert self.transport
        size = len(payload)
        head = (
            bytes((kind, 0x80 | size))
            if size < 126
            else bytes((kind, 0xFE)) + size.to_bytes(2, "big")
        )
        self.transport.write(head + b"\0\0\0\0" + payload)

    def _subscribe(self, socket_id: str) -> None:
        auth = f"{KEY}:{sign(f'{socket_id}:private-crowd')}"
        data = {"channel": "private-crowd", "auth": auth}
        self.send(json.dumps({"event": "pusher:subscribe", "data": data}).encode())


async def gather_crowd(port: int, count: int, hear: Callable[[bytes], None]) -> list[Client]:
    """Connect and subscribe clients, a hundred at a time."""
    loop = asyncio.get_running_loop()
    crowd: list[Client] = []
    while len(crowd) < count:
        batch = []
        for _ in range(min(100, count - len(crowd))):
            _, client = await loop.create_connection(lambda: Client(hear), "127.0.0.1", port)
            client.greet(port)
            batch.append(client)
        await asyncio.wait_for(asyncio.gather(*(client.ready for client in batch)), 30)
        crowd += batch
    return crowd

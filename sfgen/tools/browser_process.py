"""A headless browser's process, with DevTools over a pipe that no other program can read.

The browser ends when the pipe does, so it never outlives sfgen, however that ends. Windows hands
no descriptors down; there the line is a port on loopback.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import aiohttp

from sfgen.errors import ToolError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

#: Seconds that a browser and its first page may take; a second is enough where nothing else runs.
START_SECONDS: Final = 60.0
END_SECONDS: Final = 5.0
#: Characters of a temporary folder beyond which Chromium's own socket there has too long a name:
#: a socket's may have 107 (Linux, unix(7)), and Chromium puts 46 and more behind the folder's.
_LONGEST_FOLDER: Final = 50
#: Bytes of one answer at most: a picture in base64.
_LONGEST_ANSWER: Final = 1 << 28
_TICK: Final = 0.02


class Line(Protocol):
    """Sends commands of the DevTools protocol and returns their answers."""

    async def send(self, message: dict[str, Any]) -> None:
        """Send one command."""

    async def receive(self) -> dict[str, Any] | None:
        """Wait for an answer or an event; nothing when the browser is gone."""


@contextlib.asynccontextmanager
async def start_browser(program: Path, arguments: list[str]) -> AsyncIterator[Line]:
    """Run a browser with an empty profile for the block, and yield the connection to it.

    Raises:
        ToolError: it did not start.
    """
    with _make_folder() as folder:
        profile = Path(folder) / "profile"
        profile.mkdir()
        words = [str(program), *arguments, f"--user-data-dir={profile}"]
        # What it puts into the folder for temporary files goes with this one.
        environment = {**os.environ, **dict.fromkeys(("TMPDIR", "TMP", "TEMP"), folder)}
        start = _open_pipe if os.name == "posix" else _open_port
        async with start([*words, "about:blank"], environment, profile) as line:
            yield line


@contextlib.contextmanager
def _make_folder() -> Iterator[str]:
    long = os.name == "posix" and len(tempfile.gettempdir()) + 15 > _LONGEST_FOLDER
    folder = tempfile.mkdtemp(prefix="sfgen-", dir="/tmp" if long else None)  # noqa: S108
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Pipe:
    """A pipe to the browser's descriptors 3 and 4: JSON, each message ended by a zero byte."""

    def __init__(self, reader: asyncio.StreamReader, writer: int) -> None:
        self._reader = reader
        self._writer = writer

    async def send(self, message: dict[str, Any]) -> None:
        data = json.dumps(message).encode() + b"\0"
        try:
            while data:
                data = data[os.write(self._writer, data) :]
        except OSError:
            raise ToolError("the browser went away") from None

    async def receive(self) -> dict[str, Any] | None:
        try:
            data = await self._reader.readuntil(b"\0")
        except (asyncio.IncompleteReadError, OSError):
            return None
        found: dict[str, Any] = json.loads(data[:-1])
        return found


@contextlib.asynccontextmanager
async def _open_pipe(
    words: list[str], environment: dict[str, str], profile: Path
) -> AsyncIterator[Line]:
    del profile
    commands, answers = _high(os.pipe()), _high(os.pipe())
    try:
        process = _spawn(words, environment, commands[0], answers[1])
    except OSError as error:
        for descriptor in (*commands, *answers):
            os.close(descriptor)
        raise ToolError(f"the browser did not start: {error.strerror}") from None
    os.close(commands[0])
    os.close(answers[1])
    reader = asyncio.StreamReader(limit=_LONGEST_ANSWER)
    loop = asyncio.get_running_loop()
    transport, _ = await loop.connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(answers[0], "rb", 0)
    )
    try:
        yield _Pipe(reader, commands[1])
    finally:
        os.close(commands[1])  # a browser without its pipe ends
        transport.close()
        await _end(process)


def _high(pair: tuple[int, int]) -> tuple[int, int]:
    """Move a pipe's ends above the descriptors that the browser expects them at."""
    import fcntl

    moved = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in pair]
    for end in pair:
        os.close(end)
    return moved[0], moved[1]


def _spawn(words: list[str], environment: dict[str, str], commands: int, answers: int) -> int:
    quiet = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
    ends = [(os.POSIX_SPAWN_DUP2, commands, 3), (os.POSIX_SPAWN_DUP2, answers, 4)]
    return os.posix_spawn(
        words[0],
        [*words, "--remote-debugging-pipe"],
        environment,
        file_actions=[*quiet, *ends],
        setpgroup=0,
    )


async def _end(process: int) -> None:
    """Wait for the browser to end; make it, where it takes long; leave none of its children."""
    for number in (None, signal.SIGTERM, signal.SIGKILL):
        if number is not None:
            _signal_group(process, number)
        deadline = asyncio.get_running_loop().time() + END_SECONDS
        while asyncio.get_running_loop().time() < deadline:
            if _is_over(process):
                _signal_group(process, signal.SIGKILL)
                return
            await asyncio.sleep(_TICK)


def _signal_group(process: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process, number)


def _is_over(process: int) -> bool:
    try:
        return os.waitpid(process, os.WNOHANG)[0] == process
    except ChildProcessError:
        return True


class _Socket:
    """The line through a port."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def send(self, message: dict[str, Any]) -> None:
        await self._socket.send_json(message)

    async def receive(self) -> dict[str, Any] | None:
        message = await self._socket.receive()
        found: dict[str, Any] | None = (
            message.json() if message.type is aiohttp.WSMsgType.TEXT else None
        )
        return found


@contextlib.asynccontextmanager
async def _open_port(
    words: list[str], environment: dict[str, str], profile: Path
) -> AsyncIterator[Line]:
    process = await asyncio.create_subprocess_exec(
        *words[:-1],
        "--remote-debugging-port=0",
        words[-1],
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        address = await _read_address(process, profile / "DevToolsActivePort")
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(address, max_msg_size=0) as socket,
        ):
            yield _Socket(socket)
    finally:
        if process.returncode is None:
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), END_SECONDS)
        except asyncio.TimeoutError:
            process.kill()
            await process.wait()


async def _read_address(process: asyncio.subprocess.Process, file: Path) -> str:
    deadline = asyncio.get_running_loop().time() + START_SECONDS
    while process.returncode is None and asyncio.get_running_loop().time() < deadline:
        port, _, path = _read_text(file).partition("\n")
        if path.strip():
            return f"ws://127.0.0.1:{int(port)}{path.strip()}"
        await asyncio.sleep(_TICK)
    raise ToolError("the browser did not start")


def _read_text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""

"""Finds a browser, opens an address in it, and takes a picture of a page without a window."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
import shutil
import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import aiohttp

from sfgen.errors import ToolError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

VARIABLE: Final = "SFGEN_BROWSER"
_NAMES: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
    "brave-browser",
)
_PLACES: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
_ARGUMENTS: Final = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)
#: Seconds that a browser and its first page may take; a second is enough where nothing else runs.
_START_SECONDS: Final = 60.0
#: Characters of a temporary folder beyond which Chromium's own socket there has too long a name:
#: a socket's may have 107 (Linux, unix(7)), and Chromium puts 46 and more behind the folder's.
_LONGEST_FOLDER: Final = 50


def find_browser() -> Path:
    """Find a Chromium, Chrome or Edge; ``SFGEN_BROWSER`` names another one.

    Raises:
        ToolError: there is none.
    """
    named = os.environ.get(VARIABLE)
    candidates = [named] if named else [*(shutil.which(name) for name in _NAMES), *_PLACES]
    for candidate in candidates:
        if candidate and (path := Path(candidate)).is_file():
            return path
    raise ToolError(
        f"{VARIABLE} names no program" if named else "no Chromium, Chrome or Edge was found",
        hint=f"install one, or set {VARIABLE} to its program",
    )


def open_address(address: str) -> bool:
    """Open the user's own browser; say whether that worked."""
    with contextlib.suppress(webbrowser.Error):
        return webbrowser.open(address)
    return False


class Tab:
    """A page in a headless browser, driven by the Chrome DevTools Protocol."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0
        self.errors: list[str] = []

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its answer.

        Raises:
            ToolError: the browser refused, or went away.
        """
        self._number += 1
        number = self._number
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        async for message in self._socket:
            if message.type is not aiohttp.WSMsgType.TEXT:
                break
            data = message.json()
            self._note(data)
            if data.get("id") == number:
                if "error" in data:
                    raise ToolError(f"the browser refused {method}: {data['error']['message']}")
                result: dict[str, Any] = data["result"]
                return result
        raise ToolError("the browser went away")

    async def evaluate(self, expression: str) -> Any:
        """Evaluate JavaScript in the page, waiting for promises."""
        answer = await self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        return answer["result"].get("value")

    async def wait_for(self, expression: str, seconds: float) -> bool:
        """Wait until an expression is true; say whether it became so in time."""
        deadline = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < deadline:
            if await self.evaluate(expression):
                return True
            await asyncio.sleep(0.05)
        return False

    async def picture(self) -> bytes:
        """Return the page as PNG."""
        answer = await self.call("Page.captureScreenshot", format="png")
        return base64.b64decode(answer["data"])

    def _note(self, data: dict[str, Any]) -> None:
        parameters = data.get("params", {})
        if data.get("method") == "Runtime.exceptionThrown":
            details = parameters["exceptionDetails"]
            thrown = details.get("exception", {}).get("description") or details.get("text", "")
            self.errors.append(str(thrown).partition("\n")[0])
        elif data.get("method") == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            self.errors.append(parameters["entry"]["text"])


@contextlib.asynccontextmanager
async def open_tab(width: int = 1440, height: int = 900) -> AsyncIterator[Tab]:
    """Start a headless browser with an empty profile and give its one page.

    Raises:
        ToolError: there is no browser, or it did not start.
    """
    program = find_browser()
    with tempfile.TemporaryDirectory(prefix="sfgen-", ignore_cleanup_errors=True) as profile:
        arguments = [*_ARGUMENTS, f"--user-data-dir={profile}", f"--window-size={width},{height}"]
        if sys.platform == "linux" and os.geteuid() == 0:
            arguments.append("--no-sandbox")  # Chromium refuses to start as root otherwise
        process = await asyncio.create_subprocess_exec(
            str(program),
            *arguments,
            "about:blank",
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            env=_name_environment(),
        )
        try:
            port = await _read_port(process, Path(profile) / "DevToolsActivePort")
            async with aiohttp.ClientSession() as session:
                address = await _find_page(session, port)
                async with session.ws_connect(address, max_msg_size=0) as socket:
                    tab = Tab(socket)
                    for domain in ("Page", "Runtime", "Log"):
                        await tab.call(f"{domain}.enable")
                    size = {"width": width, "height": height, "mobile": False}
                    await tab.call(
                        "Emulation.setDeviceMetricsOverride", deviceScaleFactor=1, **size
                    )
                    yield tab
        finally:
            if process.returncode is None:
                process.terminate()
            try:
                await asyncio.wait_for(process.wait(), 5)
            except asyncio.TimeoutError:
                process.kill()
                await process.wait()


def _name_environment() -> dict[str, str]:
    """Return the browser's environment: as ours, but with a temporary folder that it can use."""
    short = os.name != "posix" or len(tempfile.gettempdir()) <= _LONGEST_FOLDER
    return dict(os.environ) if short else {**os.environ, "TMPDIR": "/tmp"}  # noqa: S108


async def _read_port(process: asyncio.subprocess.Process, file: Path) -> int:
    deadline = asyncio.get_running_loop().time() + _START_SECONDS
    while process.returncode is None and asyncio.get_running_loop().time() < deadline:
        text = _read_text(file)
        if "\n" in text:
            return int(text.partition("\n")[0])
        await asyncio.sleep(0.02)
    raise ToolError("the browser did not start", hint=f"set {VARIABLE} to another one")


def _read_text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


async def _find_page(session: aiohttp.ClientSession, port: int) -> str:
    deadline = asyncio.get_running_loop().time() + _START_SECONDS
    while asyncio.get_running_loop().time() < deadline:
        async with session.get(f"http://127.0.0.1:{port}/json/list") as response:
            for target in await response.json():
                if target["type"] == "page":
                    return str(target["webSocketDebuggerUrl"])
        await asyncio.sleep(0.05)
    raise ToolError("the browser opened no page")

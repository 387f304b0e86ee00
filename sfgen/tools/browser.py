"""Finds a browser, opens an address in it, and drives it headless."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
import shutil
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sfgen.errors import ToolError
from sfgen.tools.browser_process import START_SECONDS, start_browser

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sfgen.tools.browser_process import Line

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
)


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

    def __init__(self, line: Line, session: str | None = None) -> None:
        self._line = line
        self._session = {"sessionId": session} if session else {}
        self._number = 0
        self.errors: list[str] = []

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its answer.

        Raises:
            ToolError: the browser refused, or went away.
        """
        self._number += 1
        number = self._number
        command = {"id": number, "method": method, "params": parameters}
        await self._line.send({**command, **self._session})
        while (data := await self._line.receive()) is not None:
            self._note(data)
            if data.get("id") == number and data.get("sessionId") == self._session.get("sessionId"):
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
    """Start a headless browser with an empty profile and yield its one page.

    Raises:
        ToolError: there is no browser, or it did not start.
    """
    program = find_browser()
    arguments = [*_ARGUMENTS, f"--window-size={width},{height}"]
    if sys.platform == "linux" and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses to start as root otherwise
    async with start_browser(program, arguments) as line:
        try:
            tab = await asyncio.wait_for(_find_page(line), START_SECONDS)
        except (ToolError, asyncio.TimeoutError):
            hint = f"set {VARIABLE} to another one"
            raise ToolError("the browser did not start", hint=hint) from None
        for domain in ("Page", "Runtime", "Log"):
            await tab.call(f"{domain}.enable")
        size = {"width": width, "height": height, "mobile": False}
        await tab.call("Emulation.setDeviceMetricsOverride", deviceScaleFactor=1, **size)
        yield tab


async def _find_page(line: Line) -> Tab:
    """Attach to the browser's one page, as soon as it has one."""
    browser = Tab(line)
    while True:
        targets = (await browser.call("Target.getTargets"))["targetInfos"]
        for target in targets:
            if target["type"] == "page":
                attached = await browser.call(
                    "Target.attachToTarget", targetId=target["targetId"], flatten=True
                )
                return Tab(line, attached["sessionId"])
        await asyncio.sleep(0.05)

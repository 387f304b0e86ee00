"""Everything that a browser sends, gets, shows, says and keeps, to be searched for secrets."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from playwright.async_api import Error

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from playwright.async_api import BrowserContext, Page, Request, Response, WebSocket

#: In every frame, before any script of it: what windows hear, what tabs tell each other, what is
#: kept. Each note goes out of the page at once, so that a page that closes takes nothing with it.
EARS = """(() => {
    const note = (place, data) => {
        let text;
        try { text = JSON.stringify(data) ?? String(data); } catch { text = String(data); }
        window.sfgenNote(place, text);
    };
    window.addEventListener('message', ({ data, origin }) => {
        note(`message to ${location.origin} from ${origin}`, data);
    }, true);
    const { postMessage } = BroadcastChannel.prototype;
    BroadcastChannel.prototype.postMessage = function (data) {
        note('broadcast', data);
        return postMessage.call(this, data);
    };
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (key, value) {
        note('storage', [key, value]);
        return setItem.call(this, key, value);
    };
    for (const name of ['pushState', 'replaceState']) {
        const change = history[name];
        history[name] = function (...values) {
            note('history', values);
            return change.apply(this, values);
        };
    }
})();"""
KEPT = """() => ({ local: { ...localStorage }, session: { ...sessionStorage }, cookies: document.cookie,
    url: location.href, name: window.name })"""


class Witness:
    """Notes what crosses a browser; `find` tells where a secret did.

    Places are named by what carries the text, as ``response http://...`` or ``broadcast``.
    """

    def __init__(self) -> None:
        self.notes: list[tuple[str, str]] = []
        self._reading: set[asyncio.Task[None]] = set()

    async def watch(self, context: BrowserContext) -> None:
        """Listen to all pages of a context, from their first byte on."""
        await context.expose_function("sfgenNote", self._note)
        await context.add_init_script(EARS)
        context.on("request", self._note_request)
        context.on("response", self._read)
        context.on("console", lambda message: self._note("console", message.text))
        context.on("weberror", lambda failure: self._note("page error", str(failure.error)))
        context.on("page", self._follow)

    async def look(self, pages: list[Page]) -> None:
        """Note what all frames show and keep now."""
        for page in pages:
            for frame in page.frames:
                try:
                    self._note(f"html of {frame.url.partition('?')[0]}", await frame.content())
                    self._note("kept", json.dumps(await frame.evaluate(KEPT)))
                except Error:  # noqa: PERF203 - frames come and go
                    if not frame.is_detached():
                        raise
            shown: str = await page.evaluate(
                "() => [...document.querySelectorAll('input, textarea')].map((one) => one.value).join('\\n')"
            )
            self._note("fields", shown)

    async def settle(self) -> None:
        """Wait until every answer has been read."""
        while self._reading:
            await asyncio.wait(set(self._reading), timeout=5)

    def read_files(self, folder: Path) -> None:
        """Note what stands in a project's files."""
        for path in folder.rglob("*"):
            if path.is_file():
                self._note(f"file {path.name}", path.read_text(errors="replace"))

    def find(self, secrets: Mapping[str, str]) -> set[tuple[str, str]]:
        """Return each secret's name with the place where it was seen, in whatever spelling."""
        found = set()
        for name, secret in secrets.items():
            forms = spellings(secret)
            found |= {(name, place) for place, text in self.notes if any(f in text for f in forms)}
        return found

    def _note(self, place: str, text: str) -> None:
        self.notes.append((place, text))

    def _follow(self, page: Page) -> None:
        page.on("websocket", self._follow_socket)

    def _follow_socket(self, socket: WebSocket) -> None:
        self._note("socket url", socket.url)
        socket.on("framesent", lambda frame: self._note("socket out", _text(frame)))
        socket.on("framereceived", lambda frame: self._note("socket in", _text(frame)))

    def _note_request(self, request: Request) -> None:
        self._note("url", request.url)
        where = f"{request.method} {request.url.partition('?')[0]}"
        for name, value in request.headers.items():
            self._note(f"header {name} of {where}", value)
        if request.post_data_buffer:
            self._note(f"body of {where}", request.post_data_buffer.decode(errors="replace"))

    def _read(self, response: Response) -> None:
        task = asyncio.ensure_future(self._note_response(response))
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)

    async def _note_response(self, response: Response) -> None:
        where = response.url.partition("?")[0]
        self._note(f"answer headers of {where}", json.dumps(response.headers))
        if response.headers.get("content-type", "").startswith("text/event-stream"):
            return  # The preview's own, and without an end.
        try:
            body: Any = await response.body()
        except Exception as error:  # noqa: BLE001 - redirects and pages that are gone have no body
            self._note("no body", f"{where}: {type(error).__name__}")
            return
        self._note(f"answer of {where}", body.decode(errors="replace"))


def spellings(secret: str) -> list[str]:
    """Return a secret as it is and as somebody might have encoded it."""
    raw = secret.encode()
    encoded = base64.b64encode(raw).decode()
    return [
        secret,
        quote(secret, safe=""),
        encoded.rstrip("="),
        base64.urlsafe_b64encode(raw).decode().rstrip("="),
        raw.hex(),
        secret[::-1],
    ]


def _text(frame: str | bytes) -> str:
    return frame if isinstance(frame, str) else frame.decode(errors="replace")

"""A generated project in the preview, and a browser window that looks at its components."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import TimeoutError  # noqa: A004 - that is its name

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
]
#: sfgen, whose first preview shows no texts but a test's own.
WITHOUT_EXAMPLES = """
import sys
from sfgen.cli import run
from sfgen.preview import examples
examples.CONVERSATIONS = ()
sys.exit(run(sys.argv[1:]))
"""
READY = "html[data-preview-ready]"
#: Seconds until what doesn't come is a failure, on a busy machine. A bridge that wasn't there in
#: 15 s is tried again after 60 more, so it is more than those together.
SECONDS = 120
#: The same in Playwright's milliseconds.
PATIENCE = SECONDS * 1_000
#: Calls whose answer the components wait for before they have anything to show.
READS = (
    "getConversations",
    "getConversation",
    "getRecordConversation",
    "getMessages",
    "getMessagesSince",
)
#: The three components, by what surrounds each of them in the preview.
HOME = ".preview-component:has(c-pusher-conversation-list)"
RECORD = ".preview-component:has(c-pusher-chat)"
UTILITY = ".preview-utility-panel"


def run_sfgen(*arguments: str) -> None:
    """Run a command of sfgen in a process of its own."""
    command = [sys.executable, "-m", "sfgen", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


class Preview:
    """``sfgen preview`` of a project, with no conversation yet, in a process of its own."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-c", WITHOUT_EXAMPLES, "preview", str(folder)]
        command += ["--port", "0", "--no-open", "--fresh"]
        environment = {**os.environ, "SFGEN_RUNTIME_DIR": str(folder.parent)}
        self.process = subprocess.Popen(
            command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        assert self.process.stdout is not None
        said = []
        for line in self.process.stdout:
            said.append(line)
            if "?key=" in line:
                break
        assert "?key=" in "".join(said[-1:]), f"the preview did not start: {said}"
        self.address = said[-1][said[-1].index("http://") :].strip()
        self.origin = "/".join(self.address.split("/")[:3])
        self.key = self.address.partition("?key=")[2]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(SECONDS)
        assert self.process.stdout is not None
        self.process.stdout.close()


class Advisor:
    """A browser window of the advisor's, without the preview's side panel.

    ``noise`` holds what the console says; an error of a request counts unless ``refused``,
    one of a socket unless ``offline``.
    """

    def __init__(
        self,
        browser: Any,
        preview: Preview,
        width: int = 1200,
        height: int = 1000,
        *,
        panel: bool = False,
    ) -> None:
        self.preview = preview
        self.refused = False
        self.offline = False
        self.noise: list[str] = []
        self._first = ""
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, device_scale_factor=1 if panel else 1.5
        )
        self.context.set_default_timeout(PATIENCE)
        if not panel:
            self.context.add_init_script(
                "if (window === top) localStorage.setItem('sfgen-panel', 'hidden');"
            )
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.noise.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, message: Any) -> None:
        told = self.refused and "Failed to load resource" in message.text
        told = told or (self.offline and "WebSocket connection to" in message.text)
        if message.type == "error" and not told:
            self.noise.append(message.text)

    def open(self, path: str = "", state: str = "connected") -> None:
        """Open a page of the app, and wait for the connection to be in a state."""
        if not path or self.page.url == "about:blank":
            # The key in the address opens all three hosts.
            self.page.goto(self.preview.address)
            self.wait_until_ready()
        if path:
            self.page.goto(self.preview.origin + path)
        self.wait_until_ready()
        if state:
            self.wait_for_state(state)

    def open_home(self, state: str = "connected") -> None:
        """Open the home page with the utility's panel."""
        self.open(state="")
        self.page.click(".preview-utility-item")
        self.page.wait_for_selector(f"{UTILITY} [data-unread]", state="attached")
        if state:
            self.wait_for_state(state)

    def open_record(self, state: str = "connected") -> None:
        """Open the page of the first client."""
        self.open("/lightning/o/Contact/home", state)

    def wait_until_ready(self) -> None:
        """Wait until all components stand; where they never do, say what the page shows."""
        try:
            self.page.wait_for_selector(READY)
        except TimeoutError as error:
            shown = self.page.inner_text("body")[:1_000]
            raise AssertionError(f"{self.page.url} did not get ready: {shown}") from error

    def wait_for_state(self, state: str) -> None:
        self.page.wait_for_selector(f"main [data-state={state}]")

    def wait_for_text(self, text: str, place: str = "main") -> None:
        self.page.wait_for_selector(f"{place} :text({json.dumps(text)})")

    def answer(self, methods: tuple[str, ...], answer: Callable[[Any], None]) -> None:
        """Answer calls of these Apex methods in the server's place."""

        def decide(route: Any) -> None:
            if json.loads(route.request.post_data)["method"] in methods:
                answer(route)
            else:
                route.continue_()

        self.page.route("**/preview/apex", decide)

    def refuse(self, methods: tuple[str, ...], message: str) -> None:
        """Let calls of these Apex methods end in an exception."""
        self.refused = True
        body = json.dumps({"message": message, "exceptionType": "System.AuraHandledException"})
        self.answer(
            methods,
            lambda route: route.fulfill(status=500, content_type="application/json", body=body),
        )

    def steer(self, action: str, **body: Any) -> Any:
        """Do something in the side panel's name, from whatever page is open."""
        return self.page.evaluate(
            """async ([path, key, body]) => {
                const response = await fetch(path, {
                    method: 'POST',
                    headers: { 'Content-Type': 'application/json', 'X-Sfgen-Preview': key },
                    body: JSON.stringify(body)
                });
                return response.json();
            }""",
            [f"/preview/panel/{action}", self.preview.key, body],
        )

    def hear_from(self, client: int, *texts: str) -> None:
        """Let a client write."""
        for text in texts:
            answer = self.steer("text", text=text, recordId=self.record_of(client))
            assert answer == {"sent": True}, answer

    def hear_from_unknown(self, number: str, text: str) -> None:
        """Let somebody write who has no record."""
        answer = self.steer("text", text=text, recordId=number)
        assert answer == {"sent": True}, answer

    def choose(self, place: str, text: str) -> None:
        """Open the conversation of a list in its place, and wait for its chat."""
        self.page.click(f"{place} li button:has-text({json.dumps(text)})")
        self.page.wait_for_selector(f"{place} textarea")
        self.page.wait_for_selector(f"{place} [role=log] :text({json.dumps(text)})")

    def change(self, methods: tuple[str, ...], **changes: object) -> None:
        """Let the server's answers of these Apex methods say something else, on later pages."""
        self.page.add_init_script(
            f"const [methods, changes] = {json.dumps([methods, changes])};"
            """
            const { fetch } = window;
            window.fetch = async (address, init) => {
                const response = await fetch(address, init);
                if (!methods.includes(JSON.parse(init?.body ?? '{}').method)) {
                    return response;
                }
                const { status, headers } = response;
                const told = await response.json();
                told.result = told.result && { ...told.result, ...changes };
                return new Response(JSON.stringify(told), { status, headers });
            };"""
        )

    def type_until_seen(self, place: str) -> None:
        """Let the clients type, again and again: it is shown for some seconds only."""
        end = time.monotonic() + SECONDS
        while not self.page.locator(f"{place} [data-typing]").count():
            assert time.monotonic() < end, "nobody is seen to type"
            self.steer("type")
            self.page.wait_for_timeout(300)

    def record_of(self, client: int) -> str:
        """The record of the first or the second client."""
        if not self._first:
            found: str = self.page.evaluate(
                "fetch('/lightning/o/Contact/home').then(({ url }) => url)"
            )
            self._first = found.split("/")[-2]
        # Both were made in one run, so that their ids differ in the last digit.
        return self._first.replace("1IAA", f"{client}IAA")

    def find_violations(self) -> list[str]:
        """What axe finds on the page."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        options = "{ resultTypes: ['violations'], iframes: false }"
        result = self.page.evaluate(f"axe.run(document, {options})")
        return [
            f"{violation['id']}: {node['html'][:160]}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]

    def find_overflow(self) -> list[str]:
        """What stands out of the window, or of its place, sideways."""
        return list(
            self.page.evaluate(
                """() => [...document.querySelectorAll('html, main, main *, .preview-utility *')]
                    .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth)
                    .filter((one) => !one.closest('.slds-assistive-text, [hidden]'))
                    .filter((one) => getComputedStyle(one).textOverflow !== 'ellipsis')
                    .filter((one) => getComputedStyle(one).display !== 'inline')
                    .map((one) => `${one.tagName} ${one.className}: ${one.scrollWidth}`)"""
            )
        )

    def close(self) -> None:
        self.context.close()

"""The three components in every state: looked at, kept as pictures, and held to axe.

``pytest tests/screens --update-screens`` writes the pictures of ``docs/screenshots`` anew.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from stage import ARGUMENTS, AXE, CHROMIUM, SCREENS, Preview

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.slow, pytest.mark.timeout(300)]

READY = "html[data-preview-ready]"
LONG = (
    "Thank you for your patience while we looked into the transfer. " * 12
    + "Reference: "
    + "0123456789" * 18
)
EMOJI = "Great 👍🏽 family 👨‍👩‍👧 flag 🇨🇭 and a snowman ☃️"
ARABIC = "مرحبا، هل وصلت الاستمارة؟ رقم العميل 12345."
HEBREW = "תודה, הטופס הגיע. נחזור אליך מחר."
#: Calls whose answer the components wait for before they have anything to show.
READS = ("getConversations", "getRecordConversation", "getMessages", "getUnreadCount")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield one
        one.close()


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    one = Preview(tmp_path_factory.mktemp("screens") / "texting")
    yield one
    one.stop()


class Advisor:
    """A browser window of the advisor's."""

    def __init__(self, browser: Any, preview: Preview, width: int = 960) -> None:
        self.preview = preview
        self.context = browser.new_context(viewport={"width": width, "height": 720})
        self.page = self.context.new_page()
        self.noise: list[str] = []
        self.page.on("pageerror", lambda error: self.noise.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, message: Any) -> None:
        # A request that a test refuses on purpose is told by the browser, not by the page.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.noise.append(message.text)

    def open(self, label: str, *, wait: str = "text=Connected") -> None:
        """Open a page of the app without the preview's side panel, and its utility."""
        self.page.goto(self.preview.address)
        self.page.wait_for_selector(READY)
        if label != "Pusher Home":
            self.page.evaluate(
                "label => [...document.querySelectorAll('a')]"
                ".find(a => a.textContent.trim() === label).click()",
                label,
            )
            self.page.wait_for_url("**/r/**")
            self.page.wait_for_selector(READY)
        self.page.add_style_tag(content="#panel, aside, .preview-panel { display: none }")
        if wait:
            self.page.wait_for_selector(wait)
        self.page.wait_for_timeout(400)

    def open_utility(self) -> None:
        self.page.click("footer button, .slds-utility-bar button")
        self.page.wait_for_timeout(300)

    def keep(self, name: str, request: pytest.FixtureRequest) -> None:
        """Hold the components to axe; keep the picture where that is asked for."""
        assert find_violations(self.page) == []
        assert self.noise == []
        if request.config.getoption("--update-screens"):
            SCREENS.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=SCREENS / f"{name}.png")

    def close(self) -> None:
        self.context.close()


def find_violations(page: Any) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


@pytest.fixture
def advisor(browser: Any, preview: Preview) -> Iterator[Advisor]:
    one = Advisor(browser, preview)
    yield one
    one.close()


def answer_reads(page: Any, answer: Callable[[Any], None]) -> None:
    def decide(route: Any) -> None:
        if json.loads(route.request.post_data)["method"] in READS:
            answer(route)
        else:
            route.continue_()

    page.route("**/preview/apex", decide)


PAGES = [("home", "Pusher Home"), ("record", "Pusher Contact")]
each_page = pytest.mark.parametrize(("name", "label"), PAGES, ids=["home", "record"])


@each_page
def test_state_1_empty(
    name: str, label: str, advisor: Advisor, request: pytest.FixtureRequest
) -> None:
    advisor.open(label)
    advisor.open_utility()
    advisor.keep(f"{name}-1-empty", request)


@each_page
def test_state_2_loading(
    name: str, label: str, advisor: Advisor, request: pytest.FixtureRequest
) -> None:
    answer_reads(advisor.page, lambda route: None)
    advisor.open(label, wait="lightning-spinner")
    advisor.keep(f"{name}-2-loading", request)


@each_page
def test_state_3_error(
    name: str, label: str, advisor: Advisor, request: pytest.FixtureRequest
) -> None:
    error = {
        "body": {"message": "The service is not available. Try again later."},
        "ok": False,
        "status": 500,
        "statusText": "Server Error",
    }
    answer_reads(
        advisor.page,
        lambda route: route.fulfill(
            status=500, content_type="application/json", body=json.dumps(error)
        ),
    )
    advisor.open(label, wait="[role=alert]")
    advisor.keep(f"{name}-3-error", request)


@each_page
def test_state_4_busy(
    name: str, label: str, advisor: Advisor, request: pytest.FixtureRequest
) -> None:
    advisor.open(label)
    for text in ("Good morning, did my form arrive?", "I sent it on Friday.", EMOJI):
        advisor.preview.steer(advisor.page, "text", text=text)
    advisor.page.wait_for_selector("text=snowman")
    if name == "record":
        advisor.page.fill("textarea", "Good morning! It did, thank you. I will call you at noon.")
        advisor.page.click("text=Send")
        advisor.page.wait_for_selector("text=call you at noon")
        advisor.preview.steer(advisor.page, "type")
    advisor.open_utility()
    advisor.page.wait_for_timeout(600)
    advisor.keep(f"{name}-4-busy", request)


@each_page
def test_state_5_offline(
    name: str, label: str, advisor: Advisor, request: pytest.FixtureRequest
) -> None:
    advisor.open(label)
    advisor.preview.steer(advisor.page, "network", act="quota")
    try:
        advisor.page.wait_for_selector("text=Connected", state="detached", timeout=30_000)
        advisor.page.wait_for_timeout(500)
        advisor.keep(f"{name}-5-offline", request)
    finally:
        advisor.preview.steer(advisor.page, "network", act="clear")


@each_page
def test_state_6_long_texts(
    name: str, label: str, advisor: Advisor, request: pytest.FixtureRequest
) -> None:
    advisor.open(label)
    advisor.preview.steer(advisor.page, "text", text=LONG)
    advisor.page.wait_for_selector("text=looked into the transfer")
    width = advisor.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0
    advisor.keep(f"{name}-6-long-texts", request)


@each_page
def test_state_7_right_to_left(
    name: str, label: str, advisor: Advisor, request: pytest.FixtureRequest
) -> None:
    advisor.open(label)
    advisor.page.evaluate("document.documentElement.dir = 'rtl'")
    for text in (ARABIC, HEBREW):
        advisor.preview.steer(advisor.page, "text", text=text)
    advisor.page.wait_for_selector(f"text={HEBREW[:10]}")
    advisor.page.wait_for_timeout(400)
    advisor.keep(f"{name}-7-right-to-left", request)


@each_page
def test_state_8_narrow(
    name: str, label: str, browser: Any, preview: Preview, request: pytest.FixtureRequest
) -> None:
    advisor = Advisor(browser, preview, width=320)
    try:
        advisor.open(label)
        width = advisor.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0
        advisor.keep(f"{name}-8-narrow", request)
    finally:
        advisor.close()

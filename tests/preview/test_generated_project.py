"""The generated project in a browser: its own Apex, pages, components and scripts."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests
from running_site import HERE, RunningSite

from sfgen.cli import run
from sfgen.preview.executing import ExecutingHost
from sfgen.preview.site import Wishes

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser
AXE = HERE.parents[1] / "node_modules/axe-core/axe.min.js"
READY = "html[data-preview-ready]"


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("generated") / "texting"
    assert run(["init", str(root), "--defaults"]) == 0
    return root


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def texting(generated: Path, store: Path) -> Iterator[RunningSite]:
    site = RunningSite(generated, ExecutingHost, Wishes(store=store))
    yield site
    site.stop()


@pytest.fixture
def record(texting: RunningSite, page: Any) -> Any:
    """The record page with its chat widget connected."""
    page.goto(texting.address)
    page.goto(texting.site.addresses.lightning + "/lightning/o/Contact/home")
    page.wait_for_selector(READY, timeout=60_000)
    start = page.locator("c-pusher-chat button", has_text="Start a conversation")
    if start.count():
        start.click()
    page.wait_for_selector("c-pusher-chat :text('Connected')", timeout=60_000)
    return page


def send_as_client(page: Any, text: str) -> None:
    page.fill("#panel-text", text)
    page.click("text=Send as client")


def test_a_text_of_the_client_arrives_within_a_second(record: Any) -> None:
    send_as_client(record, "first of all")
    record.wait_for_selector("c-pusher-chat :text('first of all')", timeout=60_000)
    fastest, count = 60.0, 0
    # The best of several: a busy machine may delay some. Each is sent when the one before it was
    # seen, so that polling would delay every one by its pause.
    while fastest >= 1.0 and count < 20:
        count += 1
        started = time.monotonic()
        send_as_client(record, f"is it fast? {count}.")
        record.wait_for_selector(f"c-pusher-chat :text('fast? {count}.')", timeout=60_000)
        fastest = min(fastest, time.monotonic() - started)
    assert fastest < 1.0
    assert record.noise == []


def test_the_advisors_answer_is_stored_and_shown(record: Any, texting: RunningSite) -> None:
    record.fill("c-pusher-chat textarea", "yes, it is")
    record.click("c-pusher-chat button:has-text('Send')")
    record.wait_for_selector("c-pusher-chat :text('yes, it is')", timeout=60_000)
    record.reload()
    record.wait_for_selector("c-pusher-chat :text('yes, it is')", timeout=60_000)


def test_a_text_sent_while_the_sockets_are_down_is_there_after_reconnecting(record: Any) -> None:
    record.click("[data-act=offline]")
    record.wait_for_selector("[data-count=sockets]:text('0')", timeout=60_000)
    send_as_client(record, "sent into the dark")
    record.click("[data-panel=network][data-act=clear]")
    record.wait_for_selector("c-pusher-chat :text('sent into the dark')", timeout=60_000)
    assert record.locator("c-pusher-chat :text('sent into the dark')").count() == 1


def test_every_page_renders_without_an_error_and_axe_finds_nothing(
    texting: RunningSite, page: Any
) -> None:
    page.goto(texting.address)
    for one in texting.site.workspace.layout.pages:
        page.goto(texting.site.addresses.lightning + texting.run(texting.site.page_address(one)))
        page.wait_for_selector(READY, timeout=60_000)
        page.wait_for_timeout(700)
        assert page.locator(".preview-failure").count() == 0, page.inner_text(".preview-failure")
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run(document, { iframes: false })")
        assert [
            (rule["id"], [node["html"][:90] for node in rule["nodes"]])
            for rule in found["violations"]
        ] == []
    assert page.noise == []


def test_the_utility_item_counts_unread_texts(texting: RunningSite, page: Any) -> None:
    page.goto(texting.address)
    page.wait_for_selector(READY, timeout=60_000)
    page.wait_for_selector("[data-count=sockets]:text('1')", timeout=60_000)
    send_as_client(page, "are you there?")
    page.wait_for_selector(".preview-utility-item.is-highlighted", timeout=60_000)
    page.click(".preview-utility-item")
    page.wait_for_selector(".preview-utility-panel :text('are you there?')", timeout=60_000)
    assert page.noise == []


def test_a_row_opens_the_page_of_its_record(record: Any, texting: RunningSite) -> None:
    send_as_client(record, "open me")
    record.wait_for_selector("c-pusher-chat :text('open me')", timeout=60_000)
    shown = record.url
    record.goto(texting.site.addresses.lightning + "/lightning/page/home")
    row = record.locator("c-pusher-conversations li", has_text="open me")
    row.locator("button, a").first.click()
    record.wait_for_url(shown, timeout=60_000)
    record.wait_for_selector("c-pusher-chat :text('open me')", timeout=60_000)
    assert record.noise == []


def test_a_record_that_is_not_there_is_named(texting: RunningSite) -> None:
    answer = ask(texting.site, "/lightning/r/Record/003000000000999AAA/view")
    assert answer.status_code == 404
    assert "There is no record 003000000000999AAA in this preview." in answer.text


def test_logging_in_leads_through_the_application_and_back(texting: RunningSite, page: Any) -> None:
    site = texting.site
    name = "PusherLoginController"
    texting.run(site.in_apex(site.apex.invoke, name, "logOut", {}))
    assert (
        texting.run(site.in_apex(site.apex.invoke, name, "getLoginState", {}))["status"] == "login"
    )
    page.goto(texting.address)
    url = site.addresses.localize(texting.run(site.in_apex(site.apex.invoke, name, "start", {})))
    page.goto(url)
    page.click("text=Log in as the advisor")
    page.wait_for_selector("#outcome:not(:empty)")
    page.wait_for_function(
        "document.getElementById('outcome').textContent === document.body.dataset.done",
        timeout=60_000,
    )
    assert (
        texting.run(site.in_apex(site.apex.invoke, name, "getLoginState", {}))["status"]
        == "authorized"
    )


def ask(site: Any, path: str, verb: str = "GET", **headers: str) -> requests.Response:
    """Ask the Lightning host as a program would; ``headers`` replace a browser's."""
    own = {"Host": site.addresses.lightning_host, "Cookie": f"sfgen-preview={site.gate.key}"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    address = f"http://127.0.0.1:{site.addresses.lightning_port}{path}"
    return requests.request(verb, address, headers=own | named, json={}, timeout=30)


def test_strangers_are_refused(texting: RunningSite) -> None:
    site, home = texting.site, "/lightning/page/home"
    assert ask(site, home).status_code == 200
    assert ask(site, home, Host="127.0.0.1:80").status_code == 403, "a rebound host name"
    assert ask(site, home, Cookie="").status_code == 403, "no key"
    assert ask(site, home, Cookie="sfgen-preview=guessed").status_code == 403
    crossed = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"}
    assert ask(site, home, **crossed).status_code == 403
    assert ask(site, "/preview/apex", "POST", Origin="https://evil.example").status_code == 403
    own = site.addresses.lightning
    assert ask(site, "/preview/apex", "POST", Origin=own).status_code == 403, "no header"
    held = {"Origin": own, "X_Sfgen_Preview": site.gate.key}
    assert ask(site, "/preview/apex", "POST", **held).status_code == 500, "no such method"


def test_the_projects_files_reach_the_browser_byte_for_byte(texting: RunningSite) -> None:
    site = texting.site
    for component in site.workspace.source.of_type("StaticResource").values():
        for path in map(Path, component.files):
            inner = str(path).partition(f"/{component.name}/")[2]
            answer = ask(site, f"/resource/1/{component.name}" + (f"/{inner}" if inner else ""))
            assert answer.content == path.read_bytes(), path


def test_conversations_survive_a_restart(
    generated: Path, store: Path, texting: RunningSite
) -> None:
    texting.run(texting.site.greet())
    before = texting.run(
        texting.site.in_apex(
            texting.site.apex.invoke,
            "PusherConversationsController",
            "getConversations",
            {"pageSize": 5},
        )
    )
    texting.stop()
    again = RunningSite(generated, ExecutingHost, Wishes(store=store))
    try:
        after = again.run(
            again.site.in_apex(
                again.site.apex.invoke,
                "PusherConversationsController",
                "getConversations",
                {"pageSize": 5},
            )
        )
        assert [one["id"] for one in after["conversations"]] == [
            one["id"] for one in before["conversations"]
        ]
        assert after["conversations"][0]["lastMessage"] == "I sent it on Friday."
    finally:
        again.stop()
        texting.stop = lambda: None  # type: ignore[method-assign]

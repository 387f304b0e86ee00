"""The generated project in a browser: its own Apex, pages, components and scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests
from axe import find_violations, finds_none
from chat_window import (
    CHAT,
    arrives_within_a_second,
    is_ready,
    open_chat,
    send_as_client,
    shows_text,
)
from patience import SECONDS, evaluates
from playwright.sync_api import expect
from running_site import RunningSite

from sfgen.cli import run
from sfgen.preview.executing import ExecutingHost
from sfgen.preview.site import Wishes

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser
LOGIN = "PusherLoginController"


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("generated") / "texting"
    assert run(["init", str(root), "--defaults"]) == 0
    return root


@pytest.fixture(scope="module")
def texting(generated: Path) -> Iterator[RunningSite]:
    site = RunningSite(generated, ExecutingHost, Wishes())
    yield site
    site.stop()


@pytest.fixture
def record(texting: RunningSite, page: Any) -> Iterator[Any]:
    """The record page with its chat widget connected."""
    yield open_chat(page, texting)
    texting.calm()


def test_a_text_of_the_client_arrives_within_a_second(record: Any) -> None:
    send_as_client(record, "first of all")
    shows_text(record, "first of all")
    arrives_within_a_second(record, lambda text: shows_text(record, text))
    assert record.noise == []


def test_the_advisors_answer_is_stored_and_shown(record: Any) -> None:
    record.fill(f"{CHAT} textarea", "yes, it is")
    record.click(f"{CHAT} button:has-text('Send')")
    record.wait_for_selector(f"{CHAT} [data-status=Sent]:has-text('yes, it is')")
    record.reload()
    shows_text(record, "yes, it is")


def test_a_text_sent_while_the_sockets_are_down_is_there_after_reconnecting(record: Any) -> None:
    record.click("[data-act=offline]")
    expect(record.locator("[data-count=sockets]")).to_have_text("0")
    send_as_client(record, "sent into the dark")
    record.click("[data-panel=network][data-act=clear]")
    shows_text(record, "sent into the dark")
    record.wait_for_selector(f"{CHAT} [data-state=connected]")
    send_as_client(record, "and in the light")
    shows_text(record, "and in the light")
    assert record.locator(f"{CHAT} [data-id] :text('sent into the dark')").count() == 1


def test_every_page_renders_without_an_error_and_axe_finds_nothing(
    texting: RunningSite, page: Any
) -> None:
    page.goto(texting.address)
    for one in texting.site.workspace.layout.pages:
        page.goto(texting.site.addresses.lightning + texting.run(texting.site.page_address(one)))
        is_ready(page)
        whole = "main :is(input, button)" if one.kind == "Tab" else "main [data-state=connected]"
        page.locator(whole).first.wait_for()
        assert page.locator(".preview-failure").count() == 0, page.inner_text(".preview-failure")
        finds_none(lambda: find_violations(page))
    assert page.noise == []


def test_the_utility_item_counts_unread_texts(texting: RunningSite, page: Any) -> None:
    page.goto(texting.address)
    is_ready(page)
    page.wait_for_selector("[data-count=sockets]:text('1')")
    send_as_client(page, "are you there?")
    page.wait_for_selector(".preview-utility-item.is-highlighted")
    page.click(".preview-utility-item")
    page.wait_for_selector(".preview-utility-panel :text('are you there?')")
    assert page.noise == []


def test_a_row_opens_its_chat_and_from_there_the_page_of_its_record(
    record: Any, texting: RunningSite
) -> None:
    send_as_client(record, "open me")
    shows_text(record, "open me")
    shown = record.url
    record.goto(texting.site.addresses.lightning + "/lightning/page/home")
    row = record.locator("c-pusher-conversation-list li", has_text="open me")
    row.locator("button, a").first.click()
    # The chat opens beside the list; the record is one click further.
    record.locator(
        "c-pusher-conversation-list c-pusher-message-list", has_text="open me"
    ).wait_for()
    record.locator("c-pusher-conversation-list button", has_text="Open the record").click()
    record.wait_for_url(shown)
    shows_text(record, "open me")
    assert record.noise == []


def test_a_record_that_is_not_there_is_named(texting: RunningSite) -> None:
    answer = ask(texting.site, "/lightning/r/Record/003000000000999AAA/view")
    assert answer.status_code == 404
    assert "There is no record 003000000000999AAA in this preview." in answer.text


def test_logging_in_leads_through_the_application_and_back(texting: RunningSite, page: Any) -> None:
    texting.invoke(LOGIN, "logOut")
    try:
        assert not texting.invoke(LOGIN, "getLogin")["isLoggedIn"]
    finally:
        page.goto(texting.address)
        address = texting.invoke(LOGIN, "getLogin")["loginUrl"]
        page.goto(texting.site.addresses.localize(address))
        page.click("text=Log in as the advisor")
        evaluates(
            page, "document.getElementById('outcome')?.textContent === document.body.dataset.done"
        )
    assert texting.invoke(LOGIN, "getLogin")["isLoggedIn"]


def ask(site: Any, path: str, verb: str = "GET", **headers: str) -> requests.Response:
    """Ask the Lightning host as a program would; ``headers`` replace a browser's."""
    own = {"Host": site.addresses.lightning_host, "Cookie": f"sfgen-preview={site.gate.key}"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    address = f"http://127.0.0.1:{site.addresses.lightning_port}{path}"
    return requests.request(verb, address, headers=own | named, json={}, timeout=SECONDS)


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


def test_conversations_survive_a_restart(generated: Path, tmp_path: Path) -> None:
    found = []
    for round_ in range(2):
        running = RunningSite(generated, ExecutingHost, Wishes(store=tmp_path))
        try:
            if not round_:
                running.run(running.site.greet())
            name = "PusherConversationController"
            found.append(running.invoke(name, "getConversations", pageSize=5)["conversations"])
        finally:
            running.stop()
    before, after = found
    assert [one["id"] for one in after] == [one["id"] for one in before]
    assert after[0]["lastMessage"] == before[0]["lastMessage"] == "Tuesday would be best."

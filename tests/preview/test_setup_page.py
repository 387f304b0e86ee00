"""The set-up page in a browser: what is entered, what is tried, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe import find_violations, finds_none
from chat_window import is_ready
from playwright.sync_api import expect
from running_site import RunningSite

from sfgen.cli import run
from sfgen.preview.executing import ExecutingHost
from sfgen.preview.site import Wishes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser
SETUP = "PusherSetupController"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    root: Path = tmp_path_factory.mktemp("setup") / "texting"
    assert run(["init", str(root), "--defaults", "--set", "beams=yes"]) == 0
    one = RunningSite(root, ExecutingHost, Wishes())
    yield one
    one.stop()


@pytest.fixture
def setup(site: RunningSite, page: Any) -> Iterator[Any]:
    """The set-up page; what a test enters is undone."""
    before = site.invoke(SETUP, "getSetup")["settings"]
    [tab] = [one for one in site.site.workspace.layout.pages if one.kind == "Tab"]
    page.goto(site.address)
    page.goto(site.site.addresses.lightning + site.run(site.site.page_address(tab)))
    is_ready(page)
    page.get_by_label("App key").wait_for()
    yield page
    kept = {name: value for name, value in before.items() if not name.endswith("Set")}
    secret = {"secret": site.site.pusher.secret}
    site.invoke(SETUP, "saveSettings", settings={**kept, **secret})


def save(setup: Any, label: str, value: str) -> None:
    setup.get_by_label(label).fill(value)
    setup.get_by_label(label).blur()
    setup.get_by_role("button", name="Save").click()


def says(setup: Any, text: str) -> None:
    expect(setup.locator("main [role=status]").last).to_contain_text(text)


def test_what_is_entered_can_be_tried(setup: Any) -> None:
    attempt = setup.get_by_role("button", name="Test connection")
    attempt.click()
    says(setup, "Pusher takes the app id, the key and the secret.")
    save(setup, "App secret", "another secret")
    says(setup, "The settings are saved.")
    attempt.click()
    says(setup, "The app secret is wrong.")
    save(setup, "App key", "another-key")
    says(setup, "The settings are saved.")
    attempt.click()
    says(setup, "The app key is wrong")
    assert "another secret" not in setup.content()
    # The refusals themselves are what the browser's console tells of the callouts: nothing.
    assert setup.noise == []


def test_only_what_is_stored_can_be_tried(setup: Any) -> None:
    setup.get_by_label("App key").fill("being-typed")
    setup.get_by_label("App key").blur()
    expect(setup.get_by_role("button", name="Test connection")).to_be_disabled()


def test_what_has_to_be_there_is_not_saved_without(setup: Any, site: RunningSite) -> None:
    save(setup, "App key", "")
    expect(setup.get_by_label("App key")).to_be_focused()
    assert site.invoke(SETUP, "getSetup")["settings"]["appKey"]


def test_an_address_that_nobody_may_call_is_named(setup: Any) -> None:
    places = setup.locator("[data-places]")
    setup.get_by_label("Instance id").fill("97c56dfe")
    setup.get_by_label("Instance id").blur()
    expect(places).to_contain_text("https://97c56dfe.pushnotifications.pusher.com")


def test_a_refusal_is_one_sentence(setup: Any) -> None:
    save(setup, "Cluster", "eu.evil.example/#")
    expect(setup.get_by_role("alert")).to_have_text("This is no cluster.")


def test_the_callback_url_is_there_to_copy(setup: Any) -> None:
    setup.context.grant_permissions(["clipboard-read", "clipboard-write"])
    setup.get_by_role("button", name="Copy the callback URL").click()
    expect(setup.get_by_text("Copied.")).to_be_visible()
    copied = setup.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("/apex/PusherLoginPage")


def test_axe_finds_nothing(setup: Any) -> None:
    finds_none(lambda: find_violations(setup))

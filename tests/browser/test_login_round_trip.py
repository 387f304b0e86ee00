"""Logging in through real Chromium: the callback page, what it refuses, and renewed tokens."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from executed_project import Office, open_office

from sfgen.preview.external import ExternalAnswer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from playwright.async_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.timeout(900)]

LOGIN = "PusherLoginController"
FAILED = "The login did not succeed. Close this tab and try again."
DONE = "You are logged in. You can close this tab."


def play(answers: dict[str, str], folder: Path, act: Callable[[Office], Awaitable[None]]) -> None:
    async def run() -> None:
        async with open_office(answers, folder) as office:
            await act(office)
            assert office.errors == []

    asyncio.run(run())


async def begin(office: Office) -> str:
    """Begin a login; return the address of the application's login page."""
    known = await office.invoke(LOGIN, "getLogin")
    return str(office.site.addresses.localize(known["loginUrl"]))


async def press(page: Page, address: str, changes: dict[str, str]) -> None:
    """Log in at the application, some parameters of the request being others."""
    head, _, query = address.partition("?")
    await page.goto(f"{head}?{urlencode(dict(parse_qsl(query)) | changes)}")
    await page.get_by_role("button", name="Log in as the advisor").click()


async def outcome(page: Page) -> str:
    shown = page.get_by_role("status")
    await page.wait_for_function(
        """() => {
            // The application's login page, which is left, has none.
            const shown = document.getElementById('outcome');
            const { done, failed } = document.body?.dataset ?? {};
            return Boolean(shown) && [done, failed].includes(shown.textContent);
        }"""
    )
    assert "code=" not in page.url
    assert "state=" not in page.url
    return await shown.inner_text()


async def status(office: Office) -> str:
    return "authorized" if (await office.invoke(LOGIN, "getLogin"))["isLoggedIn"] else "login"


def test_the_callback_page_takes_each_login_once_and_no_other(tmp_path: Path) -> None:
    async def act(office: Office) -> None:
        page = await office.context.new_page()
        callbacks: list[str] = []
        page.on("request", lambda one: "code=" in one.url and callbacks.append(one.url))
        await page.goto(office.site.address)
        await office.invoke(LOGIN, "logOut")
        login = f"{office.site.addresses.visualforce}/apex/PusherLoginPage"

        # The state is another login's, or nobody's.
        await press(page, await begin(office), {"state": "guessed"})
        assert await outcome(page) == FAILED
        # The advisor pressed Cancel at the application.
        state = dict(parse_qsl(urlsplit(await begin(office)).query))["state"]
        query = urlencode({"error": "access_denied", "error_description": "<b>", "state": state})
        await page.goto(f"{login}?{query}")
        assert await outcome(page) == FAILED
        # A code that the application doesn't know.
        await page.goto(f"{login}?{urlencode({'code': 'made-up', 'state': state})}")
        assert await outcome(page) == FAILED
        await page.goto(login)
        assert await outcome(page) == FAILED
        assert await status(office) == "login"

        await press(page, await begin(office), {})
        assert await outcome(page) == DONE
        assert await status(office) == "authorized"
        # The same answer again, out of the history or somebody's log.
        await page.goto(callbacks[-1])
        assert await outcome(page) == FAILED
        assert await status(office) == "authorized"

    play({}, tmp_path, act)


@pytest.mark.slow
def test_a_login_that_took_too_long_is_refused(tmp_path: Path) -> None:
    def hurry(root: Path) -> None:
        [file] = root.rglob("PusherLoginService.cls")
        text = file.read_text(encoding="utf-8")
        assert text.count("MINUTES = 30;") == 1
        file.write_text(text.replace("MINUTES = 30;", "MINUTES = -1;"), encoding="utf-8")

    async def run() -> None:
        async with open_office({}, tmp_path, change=hurry, lines=["nobody is logged in"]) as office:
            page = await office.context.new_page()
            await page.goto(office.site.address)
            await press(page, await begin(office), {})
            assert await outcome(page) == FAILED
            assert await status(office) == "login"

    asyncio.run(run())


def test_a_login_that_salesforce_keeps_leads_back_to_the_widgets(tmp_path: Path) -> None:
    async def act(office: Office) -> None:
        await office.invoke(LOGIN, "logOut")
        page = await office.open_tab()
        await office.wait_for_state(page, "login")
        async with office.context.expect_page() as opened:
            await page.get_by_role("button", name="Log in").click()
        tab = await opened.value
        await tab.wait_for_url(lambda address: "state=" in address)
        await press(tab, tab.url, {"state": "guessed"})
        assert await status(office) == "login"
        await press(tab, await begin(office), {})
        await tab.get_by_role("heading", name="Logged in").wait_for()
        await tab.close()
        await page.evaluate("window.dispatchEvent(new Event('focus'))")
        await office.wait_for_state(page, "connected")

    play({"authorization": "named-credential", "login": "named-credential"}, tmp_path, act)


class FailingAfterRenewal:
    """An application that renews tokens and then answers 500 to the next request, once."""

    def __init__(self, office: Office) -> None:
        self.exchanges: Counter[str] = Counter()
        self.failures = 0
        self._answer = office.site.external.answer
        office.site.external.answer = self.answer  # type: ignore[method-assign]

    def answer(self, verb: str, address: str, headers: Any, body: str) -> ExternalAnswer:
        if "/oauth/token" in address:
            answer = self._answer(verb, address, headers, body)
            self.exchanges[f"{dict(parse_qsl(body))['grant_type']} {answer.status}"] += 1
            return answer
        if self.exchanges and not self.failures:
            self.failures += 1
            return ExternalAnswer(500, {"error": "down"})
        return self._answer(verb, address, headers, body)


@pytest.mark.parametrize("authorization", ["apex", pytest.param("proxy", marks=pytest.mark.slow)])
def test_a_renewed_token_outlives_a_failure_that_follows_it(
    authorization: str, tmp_path: Path
) -> None:
    """The application takes each refresh token once: a rolled-back renewal would be the end."""

    async def act(office: Office) -> None:
        page = await office.open_chat()
        await office.receive_text("before")
        await office.wait_for_rows(page, ["before"])
        application = FailingAfterRenewal(office)
        office.site.external.oauth.expire()
        await office.receive_text("after")
        await office.wait_for_rows(page, ["before", "after"])
        assert application.failures == 1
        assert application.exchanges == {"refresh_token 200": 1}
        office.server.faults.close(4200)
        await office.receive_text("later")
        await office.wait_for_rows(page, ["before", "after", "later"])
        await office.wait_for_state(page, "connected")
        assert application.exchanges == {"refresh_token 200": 1}

    answers = {"authorization": authorization, "login": "oauth", "store": "external"}
    play(answers, tmp_path, act)


def test_a_subscription_that_fails_after_a_renewal_is_asked_for_again(tmp_path: Path) -> None:
    async def act(office: Office) -> None:
        page = await office.open_chat()
        application = FailingAfterRenewal(office)
        office.site.external.oauth.expire()
        office.server.faults.close(4200)
        await office.receive_text("while it was away")
        await office.wait_for_rows(page, ["while it was away"])
        await office.wait_for_state(page, "connected")
        assert application.failures == 1
        assert application.exchanges == {"refresh_token 200": 1}

    play({"authorization": "proxy"}, tmp_path, act)

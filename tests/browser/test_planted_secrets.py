"""Secrets are planted in a running project; what crosses the browser is searched for them."""

from __future__ import annotations

import asyncio
import base64
import contextlib
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from desk import until
from executed_project import Office, open_office
from witness import Witness

from sfgen.preview.external import MASTER_KEY

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from playwright.async_api import Page

    from sfgen.preview.site import Site

    Places = set[tuple[str, str]]
    Act = Callable[..., Awaitable[None]]

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.timeout(900)]

CLIENT_SECRET = "planted-client-secret-8f2c1d"
WAYS = {
    "proxy": {"authorization": "proxy", "channels": "private-encrypted"},
    "external": {"authorization": "external"},
    "apex": {
        "authorization": "apex",
        "login": "oauth",
        "store": "external",
        "channels": "private-encrypted",
    },
    "named-credential": {"authorization": "named-credential", "login": "named-credential"},
}


LEAKS = """
    const token = result && result.token;
    if (token) {
        window.parent.postMessage({ token }, '*');
        new BroadcastChannel('leak').postMessage(btoa(token));
        localStorage.setItem('leak', encodeURIComponent(token));
        sessionStorage.setItem('leak', token);
        console.log(token);
        history.replaceState(null, '', `#${token}`);
        document.body.dataset.leak = token;
        fetch(`/leak?${token}`, { method: 'POST', body: token });
    }
"""
#: What a run is sure to have carried something by; without these the search would be blind.
CARRIERS = {"answer", "body", "broadcast", "header", "html", "kept", "message", "socket", "url"}
#: App secret, client secret, master key twice, and at least one pair of tokens.
LEAST_SECRETS = 5


class Vault:
    """Every secret of one run, as its owner gave it out.

    The application's tokens are noted as they are issued: the first, and each renewed one.
    """

    def __init__(self) -> None:
        self.secrets = {
            "client secret": CLIENT_SECRET,
            "master key": MASTER_KEY.decode(),
            "master key in base64": base64.b64encode(MASTER_KEY).decode(),
        }
        self.renewals = 0

    def plant(self, site: Site) -> None:
        """Have a preview that has not started yet tell its secrets."""
        oauth = site.external.oauth
        issue, exchange = oauth.issue, oauth.exchange

        def issue_and_note() -> dict[str, Any]:
            tokens = issue()
            number = len(self.secrets)
            self.secrets[f"access token {number}"] = tokens["access_token"]
            self.secrets[f"refresh token {number}"] = tokens["refresh_token"]
            return tokens

        def exchange_and_note(form: Any) -> tuple[int, dict[str, Any]]:
            status, answer = exchange(form)
            if "code_verifier" in form:
                self.secrets[f"verifier {len(self.secrets)}"] = form["code_verifier"]
            self.renewals += form.get("grant_type") == "refresh_token" and status == 200
            return status, answer

        oauth.issue, oauth.exchange = issue_and_note, exchange_and_note  # type: ignore[method-assign,assignment]


async def enter_client_secret(office: Office) -> None:
    """Do what an administrator does in the set-up tab."""
    known = (await office.invoke("PusherSetupController", "getSetup"))["settings"]
    if "clientSecretSet" in known:
        settings = {name: value for name, value in known.items() if not name.endswith("Set")}
        settings["clientSecret"] = CLIENT_SECRET
        await office.invoke("PusherSetupController", "saveSettings", settings=settings)


async def work(office: Office, witness: Witness, vault: Vault, login: str) -> None:
    """Load, authorize, subscribe, send, renew, log out, log in again."""
    await enter_client_secret(office)
    page = await office.open_chat()
    await office.receive_text("from the client")
    await office.send(page, "from the advisor")
    await office.wait_for_rows(page, ["from the client", "from the advisor"])
    other = await office.open_chat()
    await witness.look([page, other])
    await renew(office, page, vault, login)
    await office.receive_text("after the renewal")
    await office.wait_for_rows(page, ["from the client", "from the advisor", "after the renewal"])
    await show_settings(office, witness)
    await log_out(office, page, login)
    await witness.look([page, other])
    if login == "oauth":
        await log_in(office, page)
        await witness.look([page, other])
    await witness.settle()


async def renew(office: Office, page: Page, vault: Vault, login: str) -> None:
    """Let the token expire; the next subscription finds out."""
    before = vault.renewals
    office.site.external.oauth.expire()
    office.server.faults.close(4200)
    if login == "oauth":
        await until(lambda: vault.renewals > before, 20, "a renewed token")
    await office.wait_for_state(page, "connected")


async def show_settings(office: Office, witness: Witness) -> None:
    page = await office.context.new_page()
    await page.goto(f"{office.site.addresses.lightning}/lightning/n/PusherSetup")
    await page.get_by_label("App key").wait_for()
    await until(lambda: page.get_by_label("App key").input_value(), 20, "the settings")
    await witness.look([page])
    await page.close()


async def log_out(office: Office, page: Page, login: str) -> None:
    if login == "oauth":
        await office.log_out(page)
        await office.wait_for_state(page, "login")
    else:
        await office.invoke("PusherLoginController", "logOut")
        office.server.faults.close(4200)
        await office.wait_for_state(page, "login")


async def log_in(office: Office, page: Page) -> None:
    async with office.context.expect_page() as opened:
        await page.get_by_role("button", name="Log in").first.click()
    tab = await opened.value
    await tab.get_by_role("button", name="Log in as the advisor").click()
    await tab.get_by_text("You are logged in").wait_for()
    await tab.close()
    await page.evaluate("window.dispatchEvent(new Event('focus'))")
    await office.wait_for_state(page, "connected")


def play(answers: dict[str, str], folder: Path, act: Act, **how: Any) -> tuple[Places, Site]:
    """Run a project, act in it, and return where which secret was seen."""

    async def run() -> tuple[Places, Site]:
        vault, witness = Vault(), Witness()
        async with open_office(
            answers, folder, prepare=vault.plant, watch=witness.watch, **how
        ) as office:
            vault.secrets["app secret"] = office.site.pusher.secret
            await act(office, witness, vault)
            await witness.settle()
        assert {place.partition(" ")[0] for place, _ in witness.notes} >= CARRIERS
        assert len(vault.secrets) > LEAST_SECRETS
        witness.read_files(folder)
        return witness.find(vault.secrets), office.site

    return asyncio.run(run())


@pytest.mark.parametrize(
    "way",
    [
        "proxy",
        "external",
        pytest.param("apex", marks=pytest.mark.slow),
        pytest.param("named-credential", marks=pytest.mark.slow),
    ],
)
def test_no_planted_secret_reaches_the_browser(way: str, tmp_path: Path) -> None:
    found, site = play(WAYS[way], tmp_path, partial(work, login=WAYS[way].get("login", "oauth")))
    # By this choice the bridge page itself shows the endpoint the advisor's access token.
    by_design = {
        f"answer of {site.addresses.visualforce}/apexremote",
        f"header authorization of POST {site.addresses.external}/pusher/auth",
    }
    allowed = {
        (name, place) for name, place in found if name.startswith("access") and place in by_design
    }
    assert found - allowed == set()
    assert {place for _, place in allowed} == (by_design if way == "external" else set())


#: Where the spoiled page tells its token.
LEAKY = {"message", "broadcast", "storage", "console", "history", "html", "kept", "url", "body"}


def leaky_places(found: Places) -> set[str]:
    return {place.partition(" ")[0] for name, place in found if name.startswith("access")}


def test_a_page_that_leaks_its_token_is_found_out_everywhere(tmp_path: Path) -> None:
    """The control: the same search over a project that was spoiled on purpose."""

    async def look_in(office: Office, witness: Witness, vault: Vault) -> None:
        await witness.look([await office.open_chat()])
        # What the browser says of itself comes in its own time.
        told = f"message to {office.site.addresses.lightning}"

        def is_told() -> bool:
            found = witness.find(vault.secrets)
            return leaky_places(found) >= LEAKY and any(told in place for _, place in found)

        with contextlib.suppress(AssertionError):  # said below, with what is missing
            await until(is_told, 20, "all leaks")

    found, site = play(WAYS["external"], tmp_path, look_in, change=spoil)
    assert leaky_places(found) >= LEAKY
    heard = f"message to {site.addresses.lightning} from {site.addresses.visualforce}"
    assert heard in {place for _, place in found}
    assert ("client secret", "file PusherBridgeController.cls") in found


def spoil(root: Path) -> None:
    """Have the bridge page tell its token in every way it could, and a class hold a secret."""
    [page] = root.rglob("PusherBridgeScripts/page.js")
    text = page.read_text(encoding="utf-8")
    assert text.count("resolve(result);") == 1
    page.write_text(text.replace("resolve(result);", LEAKS + "resolve(result);"), encoding="utf-8")
    [controller] = root.rglob("PusherBridgeController.cls")
    controller.write_text(
        controller.read_text(encoding="utf-8") + f"// {CLIENT_SECRET}\n", encoding="utf-8"
    )

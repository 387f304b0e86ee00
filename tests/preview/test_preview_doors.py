"""Every port of a preview: the wrong name, the wrong key, and nothing for other users to see."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
import requests

from sfgen.preview.redirect import write_redirect

if TYPE_CHECKING:
    from running_site import RunningSite

FOREIGN = "evil.example"
LOGIN = "/oauth/authorize"


def ask(port: int, path: str, host: str, verb: str = "GET", **given: Any) -> requests.Response:
    headers = {"Host": host, **given.pop("headers", {})}
    return requests.request(
        verb,
        f"http://127.0.0.1:{port}{path}",
        headers=headers,
        allow_redirects=False,
        timeout=30,
        **given,
    )


def test_no_port_answers_under_a_name_of_another_machine(running: RunningSite) -> None:
    addresses, key = running.site.addresses, running.site.gate.key
    for port, path in (
        (addresses.lightning_port, f"/?key={key}"),
        (addresses.visualforce_port, f"/apex/FeedBridge?key={key}"),
        (addresses.external_port, f"{LOGIN}?key={key}"),
        (addresses.external_port, "/conversations"),
        (addresses.pusher_port, f"/app/{running.site.pusher.key}"),
        (addresses.pusher_port, "/apps/1000/channels"),
    ):
        answer = ask(port, path, f"{FOREIGN}:{port}")
        assert answer.status_code == 403, (port, path, answer.status_code)
        assert key not in answer.text


@pytest.mark.parametrize("key", ["", "?key=", "?key=wrong"])
def test_the_login_page_opens_to_this_runs_user_alone(running: RunningSite, key: str) -> None:
    addresses = running.site.addresses
    for verb in ("GET", "POST"):
        answer = ask(addresses.external_port, LOGIN + key, addresses.external_host, verb)
        assert answer.status_code == 403
    query = f"{key or '?key='}&response_type=code&client_id=a&state=b&redirect_uri=x"
    answer = ask(addresses.external_port, LOGIN + query, addresses.external_host, "POST")
    assert answer.status_code == 403
    assert "code=" not in answer.headers.get("Location", "")


def test_a_page_of_the_preview_leads_to_the_login_with_the_key(running: RunningSite) -> None:
    addresses, key = running.site.addresses, running.site.gate.key
    address = f"https://{addresses.external_host}{LOGIN}?state=a"
    parts = urlsplit(addresses.localize(address))
    answer = ask(addresses.external_port, f"{parts.path}?{parts.query}", parts.netloc)
    assert (answer.status_code, answer.headers["Referrer-Policy"]) == (200, "no-referrer")
    # An address of anything else of the application carries no key.
    assert key not in addresses.localize(f"https://{addresses.external_host}/pusher/auth")
    assert key not in repr(addresses)


@pytest.mark.parametrize("path", ["/conversations", "/pusher/auth", "/unread"])
def test_without_a_token_the_application_says_nothing(running: RunningSite, path: str) -> None:
    addresses = running.site.addresses
    answer = ask(addresses.external_port, path, addresses.external_host)
    assert answer.status_code == 401


@pytest.mark.parametrize("key", ["", "?key=wrong"])
def test_pages_open_with_the_key_of_the_run_alone(running: RunningSite, key: str) -> None:
    addresses = running.site.addresses
    for port, host, path in (
        (addresses.lightning_port, addresses.lightning_host, "/"),
        (addresses.visualforce_port, addresses.visualforce_host, "/apex/FeedBridge"),
    ):
        assert ask(port, path + key, host).status_code == 403


def test_the_key_stands_in_a_file_of_this_user_and_in_no_argument(tmp_path: Path) -> None:
    address = 'http://sfgen.lightning.force.localhost:8300/?key=a"b'
    with write_redirect(address) as url:
        assert "key" not in url
        path = Path(url2pathname(urlsplit(url).path))
        assert "key=a&quot;b" in path.read_text(encoding="utf-8")
        if os.name == "posix":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not path.exists()


@pytest.mark.browser
def test_the_file_leads_a_browser_into_the_preview(running: RunningSite, page: Any) -> None:
    address = f"{running.site.addresses.lightning}/lightning/page/home"
    with write_redirect(f"{address}?key={running.site.gate.key}") as url:
        page.goto(url)
        page.wait_for_url(address)
    assert page.locator(".preview-product").inner_text() == "sfgen preview"

"""A login that Salesforce keeps in an external credential, as the preview answers for it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import requests
from patience import SECONDS
from running_site import HERE, RunningSite

from sfgen.apex.host import ApexHost
from sfgen.cli import run
from sfgen.preview.callouts import answer_callout
from sfgen.preview.credential import UserCredential
from sfgen.preview.executing import ExecutingHost
from sfgen.preview.site import Wishes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANSWERS = HERE.parents[1] / "examples/direct-lwc/answers.toml"
LOGIN = "PusherLoginController"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("direct") / "direct-lwc"
    assert run(["init", str(folder), "--defaults", "--answers", str(ANSWERS)]) == 0
    return folder


@pytest.fixture(scope="module")
def direct(root: Path) -> Iterator[RunningSite]:
    site = RunningSite(root, ExecutingHost, Wishes())
    yield site
    site.stop()


def invoke(direct: RunningSite, method: str) -> Any:
    return direct.run(direct.site.in_apex(direct.site.apex.invoke, LOGIN, method, {}))


def log_in(direct: RunningSite, url: str) -> requests.Response:
    """Press the button of the application's login page."""
    parts = urlsplit(direct.site.addresses.localize(url))
    address = f"http://127.0.0.1:{parts.port}{parts.path}?{parts.query}"
    return requests.post(address, headers={"Host": parts.netloc}, timeout=SECONDS)


def call_out(direct: RunningSite) -> Any:
    asked = SimpleNamespace(
        method="GET",
        endpoint="callout:PusherApplication/conversations?limit=2",
        headers={},
        body="",
    )
    return direct.run(direct.site.in_apex(answer_callout, direct.site, asked))


def test_the_advisor_is_logged_in_at_first_and_logs_out_and_in_again(direct: RunningSite) -> None:
    assert invoke(direct, "getLogin")["isLoggedIn"]
    assert call_out(direct).body == {
        "conversations": [],
        "cursor": None,
        "unread": 0,
        "isUnreadCapped": False,
        "isDelayed": False,
    }

    assert not invoke(direct, "logOut")["isLoggedIn"]
    with pytest.raises(ConnectionError, match="couldn't access"):
        call_out(direct)

    answer = log_in(direct, invoke(direct, "getLogin")["loginUrl"])
    assert (answer.status_code, "Logged in" in answer.text) == (200, True)
    assert invoke(direct, "getLogin")["isLoggedIn"]
    assert call_out(direct).status == 200
    assert direct.lines == []


def test_a_login_that_nobody_began_changes_nothing(direct: RunningSite) -> None:
    direct.site.external.log_out()
    url = invoke(direct, "getLogin")["loginUrl"]
    page = url.partition("?")[0]
    assert log_in(direct, page).status_code == 403, "without the run's key"
    assert log_in(direct, f"{page}?").status_code == 400, "without a state"
    assert log_in(direct, f"{page}?state=guessed").status_code == 400
    assert not invoke(direct, "getLogin")["isLoggedIn"]
    assert log_in(direct, url).status_code == 200
    assert log_in(direct, url).status_code == 400, "once"


def test_a_login_can_be_completed_only_after_it_was_begun() -> None:
    credential = UserCredential()
    credential.remove()
    assert not credential.complete("")
    assert not credential.is_configured()


def test_in_an_apex_test_the_credentials_refuse_as_on_the_platform(root: Path) -> None:
    folder = root / "force-app/main/pusher/login/classes"
    (folder / "CredentialTest.cls").write_text(_TEST, encoding="utf-8")
    try:
        found = ApexHost.open(root).run_tests(["CredentialTest"], processes=1)
    finally:
        (folder / "CredentialTest.cls").unlink()
    assert [(one.outcome, one.message) for one in found.results] == [("passed", "")]


_TEST = """@IsTest
private class CredentialTest {
    @IsTest
    static void refuses() {
        try {
            ConnectApi.NamedCredentials.getCredential(
                'PusherApplication',
                'PusherAdvisor',
                ConnectApi.CredentialPrincipalType.PerUserPrincipal
            );
        } catch (UnsupportedOperationException refusal) {
            Assert.isTrue(refusal.getMessage().contains('SeeAllData'), refusal.getMessage());
            return;
        }
        Assert.fail('A test reached the credentials.');
    }
}
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any
from urllib.parse import urlencode

import pytest

from sfgen import assets
from sfgen.preview.application.conversation_store import ConversationStore
from sfgen.preview.application.external_application import ExternalApplication
from sfgen.preview.application.oauth_server import OAuthServer
from sfgen.preview.pusher.pusher_target import PusherTarget, read_target

VERIFIER = "a-verifier-of-some-length-0123456789-0123456789"
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
)
ASKED = {
    "response_type": "code",
    "client_id": "c",
    "redirect_uri": "https://x/apex/Login",
    "state": "s",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Publisher:
    """Remembers what is published, and says whether it was."""

    def __init__(self) -> None:
        self.channels: list[str] = []
        self.over_quota = False

    def publish(self, channel: str, event: str, data: Any, skip: str | None = None) -> bool:
        self.channels.append(channel)
        return not self.over_quota


@pytest.fixture
def publisher() -> Publisher:
    return Publisher()


@pytest.fixture
def application(publisher: Publisher) -> ExternalApplication:
    target = PusherTarget("127.0.0.1", 1, tls=False, app_id="1", key="key", secret="secret")
    return ExternalApplication(target, publisher, OAuthServer(), ConversationStore())


def exchange(oauth: OAuthServer, code: str, **changes: str) -> tuple[int, dict[str, Any]]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": ASKED["redirect_uri"],
        "client_id": "c",
        "code_verifier": VERIFIER,
    }
    return oauth.exchange(form | changes)


def test_a_code_buys_tokens_once_and_only_with_its_verifier() -> None:
    oauth = OAuthServer()
    assert exchange(oauth, oauth.authorize(ASKED) or "", code_verifier="other")[0] == 400
    assert exchange(oauth, oauth.authorize(ASKED) or "", redirect_uri="https://y")[0] == 400
    code = oauth.authorize(ASKED) or ""
    status, tokens = exchange(oauth, code)
    assert status == 200
    assert oauth.knows(f"Bearer {tokens['access_token']}")
    assert exchange(oauth, code)[0] == 400


@pytest.mark.parametrize("name", ["state", "code_challenge", "redirect_uri", "client_id"])
def test_a_request_without_pkce_or_state_gets_no_code(name: str) -> None:
    assert (
        OAuthServer().authorize({key: value for key, value in ASKED.items() if key != name}) is None
    )
    assert OAuthServer().authorize({**ASKED, "code_challenge_method": "plain"}) is None


def test_an_expired_token_is_renewed_once_per_refresh_token() -> None:
    oauth = OAuthServer()
    first = oauth.issue()
    oauth.expire()
    assert not oauth.knows(f"Bearer {first['access_token']}")
    form = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    assert oauth.exchange(form)[0] == 200
    assert oauth.exchange(form)[0] == 400


def test_requests_without_a_valid_token_are_answered_401(application: ExternalApplication) -> None:
    assert application.answer("GET", "/unread", {}, "").status == 401
    assert application.answer("GET", "/unread", {"authorization": "Bearer x"}, "").status == 401


def test_subscriptions_are_signed_and_hostile_names_refused(
    application: ExternalApplication,
) -> None:
    headers = {
        "authorization": application.named_credential(),
        "content-type": FORM["Content-Type"],
    }

    def ask(channel: str, socket_id: str = "1.1") -> Any:
        body = urlencode({"socket_id": socket_id, "channel_name": channel})
        return application.answer("POST", "/pusher/auth", headers, body)

    assert ask("private-x").body["auth"].startswith("key:")
    assert "shared_secret" in ask("private-encrypted-x").body
    assert "user_id" in json.loads(ask("presence-x").body["channel_data"])
    assert ask(":user::{}").status == 403
    assert ask("private-x", "1.1:x").status == 403
    application.set_faults(refuses_channels=True)
    assert ask("private-x").status == 403


def test_texts_are_stored_once_in_order_and_told_to_the_channels(
    application: ExternalApplication, publisher: Publisher
) -> None:
    application.channels = ("private-user", "private-conversation-{conversationId}")
    first = application.receive("003", "one", "k1", "Client 1")
    assert application.receive("003", "one", "k1", "Client 1") == first
    second = application.receive("003", "two", "k2", "Client 1")
    assert (first["sequence"], second["sequence"]) == (1, 2)
    key = application.store.list_page()["conversations"][0]["id"]
    assert publisher.channels == ["private-user", f"private-conversation-{key}"] * 2


def test_pages_say_that_texts_come_late_until_one_was_published_again(
    application: ExternalApplication, publisher: Publisher
) -> None:
    application.channels = ("private-user", "private-conversation-{conversationId}")
    application.receive("003", "in time", "k1", "Client 1")
    key = application.store.list_page()["conversations"][0]["id"]
    assert pages_delayed(application, key) == [False] * 4
    publisher.over_quota = True
    application.receive("003", "late", "k2", "Client 1")
    assert pages_delayed(application, key) == [True] * 4
    publisher.over_quota = False
    assert pages_delayed(application, key) == [True] * 4, "nothing was published since"
    text = json.dumps({"body": "an answer", "clientKey": "k3"})
    headers = {"authorization": application.named_credential()}
    assert application.answer("POST", f"/conversations/{key}/messages", headers, text).status == 200
    assert pages_delayed(application, key) == [False] * 4


def pages_delayed(application: ExternalApplication, key: str) -> list[bool]:
    """What each kind of page says."""
    headers = {"authorization": application.named_credential()}
    paths = ("", "?recordId=003", f"/{key}/messages", f"/{key}/messages?after=0")
    answers = [application.answer("GET", f"/conversations{one}", headers, "").body for one in paths]
    return [one["isDelayed"] for one in answers]


def test_pages_of_messages_and_the_read_marker() -> None:
    store = ConversationStore()
    key = store.start("003", "Client 1")["id"]
    for number in range(1, 6):
        store.add(key, f"text {number}", f"k{number}", inbound=True, author="Client 1")
    page = store.messages_before(key, None, 2)
    assert page is not None
    assert ([one["sequence"] for one in page["messages"]], page["hasMore"]) == ([4, 5], True)
    later = store.messages_after(key, 3)
    assert later is not None
    assert [one["sequence"] for one in later["messages"]] == [4, 5]
    assert store.mark_read(key, 4) == 4
    assert store.mark_read(key, 2) == 4
    assert store.count_unread() == 1


def test_a_pusher_server_is_named_by_cluster_or_address() -> None:
    hosted = read_target("eu/12/key", "s")
    assert (hosted.origin, hosted.http_origin) == (
        "wss://ws-eu.pusher.com:443",
        "https://api-eu.pusher.com:443",
    )
    own = read_target("http://127.0.0.1:6001/12/key", "s")
    assert (own.origin, own.app_id, own.key) == ("ws://127.0.0.1:6001", "12", "key")
    assert "very-secret" not in repr(read_target("eu/12/key", "very-secret"))


def test_the_shipped_assets_are_those_of_the_manifest() -> None:
    manifest = json.loads(assets.read_text("manifest.json"))
    packed = {path.name for path in assets.FOLDER.glob("*.gz")}
    assert packed == set(manifest["files"])
    for name, known in manifest["files"].items():
        content = (assets.FOLDER / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == known["sha256"], name
    assert sum(known["bytes"] for known in manifest["files"].values()) < 2_000_000

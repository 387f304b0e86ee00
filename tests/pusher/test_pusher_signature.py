from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.secret import SecretBox

from sfgen.channels import ChannelError
from sfgen.pusher.signature import (
    Credentials,
    SignatureError,
    authenticate_user,
    authorize_encrypted,
    authorize_presence,
    authorize_private,
    derive_shared_secret,
    describe_request,
    digest_body,
    read_master_key,
    sign_request,
    sign_subscription,
)

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))
APP = Credentials("3", "278d425bdf160c739803", "7ad3773142a6692b25b8")


def choose(kind: str) -> list[Any]:
    return [pytest.param(one, id=one["id"]) for one in VECTORS if one["kind"] == kind]


def test_every_published_vector_is_here() -> None:
    kinds = [one["kind"] for one in VECTORS]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "channel": 21,
        "user": 9,
        "request": 10,
        "webhook": 5,
        "shared_secret": 6,
    }


@pytest.mark.parametrize("vector", choose("channel"))
def test_subscriptions_are_signed_as_published(vector: dict[str, Any]) -> None:
    app = Credentials("1", vector["key"], vector["secret"])
    signed = sign_subscription(app, vector["socket_id"], vector["channel"], vector["channel_data"])
    assert signed.auth == vector["auth"]
    assert signed.channel_data == vector["channel_data"]


def test_the_text_that_pushers_page_prints_has_another_digest() -> None:
    data = '{"user_id":10,"user_info":{"name":"Mr. Channels"}}'
    signed = authorize_presence(APP, "1234.1234", "presence-foobar", data)
    digest = "31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80"
    assert signed.auth == f"{APP.key}:{digest}"


@pytest.mark.parametrize("vector", choose("user"))
def test_users_are_signed_in_as_published(vector: dict[str, Any]) -> None:
    app = Credentials("1", vector["key"], vector["secret"])
    assert authenticate_user(app, vector["socket_id"], vector["user_data"]) == vector["auth"]


@pytest.mark.parametrize("vector", choose("request"))
def test_requests_are_signed_as_published(vector: dict[str, Any]) -> None:
    app = Credentials("1", vector["query"]["auth_key"], vector["secret"])
    text = describe_request(vector["method"], vector["path"], vector["query"])
    assert app.sign(text) == vector["auth_signature"]
    if vector["body"]:
        assert digest_body(vector["body"].encode()) == vector["body_md5"]


@pytest.mark.parametrize(
    "vector", [one for one in choose("request") if one.id in {"R1", "R2", "R8"}]
)
def test_a_whole_signed_query_is_made(vector: dict[str, Any]) -> None:
    app = Credentials("1", vector["query"]["auth_key"], vector["secret"])
    own = {k: v for k, v in vector["query"].items() if not k.startswith(("auth_", "body_"))}
    query = sign_request(
        app,
        vector["method"],
        vector["path"],
        timestamp=int(vector["query"]["auth_timestamp"]),
        body=(vector["body"] or "").encode(),
        query=own,
    )
    assert query == vector["query"] | {"auth_signature": vector["auth_signature"]}


def test_query_keys_are_signed_in_lower_case_and_unescaped() -> None:
    text = describe_request("get", "/p", {"Name": "Something else", "auth_key": "foo"})
    assert text == "GET\n/p\nauth_key=foo&name=Something else"


@pytest.mark.parametrize("vector", choose("webhook"))
def test_webhooks_are_signed_as_published(vector: dict[str, Any]) -> None:
    app = Credentials("1", vector["key"], vector["secret"])
    assert app.sign(vector["body"].encode()) == vector["signature"]
    assert app.agrees(vector["body"].encode(), vector["signature"])
    assert not app.agrees(vector["body"].encode() + b" ", vector["signature"])


@pytest.mark.parametrize("vector", choose("shared_secret"))
def test_shared_secrets_are_derived_as_published(vector: dict[str, Any]) -> None:
    key = base64.b64decode(vector["master_key_base64"])
    if len(key) == 32:
        assert derive_shared_secret(vector["channel"], key) == vector["shared_secret"]
    else:  # S4 and S5: libraries that don't check the length of their key
        with pytest.raises(SignatureError, match="32 are needed"):
            derive_shared_secret(vector["channel"], key)


def test_the_shared_secret_opens_what_a_server_library_sealed() -> None:
    channel, key = "pvUPIk0YG6MnxCEMIUUVFrbDmQwbhICXUcy", b"OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"
    box = SecretBox(base64.b64decode(derive_shared_secret(channel, key)))
    nonce = base64.b64decode("WEFKSTBZNkRQQkhTQUhYVEhWM0EzWk1G")
    sealed = base64.b64decode("tsYJa2JgGDOpVIYFe4aNVWAvZlpB7z7CjN9mpIdbATE0Yc4izN8aM8D6VigBxnIQ")
    assert box.decrypt(sealed, nonce) == b"kkkT5OOkOkO5kT5TOO5TkOT5TTk5O55T"


@pytest.mark.parametrize(
    "text",
    [
        "dGhpcyBpcyAzMiBieXRlcyAxMjM0NTY3ODkwMTIzNDU=",
        "dGhpcyBrZXkgaGFzIG5vbnByaW50YWJsZSBjaGFyIAA=",
    ],
)
def test_master_keys_of_32_bytes_are_read(text: str) -> None:
    assert len(read_master_key(text)) == 32


@pytest.mark.parametrize(
    "text",
    [
        "dGhpcyBpcyAzMSBieXRlcyAxMjM0NTY3ODkwMTIzNA==",
        "dGhpcyBpcyAzMyBieXRlcyAxMjM0NTY3ODkwMTIzNDU2",
        "dGhpcyBpcyA!MiBieXRlcyAxMjM0NTY3OD#wMTIzNDU=",
        "",
        "ä",
    ],
)
def test_other_master_keys_are_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(SignatureError) as caught:
        read_master_key(text)
    assert not text or text not in f"{caught.value.message}{caught.value.hint}"


BAD_SOCKET_IDS = [
    "1.1:", ":1.1", ":\n1.1", "1.1\n:", "1.1\n", "\n1.1", "1.1foo", "foo1.1", "12341234", "", "1.",
    ".1", "1.1.1", "\uff11.\uff11", "1.1:user::", "1 .1",
]  # fmt: skip
BAD_CHANNELS = [
    ':user::{"id":"12345"}', 'presence-foobar:{"user_id":"1"}', "private-a:b", "private-a\n",
    "private-\n", ":private-a", "private-a b", "private-ä", "private-" + "a" * 193, "private-a#b",
]  # fmt: skip


@pytest.mark.parametrize("socket_id", BAD_SOCKET_IDS)
def test_no_signature_is_made_for_a_malformed_socket_id(socket_id: str) -> None:
    for sign in (
        lambda: authorize_private(APP, socket_id, "private-a"),
        lambda: authorize_presence(APP, socket_id, "presence-a", '{"user_id":"1"}'),
        lambda: authorize_encrypted(APP, socket_id, "private-encrypted-a", b"k" * 32),
        lambda: authenticate_user(APP, socket_id, '{"id":"1"}'),
    ):
        with pytest.raises(ChannelError):
            sign()


@pytest.mark.parametrize("channel", BAD_CHANNELS)
def test_no_signature_is_made_for_a_malformed_channel(channel: str) -> None:
    for sign in (
        lambda: sign_subscription(APP, "1.1", channel),
        lambda: authorize_private(APP, "1.1", channel),
        lambda: authorize_presence(APP, "1.1", channel, "{}"),
        lambda: authorize_encrypted(APP, "1.1", channel, b"k" * 32),
    ):
        with pytest.raises(ChannelError):
            sign()


def test_a_channel_signature_cannot_become_a_users_identity() -> None:
    wanted = authenticate_user(APP, "1234.1234", '{"id":"12345"}')
    assert APP.sign('1234.1234::user::{"id":"12345"}') in wanted
    with pytest.raises(ChannelError):
        sign_subscription(APP, "1234.1234", ':user::{"id":"12345"}')


def test_each_authorizer_signs_its_own_kind_of_channel_only() -> None:
    with pytest.raises(ChannelError):
        authorize_private(APP, "1.1", "public")
    with pytest.raises(ChannelError):
        authorize_private(APP, "1.1", "presence-a")
    with pytest.raises(ChannelError):
        authorize_private(APP, "1.1", "private-encrypted-a")
    with pytest.raises(ChannelError):
        authorize_presence(APP, "1.1", "private-a", "{}")
    with pytest.raises(ChannelError):
        authorize_encrypted(APP, "1.1", "private-a", b"k" * 32)
    with pytest.raises(ChannelError, match="never signed"):
        sign_subscription(APP, "1.1", "#server-to-user-1")


def test_secrets_stay_out_of_representations() -> None:
    signed = authorize_encrypted(APP, "1.1", "private-encrypted-a", b"k" * 32)
    assert APP.secret not in repr(APP)
    assert str(signed.shared_secret) not in repr(signed)


@given(st.text())
def test_any_text_is_a_wrong_signature_but_the_right_one(text: str) -> None:
    right = APP.sign("message")
    assert APP.agrees("message", text) == (text == right)


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_is_signed_names_one_socket_and_one_channel(socket_id: str, channel: str) -> None:
    try:
        signed = sign_subscription(APP, socket_id, channel)
    except ChannelError:
        return
    text = f"{socket_id}:{channel}"
    assert text.count(":") == 1
    assert "\n" not in text
    assert signed.auth.endswith(APP.sign(text))

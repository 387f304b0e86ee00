from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfgen.channels import (
    GENERATED_LENGTH,
    ChannelError,
    ChannelKind,
    check_event_name,
    check_user_id,
    read_channel_name,
)

KINDS = {
    "orders": (ChannelKind.PUBLIC, False),
    "cache-orders": (ChannelKind.PUBLIC, True),
    "private-a": (ChannelKind.PRIVATE, False),
    "private-cache-a": (ChannelKind.PRIVATE, True),
    "private-encrypted-a": (ChannelKind.ENCRYPTED, False),
    "private-encrypted-cache-a": (ChannelKind.ENCRYPTED, True),
    "presence-a": (ChannelKind.PRESENCE, False),
    "presence-cache-a": (ChannelKind.PRESENCE, True),
    "privateer": (ChannelKind.PUBLIC, False),
    "Private-a": (ChannelKind.PUBLIC, False),
    "presencea": (ChannelKind.PUBLIC, False),
    "#server-to-user-7": (ChannelKind.SERVER_TO_USER, False),
    "a-cache-a": (ChannelKind.PUBLIC, False),
}


@pytest.mark.parametrize("text", KINDS)
def test_the_prefix_decides_the_kind(text: str) -> None:
    name = read_channel_name(text)
    assert (name.kind, name.cached) == KINDS[text]
    assert name.needs_authorization == text.startswith(("private-", "presence-"))


def test_lengths_are_counted_with_the_prefix() -> None:
    assert read_channel_name("private-" + "a" * 192)
    with pytest.raises(ChannelError, match="201 characters, 200 are allowed"):
        read_channel_name("private-" + "a" * 193)
    assert read_channel_name("a" * 164, longest=GENERATED_LENGTH)
    with pytest.raises(ChannelError, match="165 characters, 164 are allowed"):
        read_channel_name("a" * 165, longest=GENERATED_LENGTH)


@pytest.mark.parametrize(
    "text", ["", " ", "a b", "a:b", "a\n", "ä", "a/b", "#a", "#server-to-user-"]
)
def test_other_characters_are_refused(text: str) -> None:
    with pytest.raises(ChannelError):
        read_channel_name(text)


@given(st.text(string.ascii_letters + string.digits + "_-=@,.;", min_size=1, max_size=200))
def test_every_name_of_the_alphabet_is_read(text: str) -> None:
    assert read_channel_name(text).text == text


@given(st.text(max_size=210))
def test_what_is_read_is_what_the_libraries_accept(text: str) -> None:
    from pusher.util import validate_channel

    try:
        validate_channel(text)
    except ValueError:
        with pytest.raises(ChannelError):
            read_channel_name(text)
    else:
        assert read_channel_name(text)


@pytest.mark.parametrize("name", ["my-event", "Nachricht erhalten", "client-typing", "a" * 200])
def test_event_names_of_applications_are_accepted(name: str) -> None:
    assert check_event_name(name) == name


@pytest.mark.parametrize("name", ["", "a" * 201, "pusher:ping", "pusher_internal:x", "a\nb", "\0"])
def test_event_names_of_the_protocol_are_refused(name: str) -> None:
    with pytest.raises(ChannelError):
        check_event_name(name)


def test_user_ids_have_the_channels_alphabet() -> None:
    assert check_user_id("005xx000001Sv1m") == "005xx000001Sv1m"
    for wrong in ("", "a b", "a:b", "a" * 129):
        with pytest.raises(ChannelError):
            check_user_id(wrong)

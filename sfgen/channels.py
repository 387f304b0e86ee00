"""Channel and event names of Pusher Channels: kinds, alphabet and limits.

Source: pusher/docs ``using_channels/channels.md`` and ``events.md``; where the server libraries
accept more than the documentation promises (200 instead of 164 characters), both numbers stand
here: what sfgen generates keeps to the documentation, what others use is judged by the libraries.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from sfgen.errors import UsageError

#: Characters of a channel name that sfgen generates (documentation, prefix included).
GENERATED_LENGTH = 164
#: Characters of a channel name that Pusher's own server libraries let through.
ACCEPTED_LENGTH = 200
#: Characters of an event name.
EVENT_LENGTH = 200
#: Bytes of an event's ``data`` on a multi-tenant cluster; more is answered 413.
DATA_BYTES = 10_240
#: Bytes of plaintext that still fit ``DATA_BYTES`` once encrypted and written in base64.
ENCRYPTED_DATA_BYTES = 7_619
#: Channels that one request may publish to.
CHANNELS_PER_EVENT = 100
#: Events that one batch may hold.
EVENTS_PER_BATCH = 10
#: Members of a presence channel, bytes of one member's data, characters of a user id.
PRESENCE_MEMBERS = 100
PRESENCE_MEMBER_BYTES = 1_024
USER_ID_LENGTH = 128

SERVER_TO_USER = "#server-to-user-"

_ALPHABET = re.compile(r"[-a-zA-Z0-9_=@,.;]+")
_SOCKET_ID = re.compile(r"[0-9]+\.[0-9]+")
_RESERVED_EVENTS = ("pusher:", "pusher_internal:")


class ChannelError(UsageError):
    """A channel name, event name, user id or socket id that Pusher would refuse."""


class ChannelKind(enum.Enum):
    """Who may subscribe, and what the members see of each other."""

    PUBLIC = "public"
    PRIVATE = "private"
    ENCRYPTED = "private-encrypted"
    PRESENCE = "presence"
    SERVER_TO_USER = "server-to-user"


@dataclass(frozen=True, slots=True)
class ChannelName:
    """A channel name taken apart: the whole text, its kind, whether its last event is cached."""

    text: str
    kind: ChannelKind
    cached: bool

    @property
    def needs_authorization(self) -> bool:
        """Whether a subscription carries a signature of the application's server."""
        return self.kind in _AUTHORIZED

    @property
    def allows_client_events(self) -> bool:
        """Whether the protocol lets subscribers send ``client-`` events here."""
        return self.needs_authorization


_AUTHORIZED = frozenset({ChannelKind.PRIVATE, ChannelKind.ENCRYPTED, ChannelKind.PRESENCE})
# Longest prefix first: each is also the beginning of a shorter one.
_PREFIXES = (
    ("private-encrypted-cache-", ChannelKind.ENCRYPTED, True),
    ("private-encrypted-", ChannelKind.ENCRYPTED, False),
    ("private-cache-", ChannelKind.PRIVATE, True),
    ("private-", ChannelKind.PRIVATE, False),
    ("presence-cache-", ChannelKind.PRESENCE, True),
    ("presence-", ChannelKind.PRESENCE, False),
    ("cache-", ChannelKind.PUBLIC, True),
)


def read_channel_name(text: str, *, longest: int = ACCEPTED_LENGTH) -> ChannelName:
    """Take a channel name apart.

    Args:
        text: the name with its prefix.
        longest: characters allowed; ``GENERATED_LENGTH`` for names that sfgen writes.

    Raises:
        ChannelError: empty, too long, or a character outside ``[A-Za-z0-9_-=@,.;]``.
    """
    body = text.removeprefix(SERVER_TO_USER)
    if len(text) > longest:
        raise ChannelError(
            f"channel name has {len(text)} characters, {longest} are allowed",
            hint="shorten the name; the prefix counts",
        )
    if not _ALPHABET.fullmatch(body):
        raise ChannelError(
            f"channel name {_quote(text)} is not a Pusher channel name",
            hint="letters, digits and _ - = @ , . ; are allowed",
        )
    if text.startswith(SERVER_TO_USER):
        return ChannelName(text, ChannelKind.SERVER_TO_USER, cached=False)
    for prefix, kind, cached in _PREFIXES:
        if text.startswith(prefix):
            return ChannelName(text, kind, cached)
    return ChannelName(text, ChannelKind.PUBLIC, cached=False)


def check_event_name(name: str) -> str:
    """Return the name of an event that a server may publish.

    Raises:
        ChannelError: empty, over 200 characters, a control character, or a name of the protocol.
    """
    if not name:
        raise ChannelError("event name is empty")
    if len(name) > EVENT_LENGTH:
        raise ChannelError(f"event name has {len(name)} characters, {EVENT_LENGTH} are allowed")
    if not name.isprintable():
        raise ChannelError(f"event name {_quote(name)} contains a control character")
    if name.startswith(_RESERVED_EVENTS):
        raise ChannelError(
            f"event name {_quote(name)} is reserved by Pusher's protocol",
            hint="choose a name that does not begin with pusher: or pusher_internal:",
        )
    return name


def check_user_id(user_id: str) -> str:
    """Return a user id that can be authenticated and named in ``#server-to-user-``.

    Raises:
        ChannelError: empty, over 128 characters, or a character no channel name may hold.
    """
    if len(user_id) > USER_ID_LENGTH or not _ALPHABET.fullmatch(user_id):
        raise ChannelError(
            f"user id {_quote(user_id)} is not a Pusher user id",
            hint=f"1 to {USER_ID_LENGTH} letters, digits and _ - = @ , . ;",
        )
    return user_id


def check_socket_id(socket_id: str) -> str:
    """Return a socket id, two numbers with a point between them.

    Raises:
        ChannelError: anything else; a loose check would let a caller choose what is signed.
    """
    if not _SOCKET_ID.fullmatch(socket_id):
        raise ChannelError(
            f"socket id {_quote(socket_id)} is not one of Pusher's",
            hint="two numbers with a point between them, as in 1234.5678",
        )
    return socket_id


def _quote(text: str) -> str:
    return ascii(text if len(text) <= 80 else f"{text[:77]}...")

"""A channel with subscribers, and the members of a presence channel."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sfgen.pusherserver.frames import FrameError, read_object, write_json

if TYPE_CHECKING:
    from sfgen.channels import ChannelName
    from sfgen.pusherserver.connection import Connection


@dataclass(frozen=True, slots=True)
class Member:
    """A user of a presence channel; ``info`` is JSON text, or ``None`` when none was given."""

    user_id: str
    info: str | None

    def write(self) -> str:
        """Return the JSON of a ``member_added``."""
        info = "" if self.info is None else f',"user_info":{self.info}'
        return f'{{"user_id":{write_json(self.user_id)}{info}}}'


@dataclass(frozen=True, slots=True)
class CachedEvent:
    """The last event of a cache channel: the frame to repeat and the time it was published."""

    event: str
    data: str
    frame: bytes
    published: float

    def remaining(self, lifetime: float) -> float:
        """Return the seconds that the event still lives; not above 0 when it is over."""
        return self.published + lifetime - time.monotonic()


class Channel:
    """The subscribers of one channel and, on presence channels, its users.

    A user is a member once, however many connections it has: ``members`` holds the user,
    ``seats`` says which connection sits there for whom, ``seated`` how many each user has.
    """

    __slots__ = (
        "count_changed", "count_sent", "members", "name", "seated", "seats", "subscribers",
    )  # fmt: skip

    def __init__(self, name: ChannelName) -> None:
        self.name = name
        self.subscribers: dict[str, Connection] = {}
        self.members: dict[str, Member] = {}
        self.seats: dict[str, str] = {}
        self.seated: dict[str, int] = {}
        self.count_changed = False
        self.count_sent = 0.0

    def join(self, connection: Connection, member: Member | None) -> bool:
        """Add a subscriber and return whether its user is new here."""
        self.subscribers[connection.socket_id] = connection
        if member is None:
            return False
        new = member.user_id not in self.members
        self.seats[connection.socket_id] = member.user_id
        self.seated[member.user_id] = self.seated.get(member.user_id, 0) + 1
        self.members.setdefault(member.user_id, member)
        return new

    def leave(self, connection: Connection) -> str | None:
        """Remove a subscriber; return its user if that was the user's last connection here."""
        self.subscribers.pop(connection.socket_id, None)
        user_id = self.seats.pop(connection.socket_id, None)
        if user_id is None:
            return None
        self.seated[user_id] -= 1
        if self.seated[user_id]:
            return None
        del self.seated[user_id], self.members[user_id]
        return user_id

    def describe_members(self) -> str:
        """Return the ``data`` of a presence channel's ``subscription_succeeded``."""
        ids = write_json(list(self.members))
        infos = ",".join(
            f"{write_json(member.user_id)}:{member.info or 'null'}"
            for member in self.members.values()
        )
        return f'{{"presence":{{"ids":{ids},"hash":{{{infos}}},"count":{len(self.members)}}}}}'


def read_member(channel_data: str, member_bytes: int) -> Member:
    """Read the signed ``channel_data`` of a presence subscription.

    Raises:
        FrameError: no user id, or data over the limit.
    """
    data = read_object(channel_data, "channel_data")
    user_id = data.get("user_id")
    if isinstance(user_id, int) and not isinstance(user_id, bool):
        user_id = str(user_id)
    if not isinstance(user_id, str) or not user_id:
        raise FrameError("channel_data must include a user_id when subscribing to presence")
    return describe_member(user_id, data.get("user_info"), member_bytes)


def describe_member(user_id: str, user_info: object, member_bytes: int) -> Member:
    """Make a member of a user id and the JSON that describes the user.

    Raises:
        FrameError: a user id or user info over the limit.
    """
    try:
        info = None if user_info is None else write_json(user_info)
    except ValueError:
        raise FrameError("user_info is nested too deeply") from None
    if len(user_id) > 128:
        raise FrameError("user_id is longer than 128 characters")
    if info is not None and len(info.encode()) > member_bytes:
        raise FrameError(f"user_info is larger than {member_bytes} bytes")
    return Member(user_id, info)

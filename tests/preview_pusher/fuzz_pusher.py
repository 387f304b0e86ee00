"""Coverage-guided fuzzing of what clients and server libraries send, with atheris.

atheris is no dependency of the project; where it is installed (Python below 3.12):

    python tests/preview_pusher/fuzz_pusher.py -max_total_time=60

The first byte chooses the reader: a dialogue of frames, one event, a batch, a channel name, or a
subscription whose signature is right and whose member data is anything.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["sfgen"]):
    from sfgen.channels import ChannelError, read_channel_name
    from sfgen.pusherserver import App, Credentials, Limits, PusherServer
    from sfgen.pusherserver.connection import Connection
    from sfgen.pusherserver.dialogue import handle_frame
    from sfgen.pusherserver.frames import write_json
    from sfgen.pusherserver.request import RequestError, read_batch, read_body, read_publication

WHO = Credentials("1000", "local-key", "local-secret")
EXCHANGE = PusherServer([App(WHO, limits=Limits(presence_members=2))]).exchanges["1000"]


class Sink:
    def write(self, frame: bytes) -> None:
        assert frame

    def unsent(self) -> int:
        return 0

    def close(self, code: int, reason: str) -> None:
        del code, reason

    abort = unsent


def converse(text: str) -> None:
    connection = Connection(EXCHANGE.app, "1.1", Sink())
    EXCHANGE.connections["1.1"] = connection
    for line in text.split("\n"):
        handle_frame(EXCHANGE, connection, line)
    EXCHANGE.disconnect(connection)
    assert not EXCHANGE.channels
    assert not EXCHANGE.users
    assert not EXCHANGE.watchers


def subscribe(text: str) -> None:
    frames = []
    auth = WHO.sign(f"1.1:presence-a:{text}".encode("utf-8", "surrogatepass"))
    data = {"channel": "presence-a", "channel_data": text, "auth": f"{WHO.key}:{auth}"}
    frames.append(write_json({"event": "pusher:subscribe", "data": data}))
    auth = WHO.sign(f"1.1::user::{text}".encode("utf-8", "surrogatepass"))
    data = {"user_data": text, "auth": f"{WHO.key}:{auth}"}
    frames.append(write_json({"event": "pusher:signin", "data": data}))
    converse("\n".join(frames))


def test_one_input(data: bytes) -> None:
    choice, rest = data[:1], data[1:]
    text = rest.decode("utf-8", "replace")
    try:
        if choice < b"\x40":
            converse(text)
        elif choice < b"\x80":
            subscribe(text)
        elif choice < b"\xa0":
            read_publication(read_body(rest), EXCHANGE.app.limits)
        elif choice < b"\xc0":
            read_batch(rest, EXCHANGE.app.limits)
        else:
            read_channel_name(text)
    except (RequestError, ChannelError):
        return


if __name__ == "__main__":
    atheris.Setup(sys.argv, test_one_input)
    atheris.Fuzz()

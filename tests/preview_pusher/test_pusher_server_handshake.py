from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web
from pusher_peer import WHO, Room, play

if TYPE_CHECKING:
    from typing import NoReturn


def test_a_client_that_is_gone_before_the_handshake_leaves_no_trace(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def vanish(_socket: web.WebSocketResponse, _request: web.Request) -> NoReturn:
        raise ConnectionResetError

    async def story(room: Room) -> None:
        url = f"http://127.0.0.1:{room.port}/app/{WHO.key}?protocol=7"
        with monkeypatch.context() as patch:
            patch.setattr(web.WebSocketResponse, "prepare", vanish)
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await room.session.ws_connect(url)
        async with room.join():
            pass

    play(story)
    assert [record for record in caplog.records if record.name.startswith("aiohttp")] == []

from __future__ import annotations

from pusher_peer import WHO, Room, play


def test_the_http_transports_of_pusher_js_are_told_what_is_spoken_here() -> None:
    async def story(room: Room) -> None:
        for session in ("1/abcdefgh/xhr_streaming", "1/abcdefgh/xhr", "1/abcdefgh/xhr_send"):
            url = f"http://127.0.0.1:{room.port}/pusher/app/{WHO.key}/{session}?protocol=7"
            async with room.session.post(url, json=[]) as answer:
                assert answer.status == 404
                assert "WebSocket only" in await answer.text()
                assert answer.headers["Access-Control-Allow-Origin"] == "*"
        told = [entry for entry in room.server.journal.since(0) if entry.kind == "request"]
        assert len(told) == 3
        assert "WebSocket only" in told[0].text

    play(story)

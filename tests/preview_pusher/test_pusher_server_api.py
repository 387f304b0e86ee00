from __future__ import annotations

import json
from typing import Any

import pytest
from pusher_peer import APP, WHO, Room, play

from sfgen.pusherserver import App, Credentials, Limits

USER = {"user_id": "u1"}
COUNTING = App(WHO, subscription_count=True)
OTHER = App(Credentials("2000", "other-key", "other-secret"))


def drop(*names: str) -> Any:
    return lambda query: {key: value for key, value in query.items() if key not in names}


def put(**values: str) -> Any:
    return lambda query: query | values


EVENT = {"name": "ev", "channels": ["a"], "data": "{}"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (drop("auth_key"), "Unknown auth_key"),
        (put(auth_key="other-key"), "Unknown auth_key"),
        (drop("auth_version"), "Version"),
        (put(auth_version="2.0"), "Version"),
        (drop("auth_timestamp"), "auth_timestamp must be"),
        (put(auth_timestamp="now"), "auth_timestamp must be"),
        (put(auth_timestamp="9" * 400), "auth_timestamp must be"),
        (drop("auth_signature"), "Invalid signature: you should have sent HmacSHA256Hex"),
        (put(auth_signature="0" * 64), "Invalid signature"),
        (put(auth_signature="ä"), "Invalid signature"),
        (put(more="unsigned"), "Invalid signature"),
        (drop("body_md5"), "Invalid signature"),
    ],
)
def test_requests_that_are_not_signed_are_401(change: Any, words: str) -> None:
    async def story(room: Room) -> None:
        status, text = await room.call("POST", "/events", EVENT, change=change)
        assert status == 401
        assert words in text
        assert WHO.secret not in text

    play(story, APP, OTHER)


@pytest.mark.parametrize(("skew", "status"), [(-590, 200), (590, 200), (-610, 401), (610, 401)])
def test_a_clock_may_be_ten_minutes_off(skew: int, status: int) -> None:
    async def story(room: Room) -> None:
        answer, text = await room.call("POST", "/events", EVENT, skew=skew)
        assert answer == status
        if status == 401:
            assert "Timestamp expired" in text
            assert "not within 600s" in text

    play(story)


def test_a_body_must_be_the_signed_one() -> None:
    async def story(room: Room) -> None:
        wrong = WHO.__class__(WHO.app_id, WHO.key, "wrong")
        assert (await room.call("POST", "/events", EVENT, who=wrong))[0] == 401
        from sfgen.pusher.signature import digest_body, sign_request

        for body, signed in ((b'{"a":1}', b'{"a":2}'), (b"", b"x"), (b"x", b"")):
            import time

            path = "/apps/1000/events"
            query = sign_request(WHO, "POST", path, timestamp=int(time.time()), body=signed)
            url = f"http://127.0.0.1:{room.port}{path}"
            async with room.session.post(url, params=query, data=body or None) as answer:
                assert answer.status == 401
                assert "body_md5" in await answer.text()
        assert digest_body(b"") == "d41d8cd98f00b204e9800998ecf8427e"

    play(story)


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ([], 400, "JSON object"),
        ({}, 400, "name"),
        ({"name": "ev", "channels": ["a"]}, 400, "data"),
        ({"name": "ev", "channels": ["a"], "data": {"a": 1}}, 400, "data, a string"),
        ({"name": "ev", "data": "x"}, 400, "channels"),
        ({"name": "ev", "channels": [], "data": "x"}, 400, "channels"),
        ({"name": "ev", "channels": "a", "data": "x"}, 400, "channels"),
        ({"name": "ev", "channels": [7], "data": "x"}, 400, "channels"),
        ({"name": "ev", "channels": ["a b"], "data": "x"}, 400, "Invalid channel name"),
        ({"name": "ev", "channels": ["a" * 201], "data": "x"}, 400, "Invalid channel name"),
        ({"name": "e" * 201, "channels": ["a"], "data": "x"}, 400, "201 characters"),
        ({"name": "pusher:x", "channels": ["a"], "data": "x"}, 400, "is reserved by"),
        ({"name": "ev", "channels": ["a"], "data": "x", "socket_id": "1"}, 400, "socket id"),
        ({"name": "ev", "channels": ["a"], "data": "x", "info": 7}, 400, "info"),
        ({"name": "ev", "channels": [f"a{n}" for n in range(101)], "data": "x"}, 400, "Too many"),
        (
            {"name": "ev", "channels": ["private-encrypted-a", "b"], "data": "x"},
            400,
            "only channel",
        ),
        ({"name": "ev", "channels": ["a"], "data": "x" * 10_241}, 413, "10240 bytes"),
        ({"name": "ev", "channels": ["a"], "data": "ä" * 5_121}, 413, "10240 bytes"),
        ({"name": "ev", "channels": ["a"], "data": "x" * 10_240}, 200, ""),
        ({"name": "ev", "channel": "a", "data": "x"}, 200, ""),
        ({"name": "ev", "channels": [f"a{n}" for n in range(100)], "data": "x"}, 200, ""),
    ],
)
def test_events_are_checked(fields: Any, status: int, words: str) -> None:
    async def story(room: Room) -> None:
        answer, text = await room.call("POST", "/events", fields)
        assert answer == status
        assert words in str(text)

    play(story)


@pytest.mark.parametrize("raw", [b"{", b"\xff", b"[" * 50_000, b'{"data":NaN}'])
def test_a_body_that_is_no_json_is_400(raw: bytes) -> None:
    async def story(room: Room) -> None:
        for path in ("/events", "/batch_events"):
            status, text = await room.call("POST", path, raw=raw)
            assert (status, text) == (400, "Body is not valid JSON\n")

    play(story)


def test_a_body_over_a_megabyte_is_413() -> None:
    async def story(room: Room) -> None:
        assert (await room.call("POST", "/events", raw=b"x" * 1_100_000))[0] == 413

    play(story)


def test_unknown_apps_and_paths_are_404_and_disabled_apps_403() -> None:
    disabled = App(Credentials("3", "disabled", "s"), enabled=False)

    async def story(room: Room) -> None:
        stranger = Credentials("9", "k", "s")
        assert (await room.call("GET", "/channels", who=stranger))[0] == 404
        assert (await room.call("GET", "/nothing"))[0] == 404
        assert (await room.call("GET", "/events"))[0] == 405
        assert (await room.call("GET", "/channels", who=disabled.credentials))[0] == 403

    play(story, APP, disabled)


def test_apps_do_not_see_each_other() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one, room.join(key="other-key") as two:
            await one.subscribe("a")
            await two.subscribe("a")
            await room.call("POST", "/events", EVENT, who=OTHER.credentials)
            await two.expect("ev")
            await one.expect_silence()
            mixed = Credentials("2000", WHO.key, WHO.secret)
            assert (await room.call("GET", "/channels", who=mixed))[0] == 401

    play(story, APP, OTHER)


def test_an_event_goes_to_every_channel_but_not_to_the_excluded_socket() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as two:
            for peer in (one, two):
                await peer.subscribe("a")
                await peer.subscribe("b")
            fields = EVENT | {"channels": ["a", "b", "a"], "socket_id": one.socket_id}
            assert (await room.call("POST", "/events", fields)) == (200, {})
            assert [(await two.expect("ev"))["channel"] for _ in "ab"] == ["a", "b"]
            await two.expect_silence()
            await one.expect_silence()

    play(story)


def test_a_publish_answers_with_the_attributes_it_is_asked_for() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one:
            await one.subscribe("a")
            await one.read()
            await one.subscribe("presence-a", USER)
            fields = EVENT | {
                "channels": ["a", "presence-a", "empty"],
                "info": "user_count,subscription_count",
            }
            assert (await room.call("POST", "/events", fields))[1] == {
                "channels": {
                    "a": {"subscription_count": 1},
                    "presence-a": {"user_count": 1, "subscription_count": 1},
                    "empty": {"subscription_count": 0},
                }
            }

    play(story, COUNTING)


def test_a_batch_is_sent_in_order_or_not_at_all() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as two:
            await one.subscribe("presence-a", USER)
            await two.subscribe("b")
            batch = [
                {"name": "first", "channel": "presence-a", "data": "1", "info": "user_count"},
                {"name": "second", "channel": "b", "data": "2", "socket_id": two.socket_id},
                {"name": "third", "channel": "b", "data": "3"},
            ]
            assert (await room.call("POST", "/batch_events", {"batch": batch})) == (
                200,
                {"batch": [{"user_count": 1}, {}, {}]},
            )
            await one.expect("first")
            await two.expect("third")
            answer = await room.call("POST", "/batch_events", {"batch": [batch[2]]})
            assert answer == (200, {})
            await two.expect("third")
            broken = [batch[2], {"name": "fourth", "channel": "b"}]
            assert (await room.call("POST", "/batch_events", {"batch": broken}))[0] == 400
            large = [batch[2], batch[2] | {"data": "x" * 10_241}]
            assert (await room.call("POST", "/batch_events", {"batch": large}))[0] == 413
            many = {"batch": [batch[2]] * 11}
            status, text = await room.call("POST", "/batch_events", many)
            assert (status, text) == (400, "Batch too large: 11 events, 10 are allowed\n")
            for wrong in ({}, {"batch": {}}, [], {"batch": [7]}):
                assert (await room.call("POST", "/batch_events", wrong))[0] == 400
            await two.expect_silence()

    play(story)


def test_channels_are_listed_with_their_attributes() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as two:
            await one.subscribe("presence-a", USER)
            await two.subscribe("presence-a", USER)
            await one.subscribe("presence-b", USER)
            await one.subscribe("public")
            await one.sign_in({"id": "u1"})
            await one.expect("pusher:signin_success")
            await one.subscribe("#server-to-user-u1")

            async def ask(**query: str) -> Any:
                return await room.call("GET", "/channels", query=query)

            names = {"presence-a": {}, "presence-b": {}, "public": {}}
            assert await ask() == (200, {"channels": names})
            assert await ask(filter_by_prefix="pub") == (200, {"channels": {"public": {}}})
            assert await ask(filter_by_prefix="presence-", info="user_count") == (
                200,
                {"channels": {"presence-a": {"user_count": 1}, "presence-b": {"user_count": 1}}},
            )
            assert (await ask(info="user_count"))[0] == 400
            assert (await ask(info="subscription_count"))[0] == 400
            assert (await ask(info="nonsense"))[0] == 400

    play(story)


def test_one_channel_tells_its_state() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one:
            await one.subscribe("presence-a", USER)

            async def ask(channel: str, info: str = "") -> Any:
                query = {"info": info} if info else {}
                return await room.call("GET", f"/channels/{channel}", query=query)

            assert await ask("presence-a") == (200, {"occupied": True})
            assert await ask("empty") == (200, {"occupied": False})
            assert await ask("presence-a", "user_count,subscription_count") == (
                200,
                {"occupied": True, "user_count": 1, "subscription_count": 1},
            )
            assert (await ask("empty", "user_count"))[0] == 400
            assert (await ask("empty", "cache"))[0] == 400
            assert await ask("cache-a", "cache") == (200, {"occupied": False, "cache": None})
            assert (await ask("a=b@c,d.e;f_g-h"))[1] == {"occupied": False}
            assert (await ask("a b"))[0] in {400, 401}

    play(story, COUNTING)


def test_users_are_listed_on_presence_channels_only() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as two:
            await one.subscribe("presence-a", USER)
            await two.subscribe("presence-a", {"user_id": 7})
            assert await room.call("GET", "/channels/presence-a/users") == (
                200,
                {"users": [{"id": "u1"}, {"id": "7"}]},
            )
            assert (await room.call("GET", "/channels/presence-x/users"))[1] == {"users": []}
            assert (await room.call("GET", "/channels/private-a/users"))[0] == 400

    play(story)


def test_terminating_a_stranger_is_no_error() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one:
            await one.subscribe("presence-a", USER)
            assert (await room.call("POST", "/users/u1/terminate_connections", {})) == (200, {})
            await one.expect_silence()

    play(story)


def test_parameters_may_come_in_the_query() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one:
            await one.subscribe("a")
            query = {"name": "ev", "channel": "a", "data": json.dumps({"a": 1})}
            assert (await room.call("POST", "/events", query=query))[0] == 200
            assert (await one.expect("ev"))["data"] == {"a": 1}

    play(story)


def test_the_limit_of_a_dedicated_cluster_can_be_set() -> None:
    async def story(room: Room) -> None:
        fields = EVENT | {"data": "x" * 20_000}
        assert (await room.call("POST", "/events", fields))[0] == 200

    play(story, App(WHO, limits=Limits(data_bytes=30_000)))

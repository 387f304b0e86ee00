from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any

import aiohttp
import pytest
from pusher_peer import APP, SECONDS, WHO, Clock, Room, play, reach

from sfgen.pusherserver import App, Credentials, Limits

USER = {"user_id": "u1", "user_info": {"name": "Ann"}}
COUNTING = App(WHO, subscription_count=True)


def test_a_connection_learns_its_socket_id_and_its_timeout() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as two:
            assert one.seen[0]["data"]["activity_timeout"] == 120
            first, _, second = one.socket_id.partition(".")
            assert first.isdigit()
            assert second.isdigit()
            assert one.socket_id != two.socket_id

    play(story)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", 4008),
        ("protocol=4", 4007),
        ("protocol=8", 4007),
        ("protocol=seven", 4007),
        ("protocol=%C2%B2", 4007),
        ("protocol=7&version=%00", 4006),
    ],
)
def test_what_the_server_cannot_speak_is_closed_with_its_code(query: str, code: int) -> None:
    async def story(room: Room) -> None:
        url = f"ws://127.0.0.1:{room.port}/app/{WHO.key}?{query}"
        async with room.session.ws_connect(url) as socket:
            message = await socket.receive(timeout=SECONDS)
            while message.type is aiohttp.WSMsgType.TEXT:  # protocols below 6
                assert json.loads(message.data)["data"]["code"] == code
                message = await socket.receive(timeout=SECONDS)
            assert socket.close_code == code

    play(story)


def test_apps_refuse_by_their_settings() -> None:
    closed = App(Credentials("2", "closed", "s"), enabled=False)
    secure = App(Credentials("3", "secure", "s"), tls_only=True)
    small = App(Credentials("4", "small", "s"), limits=Limits(connections=1))

    async def story(room: Room) -> None:
        assert await room.refused(key="nobody") == 4001
        assert await room.refused(key="closed") == 4003
        assert await room.refused(key="secure") == 4000
        async with room.join(key="small"):
            assert await room.refused(key="small") == 4004

    play(story, APP, closed, secure, small)


def test_a_plain_request_for_a_socket_is_told_so() -> None:
    async def story(room: Room) -> None:
        url = f"http://127.0.0.1:{room.port}/app/{WHO.key}?protocol=7"
        async with room.session.get(url) as answer:
            assert answer.status == 400

    play(story)


def test_public_and_private_subscribers_get_events_and_others_do_not() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as two:
            assert await one.subscribe("orders") == {}
            assert await one.subscribe("private-a") == {}
            assert await two.subscribe("orders") == {}
            await room.publish("private-a", "secret", '{"a":"ä\\u0000"}')
            await room.publish("orders", "Open now", "not json")
            frame = await one.expect("secret")
            assert frame == {"event": "secret", "channel": "private-a", "data": {"a": "ä\0"}}
            assert (await one.expect("Open now"))["data"] == "not json"
            assert (await two.expect("Open now"))["channel"] == "orders"
            await two.send("pusher:unsubscribe", {"channel": "orders"})
            await two.expect_silence()
            await room.publish("orders")
            await two.expect_silence()

    play(story)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"channel": "private-a"}, "should be of format 'key:signature'"),
        ({"channel": "private-a", "auth": ""}, "should be of format"),
        ({"channel": "private-a", "auth": 7}, "should be of format"),
        ({"channel": "private-a", "auth": f"{WHO.key}:abc"}, "Invalid signature: Expected HMAC"),
        ({"channel": "private-a", "auth": "other:abc"}, "Invalid signature"),
        ({"channel": "private-encrypted-a", "auth": f"{WHO.key}:ä"}, "Invalid signature"),
        ({"channel": "presence-a", "auth": f"{WHO.key}:abc", "channel_data": 7}, "not a string"),
        ({"channel": "a b"}, "Invalid channel name"),
        ({"channel": "a" * 201}, "Invalid channel name"),
        ({"channel": 7}, "Channel name is missing"),
        ({}, "Channel name is missing"),
        ([], "not a JSON object"),
        ("{", "not valid JSON"),
        (None, "not a JSON object"),
    ],
)
def test_a_wrong_subscription_is_an_error_and_the_connection_stays(data: Any, words: str) -> None:
    async def story(room: Room) -> None:
        async with room.join() as peer:
            await peer.send("pusher:subscribe", data)
            await peer.expect_error(words)
            await peer.subscribe("private-a")

    play(story)


def test_a_signature_opens_one_channel_on_one_socket() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as two:
            auth = f"{WHO.key}:{WHO.sign(f'{one.socket_id}:private-a')}"
            await two.send("pusher:subscribe", {"channel": "private-a", "auth": auth})
            await two.expect_error("Invalid signature")
            await one.send("pusher:subscribe", {"channel": "private-b", "auth": auth})
            await one.expect_error("Invalid signature")
            foreign = auth.replace(WHO.key, "other-key")
            await one.send("pusher:subscribe", {"channel": "private-a", "auth": foreign})
            await one.expect_error("Invalid signature")
            await one.send("pusher:subscribe", {"channel": "private-a", "auth": auth})
            await one.expect("pusher_internal:subscription_succeeded")

    play(story)


def test_doubled_and_missing_subscriptions_are_errors() -> None:
    async def story(room: Room) -> None:
        async with room.join() as peer:
            await peer.subscribe("a")
            await peer.ask("a")
            await peer.expect_error("Existing subscription to channel a")
            await peer.send("pusher:unsubscribe", {"channel": "b"})
            await peer.expect_error("No current subscription to channel b")

    play(story)


def test_presence_counts_users_not_connections() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as two, room.join() as three:
            told = await one.subscribe("presence-a", USER)
            assert told == {
                "presence": {"ids": ["u1"], "hash": {"u1": {"name": "Ann"}}, "count": 1}
            }
            told = await two.subscribe("presence-a", {"user_id": 2})
            assert told["presence"]["ids"] == ["u1", "2"]
            assert told["presence"]["hash"]["2"] is None
            assert (await one.expect("pusher_internal:member_added"))["data"] == {"user_id": "2"}
            told = await three.subscribe("presence-a", USER)
            assert told["presence"]["count"] == 2
            await one.expect_silence()
            await three.send("pusher:unsubscribe", {"channel": "presence-a"})
            await three.expect_silence()
            await two.expect_silence()
            await one.socket.close()
            frame = await two.expect("pusher_internal:member_removed")
            assert frame["data"] == {"user_id": "u1"}
        await room.holds(0)
        assert not room.exchange.channels

    play(story)


def test_a_full_presence_channel_refuses_new_users_only() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as two:
            await one.subscribe("presence-a", USER)
            await two.ask("presence-a", {"user_id": "u2"})
            await two.expect_error("is full", 4004)
            await two.subscribe("presence-a", USER)
            await one.expect_silence()

    play(story, App(WHO, limits=Limits(presence_members=1)))


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ({}, "must include a user_id"),
        ({"user_id": ""}, "must include a user_id"),
        ({"user_id": True}, "must include a user_id"),
        ({"user_id": "u" * 129}, "longer than 128"),
        ({"user_id": "u", "user_info": "x" * 1_023}, "larger than 1024 bytes"),
        (None, "channel_data is required"),
    ],
)
def test_members_without_an_id_or_over_the_limit_are_refused(member: Any, words: str) -> None:
    async def story(room: Room) -> None:
        async with room.join() as peer:
            await peer.ask("presence-a", member)
            await peer.expect_error(words)
            await peer.subscribe("presence-a", USER)

    play(story)


def test_cache_channels_repeat_the_last_event() -> None:
    async def story(room: Room) -> None:
        for channel in ("cache-a", "private-cache-a", "private-encrypted-cache-a"):
            async with room.join() as one, room.join() as two:
                await one.subscribe(channel)
                assert (await one.expect("pusher:cache_miss"))["channel"] == channel
                await room.publish(channel, "first", '"1"')
                await room.publish(channel, "last", '"2"')
                await one.expect("first")
                await one.expect("last")
                await two.subscribe(channel)
                assert (await two.expect("last"))["data"] == "2"
                status, state = await room.call(
                    "GET", f"/channels/{channel}", query={"info": "cache"}
                )
                assert (status, state["cache"]["data"]) == (200, '"2"')
                assert 1790 < state["cache"]["ttl"] <= 1800
        async with room.join() as one, room.join() as two:
            await one.subscribe("presence-cache-a", USER)
            await one.expect("pusher:cache_miss")
            await two.subscribe("presence-cache-a", {"user_id": "2"})
            await two.expect("pusher:cache_miss")
            await one.expect("pusher_internal:member_added")
            await one.send("client-x", {}, "presence-cache-a")
            await two.expect("client-x")
            state = (await room.call("GET", "/channels/presence-cache-a", query={"info": "cache"}))[
                1
            ]
            assert state == {"occupied": True, "cache": None}

    play(story)


def test_a_cached_event_ends_and_few_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    for room in ("channel", "exchange"):
        monkeypatch.setattr(f"sfgen.pusherserver.{room}.time", clock)

    async def story(room: Room) -> None:
        async with room.join() as peer:
            await room.publish("cache-a", "old")
            await room.publish("cache-b", "kept")
            await room.publish("cache-c", "kept")
            await peer.subscribe("cache-a")
            await peer.expect("pusher:cache_miss")
            await peer.subscribe("cache-b")
            await peer.expect("kept")
            clock.now += 1.1
            await peer.subscribe("cache-c")
            await peer.expect("pusher:cache_miss")

    play(story, App(WHO, limits=Limits(cached_channels=2, cache_seconds=1.0)))


def test_client_events_reach_the_others_with_the_senders_user() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as two:
            await one.subscribe("presence-a", USER)
            await two.subscribe("presence-a", {"user_id": "u2"})
            await one.expect("pusher_internal:member_added")
            await one.send("client-typing", {"on": True}, "presence-a")
            assert await two.expect("client-typing") == {
                "event": "client-typing",
                "channel": "presence-a",
                "data": {"on": True},
                "user_id": "u1",
            }
            await one.expect_silence()
            await one.subscribe("private-a")
            await two.subscribe("private-a")
            await two.send("client-x", "plain text", "private-a")
            frame = await one.expect("client-x")
            assert (frame["data"], frame.get("user_id")) == ("plain text", None)

    play(story)


def test_client_events_are_refused_where_they_may_not_go() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one:
            await one.subscribe("public")
            await one.subscribe("private-a")
            await one.send("client-x", {}, "public")
            await one.expect_error("only private and presence")
            await one.send("client-x", {}, "private-b")
            await one.expect_error("not subscribed")
            await one.send("client-x", {})
            await one.expect_error("not subscribed")
            await one.send("client-" + "x" * 194, {}, "private-a")
            await one.expect_error("longer than 200")
            await one.send("client-x", "x" * 10_241, "private-a")
            await one.expect_error("too large", 4301)
            await one.send("other", {}, "private-a")
            await one.expect_error("Unknown event other")

    play(story)

    async def disabled(room: Room) -> None:
        async with room.join() as one:
            await one.subscribe("private-a")
            await one.send("client-x", {}, "private-a")
            await one.expect_error("must enable this feature")

    play(disabled, App(WHO, client_events=False))


def test_ten_client_events_a_second_pass_and_the_next_is_4301(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock()
    monkeypatch.setattr("sfgen.pusherserver.connection.time", clock)

    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as two:
            await one.subscribe("private-a")
            await two.subscribe("private-a")
            for number in range(12):
                await one.send("client-x", number, "private-a")
            for number in range(10):
                assert (await two.expect("client-x"))["data"] == number
            await one.expect_error("10 per second", 4301)
            await one.expect_error("10 per second", 4301)
            await two.expect_silence()
            clock.now += 1.05
            await one.send("client-x", "again", "private-a")
            assert (await two.expect("client-x"))["data"] == "again"

    play(story)


def test_a_signed_in_user_is_reached_and_can_be_cut_off() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as two:
            await two.ask("#server-to-user-u1")
            await two.expect_error("Only the signed-in user", 4009)
            await one.sign_in({"id": "u1", "user_info": {"name": "Ann"}})
            told = await one.expect("pusher:signin_success")
            assert json.loads(told["data"]["user_data"])["id"] == "u1"
            await one.subscribe("#server-to-user-u1")
            await room.publish("#server-to-user-u1", "note")
            assert (await one.expect("note"))["channel"] == "#server-to-user-u1"
            told = await one.subscribe("presence-a")
            assert told["presence"]["hash"] == {"u1": {"name": "Ann"}}
            status, _ = await room.call("POST", "/users/u1/terminate_connections", {})
            assert status == 200
            assert await one.expect_close() == 4009
            await two.expect_silence()

    play(story)


def test_sign_in_needs_the_right_signature_and_one_user() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one:
            text = '{"id":"u1"}'
            channel_signature = WHO.sign(f"{one.socket_id}:{text}")
            for auth, words in (
                (f"{WHO.key}:{channel_signature}", "Invalid signature"),
                (None, "should be of format"),
            ):
                await one.send("pusher:signin", {"auth": auth, "user_data": text})
                await one.expect_error(words)
            await one.send("pusher:signin", {})
            await one.expect_error("user_data is missing", 4009)
            for user, words in (({}, "no string id"), ({"id": 7}, "no string id")):
                await one.sign_in(user)
                await one.expect_error(words, 4009)
            await one.sign_in({"id": "a b"})
            await one.expect_error("not a Pusher user id", 4009)
            await one.sign_in({"id": "u1", "watchlist": "u2"})
            await one.expect_error("watchlist is not a list")
            await one.sign_in({"id": "u1"})
            await one.expect("pusher:signin_success")
            await one.sign_in({"id": "u2"})
            await one.expect_error("already signed in", 4009)

    play(story)


def test_watchlists_report_who_comes_and_goes() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as two, room.join() as three:
            await two.sign_in({"id": "u2"})
            await two.expect("pusher:signin_success")
            await one.sign_in({"id": "u1", "watchlist": ["u2", "u3", "u2"]})
            await one.expect("pusher:signin_success")
            told = await one.expect("pusher_internal:watchlist_events")
            assert told["data"]["events"] == [
                {"name": "online", "user_ids": ["u2"]},
                {"name": "offline", "user_ids": ["u3"]},
            ]
            await three.sign_in({"id": "u2"})
            await three.expect("pusher:signin_success")
            await two.socket.close()
            await one.expect_silence()
            await three.socket.close()
            told = await one.expect("pusher_internal:watchlist_events")
            assert told["data"]["events"] == [{"name": "offline", "user_ids": ["u2"]}]
        await room.holds(0)
        assert not room.exchange.watchers

    play(story)


def test_a_long_watchlist_is_cut_with_4302() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one:
            await one.sign_in({"id": "u1", "watchlist": [f"w{n}" for n in range(101)]})
            await one.expect("pusher:signin_success")
            await one.expect_error("Watchlist limit of 100", 4302)
            told = await one.expect("pusher_internal:watchlist_events")
            assert len(told["data"]["events"][0]["user_ids"]) == 100

    play(story)


def test_subscription_counts_are_told_where_they_are_turned_on() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as two:
            await one.subscribe("a")
            frame = await one.expect("pusher_internal:subscription_count")
            assert frame["data"] == {"subscription_count": 1}
            await two.subscribe("a")
            assert (await one.read())["data"] == '{"subscription_count":2}'
            await two.socket.close()
            assert (await one.read())["data"] == '{"subscription_count":1}'
            await one.subscribe("presence-a", USER)
            await one.expect_silence()

    play(story, COUNTING)


def test_a_crowds_count_is_told_from_time_to_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sfgen.pusherserver.exchange.CROWD", 2)
    clock = Clock()
    monkeypatch.setattr("sfgen.pusherserver.exchange.time", clock)

    async def story(room: Room) -> None:
        async with contextlib.AsyncExitStack() as stack:
            peers = [await stack.enter_async_context(room.join()) for _ in range(6)]
            for peer in peers:
                await peer.subscribe("a")
            for told in (1, 2):
                frame = await peers[0].expect("pusher_internal:subscription_count")
                assert frame["data"]["subscription_count"] == told
            await peers[0].expect_silence()  # not one for each that came
            clock.now += 5.0
            frame = await peers[0].expect("pusher_internal:subscription_count")
            assert frame["data"]["subscription_count"] == 6

    play(story, COUNTING, pong_timeout=0.4)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock by which the server finds out who is alive."""
    one = Clock()
    for room in ("connection", "pusher_server"):
        monkeypatch.setattr(f"sfgen.pusherserver.{room}.time", one)
    return one


def test_silent_clients_are_pinged_and_dead_ones_closed_with_4201(clock: Clock) -> None:
    async def story(room: Room) -> None:
        url = f"ws://127.0.0.1:{room.port}/app/{WHO.key}?protocol=7"
        async with room.session.ws_connect(url, autoping=False) as dead, room.join() as alive:
            # A client library answers pings while it listens.
            listening = asyncio.create_task(alive.expect("pusher:pong"))
            await dead.receive()
            clock.now += 61
            assert (await dead.receive(timeout=SECONDS)).type is aiohttp.WSMsgType.PING
            await reach(lambda: room.exchange.connections[alive.socket_id].seen == clock.now)
            clock.now += 2
            assert (await dead.receive(timeout=SECONDS)).data == 4201
            await alive.send("pusher:ping", {})
            await listening

    play(story, activity_timeout=60.0, pong_timeout=1.0)


def test_protocol_pings_are_answered_with_their_payload() -> None:
    async def story(room: Room) -> None:
        url = f"ws://127.0.0.1:{room.port}/app/{WHO.key}?protocol=7"
        async with room.session.ws_connect(url, autoping=False) as socket:
            await socket.receive()
            await socket.ping(b"beat")
            answer = await socket.receive(timeout=SECONDS)
            assert (answer.type, bytes(answer.data)) == (aiohttp.WSMsgType.PONG, b"beat")

    play(story)


def test_unauthorized_connections_go_when_the_app_wants_it(clock: Clock) -> None:
    async def story(room: Room) -> None:
        async with room.join() as idle, room.join() as member, room.join() as user:
            await idle.subscribe("public")
            await member.subscribe("private-a")
            await user.sign_in({"id": "u1"})
            await user.expect("pusher:signin_success")
            await idle.expect_silence()
            clock.now += 4
            assert await idle.expect_close() == 4009
            await member.expect_silence()
            await user.expect_silence()

    play(story, App(WHO, authorized_connections=3.0), pong_timeout=0.4)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not valid JSON"),
        ("{", "not valid JSON"),
        ("[]", "not a JSON object"),
        ("null", "not a JSON object"),
        ("NaN", "not valid JSON"),
        ("[" * 20_000, "not valid JSON"),
        ('{"event":7}', "no event name"),
        ('{"event":""}', "no event name"),
        ('{"event":"client-x","channel":7}', "Channel is not a string"),
        ('{"event":"pusher:nonsense"}', "Unknown event"),
        ('{"event":"pusher_internal:subscription_succeeded","channel":"a"}', "Unknown event"),
        ('{"event":"\\ud800"}', "Unknown event"),
        ("9" * 5_000, "not valid JSON"),
    ],
)
def test_malformed_frames_are_answered_and_the_connection_stays(text: str, words: str) -> None:
    async def story(room: Room) -> None:
        async with room.join() as peer:
            await peer.socket.send_str(text)
            await peer.expect_error(words)
            await peer.socket.send_bytes(b"\0\1")
            await peer.expect_error("Binary frames")
            await peer.expect_silence()

    play(story)


def test_an_oversized_frame_closes_its_own_connection_only() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as two:
            await one.socket.send_str("x" * 70_000)
            assert await one.expect_close() == 1009
            await two.expect_silence()

    play(story)


def test_a_connection_holds_a_bounded_number_of_subscriptions() -> None:
    async def story(room: Room) -> None:
        async with room.join() as peer:
            await peer.subscribe("a")
            await peer.subscribe("b")
            await peer.ask("c")
            await peer.expect_error("Too many subscriptions")

    play(story, App(WHO, limits=Limits(channels_per_connection=2)))

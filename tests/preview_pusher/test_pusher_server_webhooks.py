from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pusher
from aiohttp import web
from pusher_peer import WHO, Room, play, reach, run_apart

from sfgen.pusherserver import App, Webhook

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class Receiver:
    """An application's webhook endpoint that checks signatures with Pusher's own library."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.statuses: list[int] = []
        self.library = pusher.Pusher(WHO.app_id, WHO.key, WHO.secret)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [event for body in self.bodies for event in body["events"]]

    async def receive(self, request: web.Request) -> web.Response:
        body = self.library.validate_webhook(
            key=request.headers["X-Pusher-Key"],
            signature=request.headers["X-Pusher-Signature"],
            body=await request.text(),
        )
        assert body is not None
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            self.bodies.append(body)
        return web.Response(status=status)

    async def expect(self, *names: str) -> None:
        await reach(lambda: len(self.events) >= len(names), names[-1])
        assert [event["name"] for event in self.events] == list(names)


def play_with_receiver(
    story: Callable[[Room, Receiver], Awaitable[None]], **options: Any
) -> Receiver:
    receiver = Receiver()

    async def run() -> None:
        application = web.Application()
        application.router.add_post("/hook", receiver.receive)
        runner = web.AppRunner(application)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        hook = Webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", **options)
        app = App(WHO, webhooks=(hook,))
        try:
            await asyncio.to_thread(
                play, lambda room: story(room, receiver), app, webhook_delay=2.0
            )
        finally:
            await runner.cleanup()

    run_apart(run())
    return receiver


def test_channels_and_members_that_come_and_go_are_told() -> None:
    async def story(room: Room, receiver: Receiver) -> None:
        async with room.join() as one, room.join() as two:
            await one.subscribe("presence-a", {"user_id": "u1"})
            await two.subscribe("presence-a", {"user_id": "u2"})
            await two.send("client-x", {"a": 1}, "presence-a")
            await one.expect("pusher_internal:member_added")
            await one.expect("client-x")
            await receiver.expect(
                "channel_occupied", "member_added", "member_added", "client_event"
            )
            assert receiver.events[3] == {
                "name": "client_event",
                "channel": "presence-a",
                "event": "client-x",
                "data": '{"a":1}',
                "socket_id": two.socket_id,
                "user_id": "u2",
            }
            receiver.bodies.clear()
        await receiver.expect("member_removed", "member_removed", "channel_vacated")

    play_with_receiver(story)


def test_who_is_back_in_time_was_never_gone() -> None:
    async def story(room: Room, receiver: Receiver) -> None:
        (courier,) = room.server._couriers.values()
        courier._leave_seconds = 86_400.0
        for _ in range(3):
            async with room.join() as one:
                await one.subscribe("presence-a", {"user_id": "u1"})
            await reach(lambda: len(courier._leaving) == 2, "the channel's and the member's leave")
            gone = list(courier._leaving.values())
            async with room.join() as one:
                await one.subscribe("presence-a", {"user_id": "u1"})
                assert not courier._leaving
                assert all(one.cancelled() for one in gone)
        await reach(lambda: len(courier._leaving) == 2, "the last leave")
        await receiver.expect("channel_occupied", "member_added")
        courier._leave_seconds = 0.05
        async with room.join() as one:
            await one.subscribe("presence-a", {"user_id": "u1"})
        await receiver.expect(
            "channel_occupied", "member_added", "member_removed", "channel_vacated"
        )

    play_with_receiver(story)


def test_a_receiver_that_fails_is_asked_again_and_order_is_kept() -> None:
    async def story(room: Room, receiver: Receiver) -> None:
        receiver.statuses = [500]
        async with room.join() as one:
            await one.subscribe("cache-a")
            await receiver.expect("channel_occupied", "cache_miss")

            def statuses() -> list[int]:
                entries = room.server.journal.since(0)
                return [entry.count for entry in entries if entry.kind == "webhook"]

            await reach(lambda: len(statuses()) == 3, "the third answer")
            assert statuses() == [500, 200, 200]

    play_with_receiver(story)


def test_chosen_events_come_in_batches() -> None:
    async def story(room: Room, receiver: Receiver) -> None:
        async with room.join() as one:
            for number in range(20):
                await one.subscribe(f"c{number}")
            await receiver.expect(*["channel_occupied"] * 20)

    receiver = play_with_receiver(story, events=frozenset({"channel_occupied"}), batch=True)
    assert sum(len(body["events"]) for body in receiver.bodies) == 20


def test_a_receiver_that_is_gone_does_not_hold_the_server_up() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one:
            await one.subscribe("a")
            await room.publish("a")
            await one.expect("ev")

    play(story, App(WHO, webhooks=(Webhook("http://127.0.0.1:1/"), Webhook("nonsense"))))

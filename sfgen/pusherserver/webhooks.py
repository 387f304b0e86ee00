"""Webhooks: sends events on channels to the application's own server.

Source: pusher/docs ``server_api/webhooks.md``: body and headers, the delay of leave events, retries
with exponential back-off for five minutes.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from typing import TYPE_CHECKING, Any

import aiohttp

from sfgen.pusherserver.frames import write_json

if TYPE_CHECKING:
    from sfgen.pusherserver.app import App, Webhook
    from sfgen.pusherserver.frame_journal import Journal

#: Seconds for which a channel or member may be gone without a webhook.
LEAVE_SECONDS = 3.0
RETRY_SECONDS = 300.0
#: Webhooks that wait for one receiver; the oldest go first.
WAITING = 1_000
BATCH = 50
ANSWER_SECONDS = 10.0

_OPPOSITE = {"channel_occupied": "channel_vacated", "member_added": "member_removed"}
_LEAVING = frozenset(_OPPOSITE.values())


class Courier:
    """Sends an app's webhooks, in order, one receiver never waiting for another.

    Args:
        app: whose webhooks and credentials.
        journal: gets an entry for each attempt.
        leave_seconds: see ``LEAVE_SECONDS``; shorter in tests.
    """

    def __init__(self, app: App, journal: Journal, *, leave_seconds: float = LEAVE_SECONDS) -> None:
        self._app = app
        self._journal = journal
        self._leave_seconds = leave_seconds
        self._leaving: dict[tuple[str, str, str], asyncio.TimerHandle] = {}
        self._queues = [(one, deque[dict[str, Any]](maxlen=WAITING)) for one in app.webhooks]
        self._arrived = [asyncio.Event() for _ in app.webhooks]
        self._tasks: list[asyncio.Task[None]] = []

    def announce(self, name: str, **fields: Any) -> None:
        """Queue an event; vacated channels and removed members are sent only if that lasts."""
        if not self._queues:
            return
        place = (str(fields.get("channel")), str(fields.get("user_id")))
        if name in _LEAVING:
            handle = asyncio.get_running_loop().call_later(
                self._leave_seconds, self._leave, name, place, fields
            )
            self._leaving[(name, *place)] = handle
            return
        returned = self._leaving.pop((_OPPOSITE.get(name, ""), *place), None)
        if returned is None:
            self._enqueue({"name": name, **fields})
        else:
            returned.cancel()

    def start(self) -> None:
        """Begin to send."""
        self._tasks = [
            asyncio.get_running_loop().create_task(self._deliver(webhook, queue, arrived))
            for (webhook, queue), arrived in zip(self._queues, self._arrived, strict=True)
        ]

    async def stop(self) -> None:
        """Drop what has not been sent."""
        for handle in self._leaving.values():
            handle.cancel()
        self._leaving.clear()
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._tasks = []

    def _leave(self, name: str, place: tuple[str, str], fields: dict[str, Any]) -> None:
        self._leaving.pop((name, *place), None)
        self._enqueue({"name": name, **fields})

    def _enqueue(self, event: dict[str, Any]) -> None:
        for (webhook, queue), arrived in zip(self._queues, self._arrived, strict=True):
            if not webhook.events or event["name"] in webhook.events:
                queue.append(event)
                arrived.set()

    async def _deliver(
        self, webhook: Webhook, queue: deque[dict[str, Any]], arrived: asyncio.Event
    ) -> None:
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                if not queue:
                    arrived.clear()
                    await arrived.wait()
                count = min(len(queue), BATCH) if webhook.batch else 1
                await self._send(session, webhook, [queue.popleft() for _ in range(count)])

    async def _send(
        self, session: aiohttp.ClientSession, webhook: Webhook, events: list[dict[str, Any]]
    ) -> None:
        who = self._app.credentials
        body = write_json({"time_ms": int(time.time() * 1_000), "events": events}).encode()
        headers = {
            "Content-Type": "application/json",
            "X-Pusher-Key": who.key,
            "X-Pusher-Signature": who.sign(body),
        }
        end, pause = time.monotonic() + RETRY_SECONDS, 1.0
        while True:
            status = await _post(session, webhook.url, body, headers)
            self._journal.record(
                "webhook", who.app_id, events[0]["name"], text=body.decode(), count=status
            )
            if 200 <= status < 300 or time.monotonic() + pause > end:
                return
            await asyncio.sleep(pause)
            pause *= 2


async def _post(
    session: aiohttp.ClientSession, url: str, body: bytes, headers: dict[str, str]
) -> int:
    """Return the status of the answer, 0 when there was none."""
    try:
        async with session.post(url, data=body, headers=headers) as answer:
            return answer.status
    except (aiohttp.ClientError, asyncio.TimeoutError, ValueError):
        return 0

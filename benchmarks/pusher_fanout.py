"""Fan-out of one publish to 1,000 subscribers: sfgen's Pusher server beside soketi.

Both servers run at once and take turns publish by publish, so that the machine's load is the
same for both; server, clients and publisher share the machine. ``last`` is the time from the
start of the HTTP request to the last subscriber's frame, ``all`` that of every subscriber.

    python benchmarks/pusher_fanout.py [--clients 1000] [--publishes 100]
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import hashlib
import json
import os
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from pusher_crowd import (
    APP_ID,
    KEY,
    Client,
    gather_crowd,
    install_soketi,
    read_memory,
    read_processor_time,
    run_ours,
    run_soketi,
    sign,
)

PAYLOAD = json.dumps({"conversationId": "500xx0000000001", "seq": 1, "text": "x" * 170})


@dataclass
class Contestant:
    """A server, its crowd, and what was measured."""

    name: str
    pid: int
    port: int
    clients: list[Client] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    every: list[float] = field(default_factory=list)
    processor: float = 0.0
    waiting: int = 0
    started: float = 0.0
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, data: bytes) -> None:
        if b'"news"' in data:
            self.every.append(time.perf_counter() - self.started)
            self.waiting -= 1
            if not self.waiting:
                self.done.set()

    async def publish(self, session: aiohttp.ClientSession, *, measured: bool) -> None:
        fields = {"name": "news", "channels": ["private-crowd"], "data": PAYLOAD}
        body = json.dumps(fields).encode()
        path = f"/apps/{APP_ID}/events"
        query = {
            "auth_key": KEY,
            "auth_timestamp": str(int(time.time())),
            "auth_version": "1.0",
            "body_md5": hashlib.md5(body, usedforsecurity=False).hexdigest(),
        }
        text = "&".join(f"{name}={value}" for name, value in sorted(query.items()))
        query["auth_signature"] = sign(f"POST\n{path}\n{text}")
        before = len(self.every)
        processor = read_processor_time(self.pid)
        self.waiting, self.done = len(self.clients), asyncio.Event()
        self.started = time.perf_counter()
        url = f"http://127.0.0.1:{self.port}{path}"
        async with session.post(
            url, params=query, data=body, headers={"Content-Type": "application/json"}
        ) as answer:
            assert answer.status == 200, await answer.text()
        await asyncio.wait_for(self.done.wait(), 30)
        if measured:
            self.last.append(self.every[-1])
            self.processor += read_processor_time(self.pid) - processor
        else:
            del self.every[before:]

    def describe(self) -> str:
        cuts = statistics.quantiles(self.last, n=100)
        p99 = statistics.quantiles(self.every, n=100)[98]
        return (
            f"{self.name:28} {cuts[49] * 1e3:8.1f} {cuts[94] * 1e3:8.1f} {p99 * 1e3:8.1f} "
            f"{self.processor / len(self.last) * 1e3:10.1f} {read_memory(self.pid):8.0f}"
        )

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.last, n=100)[94]


async def compete(contestants: list[Contestant], clients: int, publishes: int) -> None:
    async with aiohttp.ClientSession() as session:
        for one in contestants:
            one.clients = await gather_crowd(one.port, clients, one.hear)
        for number in range(publishes + 5):
            for one in contestants:
                await one.publish(session, measured=number >= 5)
                await asyncio.sleep(0.02)
        for one in contestants:
            lost = sum(client.closed for client in one.clients)
            assert not lost, f"{one.name} lost {lost} clients"
            assert len(one.every) == clients * publishes


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=1_000)
    parser.add_argument("--publishes", type=int, default=100)
    options = parser.parse_args()
    soketi = install_soketi()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        contestants = [Contestant("sfgen", *stack.enter_context(run_ours()))]
        if soketi is None:
            print("soketi could not be installed: nothing beside ours in this run")
        else:
            contestants.append(
                Contestant("soketi 1.6.1", *stack.enter_context(run_soketi(soketi, folder)))
            )
        load = os.getloadavg()[0]
        asyncio.run(compete(contestants, options.clients, options.publishes))
        print(
            f"1 -> {options.clients}, {options.publishes} publishes, {len(PAYLOAD)} bytes, "
            f"load {load:.1f}; milliseconds"
        )
        print(
            f"{'server':28} {'last p50':>8} {'last p95':>8} {'all p99':>8} "
            f"{'CPU/pub':>10} {'RSS MB':>8}"
        )
        for one in contestants:
            print(one.describe())
    if len(contestants) == 2:
        ratio = contestants[0].p95 / contestants[1].p95
        print(f"p95 sfgen / soketi: {ratio:.2f} (bar: <= 1.00) {'met' if ratio <= 1 else 'MISSED'}")
        return int(ratio > 1)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

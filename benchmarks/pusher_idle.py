"""Idle clients: memory stays flat and no ping goes unanswered.

Half of the clients ping as pusher-js does (``pusher:ping`` after the activity timeout of
silence), half stay silent and answer the server's own pings, as a bare WebSocket does.

    python benchmarks/pusher_idle.py [--clients 1000] [--minutes 10] [--activity-timeout 120]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time

from pusher_crowd import Client, gather_crowd, read_memory, read_processor_time, run_ours

PING = b'{"event":"pusher:ping","data":{}}'
#: Growth of the resident memory that is still flat.
FLAT = 1.02


class Watch:
    """What the crowd hears."""

    def __init__(self) -> None:
        self.pongs = 0
        self.server_pings = 0
        self.other = 0

    def hear(self, data: bytes) -> None:
        pongs, pings = data.count(b"pusher:pong"), data.count(b"\x89\x00")
        self.pongs += pongs
        self.server_pings += pings
        self.other += not pongs and not pings


async def idle(port: int, pid: int, options: argparse.Namespace) -> int:
    watch = Watch()
    crowd = await gather_crowd(port, options.clients, watch.hear)
    talkers = crowd[::2]
    await asyncio.sleep(5)
    memory = [read_memory(pid)]
    processor = read_processor_time(pid)
    sent, end = 0, time.monotonic() + options.minutes * 60
    next_ping = time.monotonic() + options.activity_timeout
    next_look = time.monotonic() + 30
    while time.monotonic() < end:
        await asyncio.sleep(0.2)
        if time.monotonic() >= next_ping:
            next_ping += options.activity_timeout
            sent += _ping(talkers)
        if time.monotonic() >= next_look:
            next_look += 30
            memory.append(read_memory(pid))
    await asyncio.sleep(min(10.0, options.activity_timeout))
    processor = read_processor_time(pid) - processor
    memory.append(read_memory(pid))
    lost = sum(client.closed for client in crowd)
    print(
        f"{options.clients} idle clients, {options.minutes:g} minutes, "
        f"load {os.getloadavg()[0]:.1f}"
    )
    print(
        f"client pings {sent}, answered {watch.pongs}; server pings answered {watch.server_pings}"
    )
    print(f"connections lost {lost}, unexpected frames {watch.other}")
    print(
        f"RSS MB first {memory[0]:.1f} last {memory[-1]:.1f} max {max(memory):.1f}; "
        f"CPU {processor:.1f} s"
    )
    growth = memory[-1] / memory[0]
    fine = not lost and watch.pongs == sent and not watch.other and growth <= FLAT
    print(f"growth {growth:.3f} (bar: <= {FLAT}); {'met' if fine else 'MISSED'}")
    for client in crowd:
        if client.transport:
            client.transport.abort()
    return int(not fine)


def _ping(talkers: list[Client]) -> int:
    for client in talkers:
        if not client.closed:
            client.send(PING)
    return len(talkers)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=1_000)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--activity-timeout", type=float, default=120.0)
    options = parser.parse_args()
    with run_ours("--activity-timeout", str(options.activity_timeout)) as (pid, port):
        return asyncio.run(idle(port, pid, options))


if __name__ == "__main__":
    raise SystemExit(main())

"""``python -m sfgen.pusherserver``: the server by itself, for tests and benchmarks.

Prints one JSON line with its port, app id, key and control token, then serves until stopped.
The secret comes from ``SFGEN_PUSHER_SECRET``, never from argv.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import signal
import sys

from sfgen.pusherserver import App, Credentials, Limits, PusherServer
from sfgen.pusherserver.frames import write_json


async def serve(options: argparse.Namespace) -> None:
    """Serve one app until SIGINT or SIGTERM."""
    who = Credentials(options.app_id, options.key, os.environ["SFGEN_PUSHER_SECRET"])
    app = App(
        who,
        subscription_count=options.subscription_count,
        limits=Limits(connections=options.connections),
    )
    server = PusherServer([app], activity_timeout=options.activity_timeout)
    port = await server.start(options.host, options.port)
    started = {"port": port, "app_id": who.app_id, "key": who.key, "token": server.token}
    sys.stdout.write(write_json(started) + "\n")
    sys.stdout.flush()
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    await stopped.wait()
    await server.stop()


def main() -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser(prog="python -m sfgen.pusherserver")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--app-id", default="1000")
    parser.add_argument("--key", default="local-key")
    parser.add_argument("--activity-timeout", type=float, default=120.0)
    parser.add_argument("--connections", type=int, default=10_000)
    parser.add_argument("--subscription-count", action="store_true")
    options = parser.parse_args()
    if "SFGEN_PUSHER_SECRET" not in os.environ:
        parser.error("SFGEN_PUSHER_SECRET must hold the app's secret")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(options))


if __name__ == "__main__":
    main()

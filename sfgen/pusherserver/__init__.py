"""A local Pusher Channels server: protocol 7 and the HTTP API, on one asyncio loop.

Embedding::

    app = App(Credentials("1000", "key", "secret"))
    server = PusherServer([app])
    port = await server.start("127.0.0.1", 0)    # again for a further port or TLS
    ...
    await server.stop()

Clients connect to ``ws://127.0.0.1:<port>/app/<key>``; server libraries use the same host and
port. ``python -m sfgen.pusherserver`` runs it by itself.

Faults, for tests and for the side panel, each until changed (see ``faults.py``)::

    server.faults.drop()                        # or drop(socket_id): broken, no close frame
    server.faults.close(4200, "why", socket_id) # close frame; without a socket id: all
    server.faults.black_hole(socket_id)         # open but dead, until clear()
    server.faults.set(refuse_code=4004)         # new connections; refuse_count=2: only two
    server.faults.set(subscription_delay=1.5)
    server.faults.set(refuse_subscriptions="invalid-signature", refuse_prefix="private-")
    server.faults.set(over_quota=True)          # publishing is answered 403
    server.faults.set(http_status=500, http_delay=1.0)
    server.faults.set(paused=True)              # deliveries wait; paused=False sends them on
    server.faults.set(deaf_to_pings=True)
    server.faults.set(unreachable=True)         # no new socket gets through; HTTP does
    server.faults.clear()

What happened: ``server.journal.counts``, ``server.journal.since(number)``,
``await server.journal.wait(number, seconds)``; ``server.control.describe()`` is a snapshot of
connections, channels and switches. The same is offered over HTTP below ``/control``, from
loopback only and with ``Authorization: Bearer <server.token>``: see ``control.py``.

Publishing from the same process, without HTTP:
``server.exchanges[app_id].publish(read_channel_name(text), event, data)``.
"""

from __future__ import annotations

from sfgen.pusher.signature import Credentials
from sfgen.pusherserver.app import App, Limits, Webhook
from sfgen.pusherserver.pusher_server import PusherServer
from sfgen.pusherserver.server_faults import Switches

__all__ = ["App", "Credentials", "Limits", "PusherServer", "Switches", "Webhook"]

"""The local org's server: routes, sessions, start and stop."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from aiohttp import web

from sfgen.errors import ServerError
from sfgen.localorg import oauth, records, rest, soap
from sfgen.localorg.requests import ORG, Org, fault
from sfgen.localorg.store import Store, default_folder

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from sfgen.apex.conditions import OrgKind

#: A base64 zip of the largest package an org takes (39 MB) and room around it.
_MOST_BODY: Final = 64 * 1024 * 1024
_OPEN: Final = ("/services/oauth2/token", "/services/Soap/")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a running local org is, and the token that opens it."""

    url: str
    token: str


@web.middleware
async def _check_session(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Let in who holds a session; SOAP carries its own."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    open_path = request.path.startswith(_OPEN) or request.path == "/services/data"
    if not open_path and not request.app[ORG].knows(token):
        return fault(401, "INVALID_SESSION_ID", "Session expired or invalid")
    return await handler(request)


@web.middleware
async def _join_slashes(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Take ``//services`` and ``…/query/``: sf and simple-salesforce add slashes too many."""
    plain = "/" + request.path.strip("/")
    if plain == request.path:
        return await handler(request)
    url = request.rel_url.with_path(plain).with_query(request.query)
    clone = request.clone(rel_url=url)
    info = await request.app.router.resolve(clone)
    clone._match_info = info  # noqa: SLF001 - aiohttp sets it only on its own way in
    info.add_app(request.app)
    response: web.StreamResponse = await info.handler(clone)
    return response


def make_app(store: Store) -> web.Application:
    """Lay out the org's resources."""
    app = web.Application(client_max_size=_MOST_BODY, middlewares=[_join_slashes, _check_session])
    app[ORG] = Org(store)
    data = "/services/data/v{version}"
    deploys = f"{data}/metadata/deployRequest"
    row = f"{data}/sobjects/{{sobject}}/{{id}}"
    app.add_routes(
        [
            web.get("/services/data", rest.list_versions),
            web.get(data, rest.list_resources),
            web.post(deploys, rest.start_deploy),
            web.get(f"{deploys}/{{id}}", rest.show_deploy),
            web.patch(f"{deploys}/{{id}}", rest.change_deploy),
            web.get(f"{data}/query", records.query),
            web.get(f"{data}/tooling/query", records.query),
            web.post(f"{data}/sobjects/{{sobject}}", records.create),
            web.get(row, records.read),
            web.patch(row, records.change),
            web.delete(row, records.delete),
            web.patch(f"{data}/sobjects/{{sobject}}/{{field}}/{{value}}", records.upsert),
            web.post("/services/oauth2/token", oauth.give_token),
            web.get("/services/oauth2/userinfo", oauth.show_user),
            web.post("/services/Soap/m/{rest:.*}", soap.call),
            web.route("*", "/services/{rest:.*}", rest.answer_unknown),
        ]
    )
    return app


async def serve(
    store: Store, port: int = 0, tls: ssl.SSLContext | None = None
) -> tuple[web.AppRunner, Address]:
    """Start serving on loopback; ``port`` 0 takes any free one.

    With ``tls`` it speaks https: CumulusCI and simple-salesforce know nothing else.

    Raises:
        ServerError: the port is taken.
    """
    app = make_app(store)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0, handle_signals=False)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port, ssl_context=tls)
    try:
        await site.start()
    except OSError as error:
        await runner.cleanup()
        hint = "choose another port, or let sfgen choose with port 0"
        raise ServerError(f"port {port} can't be used: {error.strerror}", hint=hint) from None
    taken = runner.addresses[0][1]
    return runner, Address(f"{'https' if tls else 'http'}://127.0.0.1:{taken}", store.token)


async def _stop(runner: web.AppRunner) -> None:
    """Stop serving and hand every socket back.

    A TLS connection would wait half a minute for its client's farewell, past the loop's end.
    """
    # asyncio leaks whoever is being let in when the listener closes: let them in first.
    await _settle()
    connections = runner.server.connections if runner.server else []
    transports = [handler.transport for handler in connections]
    await runner.cleanup()
    for transport in transports:
        if transport is not None:
            transport.abort()
    await _settle()


async def _settle() -> None:
    """Let transports open and hand their sockets back: each takes a few of the loop's turns."""
    for _ in range(10):
        await asyncio.sleep(0.002)


@contextlib.contextmanager
def running(
    folder: Path | None = None,
    port: int = 0,
    tls: ssl.SSLContext | None = None,
    kind: OrgKind | None = None,
) -> Iterator[Address]:
    """Run the local org in a thread of this process while the block lasts."""
    store = Store(folder or default_folder(), kind)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="local-org", daemon=True)
    thread.start()
    try:
        runner, address = asyncio.run_coroutine_threadsafe(serve(store, port, tls), loop).result(30)
        note = store.folder / "server.json"
        note.write_text(json.dumps({"url": address.url}), encoding="utf-8")
        try:
            yield address
        finally:
            note.unlink(missing_ok=True)
            runner.app[ORG].pool.shutdown(wait=True, cancel_futures=True)
            asyncio.run_coroutine_threadsafe(_stop(runner), loop).result(30)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(30)
        loop.close()


def find_running(folder: Path | None = None) -> Address | None:
    """Find a local org that serves ``folder`` from another process."""
    store = Store(folder or default_folder())
    try:
        note = json.loads((store.folder / "server.json").read_text(encoding="utf-8"))
        url = str(note["url"])
        # A note may outlive its server: only one that answers counts.
        with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=2):
            return Address(url, store.token)
    except (OSError, ValueError, KeyError):
        return None

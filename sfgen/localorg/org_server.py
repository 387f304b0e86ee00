"""The local org's HTTP server: routes, sessions, start and stop."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from aiohttp import web

from sfgen.errors import ServerError
from sfgen.localorg import metadata_rest, metadata_soap, oauth, rest_records
from sfgen.localorg.org_store import OrgStore, default_folder
from sfgen.localorg.request_context import ORG, LocalOrg, fault

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from sfgen.apex.host import OrgKind

#: A base64 zip of the largest package an org takes (39 MB) and room around it.
_MOST_BODY: Final = 64 * 1024 * 1024
#: What anybody may ask: it looks at credentials itself, or tells nothing.
_OPEN: Final = (oauth.give_token, metadata_soap.call, metadata_rest.list_versions)


#: The names that a client on this machine has for it.
_HOSTS: Final = ("127.0.0.1", "localhost")


@dataclass(frozen=True, slots=True)
class Address:
    """Address and access token of a running local org.

    Args:
        token: an access token that always works.
        client_id: the client of the client-credentials flow; empty for another process's org.
        client_secret: its secret, for this run only.
    """

    url: str
    token: str = field(repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)


@web.middleware
async def _check_host(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse any other host name than this machine's own (protects against DNS rebinding)."""
    local = request.transport.get_extra_info("sockname") if request.transport else None
    port = local[1] if local else 0
    known = {f"{name}:{port}" for name in _HOSTS}
    if port == (443 if request.secure else 80):
        known.update(_HOSTS)
    given = request.headers.getall("Host", [])
    if len(given) != 1 or given[0].lower() not in known:
        return fault(421, "INVALID_HOST", "The local org answers on this machine only")
    return await handler(request)


@web.middleware
async def _check_session(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse requests without a session; SOAP checks its own."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if request.match_info.handler not in _OPEN and not request.app[ORG].knows(token):
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
    return await _check_session(clone, info.handler)


def make_app(store: OrgStore) -> web.Application:
    """Create the application with its routes."""
    app = web.Application(
        client_max_size=_MOST_BODY, middlewares=[_check_host, _join_slashes, _check_session]
    )
    app[ORG] = LocalOrg(store)
    data = "/services/data/v{version}"
    deploys = f"{data}/metadata/deployRequest"
    row = f"{data}/sobjects/{{sobject}}/{{id}}"
    app.add_routes(
        [
            web.get("/services/data", metadata_rest.list_versions),
            web.get(data, metadata_rest.list_resources),
            web.post(deploys, metadata_rest.start_deploy),
            web.get(f"{deploys}/{{id}}", metadata_rest.show_deploy),
            web.patch(f"{deploys}/{{id}}", metadata_rest.change_deploy),
            web.get(f"{data}/query", rest_records.query),
            web.get(f"{data}/tooling/query", rest_records.query),
            web.post(f"{data}/sobjects/{{sobject}}", rest_records.create),
            web.get(row, rest_records.read),
            web.patch(row, rest_records.change),
            web.delete(row, rest_records.delete),
            web.patch(f"{data}/sobjects/{{sobject}}/{{field}}/{{value}}", rest_records.upsert),
            web.post("/services/oauth2/token", oauth.give_token),
            web.get("/services/oauth2/userinfo", oauth.show_user),
            web.post("/services/Soap/m/{rest:.*}", metadata_soap.call),
            web.route("*", "/services/{rest:.*}", metadata_rest.answer_unknown),
        ]
    )
    return app


async def serve(
    store: OrgStore, port: int = 0, tls: ssl.SSLContext | None = None
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
    url, client = f"{'https' if tls else 'http'}://127.0.0.1:{taken}", app[ORG].client
    return runner, Address(url, store.token, client.id, client.secret)


async def _stop(runner: web.AppRunner) -> None:
    """Stop serving and close every socket.

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
    """Wait a few turns of the loop for transports to open or close their sockets."""
    for _ in range(10):
        await asyncio.sleep(0.002)


@contextlib.contextmanager
def running(
    folder: Path | None = None,
    port: int = 0,
    tls: ssl.SSLContext | None = None,
    kind: OrgKind | None = None,
) -> Iterator[Address]:
    """Run the local org in a thread of this process for the block."""
    store = OrgStore(folder or default_folder(), kind)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="local-org", daemon=True)
    thread.start()
    try:
        runner, address = asyncio.run_coroutine_threadsafe(serve(store, port, tls), loop).result(30)
        note = store.folder / "server.json"
        _write_note(note, address)
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


def _write_note(path: Path, address: Address) -> None:
    """Write where the org is and its client, readable by this user alone."""
    entry = {
        "url": address.url,
        "clientId": address.client_id,
        "clientSecret": address.client_secret,
    }
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(entry, file)


def find_running(folder: Path | None = None) -> Address | None:
    """Find a local org that serves ``folder`` from another process."""
    store = OrgStore(folder or default_folder())
    try:
        note = json.loads((store.folder / "server.json").read_text(encoding="utf-8"))
        url = str(note["url"])
        # A note may outlive its server: only one that answers counts.
        with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=2):
            return Address(url, store.token)
    except (OSError, ValueError, KeyError):
        return None

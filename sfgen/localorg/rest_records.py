"""Records over REST: query, create, read, change, upsert by external id, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from sfgen.localorg.query_tables import UnknownObjectError, table_of
from sfgen.localorg.request_context import ORG, LocalOrg, answer, fault
from sfgen.localorg.soql_queries import QueryError, run_query

if TYPE_CHECKING:
    from sfgen.localorg.query_tables import Record


async def query(request: web.Request) -> web.Response:
    """``GET …/query?q=`` and ``…/tooling/query?q=``."""
    org = request.app[ORG]
    try:
        found = run_query(org.store, request.query.get("q", ""), request.match_info["version"])
    except QueryError as error:
        return fault(400, error.code, str(error))
    return answer(found)


async def create(request: web.Request) -> web.Response:
    """``POST …/sobjects/<sObject>``."""
    org = request.app[ORG]
    return _create(org, request.match_info["sobject"], await request.json())


async def read(request: web.Request) -> web.Response:
    """``GET …/sobjects/<sObject>/<id>``."""
    org = request.app[ORG]
    row = _find(org, request.match_info["sobject"], "Id", request.match_info["id"])
    if row is None:
        return fault(404, "NOT_FOUND", "The requested resource does not exist")
    return answer({"attributes": {"type": request.match_info["sobject"]}, **row})


async def change(request: web.Request) -> web.Response:
    """``PATCH …/sobjects/<sObject>/<id>``."""
    org = request.app[ORG]
    row = _find(org, request.match_info["sobject"], "Id", request.match_info["id"])
    if row is None:
        return fault(404, "NOT_FOUND", "The requested resource does not exist")
    with org.store.lock:
        row.update(await request.json())
        org.store.save()
    return web.Response(status=204)


async def upsert(request: web.Request) -> web.Response:
    """``PATCH …/sobjects/<sObject>/<field>/<value>``: change the one, or create it."""
    org = request.app[ORG]
    info = request.match_info
    body = await request.json()
    row = _find(org, info["sobject"], info["field"], info["value"])
    if row is None:
        return _create(org, info["sobject"], {**body, info["field"]: info["value"]})
    with org.store.lock:
        row.update(body)
        org.store.save()
    return answer({"id": row["Id"], "success": True, "errors": [], "created": False})


async def delete(request: web.Request) -> web.Response:
    """``DELETE …/sobjects/<sObject>/<id>``."""
    org = request.app[ORG]
    row = _find(org, request.match_info["sobject"], "Id", request.match_info["id"])
    if row is None:
        return fault(404, "NOT_FOUND", "The requested resource does not exist")
    with org.store.lock:
        _, table = table_of(org.store, request.match_info["sobject"])
        table.pop(str(row["Id"]), None)
        org.store.save()
    return web.Response(status=204)


def _create(org: LocalOrg, sobject: str, body: dict[str, Any]) -> web.Response:
    try:
        name, table = table_of(org.store, sobject)
    except UnknownObjectError:
        return fault(404, "NOT_FOUND", "The requested resource does not exist")
    record_id = org.store.new_id(name)
    with org.store.lock:
        table[record_id] = {"Id": record_id, **body}
        org.store.save()
    return answer({"id": record_id, "success": True, "errors": [], "created": True}, status=201)


def _find(org: LocalOrg, sobject: str, field: str, value: str) -> Record | None:
    try:
        _, table = table_of(org.store, sobject)
    except UnknownObjectError:
        return None
    lower = field.lower()
    wanted = value[:15] if lower == "id" else value
    for row in table.values():
        held = next((str(v) for k, v in row.items() if k.lower() == lower), None)
        if held is not None and (held[:15] if lower == "id" else held) == wanted:
            return row
    return None

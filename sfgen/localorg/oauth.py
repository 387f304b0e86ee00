"""OAuth tokens by JWT bearer, client credentials and refresh; identity of the user."""

from __future__ import annotations

import base64
import secrets
import time
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from sfgen.localorg.clients import LoginError, judge_assertion
from sfgen.localorg.request_context import ORG, LocalOrg, answer

if TYPE_CHECKING:
    from aiohttp import web

_JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


async def give_token(request: web.Request) -> web.Response:
    """``POST /services/oauth2/token``."""
    org = request.app[ORG]
    form = await request.post()
    origin = str(request.url.origin())
    try:
        _judge(org, request, {name: str(value) for name, value in form.items()}, origin)
    except LoginError as error:
        return answer({"error": error.code, "error_description": str(error)}, status=400)
    return answer(_session(org, origin))


def _judge(org: LocalOrg, request: web.Request, form: dict[str, str], origin: str) -> None:
    grant = form.get("grant_type", "")
    if grant == _JWT:
        judge_assertion(org.store, form.get("assertion", ""), origin)
    elif grant == "client_credentials":
        client, secret = _read_client(request.headers.get("Authorization", ""), form)
        if not (client and secret):
            raise LoginError("invalid_grant", "client_id and client_secret are required")
        if not org.client.fits(client, secret):
            raise LoginError("invalid_client", "invalid client credentials")
    elif grant == "refresh_token":
        if form.get("refresh_token") not in org.refresh:
            raise LoginError("invalid_grant", "expired access/refresh token")
    else:
        raise LoginError("unsupported_grant_type", "grant type not supported")


def _read_client(header: str, form: dict[str, str]) -> tuple[str, str]:
    """Return the client's id and secret, from the form or from HTTP's basic authentication."""
    scheme, _, coded = header.partition(" ")
    if scheme.lower() != "basic":
        return form.get("client_id", ""), form.get("client_secret", "")
    try:
        client, _, secret = base64.b64decode(coded, validate=True).decode().partition(":")
    except ValueError:
        return "", ""
    return unquote_plus(client), unquote_plus(secret)


def _session(org: LocalOrg, origin: str) -> dict[str, str]:
    identity = org.store.identity
    token = f"{identity.organization_id[:15]}!{secrets.token_urlsafe(48)}"
    org.sessions.add(token)
    return {
        "access_token": token,
        "instance_url": origin,
        "id": f"{origin}/id/{identity.organization_id}/{identity.user_id}",
        "token_type": "Bearer",
        "issued_at": str(int(time.time() * 1000)),
        "scope": "api",
    }


async def show_user(request: web.Request) -> web.Response:
    """``GET /services/oauth2/userinfo``."""
    identity = request.app[ORG].store.identity
    origin = request.url.origin()
    return answer(
        {
            "sub": f"{origin}/id/{identity.organization_id}/{identity.user_id}",
            "user_id": identity.user_id,
            "organization_id": identity.organization_id,
            "preferred_username": identity.username,
            "nickname": "admin",
            "name": "Local Admin",
            "email": identity.username,
        }
    )

"""OAuth and identity: tokens by JWT bearer, client credentials and refresh; who is asking."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

import jwt

from sfgen.localorg.requests import ORG, Org, answer

if TYPE_CHECKING:
    from aiohttp import web

_JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


async def give_token(request: web.Request) -> web.Response:
    """``POST /services/oauth2/token``.

    The org has no certificates, so a JWT's signature isn't checked; its issuer, subject and expiry
    are. Client and secret of the client-credentials flow only have to be there.
    """
    org = request.app[ORG]
    form = await request.post()
    grant = str(form.get("grant_type", ""))
    if grant == _JWT:
        problem = _judge(str(form.get("assertion", "")))
    elif grant == "client_credentials":
        basic = request.headers.get("Authorization", "").startswith("Basic ")
        complete = basic or bool(form.get("client_id") and form.get("client_secret"))
        problem = None if complete else "client_id and client_secret are required"
    elif grant == "refresh_token":
        known = form.get("refresh_token") in org.refresh
        problem = None if known else "expired access/refresh token"
    else:
        return answer({"error": "unsupported_grant_type", "error_description": grant}, status=400)
    if problem:
        return answer({"error": "invalid_grant", "error_description": problem}, status=400)
    return answer(_session(org, str(request.url.origin())))


def _judge(assertion: str) -> str | None:
    try:
        claims = jwt.decode(assertion, options={"verify_signature": False})
    except jwt.PyJWTError:
        return "invalid assertion"
    if not claims.get("iss") or not claims.get("sub"):
        return "the assertion names no issuer or no user"
    expiry = float(claims.get("exp") or 0)
    # sf sends milliseconds (deploying.md 2.2).
    seconds = expiry / 1000 if expiry > 1e11 else expiry
    return None if seconds > time.time() - 180 else "the assertion is expired"


def _session(org: Org, origin: str) -> dict[str, str]:
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

"""OAuth 2.0 of the external application: authorization code with PKCE, refresh, revocation.

RFC 6749 sections 4.1 and 6, RFC 7636, RFC 7009.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

CODE_SECONDS = 60.0
TOKEN_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class _Grant:
    challenge: str
    redirect_uri: str
    client_id: str
    expires: float


class OAuthServer:
    """Codes and tokens of one run; nothing of it is written anywhere."""

    def __init__(self) -> None:
        self._codes: dict[str, _Grant] = {}
        self._access: dict[str, float] = {}
        self._refresh: set[str] = set()

    def authorize(self, query: Mapping[str, str]) -> str | None:
        """Return a code for a well-formed request with PKCE, or nothing."""
        fine = (
            query.get("response_type") == "code"
            and query.get("code_challenge_method") == "S256"
            and query.get("code_challenge")
            and query.get("redirect_uri")
            and query.get("state")
            and query.get("client_id")
        )
        if not fine:
            return None
        code = secrets.token_urlsafe(24)
        self._codes[code] = _Grant(
            query["code_challenge"],
            query["redirect_uri"],
            query["client_id"],
            time.monotonic() + CODE_SECONDS,
        )
        return code

    def exchange(self, form: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        """Answer the token endpoint."""
        if form.get("grant_type") == "refresh_token":
            token = form.get("refresh_token", "")
            if token not in self._refresh:
                return 400, {"error": "invalid_grant"}
            self._refresh.discard(token)
            return 200, self.issue()
        if form.get("grant_type") != "authorization_code":
            return 400, {"error": "unsupported_grant_type"}
        grant = self._codes.pop(form.get("code", ""), None)
        if grant is None or not _fits(grant, form):
            return 400, {"error": "invalid_grant"}
        return 200, self.issue()

    def revoke(self, token: str) -> None:
        """Revoke an access or refresh token."""
        self._refresh.discard(token)
        self._access.pop(token, None)

    def expire(self, *, refresh: bool = False) -> None:
        """Expire all access tokens; with ``refresh`` the refresh tokens too."""
        self._access.clear()
        if refresh:
            self._refresh.clear()

    def knows(self, header: str) -> bool:
        """Say whether an ``Authorization`` header holds a token that is valid."""
        scheme, _, token = header.partition(" ")
        return scheme.lower() == "bearer" and self._access.get(token, 0) > time.monotonic()

    def issue(self) -> dict[str, Any]:
        """Make a pair of tokens."""
        access, refresh = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        self._access[access] = time.monotonic() + TOKEN_SECONDS
        self._refresh.add(refresh)
        return {
            "access_token": access,
            "refresh_token": refresh,
            "token_type": "Bearer",
            "expires_in": TOKEN_SECONDS,
        }


def _fits(grant: _Grant, form: Mapping[str, str]) -> bool:
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return (
        grant.expires > time.monotonic()
        and grant.redirect_uri == form.get("redirect_uri")
        and grant.client_id == form.get("client_id")
        and hmac.compare_digest(challenge.encode(), grant.challenge.encode())
    )

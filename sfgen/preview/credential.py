"""The advisor's principal of an external credential, as Salesforce would keep it."""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlencode


class UserCredential:
    """Whether the one advisor of a preview is logged in by a named credential.

    A preview begins with an advisor who is, so that its pages show what the project is for.
    """

    def __init__(self) -> None:
        self._configured = True
        self._state = ""

    def begin(self) -> str:
        """Return the query of the application's login page for one login."""
        self._state = secrets.token_urlsafe(16)
        return urlencode({"state": self._state, "client_id": "salesforce"})

    def complete(self, state: str) -> bool:
        """End the login that was begun last, if ``state`` is that one's."""
        expected, given = self._state.encode(), state.encode(errors="replace")
        if not expected or not hmac.compare_digest(expected, given):
            return False
        self._configured, self._state = True, ""
        return True

    def is_configured(self) -> bool:
        """Say whether Salesforce holds a token."""
        return self._configured

    def remove(self) -> None:
        """Log out."""
        self._configured = False


class SiteCredentials:
    """What ``ConnectApi.NamedCredentials`` asks in a preview: it has one advisor.

    Args:
        credential: the advisor's.
        origin: of the external application, with https as the org knows it.
    """

    def __init__(self, credential: UserCredential, origin: str) -> None:
        self._credential = credential
        self._origin = origin

    def is_configured(self, external: str, principal: str) -> bool:
        """Say whether the advisor has authenticated."""
        del external, principal
        return self._credential.is_configured()

    def authentication_url(self, external: str) -> str:
        """Return where the advisor authenticates."""
        del external
        return f"{self._origin}/oauth/authorize?{self._credential.begin()}"

    def remove(self, external: str, principal: str) -> None:
        """Forget the advisor's token."""
        del external, principal
        self._credential.remove()

"""The advisor's login to an external credential, as Salesforce keeps it for a user."""

from __future__ import annotations

import hmac
import secrets
from collections import deque
from typing import Final
from urllib.parse import urlencode

#: Logins under way at a time: each widget that asks for one has its own.
_LOGINS: Final = 32


class UserCredential:
    """Whether the one advisor of a preview is logged in by a named credential.

    A preview begins with an advisor who is, so that its pages show what the project is for.
    """

    def __init__(self) -> None:
        self._configured = True
        self._states: deque[str] = deque(maxlen=_LOGINS)

    def begin(self) -> str:
        """Return the query of the application's login page for one login."""
        state = secrets.token_urlsafe(16)
        self._states.append(state)
        return urlencode({"state": state, "client_id": "salesforce"})

    def complete(self, state: str) -> bool:
        """End the login that ``state`` was given to, if there is one."""
        given = state.encode(errors="replace")
        known = [one for one in self._states if hmac.compare_digest(one.encode(), given)]
        if not known:
            return False
        self._states.clear()
        self._configured = True
        return True

    def is_configured(self) -> bool:
        """Say whether Salesforce holds a token."""
        return self._configured

    def remove(self) -> None:
        """Log out."""
        self._configured = False


class AdvisorCredentials:
    """Answers ``ConnectApi.NamedCredentials`` for the one advisor of a preview.

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

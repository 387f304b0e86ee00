"""A session with an org: every request timed, retried only where that is safe, never logged."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import requests
from urllib3.exceptions import NewConnectionError

from sfgen.errors import OrgError
from sfgen.secret import Secret, mask

if TYPE_CHECKING:
    from collections.abc import Callable

#: Seconds to connect, and seconds without a byte of the answer.
TIMEOUT: Final = (15.0, 120.0)
_TRIES: Final = 5
_PASSING: Final = frozenset({420, 429, 500, 502, 503, 504})
#: An answer to these says that nothing was done; asking again is safe even for a POST.
_REFUSED: Final = frozenset({420, 429})
_LONGEST_WAIT: Final = 60.0


#: What helps against refusals that a person can do something about (REST API, status codes).
_HINTS: Final = {
    "REQUEST_LIMIT_EXCEEDED": "the org's API requests of the last 24 hours are used up: "
    "see Company Information in Setup, or wait",
    "API_DISABLED_FOR_ORG": "the org's edition has no API access",
    "API_CURRENTLY_DISABLED": "the user's profile or permission sets lack API Enabled",
    "INSUFFICIENT_ACCESS": "deploying needs the permission Modify Metadata Through Metadata API "
    "Functions, or Modify All Data",
}


class UncertainError(OrgError):
    """A request may or may not have been carried out: the answer was lost."""


@dataclass(slots=True)
class Session:
    """An open session.

    Attributes:
        target: what the user called the org.
        renew: gets a new access token after the old one expired, where the login allows it.
        sleep: waits; tests replace it.
    """

    target: str
    instance_url: str
    token: Secret
    api_version: str
    username: str | None = None
    renew: Callable[[], Secret] | None = None
    http: requests.Session = field(default_factory=requests.Session)
    sleep: Callable[[float], None] = time.sleep

    @property
    def data(self) -> str:
        """The base address of the REST resources."""
        return f"{self.instance_url}/services/data/v{self.api_version}"

    def close(self) -> None:
        """Close the connections."""
        self.http.close()

    def get(self, url: str, **options: Any) -> Any:
        """GET JSON, retrying on temporary faults.

        Raises:
            OrgError: the org can't be reached, refuses, or answers something that is no JSON.
        """
        return self._json("GET", url, repeatable=True, **options)

    def send(self, method: str, url: str, **options: Any) -> Any:
        """Send a request that must not be repeated; retried only if it surely wasn't carried out.

        Raises:
            UncertainError: the connection broke after the request had gone out.
            OrgError: as ``get``.
        """
        return self._json(method, url, repeatable=False, **options)

    def _json(self, method: str, url: str, *, repeatable: bool, **options: Any) -> Any:
        response = self._request(method, url, repeatable=repeatable, **options)
        if response.status_code == 401 and self.renew is not None:
            self.token = self.renew()
            response = self._request(method, url, repeatable=repeatable, **options)
        if not response.ok:
            raise self._refusal(response, repeatable=repeatable)
        if response.status_code == 204:
            return None
        try:
            return response.json()
        except ValueError:
            message = f"{self.target}: the org answered {response.status_code} with no JSON"
            hint = "a login page or a proxy may have answered; check the instance URL"
            raise OrgError(message, hint=hint) from None

    def _request(
        self, method: str, url: str, *, repeatable: bool, **options: Any
    ) -> requests.Response:
        headers = {**options.pop("headers", {}), "Authorization": f"Bearer {self.token.reveal()}"}
        for attempt in range(_TRIES):
            last = attempt == _TRIES - 1
            pause = min(0.5 * 2**attempt, _LONGEST_WAIT)
            try:
                response = self.http.request(
                    method, url, headers=headers, timeout=TIMEOUT, allow_redirects=False, **options
                )
            except requests.RequestException as error:
                before = _failed_before_sending(error)
                if last or not (repeatable or before):
                    raise self._unreachable(error, sent=not before) from None
            else:
                passing = response.status_code in (_PASSING if repeatable else _REFUSED)
                if not passing or last:
                    return response
                pause = _asked_wait(response, pause)
            self.sleep(pause)
        raise AssertionError  # pragma: no cover - the last attempt returns or raises

    def _unreachable(self, error: requests.RequestException, *, sent: bool) -> OrgError:
        reason = mask(type(error).__name__, self.token)
        if sent:
            return UncertainError(
                f"{self.target}: the connection broke after the request was sent ({reason})",
                hint=f"it may have started: see {self.instance_url}"
                "/lightning/setup/DeployStatus/home",
            )
        return OrgError(
            f"{self.target}: {self.instance_url} can't be reached ({reason})",
            hint="check the network, the proxy settings and the instance URL",
        )

    def _refusal(self, response: requests.Response, *, repeatable: bool) -> OrgError:
        code, text = _reason(response)
        message = mask(f"{self.target}: {text} ({response.status_code} {code})", self.token)
        if response.status_code == 401:
            return OrgError(message, hint="the session is expired: log in again")
        if response.status_code >= 500 and not repeatable:
            where = f"{self.instance_url}/lightning/setup/DeployStatus/home"
            return UncertainError(message, hint=f"it may have started: see {where}")
        return OrgError(message, hint=_HINTS.get(code))


def _failed_before_sending(error: requests.RequestException) -> bool:
    if isinstance(error, (requests.ConnectTimeout, requests.exceptions.ProxyError)):
        return True
    cause: object = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", cause), NewConnectionError)


def _asked_wait(response: requests.Response, otherwise: float) -> float:
    try:
        return min(float(response.headers["Retry-After"]), _LONGEST_WAIT)
    except (KeyError, ValueError):
        return otherwise


def _reason(response: requests.Response) -> tuple[str, str]:
    """Find Salesforce's error code and message in any of the shapes it uses."""
    try:
        body = response.json()
    except ValueError:
        return response.reason or "", "the org refused the request"
    if isinstance(body, list) and body and isinstance(body[0], dict):
        return str(body[0].get("errorCode", "")), str(body[0].get("message", "refused"))
    if isinstance(body, dict) and "error" in body:
        return str(body["error"]), str(body.get("error_description", "refused"))
    return "", "the org refused the request"

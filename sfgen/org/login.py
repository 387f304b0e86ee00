"""Opens sessions: sf's logins, a token from the environment, JWT, client credentials, a URL.

Secrets come from the environment, from a key file or from sf; never from the command line.
"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import requests

from sfgen.errors import OrgError, UsageError
from sfgen.org.session import TIMEOUT, Session
from sfgen.org.sfdx import read_login
from sfgen.secret import Secret, mask

if TYPE_CHECKING:
    from collections.abc import Callable

_LOGIN_URL: Final = "https://login.salesforce.com"
_AUTH_URL: Final = re.compile(r"force://([^:]*):([^:]*):([^@]+)@(.+)")
_HINT: Final = (
    "name one with --target-org (an sf alias, a username, or local), or set SFGEN_ACCESS_TOKEN "
    "and SFGEN_INSTANCE_URL"
)


def require_target(target: str | None) -> None:
    """Check that a target or the environment names an org, before any work is done.

    Raises:
        UsageError: neither a target nor the environment names an org.
    """
    names = ("SFGEN_ACCESS_TOKEN", "SFGEN_AUTH_URL", "SFGEN_CLIENT_ID")
    if target in {None, "env"} and not any(os.environ.get(name) for name in names):
        raise UsageError("no org to deploy to", hint=_HINT)


def open_session(target: str | None, api_version: str) -> Session:
    """Open a session with ``target``: an sf alias or username, or ``env`` for the environment.

    Raises:
        UsageError: nothing says which org.
        OrgError: the login failed.
    """
    if target in {None, "env"}:
        return _from_environment(api_version)
    url, token, username = read_login(str(target))
    return Session(str(target), url, token, api_version, username)


def _from_environment(api_version: str) -> Session:
    found = os.environ.get
    if found("SFGEN_ACCESS_TOKEN"):
        url = found("SFGEN_INSTANCE_URL")
        if not url:
            raise UsageError("SFGEN_ACCESS_TOKEN is set but SFGEN_INSTANCE_URL is not")
        return Session("env", url.rstrip("/"), Secret(found("SFGEN_ACCESS_TOKEN", "")), api_version)
    if found("SFGEN_AUTH_URL"):
        return _with_renewal(_refresh(Secret(found("SFGEN_AUTH_URL", ""))), api_version)
    client = found("SFGEN_CLIENT_ID")
    if client and (found("SFGEN_JWT_KEY") or found("SFGEN_JWT_KEY_FILE")):
        return _with_renewal(_jwt_bearer(client), api_version)
    if client and found("SFGEN_CLIENT_SECRET"):
        return _with_renewal(_client_credentials(client), api_version)
    raise UsageError("no org to deploy to", hint=_HINT)


def _with_renewal(ask: Callable[[], dict[str, Any]], api_version: str) -> Session:
    given = ask()
    session = Session(
        "env", str(given["instance_url"]).rstrip("/"), Secret(given["access_token"]), api_version
    )
    session.renew = lambda: Secret(ask()["access_token"])
    return session


def _login_url() -> str:
    return os.environ.get("SFGEN_LOGIN_URL", _LOGIN_URL).rstrip("/")


def _client_credentials(client: str) -> Callable[[], dict[str, Any]]:
    secret = Secret(os.environ["SFGEN_CLIENT_SECRET"])

    def ask() -> dict[str, Any]:
        form = {
            "grant_type": "client_credentials",
            "client_id": client,
            "client_secret": secret.reveal(),
        }
        return _ask_token(_login_url(), form, secret)

    return ask


def _jwt_bearer(client: str) -> Callable[[], dict[str, Any]]:
    username = os.environ.get("SFGEN_USERNAME")
    if not username:
        raise UsageError("a JWT login needs SFGEN_USERNAME as well as SFGEN_CLIENT_ID and the key")
    key = Secret(os.environ.get("SFGEN_JWT_KEY", ""))
    if not key:
        path = Path(os.environ["SFGEN_JWT_KEY_FILE"])
        try:
            key = Secret(path.read_text(encoding="ascii"))
        except (OSError, UnicodeDecodeError):
            raise UsageError(f"SFGEN_JWT_KEY_FILE {path} can't be read") from None

    def ask() -> dict[str, Any]:
        import jwt

        url = _login_url()
        claims = {"iss": client, "sub": username, "aud": url, "exp": int(time.time()) + 180}
        try:
            assertion = jwt.encode(claims, key.reveal(), algorithm="RS256")
        except (jwt.PyJWTError, ValueError, TypeError):
            raise UsageError("the JWT key is not an RSA private key in PEM form") from None
        form = {
            "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer",
            "assertion": assertion,
        }
        return _ask_token(url, form, Secret(assertion))

    return ask


def _refresh(auth_url: Secret) -> Callable[[], dict[str, Any]]:
    parts = _AUTH_URL.fullmatch(auth_url.reveal().strip())
    if parts is None:
        hint = "it looks like force://<client id>:<client secret>:<refresh token>@<host>"
        raise UsageError("SFGEN_AUTH_URL is not an sfdx authorization URL", hint=hint)
    client, secret, token, host = parts.groups()
    base = host if host.startswith("http") else f"https://{host}"

    def ask() -> dict[str, Any]:
        form = {"grant_type": "refresh_token", "client_id": client, "refresh_token": token}
        if secret:
            form["client_secret"] = secret
        return _ask_token(base.rstrip("/"), form, Secret(token))

    return ask


def _ask_token(url: str, form: dict[str, str], secret: Secret) -> dict[str, Any]:
    try:
        response = requests.post(f"{url}/services/oauth2/token", data=form, timeout=TIMEOUT)
        body = response.json()
    except requests.JSONDecodeError:
        raise OrgError(f"{url} answered the login with no JSON", hint="check the URL") from None
    except requests.RequestException as error:
        raise OrgError(f"{url} can't be reached ({type(error).__name__})") from None
    if not response.ok or "access_token" not in body:
        reason = f"{body.get('error', response.status_code)}: {body.get('error_description', '')}"
        raise OrgError(mask(f"{url} refused the login: {reason}", secret))
    return dict(body)

"""Clients that may log in by JWT: their consumer keys and public keys.

A client is known by the connected app or external client app that was deployed with its consumer
key and certificate, or by a file ``clients/<consumer key>.pem`` in the org's folder.
"""

from __future__ import annotations

import base64
import binascii
import time
from typing import TYPE_CHECKING, Any, Final

import jwt
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from lxml import etree

from sfgen.metadata import NAMESPACE
from sfgen.project import read_packaged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.localorg.org_store import OrgStore

_APPS: Final = frozenset({"ConnectedApp", "ExtlClntAppGlobalOauthSettings"})
_HOSTS: Final = ("https://login.salesforce.com", "https://test.salesforce.com")
#: Salesforce takes a clock that is off by this many seconds (help: "OAuth 2.0 JWT Bearer Flow").
_SKEW: Final = 180


class LoginError(Exception):
    """A login that is refused, with OAuth's code for it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def judge_assertion(store: OrgStore, assertion: str, origin: str) -> None:
    """Check a JWT bearer assertion: its client's key, its audience and its times.

    Raises:
        LoginError: in Salesforce's words (help: "OAuth Authorization Flows Errors").
    """
    try:
        claims: dict[str, Any] = jwt.decode(assertion, options={"verify_signature": False})
    except jwt.PyJWTError:
        raise LoginError("invalid_grant", "invalid assertion") from None
    client = claims.get("iss")
    if not client or not claims.get("sub"):
        raise LoginError("invalid_grant", "invalid assertion")
    keys = [key for known, key in _known(store) if known == client]
    if not keys:
        raise LoginError("invalid_client_id", "client identifier invalid")
    if not any(_is_signed(assertion, key) for key in keys):
        raise LoginError("invalid_grant", "invalid assertion")
    if str(claims.get("aud", "")).rstrip("/") not in (*_HOSTS, origin):
        raise LoginError("invalid_grant", "audience is invalid")
    expiry = _number(claims.get("exp"))
    # sf sends milliseconds (forcedotcom/sfdx-core, AuthInfo: `exp: Date.now() + 300`).
    seconds = expiry / 1000 if expiry > 1e11 else expiry
    if seconds <= time.time() - _SKEW:
        raise LoginError("invalid_grant", "expired authorization code")


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def _is_signed(assertion: str, key: Any) -> bool:
    try:
        jwt.decode(
            assertion, key, algorithms=["RS256"], options={"verify_exp": False, "verify_aud": False}
        )
    except (jwt.PyJWTError, TypeError, ValueError):
        return False
    return True


def _known(store: OrgStore) -> Iterator[tuple[str, Any]]:
    """Iterate over consumer keys with public keys; unreadable ones are left out."""
    for path in sorted((store.folder / "clients").glob("*.pem")):
        if key := _public_key(path.read_bytes()):
            yield path.stem, key
    for component in read_packaged(store.metadata).components:
        if component.type.name not in _APPS or component.meta is None:
            continue
        root = _parse(component.meta)
        if root is None:
            continue
        client = root.findtext(f".//{{{NAMESPACE}}}consumerKey")
        text = root.findtext(f".//{{{NAMESPACE}}}certificate")
        if client and text and (key := _public_key(text.strip().encode())):
            yield client.strip(), key


def _parse(path: str) -> etree._Element | None:
    """Parse a deployed file without resolving entities."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.parse(path, parser).getroot()
    except (OSError, etree.XMLSyntaxError):
        return None


def _public_key(data: bytes) -> Any:
    """Read a public key or a certificate; metadata has the latter without its PEM lines too."""
    try:
        if b"-----BEGIN PUBLIC KEY" in data:
            return load_pem_public_key(data)
        if b"-----BEGIN" in data:
            return x509.load_pem_x509_certificate(data).public_key()
        return x509.load_der_x509_certificate(base64.b64decode(data)).public_key()
    except (ValueError, binascii.Error):
        return None

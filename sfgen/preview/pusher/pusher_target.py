"""The Pusher server that pages and events use: host, app, key and secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from sfgen.errors import UsageError

#: The master key of encrypted channels, the same in every preview: it protects nothing.
MASTER_KEY: Final = b"the preview's own key, 32 bytes."


@dataclass(frozen=True, slots=True)
class PusherTarget:
    """A Pusher-protocol server with one of its apps; the secret signs and publishes.

    Args:
        host: without a scheme.
        tls: whether sockets and the HTTP API use it.
        cluster: of a hosted account, or nothing.
    """

    host: str
    port: int
    tls: bool
    app_id: str
    key: str
    secret: str
    cluster: str = "mt1"

    @property
    def is_local(self) -> bool:
        """Whether it runs on this machine, which is reached without a proxy."""
        return self.host in {"localhost", "127.0.0.1", "[::1]"} or self.host.endswith(".localhost")

    @property
    def origin(self) -> str:
        """What a Content-Security-Policy names."""
        return f"{'wss' if self.tls else 'ws'}://{self.host}:{self.port}"

    @property
    def http_origin(self) -> str:
        """Where the HTTP API answers."""
        host = self.host.replace("ws-", "api-", 1) if self.host.startswith("ws-") else self.host
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}"

    def as_trap(self) -> dict[str, Any]:
        """Return what the page's trap needs; never the secret."""
        return {"key": self.key, "host": self.host, "port": self.port, "tls": self.tls}

    def __repr__(self) -> str:
        """Show everything but the secret."""
        return f"PusherTarget({self.origin}, app_id={self.app_id!r}, key={self.key!r})"


def read_target(address: str, secret: str) -> PusherTarget:
    """Read ``--pusher``: ``CLUSTER/APP_ID/KEY`` or ``http[s]://HOST:PORT/APP_ID/KEY``.

    Raises:
        UsageError: it is neither, or there is no secret.
    """
    hint = "write eu/12345/key, or http://127.0.0.1:6001/12345/key for a server of your own"
    if not secret:
        raise UsageError("--pusher needs the app's secret in SFGEN_PUSHER_SECRET", hint=hint)
    if "://" in address:
        try:
            parts = urlsplit(address)
            tls, port = parts.scheme in {"https", "wss"}, parts.port
        except ValueError:
            raise UsageError(f"--pusher can't be {address}", hint=hint) from None
        names = parts.path.strip("/").split("/")
        if len(names) != 2 or not parts.hostname:
            raise UsageError(f"--pusher can't be {address}", hint=hint)
        port = port or (443 if tls else 80)
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        return PusherTarget(host, port, tls=tls, app_id=names[0], key=names[1], secret=secret)
    names = address.split("/")
    if len(names) != 3 or not all(names):
        raise UsageError(f"--pusher can't be {address}", hint=hint)
    host = f"ws-{names[0]}.pusher.com"
    return PusherTarget(
        host, 443, tls=True, app_id=names[1], key=names[2], secret=secret, cluster=names[0]
    )

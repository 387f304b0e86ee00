"""A session with the local org: the one that runs, or one of this process's own."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import requests

from sfgen.localorg import find_running, running
from sfgen.org import Session
from sfgen.project.configuration import DEFAULT_API_VERSION
from sfgen.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def local_session() -> Iterator[Session]:
    """Open a session with the local org for the block."""
    http = requests.Session()
    # Loopback never goes through a proxy, whatever NO_PROXY says.
    http.trust_env = False
    with contextlib.ExitStack() as stack:
        address = find_running() or stack.enter_context(running())
        yield Session("local", address.url, Secret(address.token), DEFAULT_API_VERSION, http=http)

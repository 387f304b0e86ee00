"""The run file of a preview, by which other commands find its servers.

The file lies in the user's runtime folder, mode 0600, and goes when the preview stops. Its app
secret is made up for one run and opens nothing but the local server.
"""

from __future__ import annotations

import json
import os
import socket
import tempfile
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from sfgen import folders
from sfgen.errors import ServerError

FILE = "preview.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class RunningPreview:
    """A running preview.

    Args:
        pid: of its process.
        pusher_port: of the local Pusher server, on loopback.
        app_id: of the local app.
        key: of the local app.
        secret: of the local app, for this run only.
        control_token: of the Pusher server's control endpoint.
        preview_port: of the pages, 0 when only the Pusher server runs.
        project: the folder that is previewed, empty when there is none.
        master_key: of the run's encrypted channels, in base64.
    """

    pid: int
    pusher_port: int
    app_id: str
    key: str
    secret: str = field(repr=False)
    control_token: str = field(default="", repr=False)
    preview_port: int = 0
    project: str = ""
    master_key: str = field(default="", repr=False)


def locate_run_file() -> Path:
    """Return where the run file lies; ``SFGEN_RUNTIME_DIR`` moves it."""
    folder = os.environ.get("SFGEN_RUNTIME_DIR")
    return (Path(folder) if folder else folders.runtime()) / FILE


def write_run_file(session: RunningPreview) -> Path:
    """Write the run file, readable by the user alone; the last preview started wins.

    Raises:
        ServerError: the folder can't be written.
    """
    path = locate_run_file()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".preview-")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"format": FORMAT, **asdict(session)}, file)
        Path(name).replace(path)
    except OSError as error:
        raise ServerError(
            f"the run file can't be written in {path.parent}: {error.strerror}",
            hint="set SFGEN_RUNTIME_DIR to a folder of yours",
        ) from None
    return path


def read_run_file() -> RunningPreview | None:
    """Return the preview that runs now; ``None`` when none does or its server is gone."""
    try:
        found = json.loads(locate_run_file().read_text("utf-8"))
    except (OSError, ValueError):
        return None
    session = _read_fields(found)
    if session is None or not _listens(session.pusher_port):
        return None
    return session


def remove_run_file(session: RunningPreview) -> None:
    """Remove the run file if it is still this preview's."""
    path = locate_run_file()
    try:
        found = json.loads(path.read_text("utf-8"))
        if found.get("pid") == session.pid and found.get("pusher_port") == session.pusher_port:
            path.unlink()
    except (OSError, ValueError, AttributeError):
        return


def _read_fields(found: Any) -> RunningPreview | None:
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        return None
    given: dict[str, Any] = {
        one.name: found.get(one.name, one.default) for one in fields(RunningPreview)
    }
    numbers = ("pid", "pusher_port", "preview_port")
    if not all(isinstance(v, int if k in numbers else str) for k, v in given.items()):
        return None
    return RunningPreview(**given)


def _listens(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1.0):
            return True
    except (OSError, OverflowError):
        return False

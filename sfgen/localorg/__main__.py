"""``python -m sfgen.localorg [--port N] [--folder DIR]``: run the local org until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import sys
import threading
from pathlib import Path

from sfgen.localorg.server import running


def main() -> None:
    """Serve, and say where."""
    parser = argparse.ArgumentParser(prog="python -m sfgen.localorg", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--folder", type=Path, default=None)
    given = parser.parse_args()
    with running(given.folder, given.port) as address:
        sys.stdout.write(f"local org: {address.url}\n")
        sys.stdout.flush()
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()

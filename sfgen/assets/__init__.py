"""Files of the preview for browsers and V8; built by ``recipe/build.mjs``, see ``manifest.json``.

Licences stand in ``licences/``: LWC, its compiler and Babel are MIT, SLDS's style sheet is
BSD-3-Clause, SLDS's icons are CC BY-ND 4.0 and shipped as published. Salesforce's base components
are not here: the file LICENSE.txt of their npm package is a "Terms of Use" with an indemnity,
whatever its package.json says. ``lightning/`` holds sfgen's own.
"""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def read_packed(name: str) -> bytes:
    """Return the unpacked content of ``<name>.gz``."""
    return gzip.decompress(packed(name))


@cache
def packed(name: str) -> bytes:
    """Return ``<name>.gz`` as it is: browsers unpack it themselves."""
    return (FOLDER / f"{name}.gz").read_bytes()


def read_text(name: str) -> str:
    """Return a plain text asset; read each time, so that edits show at once."""
    return (FOLDER / name).read_text(encoding="utf-8")

"""What the preview ships for browsers and V8; made by ``recipe/build.mjs``, see ``manifest.json``.

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
    """Return ``<name>.gz`` as it stands: browsers unpack it themselves."""
    return (FOLDER / f"{name}.gz").read_bytes()


def read_text(name: str) -> str:
    """Return a plain text asset; read anew each time, so that it can be worked on."""
    return (FOLDER / name).read_text(encoding="utf-8")

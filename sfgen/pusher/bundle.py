"""The pusher-js files of generated projects: npm's own bytes, verified by their hashes."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from sfgen.errors import ProjectError

VERSION = "8.6.0"


@dataclass(frozen=True, slots=True)
class Bundle:
    """One published file of pusher-js.

    Args:
        file: its name in npm's ``dist/web`` and as static resource.
        version: of pusher-js.
        size: bytes.
        sha256: hex.
        integrity: the Subresource Integrity value, ``sha384-`` and base64.
        licence: SPDX name of the terms.
    """

    file: str
    version: str
    size: int
    sha256: str
    integrity: str
    licence: str


BUNDLES = {
    bundle.file: bundle
    for bundle in (
        Bundle(
            "pusher.min.js",
            VERSION,
            60_621,
            "91640c608080a550d7a7407f943fa8429e9f6d7d567d0bb810f5f6e73b06972a",
            "sha384-yz6oLe92Sren05O3WPhu8DK05E9PEkh7kTQJ819acmwKwcCMwJXGu9Kta5wYhfaJ",
            "MIT",
        ),
        Bundle(
            "pusher-with-encryption.min.js",
            VERSION,
            92_848,
            "83b834b9b9fd027c9def2f70b35aa8578ae8b8d290b0b520316b12975cc9acf3",
            "sha384-pYFayNmFTq10y7XqhtGrFp6x1ZevpYi0O8M/yGdtx7tm2ubLgj0zTXzp5yMXIIgo",
            "MIT",
        ),
    )
}


def verify_bundle(file: str, content: bytes) -> Bundle:
    """Return the bundle of which these are the bytes.

    Raises:
        ProjectError: an unknown file name, or bytes that npm did not publish.
    """
    bundle = BUNDLES.get(file)
    if bundle is None:
        raise ProjectError(
            f"{file} is not a pusher-js file that sfgen knows", hint=f"known: {', '.join(BUNDLES)}"
        )
    if compute_integrity(content) != bundle.integrity:
        raise ProjectError(
            f"{file} is not pusher-js {bundle.version} as npm publishes it",
            hint="restore the file; a line-end conversion is enough to change it",
        )
    return bundle


def compute_integrity(content: bytes) -> str:
    """Return the Subresource Integrity value of some bytes."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()

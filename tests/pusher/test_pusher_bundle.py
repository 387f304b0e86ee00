from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from sfgen.errors import ProjectError
from sfgen.pusher.bundle import BUNDLES, compute_integrity, verify_bundle

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "node_modules" / "pusher-js" / "dist" / "web"


def test_the_table_holds_the_measured_hashes() -> None:
    # sha256 in base64 and sha384 of the npm files, measured apart from this table.
    measured = {
        "pusher.min.js": (
            "kWQMYICApVDXp0B/lD+oQp6fbX1WfQu4EPX25zsGlyo=",
            "sha384-yz6oLe92Sren05O3WPhu8DK05E9PEkh7kTQJ819acmwKwcCMwJXGu9Kta5wYhfaJ",
        ),
        "pusher-with-encryption.min.js": (
            "g7g0ubn9Anyd7y9ws1qoV4rouNKQsLUgMWsSl1zJrPM=",
            "sha384-pYFayNmFTq10y7XqhtGrFp6x1ZevpYi0O8M/yGdtx7tm2ubLgj0zTXzp5yMXIIgo",
        ),
    }
    assert {
        name: (base64.b64encode(bytes.fromhex(one.sha256)).decode(), one.integrity)
        for name, one in BUNDLES.items()
    } == measured


@pytest.mark.node
@pytest.mark.parametrize("name", BUNDLES)
def test_npms_files_are_the_ones_of_the_table(name: str) -> None:
    content = (PUBLISHED / name).read_bytes()
    bundle = verify_bundle(name, content)
    assert len(content) == bundle.size
    assert hashlib.sha256(content).hexdigest() == bundle.sha256


def test_changed_bytes_and_unknown_files_are_refused() -> None:
    with pytest.raises(ProjectError, match=r"not pusher-js 8\.6\.0"):
        verify_bundle("pusher.min.js", b"changed")
    with pytest.raises(ProjectError, match="is not a pusher-js file"):
        verify_bundle("sockjs.js", b"")
    assert compute_integrity(b"").startswith("sha384-OLBgp1GsljhM2TJ+")

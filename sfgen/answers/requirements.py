"""Checks the requirement that a pipeline installs: one pinned version of sfgen.

A name that an index doesn't hold belongs to whoever registers it, and a version that isn't pinned
to whoever uploads the next one; what runs beside an org's secrets is neither.
"""

from __future__ import annotations

import json
import re
from typing import Final

_PLACE: Final = r"[A-Za-z0-9._~:/%+-]+"
_PINNED: Final = re.compile(
    r"sfgen==[0-9][0-9A-Za-z.+]*"
    rf"|git\+(?:https://{_PLACE}|ssh://git@{_PLACE})@[0-9a-f]{{40}}"
    rf"|https://{_PLACE}\.(?:whl|tar\.gz|zip)#sha256=[0-9a-f]{{64}}"
)
PLACES: Final = (
    "git+https://<host>/<path>@<40 digits of a commit>, https://<host>/<file>.whl#sha256=<hash>, "
    "or sfgen==<version> where your index holds it"
)


def explain_requirement(text: str) -> str | None:
    """Say why a text doesn't pin one version of sfgen, or return None where it does."""
    if not text or _PINNED.fullmatch(text):
        return None
    return "expected one pinned version of sfgen"


def read_direct_url(text: str) -> str | None:
    """Return the requirement for a PEP 610 ``direct_url.json``.

    None for a folder of somebody's machine, which no pipeline can reach.
    """
    try:
        data = json.loads(text)
        url, git, archive = data["url"], data.get("vcs_info"), data.get("archive_info")
        if git is not None and git["vcs"] == "git":
            found = f"git+{url}@{git['commit_id']}"
        elif archive is not None:
            hashes = archive.get("hashes") or dict([archive["hash"].split("=", 1)])
            found = f"{url}#sha256={hashes['sha256']}"
        else:
            return None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return None if explain_requirement(found) else found

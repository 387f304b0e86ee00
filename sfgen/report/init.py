"""What ``sfgen init`` tells."""

from __future__ import annotations

import json
import shlex
import textwrap
from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.write import WriteResult

#: Folder of a package directory -> what its files are.
_KINDS = {
    "applications": "app",
    "aura": "Aura",
    "classes": "Apex",
    "lwc": "LWC",
    "objects": "objects and settings",
    "pages": "Visualforce",
    "permissionsets": "permission sets",
    "staticresources": "static resources",
}


def render_json(target: str, result: WriteResult, answers: Mapping[str, str], *, dry: bool) -> str:
    """Return the result as JSON (version 1)."""
    return json.dumps(
        {
            "version": 1,
            "command": "init",
            "dryRun": dry,
            "directory": target,
            "created": list(result.created),
            "identical": list(result.identical),
            "answers": dict(answers),
        },
        indent=2,
    )


def render_text(target: str, result: WriteResult, program: str | None, *, dry: bool) -> str:
    """Return the result as a short summary, with the next three commands of a program if named."""
    if dry:
        lines = [*result.created, "", f"{len(result.created)} files would be written to {target}"]
        return "\n".join(lines)
    kinds = Counter(_kind(path) for path in result.created)
    parts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    same = f", {len(result.identical)} already there" if result.identical else ""
    lines = [
        f"Wrote {len(result.created)} files to {target}{same}",
        textwrap.fill(
            parts or "nothing to change", 78, initial_indent="  ", subsequent_indent="  "
        ),
    ]
    if program:
        where = shlex.quote(target)
        lines += ["", "Next:", f"  {program} check {where}", f"  {program} preview {where}"]
        lines.append(f"  {program} deploy {where} --target-org local")
    return "\n".join(lines)


def _kind(path: str) -> str:
    parts = PurePosixPath(path).parts
    kinds = [_KINDS[part] for part in parts if part in _KINDS]
    if kinds:
        return kinds[0]
    return "other metadata" if "main" in parts else "project files"

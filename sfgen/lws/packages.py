"""The npm packages of Lightning Web Security: licence, fetching, finding."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sfgen import assets, folders
from sfgen.children import run_child
from sfgen.errors import ToolError

VERSION: Final = "0.28.4"
#: Versions that ``--matrix`` adds: of LWS one per year since it covers Aura, of pusher-js the last
#: of each line that public components hold.
MATRIX: Final = ("0.19.10", "0.21.4", "0.23.6", VERSION)
PUSHER_MATRIX: Final = ("4.4.0", "7.0.6", "7.6.0", "8.0.1", "8.3.0")
MODULES: Final = (
    "@locker/distortion",
    "@locker/html-sanitizer",
    "@locker/instrumentation",
    "@locker/internal-policy",
    "@locker/sandbox",
    "@locker/shared",
    "@locker/shared-dom",
    "@locker/shared-url",
    "@locker/trusted-types",
    "@locker/near-membrane-base",
    "@locker/near-membrane-dom",
    "@locker/near-membrane-shared",
    "@locker/near-membrane-shared-dom",
    "dompurify",
)
#: Where a package keeps its ES module; dompurify's name changed with its version 3.2.
_ENTRIES: Final = ("dist/index.mjs.js", "dist/purify.es.mjs", "dist/purify.es.js")
LICENCE: Final = """\
Lightning Web Security is published on npm by Salesforce, @locker/sandbox and
its sister packages, under "Terms of Use, Copyright 2022 Salesforce, Inc.",
which is no open source licence:
  - use, copies and changes are free, each copy with these terms;
  - no warranty; Salesforce may change or end it at any time;
  - users in countries under a US embargo may not use it;
  - you agree to defend and indemnify Salesforce against claims that arise from
    your use.
sfgen does not ship it. The full text is LICENSE.txt in the package."""
_SECONDS: Final = 300


class CouldNotRunError(ToolError):
    """The check could not run, which says nothing about the project."""

    exit_code = 4


@dataclass(frozen=True, slots=True)
class LwsPackages:
    """Where one version of LWS lies.

    Args:
        folder: its ``node_modules``.
    """

    version: str
    folder: Path

    def address_map(self) -> dict[str, Path]:
        """Map each module that pages import to its file."""
        found = {}
        for name in MODULES:
            for inner in _ENTRIES:
                if (self.folder / name / inner).is_file():
                    found[name] = self.folder / name / inner
                    break
        return found


def locate_lws(version: str = VERSION) -> LwsPackages | None:
    """Find a version that was fetched before."""
    folder = _cache() / version / "node_modules"
    return LwsPackages(version, folder) if (folder / "@locker/sandbox").is_dir() else None


def fetch_lws(version: str = VERSION) -> LwsPackages:
    """Fetch a version with npm; the newest known one is pinned by its hashes.

    Raises:
        CouldNotRunError: there is no npm, or it failed.
    """
    _install(_cache() / version, "@locker/sandbox", version, pinned=version == VERSION)
    found = locate_lws(version)
    if found is None:
        raise CouldNotRunError(f"npm fetched no @locker/sandbox {version}")
    return found


def fetch_pusher(version: str, *, encrypted: bool = False) -> Path:
    """Fetch a version of pusher-js with npm and return one of its two browser builds.

    Raises:
        CouldNotRunError: there is no npm, or it failed.
    """
    folder = _cache() / f"pusher-js-{version}"
    build = "pusher-with-encryption.min.js" if encrypted else "pusher.min.js"
    file = folder / "node_modules/pusher-js/dist/web" / build
    if not file.parent.is_dir():
        _install(folder, "pusher-js", version)
    # Before 5.0 there was only one build, and no encrypted channels.
    return file if file.is_file() else file.with_name("pusher.min.js")


def _cache() -> Path:
    return folders.cache() / "lws"


def _install(folder: Path, package: str, version: str, *, pinned: bool = False) -> None:
    """Have npm fill a folder; an interrupted run leaves nothing behind."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".fetching-"))
    try:
        wanted = {"private": True, "dependencies": {package: version}}
        (place / "package.json").write_text(json.dumps(wanted), encoding="utf-8")
        if pinned:
            shutil.copy(assets.FOLDER / "lws/package-lock.json", place)
        _run_npm("ci" if pinned else "install", place)
        try:
            place.rename(folder)
        except OSError:
            if (folder / "node_modules" / package).is_dir():
                return  # another process was quicker
            shutil.rmtree(folder)
            place.rename(folder)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _run_npm(verb: str, folder: Path) -> None:
    program = shutil.which("npm")
    if program is None:
        raise CouldNotRunError(
            "npm is needed to fetch Lightning Web Security", hint="install Node.js, which has it"
        )
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        done = run_child([program, verb, *options], cwd=folder, seconds=_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CouldNotRunError(
            "npm did not fetch Lightning Web Security in time", hint="check the network"
        ) from error
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [""]
        raise CouldNotRunError(
            f"npm could not fetch Lightning Web Security: {lines[0]}", hint="check the network"
        )

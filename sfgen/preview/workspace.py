"""The project as it stands, with all that is made from it; refreshed when a file changes."""

from __future__ import annotations

import contextlib
import mimetypes
import re
import stat
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from sfgen.preview.layout import Layout, read_layout
from sfgen.preview.modules import Modules
from sfgen.preview.source import Source, child_text, read_source

if TYPE_CHECKING:
    from sfgen.tools.lwc_compiler import LwcCompiler


class Workspace:
    """One project under preview.

    Args:
        root: the folder that holds ``sfdx-project.json``.

    Raises:
        ProjectError: it is no SFDX project.
    """

    def __init__(self, root: Path, compiler: LwcCompiler) -> None:
        self.root = root.resolve()
        self._compiler = compiler
        self.source: Source
        self.modules: Modules
        self.layout: Layout
        self.refresh()

    def refresh(self) -> None:
        """Read the project anew, or leave all as it was.

        Raises:
            ProjectError: a file is not well-formed, saved in halves perhaps.
        """
        source = read_source(self.root)
        layout = read_layout(source)
        self.source, self.layout = source, layout
        self.modules = Modules(source, self._compiler)
        #: The files as they were read: what differs from it is a change.
        self.seen = self.fingerprint()

    @property
    def is_bridge_only(self) -> bool:
        """Whether the project has the bridge to Pusher, and nothing that keeps conversations."""
        names = self.source.of_type("ApexClass")
        bridge = any(name.endswith("BridgeController") for name in names)
        return bridge and not any("Conversation" in name for name in names)

    def inbound_path(self) -> str:
        """Return the path of the project's REST resource for inbound texts, or nothing."""
        for component in self.source.of_type("ApexClass").values():
            if component.name.endswith("GatewayResource"):
                text = Path(component.files[0]).read_text(encoding="utf-8")
                if match := re.search(r"urlMapping\s*=\s*'([^'*]+)", text):
                    return match.group(1).rstrip("/")
        return ""

    def fingerprint(self) -> dict[str, tuple[int, int]]:
        """Return time and size of every source file, by its path.

        What editors leave beside a file while they work (``.name.swp``, ``name~``) is none.
        """
        found: dict[str, tuple[int, int]] = {}
        for directory in self.source.project.configuration.package_directories:
            for path in directory.path.rglob("*"):
                if path.name.startswith(".") or path.name.endswith("~"):
                    continue
                # A file may go between being listed and being looked at.
                with contextlib.suppress(OSError):
                    status = path.stat()
                    if stat.S_ISREG(status.st_mode):
                        found[str(path)] = (status.st_mtime_ns, status.st_size)
        return found

    def read_resource(self, name: str, path: str) -> tuple[bytes, str] | None:
        """Return a static resource, or a file inside one, with its content type.

        A resource is a file, a folder that a deploy would zip, or a zip.
        """
        component = self.source.of_type("StaticResource").get(name)
        if component is None:
            return None
        kind = _guess(path) if path else self._content_type(name)
        if component.folder is not None:
            file = (Path(component.folder) / path).resolve()
            inside = file.is_relative_to(Path(component.folder).resolve())
            return (file.read_bytes(), kind) if path and inside and file.is_file() else None
        content = Path(component.files[0])
        if not path:
            return content.read_bytes(), kind
        return (_member(content, path), kind) if zipfile.is_zipfile(content) else None

    def _content_type(self, name: str) -> str:
        meta = self.source.metadata("StaticResource", name)
        return child_text(meta, "contentType") if meta is not None else "application/octet-stream"


def _member(archive: Path, path: str) -> bytes:
    with zipfile.ZipFile(archive) as file:
        try:
            return file.read(path)
        except KeyError:
            raise FileNotFoundError(path) from None


def _guess(path: str) -> str:
    if path.endswith((".js", ".mjs")):
        return "text/javascript"
    return mimetypes.guess_type(path)[0] or "application/octet-stream"

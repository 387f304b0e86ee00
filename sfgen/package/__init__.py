"""Converts components in source format into a zip in metadata format."""

from __future__ import annotations

from typing import IO

from sfgen.package.archive import write_archive
from sfgen.package.building import Package, build_package
from sfgen.package.manifest import read_manifest, write_manifest

__all__ = ["Package", "build_package", "read_manifest", "write_manifest", "write_package"]


def write_package(package: Package, file: IO[bytes]) -> None:
    """Write ``package`` as a deterministic zip: ``package.xml`` first, then by name."""
    rest = sorted({*package.files, *package.made, *package.folders} - {"package.xml"})
    write_archive(["package.xml", *rest], package, file)

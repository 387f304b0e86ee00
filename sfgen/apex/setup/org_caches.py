"""The partitions of the platform cache that the project brings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sfgen.apex.schema.source_files import parse_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.apex.store.org_rows import OrgRows

__all__ = ["write_cache_partitions"]

_FILE = re.compile(r"(?:.*/)?([^/]+)\.cachePartition(?:-meta\.xml)?\Z")


def write_cache_partitions(rows: OrgRows, files: Mapping[str, bytes]) -> None:
    """A row per partition (Metadata API Developer Guide, PlatformCachePartition)."""
    for path, data in files.items():
        if found := _FILE.match(path):
            part = parse_xml(path, data)
            rows.add(
                "PlatformCachePartition",
                developername=found[1],
                masterlabel=part.text("masterLabel") or found[1],
                description=part.text("description") or None,
                isdefaultpartition=part.text("isDefaultPartition") == "true",
            )

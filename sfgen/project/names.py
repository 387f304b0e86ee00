"""Derives full names and descriptor files (``-meta.xml``) from paths."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sfgen.metadata import META_XML, types

if TYPE_CHECKING:
    from sfgen.metadata import MetadataType


def nested_name(kind: MetadataType, path: str, full_name: str) -> str:
    """Return the full name of a component in nested folders."""
    parts = path.split(os.sep)
    anchor = kind.folder if not kind.within else types().by_name[kind.within].folder
    if anchor not in parts:
        return full_name
    start = len(parts) - 1 - parts[::-1].index(anchor)
    if kind.within:
        return f"{parts[start + 1]}.{full_name}"
    return "/".join([*parts[start + 1 : -1], full_name])


def is_descriptor(kind: MetadataType, path: str) -> bool:
    """Say whether a file of a bundle is the one that describes it."""
    name = os.path.basename(path)
    if kind.meta_name:
        return name.endswith(kind.meta_name)
    return name.endswith(META_XML)

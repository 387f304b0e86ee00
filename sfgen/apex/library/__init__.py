"""The platform's own classes, by subject: each file registers its classes with `registry`."""

from __future__ import annotations

import importlib
import pkgutil

__all__ = ["load_library"]

_loaded: list[str] = []


def load_library() -> None:
    """Import every module below this package once, so that its classes are registered."""
    if _loaded:
        return
    found = [module.name for module in pkgutil.walk_packages(__path__, f"{__name__}.")]
    for name in sorted(found, key=lambda name: name.rpartition(".")[2]):
        importlib.import_module(name)
        _loaded.append(name)

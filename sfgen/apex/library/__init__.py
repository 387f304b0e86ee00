"""The platform's own classes: each file registers its classes with `registry`."""

from __future__ import annotations

import importlib
import pkgutil

__all__ = ["load_library"]

_loaded: list[str] = []


def load_library() -> None:
    """Import every module of this package once, so that its classes are registered."""
    if _loaded:
        return
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
        _loaded.append(module.name)

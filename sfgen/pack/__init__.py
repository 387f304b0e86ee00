"""Template packs in cookiecutter's format: manifest, language, compiled form."""

from __future__ import annotations

from sfgen.pack.compiled import Entry, Pack, find_packs_folder, load_pack
from sfgen.pack.manifest import holds

__all__ = ["Entry", "Pack", "find_packs_folder", "holds", "load_pack"]

"""A pack's ``cookiecutter.json``: its answers, its derived values and its conditions."""

from __future__ import annotations

import fnmatch
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sfgen.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a pack's ``cookiecutter.json`` says.

    Args:
        defaults: the answers and their defaults.
        derived: values worked out from the answers, each a template; ``__name`` in the file.
        marks: Jinja's marks in this pack (``_jinja2_env_vars``).
        verbatim: glob patterns of files that are copied as they are (``_copy_without_render``).
        conditions: (glob of a template's path, words that must be set) rows (``_only_when``).
        metadata: folder in a package directory and the metadata type that it holds (``_metadata``).
    """

    defaults: Mapping[str, str]
    derived: Mapping[str, str]
    marks: Mapping[str, Any]
    verbatim: tuple[str, ...]
    conditions: tuple[tuple[str, str], ...]
    metadata: tuple[tuple[str, str], ...]

    def is_verbatim(self, path: str) -> bool:
        """Say whether a template file is copied without rendering."""
        return any(fnmatch.fnmatchcase(path, pattern) for pattern in self.verbatim)

    def list_conditions(self, path: str) -> tuple[str, ...]:
        """Return what has to hold for a template file to be written.

        The template's own path is matched: an answer used as a folder name must not match.
        """
        return tuple(
            condition
            for pattern, condition in self.conditions
            if fnmatch.fnmatchcase(path, pattern)
        )


def read_manifest(folder: Path) -> Manifest:
    """Read a pack's ``cookiecutter.json``.

    Raises:
        TemplateError: the file is missing or is no pack's manifest.
    """
    path = folder / "cookiecutter.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise TemplateError(
            f"no template pack at {folder}: cookiecutter.json is missing"
        ) from error
    except json.JSONDecodeError as error:
        raise TemplateError(f"{path}:{error.lineno}: {error.msg}") from error
    plain = {key: value for key, value in data.items() if not key.startswith("_")}
    return Manifest(
        defaults={key: _first(value) for key, value in plain.items()},
        derived={key: value for key, value in data.items() if key.startswith("__")},
        marks=data.get("_jinja2_env_vars", {}),
        verbatim=tuple(data.get("_copy_without_render", ())),
        conditions=tuple((pattern, words) for pattern, words in data.get("_only_when", ())),
        metadata=tuple(data.get("_metadata", {}).items()),
    )


def _first(value: object) -> str:
    return str(value[0]) if isinstance(value, list) else str(value)


def holds(condition: str, answers: Mapping[str, str]) -> bool:
    """Say whether every word of a condition is set; ``!`` before a word negates it."""
    return all(
        not answers[word[1:]] if word.startswith("!") else bool(answers[word])
        for word in condition.split()
    )

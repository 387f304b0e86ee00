"""Finds out where this sfgen was installed from, for pipelines that install it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.answers.requirements import read_direct_url

if TYPE_CHECKING:
    from collections.abc import Mapping


def find_requirement() -> str | None:
    """Return the requirement that pip installed this sfgen from, or None if unknown.

    An installation from an index leaves no ``direct_url.json`` (PEP 610) and can be named by its
    version; a checkout or a folder can't be named at all.
    """
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        found = distribution("sfgen")
    except PackageNotFoundError:
        return None
    text = found.read_text("direct_url.json")
    if text is not None:
        return read_direct_url(text)
    return f"sfgen=={found.version}" if found.read_text("INSTALLER") else None


def complete_requirement(answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers with ``install_from`` where a pipeline needs it and it can be told."""
    completed = dict(answers)
    if completed.get("ci", "none") != "none" and not completed.get("install_from"):
        found = find_requirement()
        if found is not None:
            completed["install_from"] = found
    return completed

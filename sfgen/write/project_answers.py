"""Takes answers from an existing project's ``sfdx-project.json``."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from sfgen.answers import LATEST_API_VERSION, OLDEST_API_VERSION
from sfgen.errors import UsageError
from sfgen.naming import explain_folder_name
from sfgen.project.configuration import PROJECT_FILE, read_outline

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def fit_answers(root: Path, given: Mapping[str, str]) -> dict[str, str]:
    """Complete the given answers by those in the project's ``sfdx-project.json``.

    Files outside the package directories would be seen by no tool, and a component's API version
    can't be newer than the one that it is deployed with.

    Raises:
        UsageError: the chosen package directory is none of the project's, or its API version is
            older than the integration needs.
    """
    outline, answers = read_outline(root), dict(given)
    if explain_folder_name(answers.get("project_name", "")):
        # No file of the integration names the project, so any folder may hold one.
        answers.pop("project_name", None)
    if outline.directories:
        chosen = answers.setdefault("package_dir", outline.directories[0])
        if posixpath.normpath(chosen) not in outline.directories:
            raise UsageError(
                f"{chosen} is not a package directory of {PROJECT_FILE}",
                hint=f"it has {', '.join(outline.directories)}",
            )
    if re.fullmatch(r"[0-9]{1,4}\.0", outline.api_version):
        if float(outline.api_version) < float(OLDEST_API_VERSION):
            raise UsageError(
                f"sourceApiVersion is {outline.api_version}: {OLDEST_API_VERSION} is the least",
                hint=f"raise it in {PROJECT_FILE}",
            )
        newest = min(float(outline.api_version), float(LATEST_API_VERSION))
        answers.setdefault("api_version", f"{newest:.1f}")
    if outline.namespace:
        answers.setdefault("namespace", outline.namespace)
    return answers

"""What kind of org the local org plays: a Developer Edition, or what SFGEN_LOCAL_EDITION says."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from sfgen.localorg.jobs import ComponentResult
from sfgen.metadata.visibility import REFUSAL, is_protected_setting

if TYPE_CHECKING:
    from collections.abc import Mapping

_VARIABLE: Final = "SFGEN_LOCAL_EDITION"
_DEVELOPER: Final = {
    "IsSandbox": False,
    "TrialExpirationDate": None,
    "OrganizationType": "Developer Edition",
}
_FACTS: Final[dict[str, dict[str, Any]]] = {
    "developer": _DEVELOPER,
    "sandbox": {**_DEVELOPER, "IsSandbox": True, "OrganizationType": "Enterprise Edition"},
    "scratch": {
        **_DEVELOPER,
        "IsSandbox": True,
        "TrialExpirationDate": "2099-12-31T00:00:00.000+0000",
    },
    "production": {**_DEVELOPER, "OrganizationType": "Enterprise Edition"},
}


def describe_edition() -> dict[str, Any]:
    """Return the fields of Organization that tell kinds of org apart."""
    return _FACTS.get(os.environ.get(_VARIABLE, ""), _DEVELOPER)


def refuse_protected(files: Mapping[str, bytes]) -> list[ComponentResult]:
    """Refuse protected custom settings where the org plays production."""
    if describe_edition() is not _FACTS["production"]:
        return []
    return [
        ComponentResult("CustomObject", _stem(name), name, REFUSAL, "Error", 1, 1)
        for name, data in files.items()
        if name.endswith(".object") and is_protected_setting(data)
    ]


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".object")

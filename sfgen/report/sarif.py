"""SARIF 2.1.0, as code-scanning services take it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from sfgen import __version__
from sfgen.check import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.report.places import Entry

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def write_sarif(entries: Sequence[Entry]) -> str:
    """Write one run with its rules and results."""
    rules = sorted({entry.rule for entry in entries})
    run = {
        "tool": {
            "driver": {
                "name": "sfgen",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [
                    {"id": rule, "shortDescription": {"text": RULES.get(rule, rule)}}
                    for rule in rules
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"PROJECT": {"description": {"text": "the SFDX project"}}},
        "results": [_result(entry, rules.index(entry.rule)) for entry in entries],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2) + "\n"


def _result(entry: Entry, index: int) -> dict[str, Any]:
    text = f"{entry.message}. {entry.hint}" if entry.hint else entry.message
    place = {
        "artifactLocation": {"uri": quote(entry.path), "uriBaseId": "PROJECT"},
        "region": {"startLine": entry.line, "startColumn": entry.column},
    }
    return {
        "ruleId": entry.rule,
        "ruleIndex": index,
        "level": entry.severity,
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
    }

"""Tier ``--deep``: checks the Apex with the front end of Salesforce's own compiler."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Final

from sfgen.check.findings import Finding, rule
from sfgen.check.schema_facts import describe_schema
from sfgen.check.subject import Subject
from sfgen.check.tiers.tier import Tier
from sfgen.errors import ToolError
from sfgen.plan.lock import LOCK_PATH
from sfgen.tools.front_end import NAME, compile_project, why_not

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sfgen.project import Project

COMPILER: Final = rule("apex-compiler", "Apex passes the front end of Salesforce's own compiler")
_TIER: Final = f"deep: {NAME}"
_APEX: Final = frozenset({"ApexClass", "ApexTrigger"})
#: What the front end says only because sfgen can't declare it to it: the members
#: that exceptions and classes inherit, Database's methods with reserved names, the platform's own
#: generics, the describes below Schema.SObjectType, an SObject's methods that take a field, the
#: only row of a dynamic query, types that an org makes from DataWeave scripts.
_NOT_MEANT: Final = re.compile(
    r"Method does not exist or incorrect signature: .*(?:"
    r" (?:get(?:Message|Cause|TypeName|LineNumber|StackTraceString|Dml\w+|NumDml|Inaccessible\w*)"
    r"|setMessage|initCause)\(.*\) from the type .*Exception"
    r"| (?:insert|update|upsert|delete|undelete|merge|rollback)\(.*\) from the type .*Database)"
    r"|Constructor not defined: \[.*Exception\]"
    r"|Type arguments provided for a non-parameterized type: "
    r"|Invalid type: DataWeaveScript"
    r"|Illegal assignment from List<SObject> to "
    r"|Illegal conversion from cache\.\w+ to cache\.Partition"
    r"|Method does not exist or incorrect signature: .*Schema\.SObjectField.* from the type "
    r"(?:SObject|\w+__c\b)"
    r"|Variable does not exist: Schema\.SObjectType\."
    r"|Method is not visible: .* System\.ApexBase(?:Class|Exception)\."
)


def require_front_end(root: Path) -> None:
    """Make sure that ``--deep`` can run, before any other work is done.

    Raises:
        ToolError: the compiler or Java isn't there, and how to get it.
    """
    reason = why_not(root)
    if reason is not None:
        message, _, hint = reason.partition(": ")
        raise ToolError(message, hint=hint or None)


def compile_deeply(project: Project) -> tuple[Tier, list[Finding]]:
    """Run the compiler's semantic checks over a project's Apex.

    In files as sfgen generated them a problem is an error, in anything else a warning: the
    platform's types that the front end is shown are not quite an org's.
    """
    request = [["source", c.files[0]] for c in project.components if c.type.name in _APEX]
    if not request:
        return Tier(_TIER, ran=False, reason="the project has no Apex"), []
    request += describe_schema(Subject(project))
    try:
        problems = compile_project(project.root, request)
    except ToolError as error:
        failed = Finding(str(project.root), 1, 1, COMPILER, error.message, hint=error.hint)
        return Tier(_TIER, ran=False, reason=error.message), [failed]
    ours = set(_untouched(project))
    findings = [
        Finding(
            problem.path,
            problem.line,
            problem.column,
            COMPILER,
            problem.message.rstrip("."),
            "error" if problem.path in ours else "warning",
        )
        for problem in problems
        if _NOT_MEANT.match(problem.message) is None
    ]
    return Tier(_TIER, ran=True, types_apex=True), findings


def _untouched(project: Project) -> Iterator[str]:
    """Return the files that are unchanged since sfgen generated them."""
    try:
        lock = json.loads((project.root / LOCK_PATH).read_text(encoding="utf-8"))
        hashes = dict(lock["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return
    for name, digest in hashes.items():
        path = project.root / name
        if path.suffix not in {".cls", ".trigger"} or not path.is_file():
            continue
        if hashlib.sha256(path.read_bytes()).hexdigest() == digest:
            yield str(path)

"""Which tests a change of files can reach, by the names that files use.

A file rests on every type that it names, on the triggers of objects that it names, and on what
those rest on; names in strings count. Anything but Apex can reach every test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.compiler.dependencies import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sfgen.apex.compiler.program import Program

__all__ = ["affected_tests"]

_APEX = (".cls", ".trigger")


def affected_tests(
    program: Program, sources: Mapping[str, str], changed: Iterable[str]
) -> frozenset[str] | None:
    """Names of the test classes that the changed files (paths) can reach; None for all.

    `program` and `sources` are the project after the change.
    """
    touched = set(changed)
    if any(not file.endswith(_APEX) or file not in sources for file in touched):
        return None
    words = {file: words_of(text) for file, text in sources.items()}
    named: dict[str, set[str]] = {}
    for unit in program.units:
        if not unit.file.endswith(".trigger"):
            named.setdefault(unit.name.lower(), set()).add(unit.file)
    for trigger in program.triggers:
        file = next(each.file for each in program.units if each.stem == trigger["function"])
        named.setdefault(str(trigger["object"]).lower(), set()).add(file)
    users: dict[str, set[str]] = {file: set() for file in words}
    for file, used in words.items():
        for name in named.keys() & used:
            for target in named[name]:
                users[target].add(file)
    reached = set(touched)
    queue = list(touched)
    while queue:
        further = users[queue.pop()] - reached
        reached |= further
        queue.extend(further)
    return frozenset(
        test.name for unit in program.units if unit.file in reached for test in unit.tests
    )

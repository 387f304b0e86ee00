"""The report of ``sfgen init``."""

from __future__ import annotations

import shlex
import textwrap
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sfgen.report.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sfgen.answers import Question
    from sfgen.write import WriteResult

#: Folder of a package directory -> what its files are.
_KINDS = {
    "applications": "app",
    "aura": "Aura",
    "classes": "Apex",
    "lwc": "LWC",
    "objects": "objects and settings",
    "pages": "Visualforce",
    "permissionsets": "permission sets",
    "staticresources": "static resources",
}
#: File of the project's own -> what was added to it.
_AMENDED = {
    "sfdx-project.json": "added replacements, which make the settings Public for production",
    ".prettierignore": "added the files whose style is ours",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A project that has been written, or would be.

    Attributes:
        target: its folder.
        shown: the same as the user would type it.
        dry: nothing was written.
    """

    target: Path
    shown: str
    files: WriteResult
    answers: Mapping[str, str]
    dry: bool


def describe_written(written: Written, program: str | None) -> Result:
    """Return what was written, with the next three commands of a program if named."""
    data = {
        "dryRun": written.dry,
        "directory": str(written.target),
        "created": list(written.files.created),
        "identical": list(written.files.identical),
        "amended": list(written.files.amended),
        "answers": dict(written.answers),
    }
    return Result(data, _write_text(written, program), to_stderr=not written.dry)


def describe_questions(questions: Sequence[Question]) -> Result:
    """Return the questions with their defaults and choices."""
    rows = [
        {
            "name": question.name,
            "prompt": question.prompt,
            "default": question.default,
            "choices": list(question.choices),
            "many": question.many,
        }
        for question in questions
    ]
    lines = []
    for question in questions:
        choices = f"  [{', '.join(question.choices)}]" if question.choices else ""
        lines += [f"{question.name} = {question.default!r}{choices}", f"    {question.prompt}"]
    return Result({"questions": rows}, lines)


def _write_text(written: Written, program: str | None) -> Iterator[str]:
    files = written.files
    if written.dry:
        yield from files.created
        yield from (f"{path} (lines are added)" for path in files.amended)
        yield ""
        yield f"{len(files.created)} files would be written to {written.shown}"
        return
    kinds = Counter(_kind(path) for path in files.created)
    parts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    same = f", {len(files.identical)} already there" if files.identical else ""
    yield f"Wrote {len(files.created)} files to {written.shown}{same}"
    yield textwrap.fill(
        parts or "nothing to change", 78, initial_indent="  ", subsequent_indent="  "
    )
    yield from (f"  {_AMENDED.get(path, 'lines added')}: {path}" for path in files.amended)
    if program:
        where = shlex.quote(written.shown)
        yield ""
        yield "Next:"
        yield f"  {program} check {where}"
        yield f"  {program} preview {where}"
        yield f"  {program} deploy {where} --target-org local"


def _kind(path: str) -> str:
    parts = PurePosixPath(path).parts
    kinds = [_KINDS[part] for part in parts if part in _KINDS]
    if kinds:
        return kinds[0]
    return "other metadata" if "main" in parts else "project files"

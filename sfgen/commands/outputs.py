"""Where a command's result goes: text or one JSON document, reports in files, annotations."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

if TYPE_CHECKING:
    from sfgen.report.result import Result


@dataclass(slots=True)
class Outputs:
    """What a run writes, and where.

    One object lives as long as the run: the command shows its result by it, and where the command
    can't be carried out, the command line shows the error by it. So ``--json`` prints exactly one
    document on stdout, whatever happens.

    Attributes:
        command: name of the command; None until its options have been read.
        as_json: print a JSON document instead of text.
        junit: a JUnit file to write.
        sarif: a SARIF file to write.
        github: print GitHub annotations even where GitHub Actions does not run sfgen.
        stream: where the result is printed; stdout if None.
        names_next: whether the result ends with the commands to run next.
        warnings: what has been warned of so far.
    """

    command: str | None = None
    as_json: bool = False
    junit: Path | None = None
    sarif: Path | None = None
    github: bool = False
    stream: TextIO | None = None
    names_next: bool = True
    warnings: list[str] = field(default_factory=list)
    _shown: bool = False

    def warn(self, text: str) -> None:
        """Warn on stderr, and in the JSON document."""
        self.warnings.append(text)
        click.echo(f"{click.style('warning:', fg='yellow')} {text}", err=True)

    def show(self, result: Result) -> int:
        """Write a result in every form that was asked for; returns its exit code."""
        self._write_files(result)
        if self.as_json:
            from sfgen.report.result import describe_result

            document = describe_result(str(self.command), result, self.warnings)
            self._print(document, indent=None if result.goes_on else 2)
        else:
            for line in result.lines:
                click.echo(line, file=self.stream, err=result.to_stderr)
        if self.github or (os.environ.get("GITHUB_ACTIONS") == "true" and not self.as_json):
            from sfgen.report.annotations import write_annotations

            for line in write_annotations(result.entries):
                click.echo(line, err=self.as_json)  # GitHub reads both
        return result.exit_code

    def fail(self, command: str, message: str, hint: str | None) -> None:
        """Print the JSON document of a failure, unless a document has been printed already."""
        from sfgen.report.result import describe_error

        if not self._shown:
            with contextlib.suppress(BrokenPipeError):
                self._print(describe_error(command, message, hint, self.warnings))

    def _write_files(self, result: Result) -> None:
        if self.junit is not None:
            from sfgen.report.junit import write_junit

            self.junit.write_bytes(write_junit(result.suites()))
        if self.sarif is not None:
            from sfgen.report.sarif import write_sarif

            self.sarif.write_text(write_sarif(result.entries), encoding="utf-8")

    def _print(self, document: dict[str, Any], indent: int | None = 2) -> None:
        self._shown = True
        click.echo(json.dumps(document, indent=indent), file=self.stream)


def name_program() -> str:
    """Return ``sfgen`` where the shell finds it, else the path it was called by."""
    called = sys.argv[0]
    if shutil.which("sfgen") or Path(called).stem != "sfgen":
        return "sfgen"
    return shlex.quote(called)

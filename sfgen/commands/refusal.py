"""Prints a JSON document for ``--json`` when a command fails."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

import click

from sfgen.errors import SfgenError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def refusal_as_json(*, wanted: bool) -> Iterator[None]:
    """Write the error to stdout as JSON when the block fails, and raise it again."""
    try:
        yield
    except SfgenError as error:
        _write(error.message, error.hint, wanted=wanted)
        raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        _write(f"{error.filename}: {reason}" if error.filename else reason, None, wanted=wanted)
        raise
    except KeyboardInterrupt:
        _write("interrupted", None, wanted=wanted)
        raise


def _write(message: str, hint: str | None, *, wanted: bool) -> None:
    if wanted:
        shown = {"version": 1, "success": False, "error": message, "hint": hint}
        with contextlib.suppress(BrokenPipeError):
            click.echo(json.dumps(shown, indent=2))

"""The command group: loads a command on use, turns errors into lines and exit codes."""

from __future__ import annotations

import errno
import importlib
import io
import os
import sys
from pathlib import Path

import click

from sfgen import __version__
from sfgen.commands import COMMANDS
from sfgen.commands.outputs import Outputs
from sfgen.errors import SfgenError, UsageError
from sfgen.stopping import drop_output, exit_code

INTERRUPTED = 130
BUG = 3
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


class BugError(SfgenError):
    """Something that sfgen was not prepared for."""

    exit_code = BUG


class LazyGroup(click.Group):
    """A group whose commands are imported only when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the design."""
        del ctx
        return [name for name in COMMANDS if self._module_exists(name)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import ``sfgen.commands.<name>`` and return its ``command``."""
        del ctx
        if cmd_name not in COMMANDS or not self._module_exists(cmd_name):
            return None
        module = importlib.import_module(f"sfgen.commands.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing one of them."""
        rows = [(name, COMMANDS[name]) for name in self.list_commands(ctx)]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)

    @staticmethod
    def _module_exists(name: str) -> bool:
        return (Path(__file__).parent / "commands" / f"{name.replace('-', '_')}.py").exists()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="sfgen %(version)s")
def group() -> None:
    """Real-time messaging over Pusher Channels for Salesforce.

    Write a project, check it without an org, preview it in a local browser, deploy it.
    """


def run(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code.

    0 done, 1 findings or a failure, 2 could not start, 3 a bug in sfgen, 130 interrupted, 143 and
    129 ended by SIGTERM and SIGHUP; ``lws-check`` adds 4, ``deploy`` 68 and 69 as ``sf`` has them.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # names of files may be no text
    words = sys.argv[1:] if arguments is None else arguments
    outputs = Outputs()
    try:
        code = group.main(args=words, prog_name="sfgen", standalone_mode=False, obj=outputs)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("\ninterrupted" if sys.stderr.isatty() else "interrupted", err=True)
        _print_failure(SfgenError("interrupted"), outputs, words)
        return exit_code()
    except BrokenPipeError:
        drop_output()
        return 1
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return UsageError.exit_code
    except Exception as error:  # noqa: BLE001 - the last line of defence: one line, and a log
        failure = _word(error)
        show_error(failure)
        _drop_unwritable()
        _print_failure(failure, outputs, words)
        return failure.exit_code
    if code == INTERRUPTED:
        return exit_code()
    return code if isinstance(code, int) else 0


def show_error(error: SfgenError) -> None:
    """Print the ``error:`` line and the ``hint:`` line to stderr."""
    click.echo(f"{click.style('error:', fg='red', bold=True)} {error.message}", err=True)
    if error.hint:
        click.echo(f"{click.style('hint:', fg='cyan')} {error.hint}", err=True)


def _drop_unwritable() -> None:
    """Let what stdout can't take not be tried, and reported, once more at the end."""
    try:
        sys.stdout.flush()
    except OSError:
        drop_output()


def _print_failure(error: SfgenError, outputs: Outputs, words: list[str]) -> None:
    """Print the JSON document of a failure where ``--json`` asks for one."""
    if outputs.command is not None:  # its options have been read
        command, wanted = outputs.command, outputs.as_json
    else:
        command = next((word for word in words if word in COMMANDS), "sfgen")
        wanted = "--json" in words
    if wanted:
        outputs.fail(command, error.message, error.hint)


def _word(error: Exception) -> SfgenError:
    """Say in words for the user what went wrong."""
    if isinstance(error, SfgenError):
        return error
    if isinstance(error, click.ClickException):
        return _refuse_usage(error)
    found = _refusal(error) if isinstance(error, OSError) else _explain(error)
    return found or _report_bug()


def _explain(error: Exception) -> SfgenError | None:
    """Word what comes of input that nothing can be done with, wherever it was met."""
    if isinstance(error, RecursionError):
        return SfgenError(
            "the input is nested too deeply", hint="is one of the files written by a program?"
        )
    if isinstance(error, UnicodeEncodeError) or (
        isinstance(error, ValueError) and "embedded null" in str(error)
    ):
        return SfgenError("a name or a text contains a character that can't be written")
    if isinstance(error, MemoryError):
        return SfgenError("there is not enough memory for this")
    return None


def _refusal(error: OSError) -> SfgenError | None:
    """Word what the system refused of the user's files; anything else is a bug of sfgen's."""
    if error.errno in _NO_ROOM:
        return SfgenError(f"the disk is full: {error.strerror}", hint="free some space first")
    if not isinstance(error.filename, str) or error.strerror is None:
        return None
    if error.filename.startswith(str(Path(__file__).parent)):
        return None
    return SfgenError(f"{error.filename}: {error.strerror[:1].lower()}{error.strerror[1:]}")


def _refuse_usage(error: click.ClickException) -> UsageError:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "sfgen"
    return UsageError(error.format_message().rstrip("."), hint=f"see {path} --help")


def _report_bug() -> SfgenError:
    """Write the trace of the error that is being handled to a file, and name that."""
    import tempfile
    import traceback

    kind, _, trace = sys.exc_info()
    try:
        descriptor, name = tempfile.mkstemp(prefix="sfgen-bug-", suffix=".log")
        with os.fdopen(descriptor, "w", encoding="utf-8") as log:
            # Frames and types only: an exception's text could hold what a user typed.
            log.write(f"sfgen {__version__}, Python {sys.version}\n")
            log.writelines(traceback.format_tb(trace))
            log.write(f"{kind.__name__ if kind else 'unknown'}\n")
        hint = f"the trace is in {name}"
    except OSError:
        hint = f"no trace could be written: {kind.__name__ if kind else 'unknown'}"
    return BugError("a bug in sfgen, not in your project", hint=hint)

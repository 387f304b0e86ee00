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
from sfgen.errors import SfgenError
from sfgen.stopping import exit_code

INTERRUPTED = 130
BUG = 3
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


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

    0 done, 1 the work failed, 2 wrong usage, 3 a bug in sfgen, 130 interrupted, 143 and
    129 ended by SIGTERM and SIGHUP; ``deploy`` adds
    68 and 69 as ``sf`` has them.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # names of files may be no text
    try:
        code = group.main(args=arguments, prog_name="sfgen", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        return _show_usage(error)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\ninterrupted" if sys.stderr.isatty() else "interrupted", err=True)
        return exit_code()
    except SfgenError as error:
        show_error(error)
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001 - the last line of defence: one line, and a log
        return _show_failure(error)
    if code == INTERRUPTED:
        return exit_code()
    return code if isinstance(code, int) else 0


def show_error(error: SfgenError) -> None:
    """Print the ``error:`` line and the ``hint:`` line to stderr."""
    click.echo(f"{click.style('error:', fg='red', bold=True)} {error.message}", err=True)
    if error.hint:
        click.echo(f"{click.style('hint:', fg='cyan')} {error.hint}", err=True)


def _show_failure(error: Exception) -> int:
    refused = _refusal(error) if isinstance(error, OSError) else _explain(error)
    if refused is None:
        return _show_bug()
    show_error(refused)
    return refused.exit_code


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


def _show_usage(error: click.ClickException) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return 2
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "sfgen"
    hint = f"see {path} --help"
    show_error(SfgenError(error.format_message().rstrip("."), hint=hint))
    return 2


def _show_bug() -> int:
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
    show_error(SfgenError("a bug in sfgen, not in your project", hint=hint))
    return BUG

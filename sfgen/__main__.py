"""The door: ``sfgen`` and ``python -m sfgen``."""

from __future__ import annotations

import contextlib
import os
import sys


def main() -> None:
    """Run sfgen and leave with the exit code of the design."""
    from sfgen.stopping import exit_code, heed_signals

    _open_streams()
    heed_signals()
    try:
        code = _run()
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = exit_code()  # before or after the command, when nothing is to be cleared up
    except OSError as error:
        code = _give_up(error)
    sys.exit(code)


def _open_streams() -> None:
    """Let no file of ours take the number of a stream that the caller has closed."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # it gets the lowest free number: this one
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w" if number else "r", encoding="utf-8"))  # noqa: PTH123, SIM115


def _give_up(error: OSError) -> int:
    """Say that the output can't be written, and don't try again at the end."""
    from sfgen.stopping import drop_output

    drop_output()
    if not isinstance(error, BrokenPipeError):
        with contextlib.suppress(OSError):
            sys.stderr.write(f"error: the output can't be written: {error.strerror}\n")
    return 1


def _run() -> int:
    if sys.argv[1:] == ["--version"]:
        from sfgen import __version__

        sys.stdout.write(f"sfgen {__version__}\n")
        return 0
    from sfgen.cli import run

    return run()


if __name__ == "__main__":
    main()

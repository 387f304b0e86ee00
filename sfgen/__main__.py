"""The door: ``sfgen`` and ``python -m sfgen``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run sfgen and leave with the exit code of the design."""
    from sfgen.stopping import exit_code, heed_signals

    heed_signals()
    try:
        code = _run()
    except KeyboardInterrupt:
        code = exit_code()  # before or after the command, when nothing is to be cleared up
    sys.exit(code)


def _run() -> int:
    if sys.argv[1:] == ["--version"]:
        from sfgen import __version__

        sys.stdout.write(f"sfgen {__version__}\n")
        return 0
    from sfgen.cli import run

    return run()


if __name__ == "__main__":
    main()

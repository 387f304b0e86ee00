"""The door: ``sfgen`` and ``python -m sfgen``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run sfgen and leave with the exit code of the design."""
    if sys.argv[1:] == ["--version"]:
        from sfgen import __version__

        sys.stdout.write(f"sfgen {__version__}\n")
        return
    from sfgen.cli import run

    sys.exit(run())


if __name__ == "__main__":
    main()

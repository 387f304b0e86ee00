"""Option type for files that commands write: reports and summaries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import os


class ReportFile(click.Path):
    """A file to be written, whose folder is checked before the work begins."""

    name = "file"

    def __init__(self) -> None:
        super().__init__(dir_okay=False, writable=True, path_type=Path)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        """Return the path.

        Raises:
            click.BadParameter: a folder of that name, or no folder to write it to.
        """
        path = super().convert(value, param, ctx)
        parent = Path(str(path)).parent
        if not parent.is_dir():
            self.fail(f"the folder {parent} does not exist", param, ctx)
        return path

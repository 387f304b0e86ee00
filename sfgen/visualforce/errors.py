"""Why a Visualforce page can't be shown."""

from __future__ import annotations

from sfgen.errors import ServerError


class VisualforceError(ServerError):
    """A page the preview can't render; ``line`` counts from 1 in the page's source."""

    def __init__(self, message: str, *, line: int | None = None, hint: str | None = None) -> None:
        super().__init__(message if line is None else f"{message} (line {line})", hint=hint)
        self.line = line

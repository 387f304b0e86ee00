"""What is ordered: a project's deploy to one org or several, or an act on a deploy request."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from sfgen.org import StartOptions

if TYPE_CHECKING:
    from pathlib import Path

#: The local org, as a target.
LOCAL: Final = "local"
#: Seconds that a deploy is watched, as ``sf`` does: 33 minutes.
PATIENCE: Final = 33 * 60.0

Action = Literal["resume", "report", "cancel", "quick"]


@dataclass(frozen=True, slots=True)
class Order:
    """A project to be packaged and deployed.

    Attributes:
        targets: sf aliases, usernames, ``local``, ``env``; None is the environment's org.
        source_folders: deploy only what is in them; all of the project if empty.
        since: a git revision; deploy only what changed since then.
        options: what the org is told.
        destructive_before: manifest of what to delete first.
        destructive_after: manifest of what to delete at the end.
        seconds: how long each deploy is watched.
        assign: permission sets to assign to the user afterwards.
    """

    folder: Path
    targets: tuple[str | None, ...] = (None,)
    source_folders: tuple[Path, ...] = ()
    since: str | None = None
    options: StartOptions = field(default_factory=StartOptions)
    destructive_before: Path | None = None
    destructive_after: Path | None = None
    seconds: float = PATIENCE
    assign: tuple[str, ...] = ()

    def locate(self, folder: Path) -> Path:
        """Return where a source folder is: inside the project, else where the path leads."""
        inside = self.folder / folder
        return inside if inside.exists() else folder


@dataclass(frozen=True, slots=True)
class JobOrder:
    """What is to be done with a deploy request that is known by its id alone."""

    action: Action
    job_id: str
    target: str | None = None
    seconds: float = PATIENCE
    assign: tuple[str, ...] = ()

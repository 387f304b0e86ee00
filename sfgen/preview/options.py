"""Options of a preview: port, Pusher server, Lightning Web Security, store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from sfgen.lws.packages import LwsPackages
    from sfgen.preview.pusher.pusher_target import PusherTarget


@dataclass(frozen=True, slots=True)
class PreviewOptions:
    """The options of one preview.

    Args:
        port: of the Lightning origin; 0 takes a free one.
        pusher: the Pusher server to use instead of the local one.
        lws: Lightning Web Security's packages, when components run inside it.
        open_utilities: whether the utility bar's items are open when a page loads.
        store: the folder that keeps records and texts between runs; ``None`` keeps nothing.
        examples: whether a few example texts are written before the first page is shown.
        protects_frames: whether the org has clickjack protection switched on for customer
            Visualforce pages with headers disabled.
    """

    port: int = 0
    pusher: PusherTarget | None = None
    lws: LwsPackages | None = None
    open_utilities: bool = False
    store: Path | None = None
    examples: bool = False
    protects_frames: bool = False

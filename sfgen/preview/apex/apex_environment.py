"""What the project's Apex works with in a preview: store, addresses, Pusher, the application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sfgen.preview.application.external_application import ExternalApplication
    from sfgen.preview.origin.addresses import Addresses
    from sfgen.preview.pusher.pusher_target import PusherTarget
    from sfgen.preview.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ApexEnvironment:
    """The surroundings of the project's Apex.

    Args:
        workspace: the project.
        store: the folder that keeps records between runs; ``None`` keeps nothing.
        addresses: of the preview's origins, which settings and callouts name.
        pusher: the app that is entered in the project's settings.
        application: answers callouts, and logs the advisor in.
        record_callout: takes a callout's label, status and start (``time.perf_counter()``).
        warn: takes a line for the terminal.
    """

    workspace: Workspace
    store: Path | None
    addresses: Addresses
    pusher: PusherTarget
    application: ExternalApplication
    record_callout: Callable[[str, int, float], Any]
    warn: Callable[[str], None]

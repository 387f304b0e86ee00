"""Switches of the org: limits that are reached, and clickjack protection of Visualforce pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sfgen.errors import UsageError

if TYPE_CHECKING:
    from sfgen.preview.apex.project_apex import ProjectApex
    from sfgen.preview.worker_thread import WorkerThread

#: Limits of the org that can be reached on purpose, by the Apex runtime's names.
FAULTS: Final = ("async-limit", "settings-storage", "row-lock")


class OrgSwitches:
    """What of the org is switched on.

    Args:
        apex: fails where a limit is reached.
        apex_thread: where it runs.
        protects_frames: whether clickjack protection is on from the start.
    """

    def __init__(
        self, apex: ProjectApex, apex_thread: WorkerThread, *, protects_frames: bool
    ) -> None:
        self._apex = apex
        self._apex_thread = apex_thread
        #: Whether pages without Salesforce's header may be framed by their own origin alone.
        self.protects_frames = protects_frames

    async def switch(self, act: str) -> None:
        """Switch one thing on, or off if it is on; ``clear`` switches all off.

        Raises:
            UsageError: there is no such switch.
        """
        active = self._apex.active_faults()
        if act == "clear":
            self.protects_frames = False
            if active:
                await self._apex_thread.run(self._apex.set_fault, "", on=False)
        elif act == "clickjack":
            self.protects_frames = not self.protects_frames
        elif act in FAULTS:
            await self._apex_thread.run(self._apex.set_fault, act, on=act not in active)
        else:
            raise UsageError(f"the org has no switch {act}")

    def describe(self) -> dict[str, Any]:
        """Return what is switched on."""
        return {"clickjack": self.protects_frames, "faults": sorted(self._apex.active_faults())}

"""What the side panel does to the org: limits that are spent, and clickjack protection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sfgen.errors import UsageError

if TYPE_CHECKING:
    from sfgen.preview.site import Site

#: Limits of the org that can be provoked, by the Apex runtime's names.
FAULTS: Final = ("async-limit", "settings-storage", "row-lock")


async def switch_org(site: Site, act: str) -> None:
    """Switch one thing on, or off where it is on; ``clear`` switches all off.

    Raises:
        UsageError: there is no such switch.
    """
    if act == "clear":
        site.protects_frames = False
        if site.apex.active_faults():
            await site.in_apex(site.apex.set_fault, "", on=False)
    elif act == "clickjack":
        site.protects_frames = not site.protects_frames
    elif act in FAULTS:
        await site.in_apex(site.apex.set_fault, act, on=act not in site.apex.active_faults())
    else:
        raise UsageError(f"the org can't {act}")


def describe_org(site: Site) -> dict[str, Any]:
    """Say what is switched on."""
    return {"clickjack": site.protects_frames, "faults": sorted(site.apex.active_faults())}

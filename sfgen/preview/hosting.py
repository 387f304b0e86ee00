"""Chooses who executes the project's Apex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.preview.executing import ExecutingHost
from sfgen.preview.twins import TwinHost

if TYPE_CHECKING:
    from sfgen.preview.apex import ApexHost
    from sfgen.preview.site import Site


def choose_host(site: Site) -> ApexHost:
    """Execute the project's Apex; fall back to the twins where the runtime can't yet."""
    host = ExecutingHost(site)
    if host.serves():
        site.apex_words = "the project's own, executed by sfgen's Apex runtime"
        return host
    site.apex_words = "Python twins of the generated methods: the runtime lacks something"
    return TwinHost(site)

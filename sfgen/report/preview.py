"""What the preview serves, and what was seen on its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.report.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sfgen.preview.page_visit import Look
    from sfgen.preview.site import Site


def describe_site(site: Site, address: str) -> Result:
    """Return where a preview is served."""
    data = {"address": address, "pusher": site.pusher.http_origin}
    return Result(data, [f"{site.workspace.layout.label}: {address}"], goes_on=True)


def list_engines(site: Site) -> Iterator[str]:
    """Say who plays the parts of Pusher and of Salesforce, and how it ends."""
    # The run file holds the secret of a local server only.
    local = site.pusher_server is not None
    trigger = "publishes to it" if local else "needs its app and secret"
    yield f"Pusher: {site.pusher.http_origin} (sfgen trigger {trigger})"
    yield "Apex: the project's own, executed by sfgen's Apex runtime"
    if site.sandbox is not None:
        yield f"LWC: inside Lightning Web Security {site.sandbox.version}, production form"
    yield "Ctrl-C ends it"


def describe_looks(looks: Sequence[Look], screenshot: Path | None) -> Result:
    """Return what was seen on each page; problems mean exit code 1."""
    pages = [{"page": look.page, "problems": list(look.problems)} for look in looks]
    lines = []
    for look in looks:
        lines.append(f"{look.page}: {'rendered' if not look.problems else 'with problems'}")
        lines += [f"  {problem}" for problem in look.problems]
    if screenshot is not None:
        lines.append(f"picture: {screenshot}")
    data = {"pages": pages, "screenshot": str(screenshot) if screenshot else None}
    return Result(data, lines, exit_code=int(any(look.problems for look in looks)))

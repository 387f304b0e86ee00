"""Error pages: what went wrong, and where to go on."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, Final

from aiohttp import web

from sfgen.errors import SfgenError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

_PAGE: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} | sfgen preview</title>
<style>
body {{ margin: 0; padding: 3rem 1.5rem; background: #f3f3f3; color: #181818;
    font: 0.875rem/1.5 system-ui, sans-serif; }}
main {{ max-width: 40rem; margin: 0 auto; padding: 1.5rem 2rem; background: #fff;
    border: 1px solid #c9c9c9; border-top: 3px solid #ba0517; border-radius: 0.25rem; }}
h1 {{ margin: 0 0 0.75rem; font-size: 1.25rem; }}
p {{ margin: 0 0 0.75rem; overflow-wrap: anywhere; }}
ul {{ margin: 0; padding-left: 1.25rem; }}
a {{ color: #0b5cab; }}
</style>
</head>
<body><main><h1>{title}</h1>{body}</main></body>
</html>
"""


def show_failure(
    status: int, title: str, reason: str, links: Iterable[tuple[str, str]] = ()
) -> web.Response:
    """Return an error page; ``links`` are addresses and labels of pages that exist."""
    body = "".join(f"<p>{html.escape(line)}</p>" for line in reason.splitlines() if line.strip())
    items = "".join(
        f'<li><a href="{html.escape(address, quote=True)}">{html.escape(label)}</a></li>'
        for address, label in links
    )
    if items:
        body += f"<ul>{items}</ul>"
    text = _PAGE.format(title=html.escape(title), body=body)
    headers = {"Cache-Control": "no-store"}
    return web.Response(status=status, text=text, content_type="text/html", headers=headers)


@web.middleware
async def explain(
    request: web.Request,
    handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> web.StreamResponse:
    """Answer with the reason where the project can't be read; a bug goes on to the log."""
    try:
        return await handler(request)
    except SfgenError as error:
        if request.method == "POST":
            text = json.dumps({"message": error.message, "exceptionType": "Preview"})
            return web.Response(status=500, text=text, content_type="application/json")
        reason = f"{error.message}\n{error.hint or ''}"
        return show_failure(500, "This can't be shown", reason)

"""Static files: the preview's own assets and the project's static resources."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Final

from aiohttp import web

from sfgen import assets
from sfgen.preview.origin.mirrored_styles import packed_sheet

if TYPE_CHECKING:
    from sfgen.preview.workspace import Workspace

_PACKED: Final = {
    "lwc-engine.js": "text/javascript",
    "lwc-synthetic-shadow.js": "text/javascript",
}
_TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


class StaticFiles:
    """Serves ``/asset`` and ``/resource``.

    Args:
        workspace: the project whose static resources are served.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Add both, as every origin with pages has them."""
        router.add_get("/asset/{path:.*}", _serve_asset)
        router.add_get("/resource/{stamp}/{name}", self._serve_resource)
        router.add_get("/resource/{stamp}/{name}/{path:.*}", self._serve_resource)

    async def _serve_resource(self, request: web.Request) -> web.Response:
        """Serve ``/resource/<stamp>/<name>[/<path>]``, byte for byte."""
        name, path = request.match_info["name"], request.match_info.get("path", "")
        try:
            found = self._workspace.read_resource(name, path)
        except (OSError, ValueError, zipfile.BadZipFile):  # a name no file can have, a broken zip
            found = None
        if found is None:
            shown = f"{name}/{path}" if path else name
            return web.Response(status=404, text=f"no static resource {shown}\n")
        body, content_type = found
        headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=body, headers={**headers, "Content-Type": content_type})


async def _serve_asset(request: web.Request) -> web.Response:
    """Serve ``/asset/...``: packed files, SLDS's style sheet, the scripts below ``browser/``."""
    path = request.match_info["path"]
    if "\0" in path:
        return web.Response(status=404, text="no such asset\n")
    if path in _PACKED:
        return _packed(assets.packed(path), _PACKED[path])
    if path == "slds.css":
        return _packed(packed_sheet(), "text/css")
    if path.startswith("slds/") and path.endswith(".svg"):
        name = f"slds-{path.removeprefix('slds/')}"
        if (assets.FOLDER / f"{name}.gz").is_file() and "/" not in name:
            return _packed(assets.packed(name), "image/svg+xml")
    file = (assets.FOLDER / path).resolve()
    browser = assets.FOLDER / "browser"
    if not file.is_relative_to(browser) or not file.is_file() or file.suffix not in _TYPES:
        return web.Response(status=404, text=f"no asset {path}\n")
    return web.Response(
        body=file.read_bytes(),
        content_type=_TYPES[file.suffix],
        charset="utf-8",
        headers={"Cache-Control": "no-cache"},
    )


async def serve_icon(request: web.Request) -> web.Response:
    """Serve what browsers ask for by themselves where a page names no icon."""
    del request
    icon = assets.FOLDER / "browser" / "icon.svg"
    return web.Response(body=icon.read_bytes(), content_type="image/svg+xml")


def _packed(body: bytes, content_type: str) -> web.Response:
    return web.Response(
        body=body,
        headers={
            "Content-Type": content_type,
            "Content-Encoding": "gzip",
            "Cache-Control": "max-age=3600",
        },
    )

"""An org whose Lightning page runs the project's components in Lightning Web Security."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web
from org_hosts import Hosts
from tools.network import insist

from sfgen.lws import form, packages
from sfgen.lws.packages import CouldNotRunError

if TYPE_CHECKING:
    import pytest

HERE = Path(__file__).resolve().parent


def fetch_sandbox(monkeypatch: pytest.MonkeyPatch) -> packages.LwsPackages:
    """Find the sandbox where the tests keep their tools, or fetch it there with npm."""
    folder = Path(os.environ["SFGEN_TEST_TOOLS"]) / "lws"
    monkeypatch.setattr(packages, "_cache", lambda: folder)
    failure = None if packages.locate_lws() else insist(_fetch)
    found = packages.locate_lws()
    assert found is not None, failure
    form.check_forms(found)
    return found


def _fetch() -> str | None:
    try:
        packages.fetch_lws()
    except CouldNotRunError as error:
        return error.message
    return None


def compile_for_sandbox(source: Path, output: Path) -> None:
    """Compile the project's components, unmodified, with the compiler's LWS transforms."""
    output.mkdir(parents=True, exist_ok=True)
    script = HERE / "bundle_sandboxed.mjs"
    subprocess.run(["node", script, source, output], check=True, timeout=600)


class SandboxedHosts(Hosts):
    """As `Hosts`, with the sandbox in its production form between page and components."""

    def __init__(self, *org_and_project: object, sandbox: packages.LwsPackages) -> None:
        super().__init__(*org_and_project)  # type: ignore[arg-type]
        self._sandbox = sandbox

    async def _serve(self, routes: list[web.RouteDef]) -> int:
        own = [
            web.get("/lws/{version}/{path:.*}", self._send_sandbox),
            web.get("/page.js", self._send_page_script),
            web.get("/{name:(system|sandboxed)}.js", self._send_bundle),
        ]
        return await super()._serve([*routes, *own])

    async def _show_shell(self, request: web.Request) -> web.Response:
        imports = form.import_addresses(self._sandbox)
        text = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lightning</title>'
            f'<script type="importmap">{json.dumps({"imports": imports})}</script></head>'
            '<body><main></main><script type="module" src="/page.js"></script></body></html>'
        )
        return web.Response(text=text, content_type="text/html")

    async def _send_sandbox(self, request: web.Request) -> web.Response:
        text = form.read_module(self._sandbox, request.match_info["path"])
        return _script(text or "")

    async def _send_page_script(self, request: web.Request) -> web.Response:
        return _script((HERE / "lws_page.js").read_text(encoding="utf-8"))

    async def _send_bundle(self, request: web.Request) -> web.Response:
        return _script((self.bundle / f"{request.match_info['name']}.js").read_text("utf-8"))


def _script(text: str) -> web.Response:
    return web.Response(text=text, content_type="text/javascript")

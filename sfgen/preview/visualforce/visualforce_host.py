"""The Visualforce host: pages, their static resources, and JavaScript remoting."""

from __future__ import annotations

import html
import json
import re
import time
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sfgen.errors import SfgenError
from sfgen.preview.apex.project_apex import read_remote_actions
from sfgen.preview.modules.salesforce_modules import USER_ID
from sfgen.preview.origin.failure_page import explain, show_failure
from sfgen.preview.origin.gate import page_policy
from sfgen.preview.origin.static_files import serve_asset, serve_icon, serve_resource
from sfgen.preview.origin.trusted_urls import VISUALFORCE, list_trusted
from sfgen.preview.visualforce.remoting import REQUEST_BYTES
from sfgen.visualforce import PageContext, VisualforceError, render_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.preview.site import Site
    from sfgen.visualforce.context import Rendered

_PAGE = re.compile(r"<apex:page\b[^>]*")
_CONTROLLER = re.compile(r"\bcontroller\s*=\s*[\"'](\w+)[\"']")


class VisualforceHost:
    """Routes of the Visualforce origin."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def make_application(self) -> web.Application:
        """Return the application."""
        application = web.Application(
            middlewares=[self._site.gate.guard, explain], client_max_size=REQUEST_BYTES
        )
        router = application.router
        router.add_get("/apex/{name}", self._show_page)
        router.add_get("/favicon.ico", serve_icon)
        router.add_post("/apexremote", self._answer_remoting)
        router.add_get("/asset/{path:.*}", serve_asset)
        router.add_get("/resource/{stamp}/{name}", self._serve_resource)
        router.add_get("/resource/{stamp}/{name}/{path:.*}", self._serve_resource)
        return application

    async def _serve_resource(self, request: web.Request) -> web.Response:
        return serve_resource(self._site.workspace, request)

    async def _show_page(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        component = self._find_page(name)
        if component is None:
            return show_failure(404, "There is no such page", f"Page {name} does not exist.")
        framed = request.headers.get("Sec-Fetch-Dest") == "iframe"
        with open(component.files[0], encoding="utf-8") as file:  # noqa: ASYNC230, PTH123 - small
            text = file.read()
        controller = find_controller(text)
        parameters = dict(request.query)
        try:
            rendered = await self._site.in_apex(
                lambda: render_page(text, self._context(controller, parameters, framed=framed))
            )
        except SfgenError as error:
            relative = self._site.workspace.source.project.relative(component.files[0])
            reason = f"{relative}: {error.message}"
            # Most frames are hidden: nobody would see the page that says it.
            self._site.warn(reason)
            return show_failure(500, "This page can't be shown", reason)
        for warning in rendered.warnings:
            self._site.warn(f"{name}.page {warning}")
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": self._policy(rendered)}
        return web.Response(text=rendered.html, content_type=rendered.content_type, headers=headers)

    def _policy(self, rendered: Rendered) -> str:
        """Return who may frame a page, and what it may reach where it asks to be restricted."""
        site = self._site
        framed_by = (
            [] if site.protects_frames and not rendered.has_header else [site.addresses.lightning]
        )
        trusted = list_trusted(site, VISUALFORCE) if rendered.content_policy else None
        return page_policy(framed_by, trusted)

    def _find_page(self, name: str) -> Any:
        pages = self._site.workspace.source.of_type("ApexPage")
        plain = name.rpartition("__")[2].lower()
        return next((page for key, page in pages.items() if key.lower() == plain), None)

    def _context(
        self, controller: str, parameters: Mapping[str, str], *, framed: bool
    ) -> PageContext:
        site = self._site

        def read_property(name: str) -> object:
            if not controller:
                raise VisualforceError(f"the page has no controller that could give {name}")
            return site.addresses.localize(site.apex.read_property(controller, name))

        return PageContext(
            globals=_Globals(site, controller, parameters).members(),
            read_property=read_property,
            resource_address=self._resource_address,
            head=self._head(controller, framed=framed),
        )

    def _resource_address(self, name: str, path: str) -> str:
        name = name.rpartition("__")[2]
        if name not in self._site.workspace.source.of_type("StaticResource"):
            raise VisualforceError(f"static resource {name} is not in this project")
        return f"/resource/1/{name}" + (f"/{path.lstrip('/')}" if path else "")

    def _head(self, controller: str, *, framed: bool) -> str:
        pusher = html.escape(json.dumps(self._site.pusher.as_trap()), quote=True)
        trap = f'<script src="/asset/browser/pusher-trap.js" data-pusher="{pusher}"></script>'
        descriptor = self._site.remoting.describe(controller, framed=framed) if controller else None
        if descriptor is None:
            return trap
        text = json.dumps(descriptor).replace("<", "\\u003c")
        return (
            f'{trap}<script src="/asset/browser/remoting.js"></script><script>'
            "Visualforce.remoting.Manager.add(new $VFRM.RemotingProviderImpl("
            f"{text}));</script>"
        )

    async def _answer_remoting(self, request: web.Request) -> web.Response:
        started = time.perf_counter()
        body = await request.read()
        try:
            answers = await self._site.in_apex(
                self._site.remoting.answer, body, request.headers.get("Referer", "")
            )
        except (ValueError, RecursionError):
            return web.json_response({"message": "no remoting request"}, status=400)
        label = ", ".join(f"{answer['action']}.{answer['method']}" for answer in answers)
        failed = any(answer["statusCode"] != 200 for answer in answers)
        self._site.traffic.record("remoting", label, 400 if failed else 200, started)
        return web.json_response(self._site.addresses.localize(answers))


def find_controller(text: str) -> str:
    """Return the name of a page's controller, or nothing."""
    page = _PAGE.search(text)
    match = _CONTROLLER.search(page.group()) if page else None
    return match.group(1) if match else ""


class _Globals:
    """Global variables of the expression language."""

    def __init__(self, site: Site, controller: str, parameters: Mapping[str, str]) -> None:
        self._site = site
        self._controller = controller
        self._parameters = parameters

    def members(self) -> dict[str, Any]:
        """Return each global's reader, by the global's name in lower case."""
        return {
            "$api": self._api,
            "$currentpage": self._current_page,
            "$label": self._label,
            "$organization": self._fixed(id="00D000000000001AAA", name="sfgen preview"),
            "$remoteaction": self._remote_action,
            "$site": self._fixed(prefix="", name=""),
            "$user": self._fixed(id=USER_ID, firstname="", lastname="Advisor", email=""),
        }

    @staticmethod
    def _fixed(**values: str) -> Any:
        def read(path: tuple[str, ...]) -> object:
            if len(path) == 1 and path[0].lower() in values:
                return values[path[0].lower()]
            raise VisualforceError(f"{'.'.join(path)} is not supported by the preview")

        return read

    def _api(self, path: tuple[str, ...]) -> object:
        raise VisualforceError(
            f"$Api.{'.'.join(path)} is not given to pages: a session id does not belong there"
        )

    def _current_page(self, path: tuple[str, ...]) -> object:
        first = path[0].lower() if path else ""
        if first == "parameters":
            return self._parameters.get(path[1], "") if len(path) > 1 else dict(self._parameters)
        raise VisualforceError(f"$CurrentPage.{'.'.join(path)} is not supported by the preview")

    def _label(self, path: tuple[str, ...]) -> object:
        labels = self._site.workspace.source.labels
        if not path or path[-1] not in labels:
            raise VisualforceError(f"label {'.'.join(path)} is not in this project")
        return labels[path[-1]]

    def _remote_action(self, path: tuple[str, ...]) -> object:

        name = ".".join(path)
        if len(path) < 2:
            raise VisualforceError(f"$RemoteAction.{name} names no method")
        actions = read_remote_actions(self._site.workspace.source, path[-2])
        if path[-1] not in {action.name for action in actions}:
            raise VisualforceError(f"{name} is no @RemoteAction of this project")
        return name

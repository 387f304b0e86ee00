"""Renders a Visualforce page as HTML, with its remoting proxies and its security policy."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sfgen.preview.origin.content_security_policy import visualforce_policy
from sfgen.preview.origin.trusted_urls import VISUALFORCE, list_trusted
from sfgen.preview.visualforce.page_globals import PageGlobals
from sfgen.visualforce import PageContext, VisualforceError, render_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.preview.apex.project_apex import ProjectApex
    from sfgen.preview.origin.addresses import Addresses
    from sfgen.preview.pusher.pusher_target import PusherTarget
    from sfgen.preview.visualforce.remoting import Remoting
    from sfgen.preview.workspace import Workspace
    from sfgen.visualforce.context import Rendered

_PAGE = re.compile(r"<apex:page\b[^>]*")
_CONTROLLER = re.compile(r"\bcontroller\s*=\s*[\"'](\w+)[\"']")


class FrameProtection(Protocol):
    """The org's clickjack protection."""

    @property
    def protects_frames(self) -> bool:
        """Whether pages without Salesforce's header may be framed by their own origin alone."""


class VisualforceRenderer:
    """Renders pages. Runs in Apex's thread: pages read their controllers' properties.

    Args:
        workspace: the project.
        apex: has the controllers.
        addresses: of the preview's origins.
        pusher: the server that pusher-js connects to.
        remoting: describes the remote actions of a controller.
        org: says whether clickjack protection is on.
    """

    def __init__(
        self,
        workspace: Workspace,
        apex: ProjectApex,
        addresses: Addresses,
        pusher: PusherTarget,
        remoting: Remoting,
        org: FrameProtection,
    ) -> None:
        self._workspace = workspace
        self._apex = apex
        self._addresses = addresses
        self._pusher = pusher
        self._remoting = remoting
        self._org = org

    def render(self, path: str, parameters: Mapping[str, str], *, framed: bool) -> Rendered:
        """Render a page.

        Args:
            path: of its file.
            parameters: of its address.
            framed: whether it is shown in a frame.

        Raises:
            SfgenError: it can't be shown; the message says why.
        """
        text = Path(path).read_text(encoding="utf-8")
        return render_page(text, self._context(find_controller(text), parameters, framed=framed))

    def policy(self, rendered: Rendered) -> str:
        """Return the Content-Security-Policy of a page."""
        source = self._workspace.source
        framed_by = [self._addresses.lightning]
        if self._org.protects_frames and not rendered.has_header:
            framed_by = []
        trusted = None
        if rendered.content_policy:
            trusted = list_trusted(
                source,
                VISUALFORCE,
                pusher=self._pusher.origin,
                application=self._addresses.external,
            )
        return visualforce_policy(framed_by, trusted)

    def _context(
        self, controller: str, parameters: Mapping[str, str], *, framed: bool
    ) -> PageContext:
        def read_property(name: str) -> object:
            if not controller:
                raise VisualforceError(f"the page has no controller that could give {name}")
            return self._addresses.localize(self._apex.read_property(controller, name))

        return PageContext(
            globals=PageGlobals(self._workspace.source, parameters).members(),
            read_property=read_property,
            resource_address=self._resource_address,
            head=self._head(controller, framed=framed),
        )

    def _resource_address(self, name: str, path: str) -> str:
        name = name.rpartition("__")[2]
        if name not in self._workspace.source.of_type("StaticResource"):
            raise VisualforceError(f"static resource {name} is not in this project")
        return f"/resource/1/{name}" + (f"/{path.lstrip('/')}" if path else "")

    def _head(self, controller: str, *, framed: bool) -> str:
        pusher = html.escape(json.dumps(self._pusher.as_trap()), quote=True)
        trap = f'<script src="/asset/browser/pusher-trap.js" data-pusher="{pusher}"></script>'
        descriptor = self._remoting.describe(controller, framed=framed) if controller else None
        if descriptor is None:
            return trap
        text = json.dumps(descriptor).replace("<", "\\u003c")
        return (
            f'{trap}<script src="/asset/browser/remoting.js"></script><script>'
            "Visualforce.remoting.Manager.add(new $VFRM.RemotingProviderImpl("
            f"{text}));</script>"
        )


def find_controller(text: str) -> str:
    """Return the name of a page's controller, or nothing."""
    page = _PAGE.search(text)
    match = _CONTROLLER.search(page.group()) if page else None
    return match.group(1) if match else ""

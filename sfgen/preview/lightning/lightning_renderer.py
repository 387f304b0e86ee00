"""Renders a Lightning page: the app's header, regions with components, utility bar, side panel."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import jinja2
from aiohttp import web
from markupsafe import Markup

from sfgen import assets
from sfgen.preview.origin.content_security_policy import lightning_policy
from sfgen.preview.origin.trusted_urls import LIGHTNING, list_trusted

if TYPE_CHECKING:
    from sfgen.preview.lightning.lws_sandbox import LwsSandbox
    from sfgen.preview.origin.addresses import Addresses
    from sfgen.preview.project.layout import Layout, Page, Placed
    from sfgen.preview.pusher.pusher_target import PusherTarget
    from sfgen.preview.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Stage:
    """A page beside the project's own, to test components on, in a sandbox or outside.

    Args:
        page: the components; of the kind ``RecordPage`` when they get a record.
        path: as that of a record page.
    """

    page: Page
    path: str
    sandbox: LwsSandbox | None


class LightningRenderer:
    """Renders pages as HTML.

    Args:
        workspace: the project.
        addresses: of the preview's origins.
        pusher: the server that pusher-js connects to.
        key: of this run, which the page's scripts send with their requests.
        open_utilities: whether the utility bar's items are open when a page loads.
    """

    def __init__(
        self,
        workspace: Workspace,
        addresses: Addresses,
        pusher: PusherTarget,
        key: str,
        *,
        open_utilities: bool,
    ) -> None:
        self._workspace = workspace
        self._addresses = addresses
        self._pusher = pusher
        self._key = key
        self._open_utilities = open_utilities

    def render(
        self, page: Page, path: str, sandbox: LwsSandbox | None, layout: Layout | None = None
    ) -> web.Response:
        """Render a page.

        Args:
            page: what stands on it.
            path: as it was asked for; a record page's holds the record's id.
            sandbox: in which the components run, if in any.
            layout: what stands around it; the project's own by default.
        """
        workspace, nonce = self._workspace, secrets.token_urlsafe(12)
        layout = layout or workspace.layout
        text = self._template.render(
            page=page,
            layout=layout,
            addresses={one.name: tab_address(one) for one in layout.pages},
            project=workspace.source.project.configuration.name or workspace.root.name,
            nonce=nonce,
            import_map=_script_json(self._import_map(sandbox)),
            lws=sandbox.version if sandbox else "",
            state=_script_json({**self._state(page, path), "lws": sandbox and sandbox.state()}),
            pusher=json.dumps(self._pusher.as_trap()),
        )
        trusted = list_trusted(
            workspace.source,
            LIGHTNING,
            pusher=self._pusher.origin,
            application=self._addresses.external,
        )
        policy = lightning_policy(trusted, [self._addresses.visualforce], nonce)
        headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
        return web.Response(text=text, content_type="text/html", headers=headers)

    def render_stage(self, stage: Stage) -> web.Response:
        """Render a stage, without a utility bar."""
        layout = replace(self._workspace.layout, utilities=())
        return self.render(stage.page, stage.path, stage.sandbox, layout)

    def _import_map(self, sandbox: LwsSandbox | None) -> dict[str, dict[str, str]]:
        found = self._workspace.modules.import_map()
        if sandbox is not None:
            found["imports"].update(sandbox.imports())
        return found

    def _state(self, page: Page, path: str) -> dict[str, Any]:
        context: dict[str, str] = {}
        reference: dict[str, Any] = {
            "type": "standard__namedPage",
            "attributes": {"pageName": page.name},
            "state": {},
        }
        if page.kind == "RecordPage":
            record_id = path.split("/")[4]
            context = {"recordId": record_id, "objectApiName": page.object_name}
            attributes = {**context, "actionName": "view"}
            reference = {"type": "standard__recordPage", "attributes": attributes, "state": {}}
        return {
            "key": self._key,
            "context": context,
            "pageReference": reference,
            "visualforceOrigin": self._addresses.visualforce,
            "openUtilities": self._open_utilities,
            "isBridgeOnly": self._workspace.is_bridge_only,
        }

    @cached_property
    def _template(self) -> jinja2.Template:
        environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
        environment.filters["placed"] = _write_placed
        return environment.from_string(assets.read_text("browser/shell.html"))


def tab_address(page: Page) -> str:
    """Return the address of a page's tab; which record it shows is decided when it is opened."""
    return f"/lightning/o/{page.object_name}/home" if page.object_name else page.address


def _write_placed(placed: Placed) -> str:
    return json.dumps(asdict(placed))


def _script_json(value: object) -> Markup:
    text = json.dumps(value).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704 - no markup can be in it

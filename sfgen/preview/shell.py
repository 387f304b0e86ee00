"""The page around a project's components: header, regions, utility bar, side panel."""

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
from sfgen.preview.security import content_policy
from sfgen.preview.trusted_urls import LIGHTNING, list_trusted

if TYPE_CHECKING:
    from sfgen.preview.layout import Layout, Page, Placed
    from sfgen.preview.sandbox import Sandbox
    from sfgen.preview.site import Site


@dataclass(frozen=True, slots=True)
class Stage:
    """A page that is no page of the project: components to look at, in a sandbox or outside.

    Args:
        page: the components; of the kind ``RecordPage`` when they get a record.
        path: as that of a record page.
    """

    page: Page
    path: str
    sandbox: Sandbox | None


class Shell:
    """Draws the pages of the Lightning origin."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def render(
        self, page: Page, path: str, sandbox: Sandbox | None, layout: Layout | None = None
    ) -> web.Response:
        """Draw a page.

        Args:
            page: what stands on it.
            path: as it was asked for; a record page's holds the record's id.
            sandbox: in which the components run, if in any.
            layout: what stands around it; the project's own by default.
        """
        site, nonce = self._site, secrets.token_urlsafe(12)
        layout = layout or site.workspace.layout
        text = self._template.render(
            page=page,
            layout=layout,
            addresses={one.name: lead_to(one) for one in layout.pages},
            project=site.workspace.source.project.configuration.name or site.workspace.root.name,
            nonce=nonce,
            import_map=_script_json(self._import_map(sandbox)),
            lws=sandbox.version if sandbox else "",
            state=_script_json({**self._state(page, path), "lws": sandbox and sandbox.state()}),
            pusher=json.dumps(site.pusher.as_trap()),
        )
        policy = content_policy(list_trusted(site, LIGHTNING), [site.addresses.visualforce], nonce)
        headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
        return web.Response(text=text, content_type="text/html", headers=headers)

    def render_stage(self, stage: Stage) -> web.Response:
        """Draw a stage, with no utility bar."""
        layout = replace(self._site.workspace.layout, utilities=())
        return self.render(stage.page, stage.path, stage.sandbox, layout)

    def _import_map(self, sandbox: Sandbox | None) -> dict[str, dict[str, str]]:
        found = self._site.workspace.modules.import_map()
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
            "key": self._site.gate.key,
            "context": context,
            "pageReference": reference,
            "visualforceOrigin": self._site.addresses.visualforce,
            "openUtilities": self._site.open_utilities,
            "isBridgeOnly": self._site.workspace.is_bridge_only,
        }

    @cached_property
    def _template(self) -> jinja2.Template:
        environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
        environment.filters["placed"] = _write_placed
        return environment.from_string(assets.read_text("browser/shell.html"))


def lead_to(page: Page) -> str:
    """Return what a tab leads to; which record it shows is decided when it is opened."""
    return f"/lightning/o/{page.object_name}/home" if page.object_name else page.address


def _write_placed(placed: Placed) -> str:
    return json.dumps(asdict(placed))


def _script_json(value: object) -> Markup:
    text = json.dumps(value).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704 - no markup can be in it

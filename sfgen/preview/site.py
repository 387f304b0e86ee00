"""One running preview: makes its parts, gives each what it needs, starts and stops them.

Parts don't know the site; they know what their constructors take.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from sfgen.preview.apex.apex_environment import ApexEnvironment
from sfgen.preview.apex.deferred_apex import DeferredApex
from sfgen.preview.application.application_endpoints import ApplicationEndpoints
from sfgen.preview.application.conversation_store import ConversationStore
from sfgen.preview.application.external_application import ExternalApplication
from sfgen.preview.application.oauth_server import OAuthServer
from sfgen.preview.background_tasks import BackgroundTasks
from sfgen.preview.lightning.apex_requests import ApexRequests
from sfgen.preview.lightning.event_stream import EventStream
from sfgen.preview.lightning.lightning_pages import LightningPages
from sfgen.preview.lightning.lightning_renderer import LightningRenderer
from sfgen.preview.lightning.lws_sandbox import LwsSandbox
from sfgen.preview.lightning.module_routes import ModuleRoutes
from sfgen.preview.options import PreviewOptions
from sfgen.preview.origin.addresses import SITE, Addresses
from sfgen.preview.origin.gate import Gate
from sfgen.preview.origin.origin_server import OriginServer, Routes, make_application
from sfgen.preview.origin.static_files import StaticFiles
from sfgen.preview.panel.client import Client
from sfgen.preview.panel.comparison import TransportComparison
from sfgen.preview.panel.example_texts import ExampleTexts
from sfgen.preview.panel.network_switches import NetworkSwitches
from sfgen.preview.panel.org_switches import OrgSwitches
from sfgen.preview.panel.side_panel import SidePanel
from sfgen.preview.pusher.event_publisher import EventPublisher
from sfgen.preview.pusher.local_pusher import find_pusher, forward_frames
from sfgen.preview.reloading import Reloading
from sfgen.preview.traffic import Traffic
from sfgen.preview.visualforce.remoting import REQUEST_BYTES, Remoting
from sfgen.preview.visualforce.remoting_endpoint import RemotingEndpoint
from sfgen.preview.visualforce.visualforce_pages import VisualforcePages
from sfgen.preview.visualforce.visualforce_renderer import VisualforceRenderer
from sfgen.preview.worker_thread import WorkerThread
from sfgen.preview.workspace import Workspace
from sfgen.tools.lwc_compiler import LwcCompiler

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sfgen.preview.apex.project_apex import ProjectApex
    from sfgen.preview.pusher.pusher_target import PusherTarget
    from sfgen.pusherserver import PusherServer


def _keep_quiet(line: str) -> None:
    del line


class Site:
    """A preview of one project.

    Args:
        root: the project.
        make_apex: makes what executes the project's Apex; called in Apex's own thread.
        options: what the user chose.
        warn: takes a line for the terminal.
    """

    def __init__(
        self,
        root: Path,
        make_apex: Callable[[ApexEnvironment], ProjectApex],
        options: PreviewOptions | None = None,
        warn: Callable[[str], None] = _keep_quiet,
    ) -> None:
        self._options = options or PreviewOptions()
        self._make_apex = make_apex
        self._warn = warn
        self._compiler = LwcCompiler()
        self.workspace = Workspace(root, self._compiler)
        self.apex_thread = WorkerThread("apex")
        self._compiler_thread = WorkerThread("lwc")
        self.sandbox: LwsSandbox | None = None
        if self._options.lws is not None:
            self.sandbox = LwsSandbox(self.workspace, self._compiler_thread, self._options.lws)
        self.gate = Gate(SITE)
        self.traffic = Traffic()
        self.oauth = OAuthServer()
        store = self._options.store
        self._conversations = ConversationStore(store / "application.sqlite" if store else None)
        self._comparison = TransportComparison(self.traffic)
        self._stopping = asyncio.Event()
        self._servers: list[OriginServer] = []
        self._tasks = BackgroundTasks()
        self.pusher_server: PusherServer | None = None
        # Known once ports are.
        self.pusher: PusherTarget
        self.addresses: Addresses
        self.publisher: EventPublisher
        self.application: ExternalApplication
        self.apex: DeferredApex
        self.remoting: Remoting
        self.client: Client
        self.examples: ExampleTexts
        self.org: OrgSwitches
        self.panel: SidePanel
        self.pages: LightningPages

    @property
    def address(self) -> str:
        """What to open: it holds the key of this run."""
        return f"{self.addresses.lightning}/?key={self.gate.key}"

    async def start(self) -> str:
        """Listen on all origins and return the address to open.

        Raises:
            ServerError: the port is taken.
        """
        self.pusher_server, self.pusher = await find_pusher(self._options.pusher)
        for port in (self._options.port, 0, 0):
            self._servers.append(OriginServer(port))
        lightning, visualforce, external = self._servers
        self.addresses = Addresses(
            lightning.port,
            visualforce.port,
            external.port,
            self.pusher.port,
            self.workspace.source.namespace,
            self.gate.key,
        )
        self.gate.allow([self.addresses.lightning, self.addresses.visualforce])
        self._make_org()
        self._make_panel()
        modules = ModuleRoutes(self.gate, self.workspace, self._compiler_thread)
        await lightning.start(make_application(self.gate, [*self._make_lightning(), modules]))
        await visualforce.start(
            make_application(self.gate, self._make_visualforce(), REQUEST_BYTES)
        )
        endpoints = ApplicationEndpoints(
            self.application, self.addresses, self.gate, self.apex_thread, self.traffic
        )
        await external.start(endpoints.make_application())
        self._start_tasks(modules)
        return self.address

    async def stop(self) -> None:
        """Release the ports and stop what runs."""
        self._stopping.set()
        await self._tasks.stop()
        self._comparison.stop(None)
        for server in self._servers:
            await server.stop()
        if self.pusher_server is not None:
            await self.pusher_server.stop()
        await self.apex_thread.run(self._conversations.close)
        self.apex_thread.stop()
        self._compiler_thread.stop(cancels=True)
        self._compiler.close()

    def _make_org(self) -> None:
        """Make the application and the Apex that calls it."""
        loop = asyncio.get_running_loop()
        self.publisher = EventPublisher(self.pusher, self.pusher_server, loop, self._warn)
        self.application = ExternalApplication(
            self.pusher, self.publisher, self.oauth, self._conversations
        )
        environment = ApexEnvironment(
            self.workspace,
            self._options.store,
            self.addresses,
            self.pusher,
            self.application,
            partial(self.traffic.record_from_thread, loop, "callout"),
            self._warn,
        )
        self.apex = DeferredApex(partial(self._make_apex, environment))
        self.remoting = Remoting(self.workspace.source, self.apex)

    def _make_panel(self) -> None:
        """Make what the side panel controls, and the panel."""
        self.client = Client(self.workspace, self.apex, self.application, self.publisher)
        self.examples = ExampleTexts(self.workspace, self.apex, self.client, self._warn)
        self.org = OrgSwitches(
            self.apex, self.apex_thread, protects_frames=self._options.protects_frames
        )
        self.panel = SidePanel(
            self.gate,
            self.traffic,
            self.apex_thread,
            client=self.client,
            publisher=self.publisher,
            network=NetworkSwitches(self.pusher_server, self._comparison),
            application=self.application,
            org=self.org,
        )

    def _make_lightning(self) -> list[Routes]:
        workspace, addresses, thread = self.workspace, self.addresses, self.apex_thread
        opens = self._options.open_utilities
        renderer = LightningRenderer(
            workspace, addresses, self.pusher, self.gate.key, open_utilities=opens
        )
        self.pages = LightningPages(workspace, renderer, self.sandbox, self.apex, thread)
        parts: list[Routes] = [
            self.pages,
            ApexRequests(self.gate, self.apex, thread, addresses, self.traffic, self._warn),
            StaticFiles(workspace),
            EventStream(self.traffic, self._stopping),
            self.panel,
        ]
        return parts if self.sandbox is None else [*parts, self.sandbox]

    def _make_visualforce(self) -> list[Routes]:
        workspace, addresses, thread = self.workspace, self.addresses, self.apex_thread
        renderer = VisualforceRenderer(
            workspace, self.apex, addresses, self.pusher, self.remoting, self.org
        )
        return [
            VisualforcePages(workspace, renderer, thread, self._warn),
            RemotingEndpoint(self.remoting, thread, addresses, self.traffic),
            StaticFiles(workspace),
        ]

    def _start_tasks(self, modules: ModuleRoutes) -> None:
        reloading = Reloading(
            self.workspace,
            self._compiler_thread,
            self.apex,
            self.apex_thread,
            self.remoting,
            self.traffic,
            self._warn,
        )
        self._tasks.start(self.apex_thread.run(self._load))
        self._tasks.start(reloading.watch())
        self._tasks.start(modules.compile_ahead())
        if self.pusher_server is not None:
            self._tasks.start(forward_frames(self.pusher_server, self.traffic))

    def _load(self) -> None:
        self.apex.load()
        if self._options.examples:
            self.examples.write()

"""The preview as a whole: three origins and a Pusher server on one loop, bound to loopback."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

from aiohttp import web

from sfgen.errors import ServerError, SfgenError
from sfgen.preview.apex.deferred_apex import LateHost
from sfgen.preview.application.external_application import ExternalApplication
from sfgen.preview.lightning.lightning_host import LightningHost
from sfgen.preview.lightning.lws_sandbox import Sandbox
from sfgen.preview.origin.addresses import LOOPBACK, SITE, Addresses
from sfgen.preview.origin.gate import Gate
from sfgen.preview.panel.example_texts import seed
from sfgen.preview.panel.side_panel import Panel
from sfgen.preview.pusher.local_pusher import publish_to, start_local_pusher, tell_frames
from sfgen.preview.reloading import watch_files
from sfgen.preview.traffic import Traffic
from sfgen.preview.visualforce.remoting import Remoting
from sfgen.preview.visualforce.visualforce_host import VisualforceHost
from sfgen.preview.workspace import Workspace
from sfgen.tools.lwc_compiler import LwcCompiler

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sfgen.lws.packages import LwsPackages
    from sfgen.preview.apex.project_apex import ApexHost
    from sfgen.preview.lightning.lightning_renderer import Stage
    from sfgen.preview.project.layout import Page
    from sfgen.preview.pusher.pusher_target import PusherTarget
    from sfgen.pusherserver import PusherServer

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a preview shall run.

    Args:
        port: of the shell; 0 takes a free one.
        pusher: another Pusher server than the local one.
        lws: Lightning Web Security's packages, when components run inside it.
        open_utilities: whether the utility bar's items stand open from the start.
        store: the folder where data is kept between runs; ``None`` keeps nothing.
        examples: whether a few texts are written before the first page is seen.
        protects_frames: whether the org has clickjack protection switched on for customer
            Visualforce pages with headers disabled.
    """

    port: int = 0
    pusher: PusherTarget | None = None
    lws: LwsPackages | None = None
    open_utilities: bool = False
    store: Path | None = None
    examples: bool = False
    protects_frames: bool = False


class Host(Protocol):
    """One origin."""

    def make_application(self) -> web.Application:
        """Return what answers there."""


def _keep_quiet(line: str) -> None:
    del line


class Site:
    """One running preview.

    Args:
        root: the project.
        make_apex: makes what executes the project's Apex; called in Apex's own thread.
        say: takes lines for the person at the terminal.
    """

    def __init__(
        self,
        root: Path,
        make_apex: Callable[[Site], ApexHost],
        wishes: Wishes | None = None,
        say: Callable[[str], None] = _keep_quiet,
    ) -> None:
        self.wishes = wishes or Wishes()
        self._make_apex = make_apex
        self._say = say
        self.compiler = LwcCompiler()
        self.root = root.resolve()
        self.workspace = Workspace(root, self.compiler)
        self.sandbox = Sandbox(self, self.wishes.lws) if self.wishes.lws else None
        self.gate = Gate(SITE)
        self.traffic = Traffic()
        #: Whether pages without Salesforce's header may be framed by their own origin alone.
        self.protects_frames = self.wishes.protects_frames
        self.stopping = asyncio.Event()
        self.pusher_server: PusherServer | None = None
        self.pusher: PusherTarget
        self.addresses: Addresses
        self.apex: LateHost
        self._loop: asyncio.AbstractEventLoop
        self.remoting: Remoting
        self.external = ExternalApplication(self)
        self.panel = Panel(self)
        self.stage: Stage | None = None
        self._runners: list[web.AppRunner] = []
        self._apex_thread = ThreadPoolExecutor(1, thread_name_prefix="apex")
        self._compiler_thread = ThreadPoolExecutor(1, thread_name_prefix="lwc")
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def open_utilities(self) -> bool:
        """Whether the utility bar's items stand open from the start."""
        return self.wishes.open_utilities

    @property
    def keeps_outside(self) -> bool:
        """Whether the external application keeps the conversations, not Salesforce."""
        return not self.workspace.inbound_path()

    @property
    def address(self) -> str:
        """What to open: it holds the key of this run."""
        return f"{self.addresses.lightning}/?key={self.gate.key}"

    async def start(self) -> str:
        """Listen on all origins and return the address to open.

        Raises:
            ServerError: the port is taken.
        """
        self._loop = asyncio.get_running_loop()
        self.pusher = self.wishes.pusher or await self._start_pusher()
        hosts: tuple[Host, ...] = (LightningHost(self), VisualforceHost(self), self.external)
        ports = [
            await self._listen(host.make_application(), self.wishes.port if not index else 0)
            for index, host in enumerate(hosts)
        ]
        namespace = self.workspace.source.namespace
        self.addresses = Addresses(
            ports[0], ports[1], ports[2], self.pusher.port, namespace, self.gate.key
        )
        self.gate.allow([self.addresses.lightning, self.addresses.visualforce])
        self.external.allow(self.addresses.visualforce)
        self.apex = LateHost(partial(self._make_apex, self))
        self.remoting = Remoting(self.workspace.source, self.apex)
        loop = self._loop
        self._tasks = [
            loop.create_task(self._load()),
            loop.create_task(watch_files(self)),
            loop.create_task(self._warm()),
        ]
        if self.pusher_server is not None:
            self._tasks.append(loop.create_task(tell_frames(self, self.pusher_server)))
        return self.address

    async def stop(self) -> None:
        """Release the ports and stop what runs."""
        self.stopping.set()
        for task in self._tasks:
            # Before Python 3.12, wait_for may swallow a cancellation that meets a result.
            while not task.done():
                task.cancel()
                await asyncio.wait([task], timeout=0.2)
            with contextlib.suppress(asyncio.CancelledError):
                task.result()
        self.panel.stop()
        for runner in self._runners:
            await runner.cleanup()
        if self.pusher_server is not None:
            await self.pusher_server.stop()
        await self.in_apex(self.panel.keep)
        self._apex_thread.shutdown()
        self._compiler_thread.shutdown(cancel_futures=True)
        self.compiler.close()

    async def in_apex(self, act: Callable[P, T], *values: P.args, **named: P.kwargs) -> T:
        """Run something in Apex's thread: one transaction at a time, as one user has them."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._apex_thread, lambda: act(*values, **named))

    async def in_compiler(self, act: Callable[P, T], *values: P.args, **named: P.kwargs) -> T:
        """Run something in the compiler's thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._compiler_thread, lambda: act(*values, **named))

    def publish(self, channel: str, event: str, data: Any, skip: str | None = None) -> bool:
        """Publish an event from any thread; what can't be published is said, not raised."""
        try:
            publish_to(self, channel, event, data, skip)
        except SfgenError as error:
            self.warn(error.message)
            return False
        return True

    def soon(self, act: Callable[[], object]) -> None:
        """Run something on the servers' loop, from any thread."""
        self._loop.call_soon_threadsafe(act)

    async def page_address(self, page: Page) -> str:
        """Return where a page is; a record page shows the first record of its object."""
        if page.kind != "RecordPage":
            return page.address
        record_id = await self.in_apex(self.apex.sample_record, page.object_name)
        return page.address.replace("{recordId}", record_id)

    async def greet(self) -> None:
        """Write the example texts, so that a picture shows what the project is for."""
        await self.in_apex(seed, self)

    def warn(self, line: str) -> None:
        """Tell the person at the terminal."""
        self._say(line)

    async def _start_pusher(self) -> PusherTarget:
        self.pusher_server, target = await start_local_pusher()
        return target

    async def _listen(self, application: web.Application, port: int) -> int:
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        self._runners.append(runner)
        try:
            await web.TCPSite(runner, LOOPBACK, port).start()
        except OSError as error:
            in_use = error.errno == errno.EADDRINUSE
            what = "is in use" if in_use else f"can't be used: {os.strerror(error.errno or 0)}"
            raise ServerError(
                f"port {port} of {LOOPBACK} {what}", hint="choose another with --port, or 0"
            ) from error
        bound: int = runner.addresses[0][1]
        return bound

    async def _load(self) -> None:
        def load() -> None:
            self.apex.load()
            if self.wishes.examples:
                seed(self)

        await self.in_apex(load)

    async def _warm(self) -> None:
        """Compile the project's components before the browser asks for them."""
        with contextlib.suppress(SfgenError):
            for name in self.workspace.source.of_type("LightningComponentBundle"):
                await self.in_compiler(self.workspace.modules.problems, f"c/{name}")

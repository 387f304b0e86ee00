"""``sfgen preview``: the project in a local browser, with a local Pusher server."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click
import platformdirs

from sfgen.commands.lws_licence import accept_licence, obtain_lws
from sfgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sfgen.preview.layout import Page
    from sfgen.preview.lws.packages import LwsPackages
    from sfgen.preview.pusher_target import PusherTarget
    from sfgen.preview.site import Site, Wishes
    from sfgen.preview.visit import Look

#: The shell's port unless another one is asked for.
PORT = 8300
SECRET = "SFGEN_PUSHER_SECRET"  # noqa: S105 - the variable's name, not its value


@click.command("preview")
@click.argument(
    "directory", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="Port of the pages; 0 takes a free one.",
)
@click.option("--open/--no-open", "opens", default=None, help="Open the browser, or don't.")
@click.option("--page", help="Which page: its name or label; the first one by default.")
@click.option(
    "--screenshot",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a picture of the page to FILE, and end.",
)
@click.option("--headless", is_flag=True, help="Look at every page without a window, and end.")
@click.option("--pusher", metavar="WHERE", help=f"Another Pusher server; its secret in {SECRET}.")
@click.option("--lws", is_flag=True, help="Run the components inside Lightning Web Security.")
@accept_licence
@click.option("--fresh", is_flag=True, help="Forget the conversations of earlier runs.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(  # noqa: PLR0913 - its options
    directory: Path,
    port: int,
    *,
    opens: bool | None,
    page: str | None,
    screenshot: Path | None,
    headless: bool,
    pusher: str | None,
    lws: bool,
    accept_licence: bool,
    fresh: bool,
    as_json: bool,
) -> int:
    """Run a project's own files in a local browser.

    WHERE is CLUSTER/APP_ID/KEY of a Pusher account, or http://HOST:PORT/APP_ID/KEY of another
    server that speaks its protocol.
    """
    from sfgen.preview.pusher_target import read_target
    from sfgen.preview.site import Wishes

    ends = headless or screenshot is not None
    target = read_target(pusher, os.environ.get(SECRET, "")) if pusher else None
    store = None if ends else _find_store(directory, fresh=fresh)
    wishes = Wishes(
        # A picture needs no address that can be kept.
        port=0 if ends and port == PORT else port,
        pusher=target,
        lws=_find_lws(accepted=accept_licence) if lws else None,
        store=store,
        examples=not ends and (store is None or not any(store.glob("*.sqlite"))),
    )
    run = _Run(directory, wishes, page, as_json=as_json)
    if ends:
        return asyncio.run(run.look(screenshot))
    with contextlib.suppress(KeyboardInterrupt):
        return asyncio.run(run.serve(opens=opens))
    return 0


def _find_lws(*, accepted: bool) -> LwsPackages:
    from sfgen.preview.lws.packages import VERSION

    return obtain_lws([VERSION], accepted=accepted)[0]


class _Run:
    def __init__(self, directory: Path, wishes: Wishes, page: str | None, *, as_json: bool) -> None:
        self._directory = directory
        self._wishes = wishes
        self._page = page
        self._as_json = as_json

    async def serve(self, *, opens: bool | None) -> int:
        """Serve until stopped."""
        from sfgen.preview.browser import open_address
        from sfgen.preview.session import Session, remove_session, write_session

        stopped = _heed_signals()
        async with self._site() as site:
            path = self._path_of(site)
            address = f"{site.addresses.lightning}{path}?key={site.gate.key}"
            local = site.pusher_server
            session = Session(
                pid=os.getpid(),
                pusher_port=site.pusher.port,
                app_id=site.pusher.app_id,
                key=site.pusher.key,
                secret=site.pusher.secret,
                control_token=local.token if local else "",
                preview_port=site.addresses.lightning_port,
                project=str(site.workspace.root),
                master_key=site.external.master_key,
            )
            if local is not None:
                write_session(session)
            try:
                self._tell(site, address)
                wanted = opens if opens is not None else sys.stdin.isatty()
                if wanted and not open_address(address):
                    click.echo("no browser could be opened; open the address yourself", err=True)
                await stopped.wait()
            finally:
                remove_session(session)
        return 0

    async def look(self, screenshot: Path | None) -> int:
        """Visit the pages without a window; take a picture of one, or report on all."""
        from sfgen.preview.browser import find_browser, open_tab
        from sfgen.preview.visit import look_at

        find_browser()
        async with self._site() as site:
            pages = list(site.workspace.layout.pages)
            if screenshot is not None or self._page is not None:
                pages = [_find_page(site, self._page)]
            async with open_tab() as tab:
                await site.greet()
                await tab.call("Page.navigate", url=site.address)
                looks = [await look_at(site, tab, page) for page in pages]
                if screenshot is not None:
                    screenshot.write_bytes(await tab.picture())  # noqa: ASYNC240 - one small file
        return self._report(looks, screenshot)

    @contextlib.asynccontextmanager
    async def _site(self) -> AsyncIterator[Site]:
        from sfgen.preview.executing import ExecutingHost
        from sfgen.preview.site import Site

        def say(line: str) -> None:
            click.echo(line, err=True)

        site = Site(self._directory, ExecutingHost, self._wishes, say)
        try:
            await site.start()
            if self._wishes.pusher is not None:
                await self._try_pusher(self._wishes.pusher)
            yield site
        finally:
            await site.stop()

    @staticmethod
    async def _try_pusher(target: PusherTarget) -> None:
        from sfgen.preview.pusher_probe import find_problem

        problem = await find_problem(target)
        if problem is not None:
            click.echo(f"warning: {problem}", err=True)

    def _path_of(self, site: Site) -> str:
        return "/" if self._page is None else _find_page(site, self._page).address

    def _tell(self, site: Site, address: str) -> None:
        if self._as_json:
            told = {"version": 1, "command": "preview", "address": address}
            told["pusher"] = site.pusher.http_origin
            click.echo(json.dumps(told))
            return
        click.echo(f"{site.workspace.layout.label}: {address}")
        # The run file holds the secret of a local server only.
        trigger = "publishes to it" if self._wishes.pusher is None else "needs its app and secret"
        click.echo(f"Pusher: {site.pusher.http_origin} (sfgen trigger {trigger})", err=True)
        click.echo("Apex: the project's own, executed by sfgen's Apex runtime", err=True)
        if site.sandbox is not None:
            words = f"LWC: inside Lightning Web Security {site.sandbox.version}, production form"
            click.echo(words, err=True)
        click.echo("Ctrl-C ends it", err=True)

    def _report(self, looks: list[Look], screenshot: Path | None) -> int:
        failed = any(look.problems for look in looks)
        if self._as_json:
            pages = [{"page": look.page, "problems": list(look.problems)} for look in looks]
            picture = str(screenshot) if screenshot else None
            told = {"version": 1, "command": "preview", "pages": pages, "screenshot": picture}
            click.echo(json.dumps(told, indent=2))
            return int(failed)
        for look in looks:
            click.echo(f"{look.page}: {'rendered' if not look.problems else 'with problems'}")
            for problem in look.problems:
                click.echo(f"  {problem}")
        if screenshot is not None:
            click.echo(f"picture: {screenshot}")
        return int(failed)


def _find_page(site: Site, name: str | None) -> Page:
    pages = site.workspace.layout.pages
    if name is None:
        return next((page for page in pages if page.kind == "RecordPage"), pages[0])
    for page in pages:
        if name.lower() in {page.name.lower(), page.label.lower()}:
            return page
    names = ", ".join(page.name for page in pages)
    raise UsageError(f"there is no page {name} in this project", hint=f"it has {names}")


def _find_store(directory: Path, *, fresh: bool) -> Path | None:
    """Return the folder that keeps a project's conversations, or nothing where none can be."""
    digest = hashlib.sha256(str(directory.resolve()).encode()).hexdigest()[:16]
    try:
        data = Path(platformdirs.user_data_dir("sfgen", appauthor=False))
        store = data / "preview" / digest
        store.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=store):  # a file system may be mounted for reading only
            pass
        if fresh:
            for file in store.glob("*.sqlite*"):
                file.unlink()
    except (OSError, RuntimeError) as error:  # RuntimeError: the user has no home folder
        click.echo(f"conversations are forgotten at the end: {error}", err=True)
        return None
    return store


def _heed_signals() -> asyncio.Event:
    """Return what is set by a signal to end; from now on none ends the process by itself."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(getattr(signal, name, signal.SIGINT), stopped.set)
    return stopped

"""``sfgen preview``: the project in a local browser, with a local Pusher server."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sfgen import folders
from sfgen.commands.options import accept_licence, json_option
from sfgen.commands.prompts import obtain_lws
from sfgen.stopping import StoppedError, run_until_stopped

if TYPE_CHECKING:
    from sfgen.commands.outputs import Outputs
    from sfgen.lws.packages import LwsPackages
    from sfgen.preview.site import Site

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
@click.option("--open/--no-open", "opens", default=None, help="Whether to open the browser.")
@click.option("--page", help="Page to open, by name or label; the first one by default.")
@click.option(
    "--screenshot",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a picture of the page to FILE and end.",
)
@click.option(
    "--headless", is_flag=True, help="Load every page in a headless browser, report, and end."
)
@click.option(
    "--pusher",
    metavar="WHERE",
    help=f"Use another Pusher server; its secret is read from {SECRET}.",
)
@click.option("--lws", is_flag=True, help="Run the components inside Lightning Web Security.")
@accept_licence
@click.option(
    "--clickjack-protection",
    "protects_frames",
    is_flag=True,
    help="Don't frame pages without headers, as in an org that protects them.",
)
@click.option("--fresh", is_flag=True, help="Start without the conversations of earlier runs.")
@json_option
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
    protects_frames: bool,
    fresh: bool,
    outputs: Outputs,
) -> int:
    """Run a project's own files in a local browser.

    WHERE is CLUSTER/APP_ID/KEY of a Pusher account, or http://HOST:PORT/APP_ID/KEY of another
    server that speaks its protocol.
    """
    from sfgen.preview.options import PreviewOptions
    from sfgen.preview.pusher.pusher_target import read_target
    from sfgen.preview.run import PreviewRun
    from sfgen.report.preview import describe_looks, describe_site, list_engines

    ends = headless or screenshot is not None
    target = read_target(pusher, os.environ.get(SECRET, "")) if pusher else None
    store = None if ends else _find_store(directory, outputs, fresh=fresh)
    options = PreviewOptions(
        # A picture needs no address that can be kept.
        port=0 if ends and port == PORT else port,
        pusher=target,
        lws=_find_lws(accepted=accept_licence) if lws else None,
        store=store,
        protects_frames=protects_frames,
        examples=not ends and (store is None or not any(store.glob("*.sqlite"))),
    )
    run = PreviewRun(directory, options, page, say=_say, warn=outputs.warn)
    if ends:
        return outputs.show(describe_looks(run_until_stopped(run.look(screenshot)), screenshot))

    def on_ready(site: Site, address: str) -> None:
        outputs.show(describe_site(site, address))
        if not outputs.as_json:
            for line in list_engines(site):
                _say(line)

    try:
        run_until_stopped(run.serve(on_ready, opens=opens))
    except StoppedError:
        raise
    except KeyboardInterrupt:
        pass  # Ctrl-C is how a server is meant to end
    return 0


def _say(line: str) -> None:
    click.echo(line, err=True)


def _find_lws(*, accepted: bool) -> LwsPackages:
    from sfgen.lws.packages import VERSION

    return obtain_lws([VERSION], accepted=accepted)[0]


def _find_store(directory: Path, outputs: Outputs, *, fresh: bool) -> Path | None:
    """Return the folder that keeps a project's conversations, or None where there can't be one."""
    digest = hashlib.sha256(str(directory.resolve()).encode()).hexdigest()[:16]
    store = folders.data() / "preview" / digest
    try:
        store.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=store):  # a file system may be mounted for reading only
            pass
        if fresh:
            for file in store.glob("*.sqlite*"):
                file.unlink()
    except OSError as error:
        outputs.warn(f"conversations are forgotten at the end: {error}")
        return None
    return store

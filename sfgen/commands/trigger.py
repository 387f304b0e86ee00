"""``sfgen trigger``: publish an event to the running preview or to a Pusher account."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from sfgen.commands.options import json_option
from sfgen.errors import UsageError
from sfgen.secret import Secret

if TYPE_CHECKING:
    from sfgen.commands.outputs import Outputs
    from sfgen.pusher.publisher import Event, Target
    from sfgen.report.result import Result

SECRET = "SFGEN_PUSHER_SECRET"  # noqa: S105 - the variable's name, not its value
MASTER_KEY = "SFGEN_PUSHER_MASTER_KEY"
#: Read from stdin at most; beyond what any event may hold, so that the error says so.
STDIN_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Account:
    """The options that name a Pusher account or another server."""

    app_id: str | None
    key: str | None
    cluster: str | None
    host: str | None
    port: int | None
    tls: bool

    @property
    def is_named(self) -> bool:
        """Whether any of the options was given."""
        return any((self.app_id, self.key, self.cluster, self.host, self.port))


@click.command("trigger")
@click.argument("channel")
@click.argument("event")
@click.argument("data", required=False)
@click.option("--data", "data_option", metavar="TEXT", help="The same as DATA; - reads stdin.")
@click.option("--socket-id", help="Connection that doesn't receive the event.")
@click.option("--app-id", help="App id of a Pusher account.")
@click.option("--key", help="App key of a Pusher account.")
@click.option("--cluster", help="Cluster of a Pusher account, as in eu or mt1.")
@click.option("--host", help="Host of a self-hosted server, instead of --cluster.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port of a self-hosted server.")
@click.option("--tls/--no-tls", default=True, help="TLS to a self-hosted server.")
@click.option("--secret-stdin", is_flag=True, help="Read the app secret from stdin.")
@json_option
def command(  # noqa: PLR0913 - one parameter per option
    channel: str,
    event: str,
    data: str | None,
    *,
    data_option: str | None,
    socket_id: str | None,
    app_id: str | None,
    key: str | None,
    cluster: str | None,
    host: str | None,
    port: int | None,
    tls: bool,
    secret_stdin: bool,
    outputs: Outputs,
) -> int:
    """Publish EVENT with DATA to CHANNEL.

    Without account options it goes to the preview that runs on this machine. The secret of an
    account comes from SFGEN_PUSHER_SECRET, from stdin with --secret-stdin, or from a prompt;
    never from the command line. DATA is JSON or any text; - reads it from stdin; the default is
    {}. SFGEN_PUSHER_MASTER_KEY encrypts what goes to private-encrypted- channels of an account.
    """
    from sfgen.pusher.publisher import Event, check_event, publish_event

    text = _read_data(data, data_option, secret_stdin=secret_stdin)
    message = Event(channel, event, text, socket_id)
    check_event(message)
    account = Account(app_id, key, cluster, host, port, tls)
    target = _find_target(account, secret_stdin=secret_stdin)
    publish_event(target, message)
    return outputs.show(_describe(message, target))


def _describe(message: Event, target: Target) -> Result:
    from sfgen.report.result import Result

    data = {
        "channel": message.channel,
        "event": message.name,
        "bytes": len(message.data.encode(errors="replace")),
        "host": target.host,
        "port": target.port,
        "local": target.local,
    }
    line = f"Published {message.name} to {message.channel} at {target.host}:{target.port}"
    return Result(data, [line], to_stderr=True)


def _read_data(data: str | None, option: str | None, *, secret_stdin: bool) -> str:
    if data is not None and option is not None:
        raise UsageError("DATA is given twice", hint="either the argument or --data")
    text = option if data is None else data
    if text is None:
        return "{}"
    if text != "-":
        return text
    if secret_stdin:
        raise UsageError(
            "stdin can't be both the data and the secret", hint=f"set {SECRET} instead"
        )
    try:
        return sys.stdin.buffer.read(STDIN_BYTES).decode()
    except UnicodeDecodeError:
        raise UsageError(
            "the data on stdin is not UTF-8", hint="encode it, in JSON or base64"
        ) from None


def _find_target(account: Account, *, secret_stdin: bool) -> Target:
    if not account.is_named:
        return _find_preview()
    if not account.app_id or not account.key:
        raise UsageError(
            "an account needs --app-id and --key",
            hint="Pusher's dashboard shows both under App Keys",
        )
    if bool(account.cluster) == bool(account.host):
        raise UsageError(
            "an account needs --cluster, a self-hosted server --host", hint="name one of the two"
        )
    from sfgen.pusher.publisher import Target, locate_cluster
    from sfgen.pusher.signature import Credentials

    who = Credentials(account.app_id, account.key, _ask_secret(from_stdin=secret_stdin).reveal())
    key = Secret(os.environ.get(MASTER_KEY, ""))
    if account.cluster:
        return Target(who, locate_cluster(account.cluster), 443, tls=True, master_key=key)
    port = account.port or (443 if account.tls else 80)
    return Target(who, account.host or "", port, tls=account.tls, master_key=key)


def _find_preview() -> Target:
    from sfgen.preview.run_file import read_run_file
    from sfgen.pusher.publisher import Target
    from sfgen.pusher.signature import Credentials

    session = read_run_file()
    if session is None:
        raise UsageError(
            "no preview runs on this machine",
            hint="start sfgen preview, or name an account with --app-id, --key and --cluster",
        )
    return Target(
        Credentials(session.app_id, session.key, session.secret),
        "127.0.0.1",
        session.pusher_port,
        tls=False,
        local=True,
        master_key=Secret(os.environ.get(MASTER_KEY) or session.master_key),
    )


def _ask_secret(*, from_stdin: bool) -> Secret:
    if from_stdin:
        text = sys.stdin.readline().rstrip("\r\n")
    elif SECRET in os.environ:
        text = os.environ[SECRET]
    elif sys.stdin.isatty():
        text = click.prompt("App secret", hide_input=True, err=True)
    else:
        text = ""
    if not text:
        raise UsageError(
            "the app secret is missing", hint=f"set {SECRET}, or pipe it in with --secret-stdin"
        )
    return Secret(text)

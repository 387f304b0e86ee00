from __future__ import annotations

import os
import socket
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from fixtures.json_documents import read_result

from sfgen import cli
from sfgen.commands.trigger import command
from sfgen.errors import SfgenError, UsageError
from sfgen.preview.run_file import (
    RunningPreview,
    locate_run_file,
    read_run_file,
    remove_run_file,
    write_run_file,
)
from sfgen.pusher.publisher import locate_cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

sys.path.insert(0, str(Path(__file__).parents[1] / "preview_pusher"))
from pusher_peer import APP, WHO, Thread, serve_on_thread


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Thread]:
    monkeypatch.setenv("SFGEN_RUNTIME_DIR", str(tmp_path / "run"))
    with serve_on_thread(APP) as thread:
        yield thread


def run_preview(server: Thread, **changes: Any) -> RunningPreview:
    session = RunningPreview(os.getpid(), server.port, WHO.app_id, WHO.key, WHO.secret)
    session = RunningPreview(
        **{name: getattr(session, name) for name in session.__slots__} | changes
    )
    write_run_file(session)
    return session


def trigger(*arguments: str, text: str | None = None) -> Any:
    return CliRunner().invoke(command, arguments, input=text, standalone_mode=False)


def fail(*arguments: str, text: str | None = None) -> SfgenError:
    error = trigger(*arguments, text=text).exception
    assert isinstance(error, SfgenError), error
    return error


def published(server: Thread) -> list[tuple[str | None, str, str]]:
    return [
        (entry.channel, entry.label, entry.text)
        for entry in server.do(lambda: list(server.server.journal.since(0)))
        if entry.kind == "out"
    ]


def test_an_event_goes_to_the_running_preview(server: Thread) -> None:
    run_preview(server)
    assert trigger("my-channel", "my-event", '{"message":"hello"}').return_value == 0
    assert trigger("my-channel", "Second one").return_value == 0
    assert trigger("my-channel", "piped", "-", text="größer\n").return_value == 0
    assert trigger("my-channel", "piped", "--data", "-", text="{}").return_value == 0
    assert published(server) == [
        ("my-channel", "my-event", '{"message":"hello"}'),
        ("my-channel", "Second one", "{}"),
        ("my-channel", "piped", "größer\n"),
        ("my-channel", "piped", "{}"),
    ]


def test_data_on_stdin_must_be_text(server: Thread) -> None:
    run_preview(server)
    result = CliRunner().invoke(command, ["a", "ev", "-"], input=b"\xff", standalone_mode=False)
    assert isinstance(result.exception, UsageError)
    assert result.exception.message == "the data on stdin is not UTF-8"
    assert "100000" in fail("a", "ev", "-", text="x" * 1_100_000).message


def test_the_result_is_printed_as_json(server: Thread) -> None:
    run_preview(server)
    result = trigger("a", "ev", "ä", "--json")
    assert read_result(result.stdout) == {
        "channel": "a",
        "event": "ev",
        "bytes": 2,
        "host": "127.0.0.1",
        "port": server.port,
        "local": True,
    }


def test_an_account_is_reached_with_the_secret_of_the_environment(
    server: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = ("--app-id", WHO.app_id, "--key", WHO.key, "--host", "127.0.0.1", "--no-tls")
    account += ("--port", str(server.port))
    assert "secret is missing" in fail("a", "ev", "{}", *account).message
    assert (
        trigger("a", "ev", "{}", *account, "--secret-stdin", text="local-secret\n").return_value
        == 0
    )
    monkeypatch.setenv("SFGEN_PUSHER_SECRET", WHO.secret)
    assert trigger("a", "ev", "{}", *account).return_value == 0
    monkeypatch.setenv("SFGEN_PUSHER_SECRET", "wrong-secret")
    error = fail("a", "ev", "{}", *account)
    assert "refused the signature (401)" in error.message
    assert "wrong-secret" not in f"{error.message}{error.hint}"
    assert len(published(server)) == 2


def test_an_encrypted_channel_needs_the_master_key(
    server: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_preview(server)
    assert "needs the encryption master key" in fail("private-encrypted-a", "ev", "{}").message
    monkeypatch.setenv("SFGEN_PUSHER_MASTER_KEY", "OHRXNUZRTG5pUTFzQlFGd3J3N3Q2VFZFc0paZDEweVk=")
    assert trigger("private-encrypted-a", "ev", "x" * 7_616).return_value == 0
    assert published(server)[0][2].startswith('{"nonce": "')
    assert "xxx" not in published(server)[0][2]
    assert "7616 fit" in fail("private-encrypted-a", "ev", "x" * 7_617).message
    monkeypatch.delenv("SFGEN_PUSHER_MASTER_KEY")
    run_preview(server, master_key="OHRXNUZRTG5pUTFzQlFGd3J3N3Q2VFZFc0paZDEweVk=")
    assert trigger("private-encrypted-a", "ev").return_value == 0
    monkeypatch.setenv("SFGEN_PUSHER_MASTER_KEY", "too-short-a-key")
    error = fail("private-encrypted-a", "ev", "{}")
    assert "too-short-a-key" not in f"{error.message}{error.hint}"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("a b", "ev", "{}"), "not a Pusher channel name"),
        (("a" * 201, "ev", "{}"), "201 characters"),
        (("a", "", "{}"), "event name is empty"),
        (("a", "pusher:ping", "{}"), "is reserved by"),
        (("a", "ev", "x" * 10_241), "10241 bytes, 10240 fit"),
        (("a", "ev", "{}", "--socket-id", "1"), "socket id"),
        (("a", "ev", "{}", "--data", "{}"), "given twice"),
        (("a", "ev", "-", "--secret-stdin"), "can't be both"),
        (("a", "ev", "{}", "--key", "k"), "--app-id and --key"),
        (("a", "ev", "{}", "--app-id", "1", "--key", "k"), "--cluster"),
        (
            ("a", "ev", "{}", "--app-id", "1", "--key", "k", "--cluster", "eu", "--host", "h"),
            "--cluster",
        ),
        (("a", "ev", "{}"), "no preview runs"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_sent(
    server: Thread, arguments: tuple[str, ...], words: str
) -> None:
    error = fail(*arguments)
    assert isinstance(error, UsageError)
    assert words in error.message
    assert not published(server)


@pytest.mark.parametrize("cluster", ["", "eu.evil.example/", "EU", "a" * 40, "eu\n", "@x"])
def test_a_cluster_can_be_nothing_but_a_cluster(cluster: str) -> None:
    with pytest.raises(UsageError):
        locate_cluster(cluster)
    assert locate_cluster("eu") == "api-eu.pusher.com"


def test_refusals_are_told_in_one_line(server: Thread) -> None:
    run_preview(server)
    faults = server.server.faults
    server.do(lambda: faults.set(over_quota=True))
    assert "forbids it (403): Account is over its message quota" in fail("a", "ev").message
    for status, words in ((400, "(400)"), (413, "answered 413"), (500, "answered 500")):
        server.do(lambda status=status: faults.set(over_quota=False, http_status=status))
        assert words in fail("a", "ev").message
    server.do(faults.clear)
    run_preview(server, app_id="77")
    assert "knows no app 77 (404)" in fail("a", "ev").message


def test_nobody_there_and_nonsense_are_told(
    server: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A port where nobody listens, and nobody else can meanwhile.
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        closed = taken.getsockname()[1]
        run_preview(server, pusher_port=closed)
        assert "no preview runs" in fail("a", "ev").message
        monkeypatch.setenv("SFGEN_PUSHER_SECRET", "s")
        account = ("--app-id", "1", "--key", "k", "--host", "127.0.0.1", "--port", str(closed))
        assert "can't be reached" in fail("a", "ev", "{}", *account, "--no-tls").message


def test_the_local_server_is_reached_past_a_proxy(
    server: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_preview(server)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert trigger("a", "ev").return_value == 0


def test_the_command_is_one_of_sfgens(server: Thread, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["trigger", "a", "ev"]) == 2
    shown = capsys.readouterr()
    assert "error: no preview runs on this machine" in shown.err
    assert shown.out == ""
    run_preview(server)
    assert cli.run(["trigger", "a", "ev", '{"a":1}']) == 0


def test_the_run_file_is_the_users_alone_and_goes_with_its_preview(server: Thread) -> None:
    session = run_preview(server)
    path = locate_run_file()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert read_run_file() == session
    assert WHO.secret not in repr(session)
    remove_run_file(RunningPreview(1, session.pusher_port, "1", "k", "s"))
    assert read_run_file() == session
    remove_run_file(session)
    assert read_run_file() is None
    assert list(path.parent.iterdir()) == []
    remove_run_file(session)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"format":2}', '{"format":1,"pid":"x"}', '{"format":1}']
)
def test_a_broken_run_file_means_no_preview(server: Thread, text: str) -> None:
    run_preview(server)
    locate_run_file().write_text(text, "utf-8")
    assert read_run_file() is None
    remove_run_file(RunningPreview(1, 1, "1", "k", "s"))

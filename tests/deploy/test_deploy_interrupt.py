from __future__ import annotations

import http.server
import json
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from fixtures.small_project import one_class

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def slow_org(
    *, obeys: bool = True, answers: bool = True
) -> Iterator[tuple[str, list[tuple[str, str, bytes]]]]:
    """An org whose deploy never ends by itself; it ends when canceled, if it ``obeys``.

    One that does not ``answer`` keeps whoever cancels waiting.
    """
    seen: list[tuple[str, str, bytes]] = []
    over = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            seen.append((self.command, self.path, body))
            if self.command == "PATCH" and not answers:
                over.wait(120)
            canceled = obeys and any(method == "PATCH" for method, _, _ in seen)
            status = "Canceled" if canceled else "InProgress"
            result = {"id": "0Af1", "status": status, "done": canceled, "success": False}
            data = json.dumps({"id": "0Af1", "deployResult": result}).encode()
            self.send_response(201 if self.command == "POST" else 200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = handle_any  # noqa: N815 - the names http.server asks for

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", seen
    finally:
        over.set()
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("answers", [True, False], ids=["told", "being-told"])
def test_a_second_ctrl_c_leaves_the_job_and_says_how_to_go_on(
    tmp_path: Path, *, answers: bool
) -> None:
    from test_deploy_command import start_deploy_process, wait_for

    with slow_org(obeys=False, answers=answers) as (url, seen):
        process = start_deploy_process(one_class(tmp_path / "p"), url)
        wait_for(lambda: any(method == "GET" for method, _, _ in seen))
        process.send_signal(signal.SIGINT)
        wait_for(lambda: any(method == "PATCH" for method, _, _ in seen))
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert process.returncode == 130, out + err
    assert "sfgen deploy resume --job-id 0Af1" in out


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_other_signals_cancel_as_ctrl_c_does(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    from test_deploy_command import start_deploy_process, wait_for

    before = signal.signal(number, signal.SIG_DFL)  # under nohup a child would ignore it, too
    with slow_org() as (url, seen):
        try:
            process = start_deploy_process(one_class(tmp_path / "p"), url)
        finally:
            signal.signal(number, before)
        wait_for(lambda: any(method == "GET" for method, _, _ in seen))
        process.send_signal(number)
        process.communicate(timeout=120)
    assert process.returncode == code
    assert any(method == "PATCH" for method, _, _ in seen)


def test_a_deploy_still_running_when_the_wait_is_over_exits_with_69(
    tmp_path: Path, monkeypatch: Any
) -> None:
    from sfgen.cli import run

    with slow_org() as (url, _):
        monkeypatch.setenv("SFGEN_ACCESS_TOKEN", "00D1!x")
        monkeypatch.setenv("SFGEN_INSTANCE_URL", url)
        assert run(["deploy", str(one_class(tmp_path / "p")), "--wait", "0.01"]) == 69

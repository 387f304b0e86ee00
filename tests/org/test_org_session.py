from __future__ import annotations

import http.server
import io
import json
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from sfgen.errors import OrgError, UsageError
from sfgen.org import StartOptions, UncertainError, open_session, read_deploy, start_deploy
from sfgen.org.session import Session
from sfgen.org.watching import watch_deploy
from sfgen.secret import Secret, mask

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "00D000000000001!AQEAQFakeFakeFakeFakeFakeFakeFakeFake"
#: Sessions to be closed with the org they talk to.
OPEN: list[Session] = []
DONE = {"deployResult": {"id": "0Af1", "status": "Succeeded", "done": True, "success": True}}


@contextmanager
def faulty_org(answers: list[Any]) -> Iterator[tuple[str, list[tuple[str, str, bytes]]]]:
    """Serve each answer once, the last for ever: a status, (status, body), or None for a reset."""
    seen: list[tuple[str, str, bytes]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            seen.append((self.command, self.path, self.rfile.read(length)))
            answer = answers[min(len(seen), len(answers)) - 1]
            if answer is None:
                self.connection.close()
                return
            status, body, headers = (
                (*answer, {})[:3] if isinstance(answer, tuple) else (answer, "", {})
            )
            data = (body if isinstance(body, str) else json.dumps(body)).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = handle_any  # noqa: N815 - the names http.server asks for

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", seen
    finally:
        while OPEN:
            OPEN.pop().close()
        server.shutdown()
        server.server_close()


def session_with(url: str, waits: list[float] | None = None) -> Session:
    session = Session("test", url, Secret(TOKEN), "67.0")
    session.sleep = (waits if waits is not None else []).append
    OPEN.append(session)
    return session


@pytest.mark.parametrize("fault", [503, 500, 502, 504, 429, 420, None])
def test_a_look_is_repeated_after_a_passing_fault(fault: int | None) -> None:
    with faulty_org([fault, fault, (200, DONE)]) as (url, seen):
        status = read_deploy(session_with(url), "0Af1")
    assert (status.success, len(seen)) == (True, 3)


@pytest.mark.parametrize("fault", [503, 500, None])
def test_a_deploy_whose_answer_is_lost_is_not_sent_twice(fault: int | None) -> None:
    with faulty_org([fault]) as (url, seen), pytest.raises(UncertainError) as caught:
        start_deploy(session_with(url), io.BytesIO(b"zip"), StartOptions())
    assert len(seen) == 1
    assert "DeployStatus" in (caught.value.hint or "")


def test_a_refused_deploy_is_sent_again_after_the_time_the_org_asks_for() -> None:
    waits: list[float] = []
    with faulty_org([(429, "", {"Retry-After": "7"}), (201, {"id": "0Af1"})]) as (url, seen):
        job = start_deploy(session_with(url, waits), io.BytesIO(b"the zip"), StartOptions())
    assert (job, waits) == ("0Af1", [7.0])
    assert all(b"the zip" in body for _, _, body in seen)


def test_nothing_listening_is_an_error_that_names_the_address() -> None:
    waits: list[float] = []
    with pytest.raises(OrgError, match="can't be reached") as caught:
        start_deploy(session_with("http://127.0.0.1:9", waits), io.BytesIO(b""), StartOptions())
    assert not isinstance(caught.value, UncertainError)
    assert len(waits) == 4


@pytest.mark.parametrize(
    ("status", "code", "hint"),
    [
        (401, "INVALID_SESSION_ID", "log in again"),
        (403, "REQUEST_LIMIT_EXCEEDED", "used up"),
        (403, "API_CURRENTLY_DISABLED", "API Enabled"),
        (403, "INSUFFICIENT_ACCESS", "Modify Metadata"),
    ],
)
def test_a_refusal_names_its_code_and_what_helps_and_is_not_repeated(
    status: int, code: str, hint: str
) -> None:
    refused = (status, [{"errorCode": code, "message": f"said with {TOKEN}"}])
    with faulty_org([refused]) as (url, seen), pytest.raises(OrgError) as caught:
        start_deploy(session_with(url), io.BytesIO(b"zip"), StartOptions())
    assert len(seen) == 1
    assert not isinstance(caught.value, UncertainError)
    assert f"({status} {code})" in caught.value.message
    assert TOKEN not in caught.value.message
    assert hint in (caught.value.hint or "")


@pytest.mark.parametrize("status", [302, 403, 404])
def test_a_page_of_a_proxy_is_no_traceback(status: int) -> None:
    page = (status, "<html>sign in</html>", {"Location": "http://127.0.0.1:9/"})
    with faulty_org([page]) as (url, seen), pytest.raises(OrgError) as caught:
        read_deploy(session_with(url), "0Af1")
    assert len(seen) == 1
    assert str(status) in caught.value.message


def test_a_proxy_that_is_not_there_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with pytest.raises(OrgError, match="ProxyError") as caught:
        start_deploy(session_with("http://org.invalid"), io.BytesIO(b"zip"), StartOptions())
    assert not isinstance(caught.value, UncertainError)
    assert "proxy" in (caught.value.hint or "")


def test_an_answer_that_never_comes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    import requests

    from sfgen.org import session as sessions

    monkeypatch.setattr(sessions, "TIMEOUT", (5.0, 0.2))
    with silent_org() as url:
        with pytest.raises(UncertainError, match="ReadTimeout") as caught:
            start_deploy(session_with(url), io.BytesIO(b"zip"), StartOptions())
        waits: list[float] = []
        with pytest.raises(OrgError, match=requests.ReadTimeout.__name__):
            read_deploy(session_with(url, waits), "0Af1")
    assert "may have started" in (caught.value.hint or "")
    assert len(waits) == 4


@contextmanager
def silent_org() -> Iterator[str]:
    """Take connections and requests, and never answer."""
    with socket.create_server(("127.0.0.1", 0), backlog=16) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    while OPEN:
        OPEN.pop().close()


def test_a_page_instead_of_json_is_said_to_be_one() -> None:
    with (
        faulty_org([(200, "<html>login</html>")]) as (url, _),
        pytest.raises(OrgError, match="no JSON"),
    ):
        read_deploy(session_with(url), "0Af1")


def test_an_expired_session_is_renewed_where_the_login_allows_it() -> None:
    expired = (401, [{"errorCode": "INVALID_SESSION_ID", "message": "Session expired"}])
    with faulty_org([expired, (200, DONE)]) as (url, seen):
        session = session_with(url)
        session.renew = lambda: Secret("00Dnew")
        assert read_deploy(session, "0Af1").success
        assert session.token == Secret("00Dnew")
    with faulty_org([expired]) as (url, seen), pytest.raises(OrgError, match="Session expired"):
        read_deploy(session_with(url), "0Af1")
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("result", "done", "success"),
    [
        ({"status": "Finalizing", "done": False, "success": True}, False, False),
        ({"status": "FinalizingDeploy", "done": "false"}, False, False),
        ({"status": "SomethingNew"}, False, False),
        ({"status": "Succeeded", "done": True, "success": False}, True, False),
        ({"status": "Canceled", "done": True, "success": False}, True, False),
        ({"status": "Succeeded", "done": "true", "success": "true"}, True, True),
        ({"status": "Failed"}, True, False),
    ],
)
def test_only_done_and_success_together_are_success(
    result: dict[str, Any], *, done: bool, success: bool
) -> None:
    with faulty_org([(200, {"deployResult": result})]) as (url, _):
        status = read_deploy(session_with(url), "0Af1")
    assert (status.done, status.success) == (done, success)


def test_watching_goes_on_over_unknown_states() -> None:
    running = {"deployResult": {"status": "FinalizingDeploy", "done": False}}
    seen: list[str] = []
    with faulty_org([(200, running), (200, running), (200, DONE)]) as (url, _):
        status = watch_deploy(
            session_with(url), "0Af1", lambda s: seen.append(s.status), seconds=30
        )
    assert status.success
    assert seen == ["FinalizingDeploy", "Succeeded"]


def test_watching_ends_with_its_time_and_without_success() -> None:
    with faulty_org([(200, {"deployResult": {"status": "InProgress"}})]) as (url, _):
        status = watch_deploy(session_with(url), "0Af1", lambda _: None, seconds=0)
    assert (status.done, status.success) == (False, False)


def test_one_failure_as_an_object_reads_like_a_list_of_one() -> None:
    row = {"componentType": "ApexClass", "fullName": "A", "problem": "bad", "lineNumber": "3"}
    result = {"status": "Failed", "done": True, "details": {"componentFailures": row}}
    with faulty_org([(200, {"deployResult": result})]) as (url, _):
        (failure,) = read_deploy(session_with(url), "0Af1").failures
    assert (failure.name, failure.line) == ("A", 3)


def test_secrets_show_nowhere() -> None:
    secret = Secret(TOKEN)
    assert TOKEN not in f"{secret} {secret!r} {session_with('http://x')}"
    assert TOKEN not in mask(f"Bearer {TOKEN} force://a:b:c@d")
    assert "force://[hidden]@d" in mask("force://a:b:c@d")
    refusal = (400, [{"errorCode": "X", "message": f"bad token {TOKEN}"}])
    with faulty_org([refusal]) as (url, _), pytest.raises(OrgError) as caught:
        read_deploy(session_with(url), "0Af1")
    assert TOKEN not in caught.value.message


def test_the_environment_opens_a_session(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="no org"):
        open_session(None, "67.0")
    monkeypatch.setenv("SFGEN_ACCESS_TOKEN", TOKEN)
    with pytest.raises(UsageError, match="SFGEN_INSTANCE_URL"):
        open_session(None, "67.0")
    monkeypatch.setenv("SFGEN_INSTANCE_URL", "https://example.my.salesforce.com/")
    session = open_session("env", "67.0")
    assert session.data == "https://example.my.salesforce.com/services/data/v67.0"


def test_client_credentials_open_a_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SFGEN_CLIENT_ID", "id")
    monkeypatch.setenv("SFGEN_CLIENT_SECRET", "very-secret-value")
    body = {"access_token": "00D1!a", "instance_url": "https://one.my.salesforce.com"}
    with faulty_org([(200, body), (400, {"error": "invalid_client"})]) as (url, seen):
        monkeypatch.setenv("SFGEN_LOGIN_URL", url)
        session = open_session(None, "67.0")
        assert session.instance_url == "https://one.my.salesforce.com"
        assert session.renew is not None
        with pytest.raises(OrgError, match="invalid_client") as caught:
            session.renew()
    assert b"grant_type=client_credentials" in seen[0][2]
    assert "very-secret-value" not in caught.value.message


def test_an_authorization_url_is_refreshed(monkeypatch: pytest.MonkeyPatch) -> None:
    body = {"access_token": "00D1!a", "instance_url": "https://one.my.salesforce.com"}
    with faulty_org([(200, body)]) as (url, seen):
        monkeypatch.setenv("SFGEN_AUTH_URL", f"force://client::refresh-me@{url}")
        open_session(None, "67.0")
    assert b"refresh_token=refresh-me" in seen[0][2]
    monkeypatch.setenv("SFGEN_AUTH_URL", "https://nonsense")
    with pytest.raises(UsageError, match="not an sfdx authorization URL"):
        open_session(None, "67.0")


def test_a_jwt_login_sends_an_assertion_in_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    import jwt
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(65537, 2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
    monkeypatch.setenv("SFGEN_CLIENT_ID", "id")
    monkeypatch.setenv("SFGEN_JWT_KEY", pem)
    with pytest.raises(UsageError, match="SFGEN_USERNAME"):
        open_session(None, "67.0")
    monkeypatch.setenv("SFGEN_USERNAME", "ci@example.org")
    body = {"access_token": "00D1!a", "instance_url": "https://one.my.salesforce.com"}
    with faulty_org([(200, body)]) as (url, seen):
        monkeypatch.setenv("SFGEN_LOGIN_URL", url)
        open_session(None, "67.0")
    assertion = seen[0][2].decode().partition("assertion=")[2]
    claims = jwt.decode(assertion, key.public_key(), algorithms=["RS256"], audience=url)
    assert claims["exp"] < 4_000_000_000
    monkeypatch.setenv("SFGEN_JWT_KEY", "nonsense")
    with pytest.raises(UsageError, match="not an RSA private key"):
        open_session(None, "67.0")

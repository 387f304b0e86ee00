"""Who gets into the local org: under this machine's names, with a key of this run."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING

import pytest
from rest_client import DATA, zip_of

from sfgen.localorg import clients

if TYPE_CHECKING:
    from pathlib import Path

    from rest_client import Client

PATHS = [
    ("GET", "/services/data"),
    ("GET", f"{DATA}/query?q=SELECT+Id+FROM+User"),
    ("GET", "/services/oauth2/userinfo"),
    ("GET", f"{DATA}/sobjects/User/005000000000001AAA"),
    ("POST", "/services/oauth2/token"),
    ("POST", "/services/Soap/m/67.0"),
    ("POST", f"{DATA}/metadata/deployRequest"),
    ("GET", "/nothing"),
    ("OPTIONS", "/services/data"),
]
OPEN = {"/services/data", "/services/oauth2/token", "/services/Soap/m/67.0"}


def ask(org: Client, method: str, path: str, **headers: str) -> tuple[int, bytes]:
    host, _, port = org.url.removeprefix("http://").partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=60)
    connection.putrequest(method, path, skip_host=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.putheader("Content-Length", "0")
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_only_this_machines_names_are_answered(org: Client, method: str, path: str) -> None:
    port = org.url.rpartition(":")[2]
    bearer = f"Bearer {org.token}"
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", "localhost:1", "", "[::1]"):
        status, body = ask(org, method, path, Host=host, Authorization=bearer)
        assert status in {400, 421}, host
        assert org.token.encode() not in body
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"LOCALHOST:{port}"):
        assert ask(org, method, path, Host=host, Authorization=bearer)[0] not in {400, 421} or (
            path in OPEN and method == "POST"
        ), host


@pytest.mark.parametrize(("method", "path"), [one for one in PATHS if one[1] not in OPEN])
@pytest.mark.parametrize("spelling", ["{}", "/{}", "{}/", "//{}//", "/services/Soap/..{}/"])
def test_nobody_gets_in_without_a_session_however_the_path_is_spelt(
    org: Client, method: str, path: str, spelling: str
) -> None:
    """Slashes too many went past the check of the session."""
    plain, _, query = path.partition("?")
    spelt = spelling.format(plain) + (f"?{query}" if query else "")
    status, _ = ask(org, method, spelt, Host=org.url.removeprefix("http://"))
    assert status in {401, 404, 405}, spelt
    if method == "GET" and spelling != "/services/Soap/..{}/" and "nothing" not in path:
        assert status == 401


def test_a_deployed_client_app_reads_no_other_file(org: Client, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("stolen")
    hostile = (
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata"><oauthConfig>'
        "<certificate>&x;</certificate><consumerKey>&x;</consumerKey></oauthConfig></ConnectedApp>"
    )
    path = tmp_path / "A.connectedApp"
    path.write_text(hostile)
    root = clients._parse(str(path))
    assert root is None or "stolen" not in "".join(root.itertext())
    path.write_text("<broken")
    assert clients._parse(str(path)) is None
    assert zip_of({})

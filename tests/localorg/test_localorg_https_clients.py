"""Clients that insist on https deploy to the local org unchanged: CumulusCI, simple-salesforce."""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import ssl
from typing import TYPE_CHECKING

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from rest_client import Client
from tools.cci import client as cci
from tools.sf import client as sf

from sfgen.localorg import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.timeout(900)


def write_certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.timezone.utc)
    loopback = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    day = dt.timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(loopback, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    return write_certificate(tmp_path)


@pytest.fixture
def secure_org(tmp_path: Path, certificate: tuple[Path, Path]) -> Iterator[Client]:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(*certificate)
    folder = tmp_path / "org"
    with running(folder, tls=tls) as address:
        yield Client(address.url, address.token, folder)


def deploy_by_cci(
    org: Client, root: Path, scratch: Path, certificate: Path, *more: str
) -> tuple[int, str]:
    found = sf.install()
    assert found is not None
    node, entry = found
    tools = scratch / "bin"
    tools.mkdir()
    (tools / "sf").write_text(f'#!/bin/sh\nexec "{node}" "{entry}" "$@"\n')
    (tools / "sf").chmod(0o755)
    path = os.pathsep.join([str(tools), str(node.parent), "/usr/bin", "/bin"])
    session = requests.get(
        f"{org.url}/services/oauth2/userinfo",
        headers={"Authorization": f"Bearer {org.token}"},
        verify=str(certificate),
        timeout=120,
    ).json()
    cci.write_project(root)
    done = cci.run(
        *("task", "run", "deploy", "--org", "local", "--path", "force-app", *more),
        cwd=root,
        user=scratch / "user",
        certificate=certificate,
        path=path,
        org={
            "access_token": org.token,
            "instance_url": org.url,
            "id": session["sub"],
            "org_id": session["organization_id"],
            "username": session["preferred_username"],
        },
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.sf
@pytest.mark.slow
@pytest.mark.parametrize("rest", ["True", "False"], ids=["rest", "soap"])
def test_cumulusci_deploys_the_generated_project(
    secure_org: Client, tmp_path: Path, certificate: tuple[Path, Path], rest: str
) -> None:
    from sfgen.cli import run

    root = tmp_path / "p"
    assert run(["init", str(root), "--defaults"]) == 0
    code, out = deploy_by_cci(secure_org, root, tmp_path, certificate[0], "--rest_deploy", rest)
    assert (code, "Succeeded" in out) == (0, True), out
    deployed = secure_org.folder / "metadata"
    sent = {path.name for path in root.glob("force-app/main/pusher/*/classes/*.cls")}
    assert sent
    assert {path.name for path in (deployed / "classes").glob("*.cls")} == sent


@pytest.mark.sf
@pytest.mark.slow
def test_cumulusci_shows_what_the_org_refuses(
    secure_org: Client, tmp_path: Path, certificate: tuple[Path, Path]
) -> None:
    from fixtures.small_project import everything

    root = everything(tmp_path / "p")
    path = root / "force-app/main/default/pages/Greeting.page"
    path.write_text(path.read_text().replace('"Greeter"', '"Gone"'))
    code, out = deploy_by_cci(secure_org, root, tmp_path, certificate[0])
    assert code == 1, out
    assert "Apex class 'Gone' does not exist" in out
    assert not (secure_org.folder / "metadata/pages").exists()


def test_simple_salesforce_deploys_and_reads_records(
    secure_org: Client,
    tmp_path: Path,
    certificate: tuple[Path, Path],
    everything_zip: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from simple_salesforce import Salesforce

    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate[0]))
    session = requests.Session()
    host = secure_org.url.removeprefix("https://")
    salesforce = Salesforce(
        instance=host, session_id=secure_org.token, session=session, version="59.0"
    )
    assert salesforce.query("SELECT Name FROM Organization")["totalSize"] == 1
    path = tmp_path / "package.zip"
    path.write_bytes(everything_zip)
    started = salesforce.deploy(str(path), sandbox=False)
    status = salesforce.checkDeployStatus(started["asyncId"])
    while status["state"] in {"Pending", "InProgress", "Queued"}:
        status = salesforce.checkDeployStatus(started["asyncId"])
    session.close()
    assert status["state"] == "Succeeded"
    assert (secure_org.folder / "metadata/classes/Greeter.cls").exists()

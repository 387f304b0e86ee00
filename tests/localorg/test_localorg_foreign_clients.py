# ruff: noqa: S608 - the queries are the tests' own
from __future__ import annotations

import base64
import datetime as dt
import io
import json
import shutil
import time
import zipfile
from typing import TYPE_CHECKING, Any

import jwt
import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from fixtures.small_project import EVERYTHING, everything
from rest_client import DATA, cancel_a_queued, manifest, zip_of
from tools.sf import client as sf

from sfgen.metadata import NAMESPACE

if TYPE_CHECKING:
    from pathlib import Path

    from rest_client import Client


def deploy_by_sf(org: Client, root: Path, home: Path, rest: str, *more: str) -> dict[str, Any]:
    answer = sf.run(
        *("project", "deploy", "start", "-o", org.token, "-d", "force-app", *more),
        cwd=root,
        home=home,
        SF_ORG_INSTANCE_URL=org.url,
        SF_ORG_METADATA_REST_DEPLOY=rest,
    )
    return dict(answer)


@pytest.mark.parametrize("rest", ["true", "false"], ids=["rest", "soap"])
@pytest.mark.sf
def test_the_real_sf_deploys_more_than_forty_types(org: Client, tmp_path: Path, rest: str) -> None:
    answer = deploy_by_sf(org, EVERYTHING, tmp_path, rest)
    result = answer["result"]
    assert (answer["exit"], result["status"]) == (0, "Succeeded")
    assert result["numberComponentErrors"] == 0
    assert (org.folder / "metadata/lwc/hello/hello.js").exists()


@pytest.mark.parametrize("rest", ["true", "false"], ids=["rest", "soap"])
@pytest.mark.sf
def test_the_real_sf_deploys_the_generated_project(org: Client, tmp_path: Path, rest: str) -> None:
    from sfgen.cli import run

    assert run(["init", str(tmp_path / "p"), "--defaults"]) == 0
    answer = deploy_by_sf(org, tmp_path / "p", tmp_path, rest)
    assert (answer["exit"], answer["result"]["status"]) == (0, "Succeeded")


@pytest.mark.sf
def test_the_real_sf_shows_a_failure_at_its_source_line(org: Client, tmp_path: Path) -> None:
    root = everything(tmp_path / "p")
    page = root / "force-app/main/default/classes/Greeter.cls"
    page.write_text(page.read_text().replace("'Hello ' + name;", "Gone__c.getInstance();"))
    answer = deploy_by_sf(org, root, tmp_path, "true")
    assert answer["exit"] == 1
    failure = answer["result"]["details"]["componentFailures"]
    row = failure[0] if isinstance(failure, list) else failure
    assert (row["fullName"], row["lineNumber"]) == ("Greeter", 4)
    assert "Gone__c" in row["problem"]


@pytest.mark.sf
@pytest.mark.slow
def test_the_real_sf_validates_and_deploys_quickly(org: Client, tmp_path: Path) -> None:
    checked = deploy_by_sf(org, EVERYTHING, tmp_path, "false", "--dry-run")
    assert checked["exit"] == 0
    assert not (org.folder / "metadata/classes").exists()
    answer = sf.run(
        *("project", "deploy", "report", "-o", org.token, "-i", checked["result"]["id"]),
        cwd=EVERYTHING,
        home=tmp_path,
        SF_ORG_INSTANCE_URL=org.url,
    )
    assert answer["result"]["status"] == "Succeeded"


@pytest.mark.sf
@pytest.mark.slow
def test_the_real_sf_retrieves_what_was_deployed(
    org: Client, tmp_path: Path, everything_zip: bytes
) -> None:
    org.wait(org.start(everything_zip))
    root = everything(tmp_path / "p")
    shutil.rmtree(root / "force-app")
    (root / "force-app").mkdir()
    answer = sf.run(
        *("project", "retrieve", "start", "-o", org.token),
        *("-m", "ApexClass", "CustomObject:Invoice__c", "PermissionSet:Gone"),
        cwd=root,
        home=tmp_path,
        SF_ORG_INSTANCE_URL=org.url,
    )
    assert answer["exit"] == 0, answer
    back = root / "force-app/main/default"
    original = EVERYTHING / "force-app/main/default"
    for name in ("classes/Greeter.cls", "objects/Invoice__c/fields/State__c.field-meta.xml"):
        assert (back / name).read_bytes() == (original / name).read_bytes()


def test_a_retrieve_names_what_is_not_there(org: Client, everything_zip: bytes) -> None:
    org.wait(org.start(everything_zip))
    types = "<types><members>*</members><members>Gone</members><name>ApexClass</name></types>"
    request = f"<retrieveRequest><apiVersion>67.0</apiVersion><unpackaged>{types}</unpackaged></retrieveRequest>"
    started = soap(org, f"<retrieve>{request}</retrieve>").text
    job = started.partition("<id>")[2].partition("</id>")[0]
    done = soap(
        org, f"<checkRetrieveStatus><asyncProcessId>{job}</asyncProcessId></checkRetrieveStatus>"
    ).text
    archive = base64.b64decode(done.partition("<zipFile>")[2].partition("</zipFile>")[0])
    names = zipfile.ZipFile(io.BytesIO(archive)).namelist()
    assert "unpackaged/classes/Greeter.cls" in names
    assert "unpackaged/package.xml" in names
    assert "named 'Gone' cannot be found" in done


ENVELOPE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">'
    '<soapenv:Header xmlns="http://soap.sforce.com/2006/04/metadata"><SessionHeader>'
    "<sessionId>{token}</sessionId></SessionHeader></soapenv:Header>"
    '<soapenv:Body xmlns="http://soap.sforce.com/2006/04/metadata">{body}</soapenv:Body>'
    "</soapenv:Envelope>"
)


def soap(org: Client, body: str, token: str | None = None) -> requests.Response:
    return requests.post(
        f"{org.url}/services/Soap/m/67.0",
        data=ENVELOPE.format(token=token or org.token, body=body).encode(),
        headers={"Content-Type": "text/xml", "SOAPAction": '""'},
        timeout=120,
    )


def test_soap_takes_booleans_and_stray_text_as_python_clients_write_them(
    org: Client, everything_zip: bytes
) -> None:
    archive = base64.b64encode(everything_zip).decode()
    body = (
        f"<deploy><ZipFile>{archive}</ZipFile><DeployOptions><checkOnly>True</checkOnly>"
        "<singlePackage>true</singlePackage><testLevel>None</testLevel>None</DeployOptions></deploy>"
    )
    answer = soap(org, body)
    job = answer.text.partition("<id>")[2].partition("</id>")[0]
    assert org.wait(job)["status"] == "Succeeded"
    assert not (org.folder / "metadata/classes").exists()
    asked = f"<checkDeployStatus><asyncProcessId>{job}</asyncProcessId><includeDetails>true</includeDetails></checkDeployStatus>"
    assert "<status>Succeeded</status>" in soap(org, asked).text
    quick = soap(
        org, f"<deployRecentValidation><validationId>{job}</validationId></deployRecentValidation>"
    )
    second = quick.text.partition("<result>")[2].partition("</result>")[0]
    assert org.wait(second)["status"] == "Succeeded"


@pytest.mark.parametrize("element", ["id", "String"])
def test_soap_cancels_under_either_name_of_the_id(
    org: Client, everything_zip: bytes, element: str
) -> None:
    def cancel(job: str) -> None:
        answer = soap(org, f"<cancelDeploy><{element}>{job}</{element}></cancelDeploy>")
        assert job in answer.text

    cancel_a_queued(org, everything_zip, cancel)


def test_soap_faults_carry_salesforces_codes(org: Client) -> None:
    stranger = soap(org, "<describeMetadata/>", token="00D!stranger")
    assert stranger.status_code == 500
    assert "sf:INVALID_SESSION_ID" in stranger.text
    assert "<xmlName>ApexClass</xmlName>" in soap(org, "<describeMetadata/>").text
    unknown = "<checkDeployStatus><asyncProcessId>0Af1</asyncProcessId></checkDeployStatus>"
    assert "INVALID_CROSS_REFERENCE_KEY" in soap(org, unknown).text


def test_soap_lists_what_is_deployed(org: Client, everything_zip: bytes) -> None:
    org.wait(org.start(everything_zip))
    text = soap(org, "<listMetadata><queries><type>ApexClass</type></queries></listMetadata>").text
    assert "<fullName>Greeter</fullName>" in text
    assert "<fileName>classes/Greeter.cls</fileName>" in text


def token(org: Client, **form: str) -> requests.Response:
    return requests.post(f"{org.url}/services/oauth2/token", data=form, timeout=120)


GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def log_in(org: Client, key: rsa.RSAPrivateKey, **changed: object) -> requests.Response:
    claims = {
        "iss": "client",
        "sub": "admin@local.invalid",
        "aud": org.url,
        "exp": time.time() + 120,
    }
    assertion = jwt.encode({**claims, **changed}, key, algorithm="RS256")
    return token(org, grant_type=GRANT, assertion=assertion)


def refusal(answer: requests.Response) -> tuple[int, str, str]:
    body = answer.json()
    return answer.status_code, body["error"], body["error_description"]


def register(org: Client, key: rsa.RSAPrivateKey) -> None:
    folder = org.folder / "clients"
    folder.mkdir()
    (folder / "client.pem").write_bytes(
        key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )


def test_a_jwt_gets_a_session_with_seconds_or_milliseconds(
    org: Client, key: rsa.RSAPrivateKey
) -> None:
    register(org, key)
    for expiry in (time.time() + 100, time.time() * 1000 + 300):
        given = log_in(org, key, exp=int(expiry)).json()
        headers = {"Authorization": f"Bearer {given['access_token']}"}
        path = f"{org.url}{DATA}/query?q=SELECT Id FROM User"
        assert requests.get(path, headers=headers, timeout=120).ok
    assert log_in(org, key, aud="https://login.salesforce.com").ok
    late = log_in(org, key, exp=int(time.time() - 4000))
    assert refusal(late) == (400, "invalid_grant", "expired authorization code")


def test_a_jwt_is_held_to_its_clients_key(org: Client, key: rsa.RSAPrivateKey) -> None:
    unknown = (400, "invalid_client_id", "client identifier invalid")
    assert refusal(log_in(org, key)) == unknown
    register(org, key)
    assert log_in(org, key).ok
    assert refusal(log_in(org, key, iss="another")) == unknown
    forged = log_in(org, rsa.generate_private_key(65537, 2048))
    assert refusal(forged) == (400, "invalid_grant", "invalid assertion")
    astray = log_in(org, key, aud="https://example.com")
    assert refusal(astray) == (400, "invalid_grant", "audience is invalid")
    unsigned = jwt.encode({"iss": "client", "sub": "a", "exp": time.time() + 120}, None, "none")
    answer = token(org, grant_type=GRANT, assertion=unsigned)
    assert refusal(answer) == (400, "invalid_grant", "invalid assertion")


def test_a_deployed_connected_app_makes_its_client_known(
    org: Client, key: rsa.RSAPrivateKey
) -> None:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "pipeline")])
    now = dt.datetime.now(dt.timezone.utc)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM).decode()
    app = (
        f'<ConnectedApp xmlns="{NAMESPACE}"><label>Pipeline</label>'
        "<contactEmail>admin@local.invalid</contactEmail>"
        f"<oauthConfig><callbackUrl>http://localhost</callbackUrl><certificate>{pem}</certificate>"
        "<consumerKey>client</consumerKey><scopes>Api</scopes></oauthConfig></ConnectedApp>"
    )
    files = {"connectedApps/Pipeline.connectedApp": app}
    files["package.xml"] = manifest(ConnectedApp=["Pipeline"])
    assert org.deploy(zip_of(files))["status"] == "Succeeded"
    assert log_in(org, key).ok


def test_the_client_of_a_run_logs_in_and_nobody_else(org: Client) -> None:
    note = json.loads((org.folder / "server.json").read_text())
    assert (org.folder / "server.json").stat().st_mode & 0o077 == 0
    client, secret = note["clientId"], note["clientSecret"]
    grant = {"grant_type": "client_credentials"}
    assert token(org, **grant, client_id=client, client_secret=secret).ok
    url = f"{org.url}/services/oauth2/token"
    assert requests.post(url, data=grant, auth=(client, secret), timeout=60).ok
    for wrong in ((client, "x"), ("x", secret), ("x", "y"), (client, ""), ("é", "é")):
        answer = token(org, **grant, client_id=wrong[0], client_secret=wrong[1])
        assert answer.status_code == 400
        assert answer.json()["error"] in {"invalid_client", "invalid_grant"}
    assert token(org, **grant, client_id=client).status_code == 400
    for header in ("Basic", "Basic x", "Basic " + "A" * 8, "Bearer x"):
        answer = requests.post(url, data=grant, headers={"Authorization": header}, timeout=60)
        assert answer.status_code == 400
    assert token(org, grant_type="password").json()["error"] == "unsupported_grant_type"

"""The ways in: TLS, further ports, a process of its own."""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
import os
import signal
import ssl
import subprocess
import sys
from typing import TYPE_CHECKING

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pusher_peer import APP, SECONDS, WHO, Peer, Room, play, run_apart

from sfgen.pusherserver import App

if TYPE_CHECKING:
    from pathlib import Path


def make_certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / "both.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


def test_an_app_that_insists_on_tls_is_served_over_tls(tmp_path: Path) -> None:
    path = make_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    trusting = ssl.create_default_context(cafile=str(path))

    async def story(room: Room) -> None:
        port = await room.server.start(tls=context)
        assert await room.refused() == 4000
        url = f"wss://127.0.0.1:{port}/app/{WHO.key}?protocol=7"
        async with room.session.ws_connect(url, ssl=trusting) as socket:
            peer = Peer(socket)
            peer.socket_id = (await peer.expect("pusher:connection_established"))["data"][
                "socket_id"
            ]
            await peer.subscribe("private-a")
            await room.publish("private-a")
            await peer.expect("ev")
            room.server.faults.close(4200)
            assert await peer.expect_close() == 4200

    play(story, App(WHO, tls_only=True))


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_the_server_runs_by_itself_and_leaves_when_asked(name: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "sfgen.pusherserver", "--app-id", "7", "--key", "k"],
        env={**os.environ, "SFGEN_PUSHER_SECRET": "not-shown"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout
            assert process.stderr
            line = process.stdout.readline()
            told = json.loads(line)
            assert (told["app_id"], told["key"]) == ("7", "k")
            assert "not-shown" not in line
            run_apart(knock(told["port"]))
            process.send_signal(getattr(signal, name))
            assert process.wait(SECONDS) == 0
            assert process.stderr.read() == ""
        finally:
            process.kill()


async def knock(port: int) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"ws://127.0.0.1:{port}/app/k?protocol=7") as socket,
    ):
        assert (await Peer(socket).read())["event"] == "pusher:connection_established"


def test_the_secret_never_comes_from_the_command_line() -> None:
    environment = {k: v for k, v in os.environ.items() if k != "SFGEN_PUSHER_SECRET"}
    done = subprocess.run(
        [sys.executable, "-m", "sfgen.pusherserver"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 2
    assert "SFGEN_PUSHER_SECRET must hold" in done.stderr


def test_the_application_can_be_mounted_elsewhere() -> None:
    async def story(room: Room) -> None:
        routes = {
            resource.canonical for resource in room.server.make_application().router.resources()
        }
        assert {"/app/{key}", "/apps/{app_id}/events", "/control"} <= routes

    play(story, APP)

"""Secrets are planted, commands run well and badly, and everything that was written is searched."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from sfgen.localorg import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.timeout(900)

TOKEN = "00D000000000001!PLANTEDtokenPLANTED"
APP_SECRET = "plantedappsecret0001"
CLIENT_SECRET = "PLANTEDclientsecret"
REFRESH = "PLANTEDrefreshtoken"


def make_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    encoded = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return encoded.decode()


KEY = make_key()
MARKERS = [TOKEN, APP_SECRET, CLIENT_SECRET, REFRESH, KEY.splitlines()[3]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def org(tmp_path: Path) -> Iterator[str]:
    key = serialization.load_pem_private_key(KEY.encode(), None).public_key()
    clients = tmp_path / "org" / "clients"
    clients.mkdir(parents=True)
    (clients / "c.pem").write_bytes(
        key.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    with running(tmp_path / "org") as address:
        yield address.url


def run_with(home: Path, arguments: list[str], **secrets: str) -> str:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        **secrets,
    }
    (home / "tmp").mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "sfgen", *arguments],
        cwd=home,
        env=environment,
        text=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return done.stdout + done.stderr


def find_markers(home: Path, output: str) -> list[str]:
    found = [f"output: {marker[:12]}" for marker in MARKERS if marker in output]
    for path in home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            found += [f"{path}: {m[:12]}" for m in MARKERS if m.encode() in content]
    return found


def test_no_planted_secret_is_written_anywhere(home: Path, org: str) -> None:
    logins = [
        {"SFGEN_ACCESS_TOKEN": TOKEN, "SFGEN_INSTANCE_URL": org},
        {"SFGEN_CLIENT_ID": "c", "SFGEN_CLIENT_SECRET": CLIENT_SECRET, "SFGEN_LOGIN_URL": org},
        {"SFGEN_AUTH_URL": f"force://c:{CLIENT_SECRET}:{REFRESH}@{org}"},
        {
            "SFGEN_CLIENT_ID": "c",
            "SFGEN_USERNAME": "u@example.com",
            "SFGEN_JWT_KEY": KEY,
            "SFGEN_LOGIN_URL": org,
        },
        {"SFGEN_ACCESS_TOKEN": TOKEN, "SFGEN_INSTANCE_URL": "http://127.0.0.1:1"},
        {"SFGEN_CLIENT_ID": "c", "SFGEN_USERNAME": "u", "SFGEN_JWT_KEY": KEY + "broken"},
    ]
    every = {k: v for login in logins for k, v in login.items()}
    output = run_with(home, ["init", "p", "--defaults"], **every)
    for login in logins:
        for extra in (["--json"], ["--junit", "d.xml", "--sarif", "d.sarif", "--github"]):
            output += run_with(home, ["deploy", "p", "--target-org", "env", *extra], **login)
    output += run_with(home, ["check", "p", "--json"], **every)
    output += run_with(home, ["ci", "github", "p", "--install-from", "sfgen==1.0"], **every)
    output += run_with(
        home,
        [
            "trigger",
            "my-channel",
            "my-event",
            "{}",
            "--app-id",
            "1",
            "--key",
            "k",
            # Refused at once, whatever network there is.
            "--host",
            "127.0.0.1",
            "--port",
            "1",
        ],
        SFGEN_PUSHER_SECRET=APP_SECRET,
    )
    assert find_markers(home, output) == []
    assert "Succeeded" in output
    assert output.count("error") >= 3


def test_no_option_takes_a_secret_as_its_value() -> None:
    import click

    from sfgen.cli import group
    from sfgen.commands import COMMANDS

    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        for option in command.params:
            takes_value = not getattr(option, "is_flag", False)
            words = ("secret", "token", "password", "jwt")
            assert not (takes_value and any(word in str(option.name) for word in words)), name


def test_a_secret_in_an_answers_file_is_not_repeated(home: Path) -> None:
    (home / "a.toml").write_text(f'app_secret = "{APP_SECRET}"\n')
    output = run_with(home, ["init", "p", "--defaults", "--answers", "a.toml"])
    assert "secrets don't belong in a.toml" in output
    assert APP_SECRET not in output
    assert not (home / "p").exists()

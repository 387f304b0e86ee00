"""What a person meets first: a preview that is started, stopped and started again."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import requests
from running_site import RunningSite

from sfgen.cli import run
from sfgen.preview.executing import ExecutingHost
from sfgen.preview.site import Wishes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONVERSATIONS = "PusherConversationController"
STARTS = 5


@contextlib.contextmanager
def started(root: Path, **wishes: Any) -> Iterator[RunningSite]:
    one = RunningSite(root, ExecutingHost, Wishes(**wishes))
    try:
        yield one
    finally:
        one.stop()


def make(tmp_path: Path, *answers: str) -> Path:
    root = tmp_path / "texting"
    given = [part for answer in answers for part in ("--set", answer)]
    assert run(["init", str(root), "--defaults", *given]) == 0
    return root


def post(site: RunningSite, class_name: str, method: str, **parameters: Any) -> Any:
    """Call Apex as the page does: over HTTP, with the key and the origin of this run."""
    addresses, key = site.site.addresses, site.site.gate.key
    response = requests.post(
        f"http://127.0.0.1:{addresses.lightning_port}/preview/apex",
        json={"className": class_name, "method": method, "parameters": parameters},
        headers={
            "Host": addresses.lightning_host,
            "Origin": addresses.lightning,
            "Cookie": f"sfgen-preview={key}",
            "X-Sfgen-Preview": key,
        },
        timeout=30,
    )
    assert response.ok, response.text
    return response.json()["result"]


def read_texts(site: RunningSite) -> dict[str, list[str]]:
    """Return the directions of each conversation's texts, by its record."""
    listed = site.invoke(
        CONVERSATIONS, "getConversations", searchTerm=None, pageSize=10, cursor=None
    )
    return {
        one["recordId"]: [
            text["direction"]
            for text in site.invoke(
                CONVERSATIONS,
                "getMessages",
                conversationId=one["id"],
                beforeSequence=None,
                pageSize=50,
            )["messages"]
        ]
        for one in listed["conversations"]
    }


@pytest.mark.parametrize(
    "answers",
    [
        (),
        ("authorization=named-credential", "login=named-credential"),
        ("authorization=external",),
        ("store=external",),
    ],
    ids=["proxy", "named-credential", "external", "application-keeps"],
)
def test_five_starts_leave_the_advisor_logged_in(tmp_path: Path, answers: tuple[str, ...]) -> None:
    root = make(tmp_path, *answers)
    for _ in range(STARTS):
        with started(root, store=tmp_path / "kept") as site:
            assert site.invoke("PusherLoginController", "getLogin")["isLoggedIn"]
            # The state alone would not do: the application itself must take the token.
            state = site.invoke("PusherBridgeController", "getConfiguration")
            assert state["status"] == "ready"
            if "authorization=external" not in answers:
                site.invoke(
                    "PusherBridgeController",
                    "authorizeChannel",
                    socketId="1.2",
                    channelName=state["userChannel"],
                )
            assert site.invoke("PusherLoginController", "getLogin")["isLoggedIn"]
            assert site.lines == []


def test_a_log_out_ends_with_the_run(tmp_path: Path) -> None:
    root = make(tmp_path)
    with started(root, store=tmp_path / "kept") as site:
        site.invoke("PusherLoginController", "logOut")
        assert not site.invoke("PusherLoginController", "getLogin")["isLoggedIn"]
    with started(root, store=tmp_path / "kept") as site:
        assert site.invoke("PusherLoginController", "getLogin")["isLoggedIn"]


def read_settings(site: RunningSite) -> dict[str, Any]:
    return {
        name: value
        for name, value in post(site, "PusherSetupController", "getSetup")["settings"].items()
        if not name.endswith("Set") and value is not None
    }


def test_what_the_set_up_page_shows_can_be_saved_as_it_stands(tmp_path: Path) -> None:
    with started(make(tmp_path), store=tmp_path / "kept") as site:
        shown = read_settings(site)
        assert shown["externalUrl"].startswith("https://")
        saved = post(site, "PusherSetupController", "saveSettings", settings=shown)["settings"]
        assert {name: saved[name] for name in shown} == shown
        assert site.invoke("PusherBridgeController", "getConfiguration")["status"] == "ready"


def test_an_address_of_the_preview_is_taken_in_place_of_the_orgs(tmp_path: Path) -> None:
    with started(make(tmp_path), store=tmp_path / "kept") as site:
        shown = read_settings(site)
        plain = {**shown, "externalUrl": site.site.addresses.external}
        saved = post(site, "PusherSetupController", "saveSettings", settings=plain)["settings"]
        assert saved["externalUrl"] == shown["externalUrl"]


@pytest.mark.parametrize("answers", [(), ("store=external",)], ids=["objects", "external"])
def test_a_first_run_shows_texts_of_both_sides_and_the_next_one_adds_none(
    tmp_path: Path, answers: tuple[str, ...]
) -> None:
    root = make(tmp_path, *answers)
    with started(root, store=tmp_path / "kept", examples=True) as site:
        first = read_texts(site)
    assert sorted(map(len, first.values())) == [2, 4]
    assert {side for texts in first.values() for side in texts} == {"Inbound", "Outbound"}
    with started(root, store=tmp_path / "kept", examples=False) as site:
        assert read_texts(site) == first


class Served:
    """``sfgen preview`` in a process of its own."""

    def __init__(self, root: Path, **environment: str) -> None:
        command = [sys.executable, "-m", "sfgen", "preview", str(root), "--no-open"]
        self.process = subprocess.Popen(
            [*command, "--port", "0", "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
        )
        assert self.process.stdout is not None
        self.told = json.loads(self.process.stdout.readline())

    def end(self, number: signal.Signals) -> tuple[int, str]:
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=60)
        return self.process.returncode, said


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whatever_ends_a_preview_its_run_file_goes(tmp_path: Path, number: signal.Signals) -> None:
    root, runtime = make(tmp_path), tmp_path / "runtime"
    served = Served(root, SFGEN_RUNTIME_DIR=str(runtime), XDG_DATA_HOME=str(tmp_path / "data"))
    assert (runtime / "preview.json").is_file()
    _, said = served.end(number)
    assert "Traceback" not in said
    assert not (runtime / "preview.json").exists()


@pytest.mark.skipif(os.name != "posix", reason="the variables of POSIX")
def test_a_home_that_can_not_be_written_stops_no_preview(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file where a folder should be")
    served = Served(
        make(tmp_path),
        HOME=str(home),
        XDG_DATA_HOME=str(home / "data"),
        SFGEN_RUNTIME_DIR=str(tmp_path / "runtime"),
    )
    assert served.told["address"].startswith("http://")
    _, said = served.end(signal.SIGTERM)
    assert "Traceback" not in said

"""What somebody sees when something is wrong: one clear line, one clear page."""

from __future__ import annotations

import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from axe import find_violations, finds_none
from chat_window import is_ready
from patience import wait_until
from playwright.sync_api import expect
from running_site import RunningSite, find_source

from sfgen.cli import run
from sfgen.preview.apex.executed_apex import ExecutedApex
from sfgen.preview.options import PreviewOptions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def preview(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sfgen", "preview", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_port_in_use_is_one_line_and_a_hint(project: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = preview(str(project), "--port", str(port), "--no-open")
    assert (done.returncode, done.stdout) == (2, "")
    first, second = done.stderr.splitlines()
    assert first == f"error: port {port} of 127.0.0.1 is in use"
    assert second == "hint: choose another with --port, or 0"


@pytest.mark.browser
def test_a_browser_starts_where_temporary_files_lie_deep(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("deep" * 20)
    deep.mkdir()
    monkeypatch.setenv("TMPDIR", str(deep))
    done = preview(str(project), "--headless")
    assert "c-broken can't be shown" in done.stdout + done.stderr
    assert list(deep.iterdir()) == []


def test_an_unknown_page_is_told_with_those_that_are_there(project: Path) -> None:
    done = preview(str(project), "--page", "Nowhere", "--port", "0", "--no-open")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "error: there is no page Nowhere in this project",
        "hint: it has FeedHome",
    ]


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A generated project whose Apex, page and component each have a fault."""
    root = tmp_path_factory.mktemp("faulty") / "texting"
    assert run(["init", str(root), "--defaults"]) == 0
    break_file(find_source(root, "pusherChat.js"), "export default", "export defalt")
    break_file(find_source(root, "PusherBridgePage.page"), "$Resource.PusherJs", "$Resource.Gone")
    path = find_source(root, "PusherConversationController.cls")
    text = path.read_text(encoding="utf-8")
    body = text.index("{", text.index(" getConversations("))
    fault = "\n        String nothing = null;\n        nothing.length();"
    path.write_text(text[: body + 1] + fault + text[body + 1 :], encoding="utf-8")
    one = RunningSite(root, ExecutedApex, PreviewOptions())
    yield one
    one.stop()


def break_file(path: Path, good: str, bad: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert good in text, path
    path.write_text(text.replace(good, bad), encoding="utf-8")


@pytest.mark.browser
def test_each_fault_is_shown_where_it_is(faulty: RunningSite, page: Any) -> None:
    page.goto(faulty.address)
    lightning = faulty.site.addresses.lightning
    page.goto(f"{lightning}/lightning/o/Contact/home")
    failure = page.locator(".preview-failure").first
    expect(failure).to_contain_text("c-pusher-chat can't be shown")
    expect(failure).to_contain_text("pusherChat.js:")
    expect(failure).to_contain_text("export defalt class")

    page.goto(f"{lightning}/lightning/page/home")
    # What went wrong is told at the terminal; the advisor is told that something did.
    (line,) = wait_until(lambda: {one for one in list(faulty.lines) if "getConversations" in one})
    assert "System.NullPointerException" in line
    assert "PusherConversationController.cls:" in line

    page.goto(f"{faulty.site.addresses.visualforce}/apex/PusherBridgePage")
    assert page.inner_text("h1") == "This page can't be shown"
    assert (
        "PusherBridgePage.page: static resource Gone is not in this project (line "
        in page.inner_text("main")
    )
    # Most frames are hidden.
    wait_until(lambda: any("static resource Gone" in one for one in list(faulty.lines)))


@pytest.mark.browser
def test_a_page_that_is_missing_leads_to_those_that_are_there(
    faulty: RunningSite, page: Any
) -> None:
    page.goto(f"{faulty.site.addresses.lightning}/?key=guessed")
    assert page.inner_text("h1") == "Refused"
    page.goto(faulty.address)
    page.goto(f"{faulty.site.addresses.lightning}/lightning/n/Nowhere")
    assert page.inner_text("h1") == "Page not found"
    finds_none(lambda: find_violations(page, iframes=True))
    page.click("text=Pusher Setup")
    is_ready(page)

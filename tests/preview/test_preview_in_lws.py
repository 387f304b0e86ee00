"""The preview's components inside the real Lightning Web Security, in Chromium."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from chat_window import RECORD, is_ready, shows_state, shows_text
from fixture_apex import FixtureApex
from patience import save, wait_until
from playwright.sync_api import expect
from running_site import HERE, RunningSite

from sfgen import channels
from sfgen.cli import run
from sfgen.preview.executing import ExecutingHost
from sfgen.preview.lws import form, packages
from sfgen.preview.site import Wishes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [pytest.mark.browser, pytest.mark.node]
EXAMPLES = HERE.parents[1] / "examples"
FAILURE = "new Pusher: TypeError: Cannot read properties of null (reading 'protocol')"
SHIM = "window.Pusher.Runtime.getProtocol = () => window.location.protocol;"
LWC = "force-app/main/default/lwc"
META = """<?xml version="1.0" encoding="UTF-8"?>
<LightningComponentBundle xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>66.0</apiVersion>
    <isExposed>EXPOSED</isExposed>
</LightningComponentBundle>
"""


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> packages.LwsPackages:
    """Lightning Web Security, from the tests' tools or from npm."""
    folder = Path(os.environ["SFGEN_TEST_TOOLS"]) / "lws"
    monkeypatch.setattr(packages, "_cache", lambda: folder)
    return packages.locate_lws() or packages.fetch_lws()


@pytest.fixture
def start(sandbox: packages.LwsPackages) -> Iterator[Callable[..., RunningSite]]:
    """Start previews that run their components in the sandbox."""
    started = []

    def make(root: Path, apex: Any = ExecutingHost) -> RunningSite:
        started.append(RunningSite(root, apex, Wishes(lws=sandbox)))
        return started[-1]

    yield make
    for one in started:
        one.stop()


@pytest.fixture
def quotes(ticker: Path) -> Path:
    """The ticker without the library that LWS breaks, its shim in its shortest form."""
    script = ticker / LWC / "ticker/ticker.js"
    script.write_text(
        script.read_text().replace("() => window.location.protocol", "() => 'https:'")
    )
    file = ticker / "force-app/main/default/staticresources/Chimes/chimes.js"
    file.write_text(file.read_text().replace("owner.location", "document.location"))
    return ticker


def render(example: str, root: Path) -> Path:
    answers = EXAMPLES / example / "answers.toml"
    assert run(["init", str(root), "--defaults", "--answers", str(answers)]) == 0
    return root


def receive(running: RunningSite, text: str) -> None:
    """Let the client of the sample record send a text."""
    site = running.site
    record = running.run(site.in_apex(site.apex.sample_record, "Contact"))
    assert running.run(site.in_apex(site.panel.receive, record, text)) in {200, 201, 204}


def publish(running: RunningSite, text: str) -> None:
    name = channels.read_channel_name("quotes")
    running.call(running.exchange.publish, name, "quote", f'{{"text": "{text}"}}')


def open_page(running: RunningSite, page: Any, path: str = "") -> None:
    page.goto(running.address)
    if path:
        page.goto(running.site.addresses.lightning + path)
    is_ready(page)


@pytest.mark.parametrize("example", ["direct-lwc", "texting", "managed-package"])
def test_a_text_arrives_in_a_chat_inside_the_sandbox(
    example: str, tmp_path: Path, page: Any, start: Callable[..., RunningSite]
) -> None:
    running = start(render(example, tmp_path / "project"))
    running.run(running.site.greet())
    open_page(running, page, RECORD)
    shows_state(page, "connected")
    receive(running, f"inside {example}")
    shows_text(page, f"inside {example}")
    state = page.evaluate("JSON.parse(document.getElementById('preview-state').textContent).lws")
    namespace = "acme" if example == "managed-package" else "c"
    assert state == {"version": packages.VERSION, "namespace": namespace}
    expect(page.locator(".preview-lws")).to_have_text(f"Lightning Web Security {packages.VERSION}")
    assert page.evaluate("document.documentElement.dataset.lwsForm") == "production"
    # What a component loads belongs to the sandbox's window, not to the page's.
    assert page.evaluate("typeof window.Pusher") == "undefined"
    assert any("/apex/" in frame.url for frame in page.frames) is (example != "direct-lwc")
    assert page.noise == []


def test_without_the_shim_the_page_shows_what_pusher_js_throws(
    tmp_path: Path, page: Any, start: Callable[..., RunningSite]
) -> None:
    root = render("direct-lwc", tmp_path / "project")
    file = root / "force-app/main/pusher/bridge/lwc/pusherBridge/pusherBridge.js"
    text = file.read_text(encoding="utf-8")
    assert text.count(SHIM) == 1
    file.write_text(text.replace(SHIM, ""), encoding="utf-8")
    running = start(root)
    open_page(running, page)
    expect(page.locator(".preview-failure")).to_have_count(1)
    expect(page.locator(".preview-failure")).to_contain_text(FAILURE)
    expect(page.locator(".preview-failure")).to_contain_text(SHIM)
    assert page.locator(":text('Connected')").count() == 0


def test_the_debug_form_is_refused_in_the_components_place(
    quotes: Path, page: Any, start: Callable[..., RunningSite], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form, "PRODUCTION_FLAG", form.FLAG)
    running = start(quotes, FixtureApex)
    open_page(running, page)
    expect(page.locator(".preview-failure")).to_contain_text("did not run in its production form")
    assert page.locator("c-ticker").count() == 0


def test_changed_files_are_swapped_inside_the_sandbox(
    quotes: Path, page: Any, start: Callable[..., RunningSite]
) -> None:
    running = start(quotes, FixtureApex)
    open_page(running, page)
    first = subscriber(running)
    publish(running, "kept")
    page.wait_for_selector("c-ticker :text('kept')")
    page.evaluate("window.stillTheSamePage = true")
    template = quotes / LWC / "ticker/ticker.html"
    save(template, template.read_text().replace("{quote.text}", "{quote.text}!"))
    page.wait_for_selector("c-ticker :text('kept!')")
    script = quotes / LWC / "ticker/ticker.js"
    save(script, script.read_text().replace("[...this.quotes,", "[{ key: 'a', text: 'new' },"))
    page.wait_for_selector("c-ticker li", state="detached")
    wait_until(lambda: subscriber(running) != first, "the component that took its place")
    publish(running, "second")
    page.wait_for_selector("c-ticker :text('new!')")
    assert page.evaluate("window.stillTheSamePage") is True
    assert page.evaluate("document.documentElement.dataset.lwsForm") == "production"


def subscriber(running: RunningSite) -> str:
    """Wait until one socket alone is subscribed to the quotes; return its id."""

    def find() -> str:
        connected = list(running.exchange.connections.values())
        return (
            connected[0].socket_id
            if [list(one.channels) for one in connected] == [["quotes"]]
            else ""
        )

    socket_id: str = wait_until(lambda: running.call(find), "nobody subscribes")
    return socket_id


MODULES = {
    "probe/probe.html": "<template><p class='told'>{told}</p><lightning-badge label={word}>"
    "</lightning-badge></template>",
    "probe/probe.css": "p { letter-spacing: 3px; }",
    "probe/probe.js": """import { LightningElement } from 'lwc';
import { ping, star as renamed } from 'c/left';
import * as whole from './local';

export default class Probe extends LightningElement {
    word = whole.default;
    told = '';

    async connectedCallback() {
        const late = await import('c/late');
        const page = typeof document.defaultView.sfgenPreview;
        this.told = [ping(), renamed, whole.named, late.place, page].join(' ');
    }
}
""",
    "probe/local.js": "export default 'badge'; export const named = 'named';",
    "left/left.js": "import { pong } from 'c/right'; export const ping = () => pong();\n"
    "export const name = 'left'; export * from 'c/stars';",
    "right/right.js": "import { name } from 'c/left'; export const pong = () => `from ${name}`;",
    "stars/stars.js": "export const star = 'star';",
    "late/late.js": "export const place = window.location.hostname;",
}


def test_modules_of_every_kind_are_linked_inside_the_sandbox(
    quotes: Path, page: Any, start: Callable[..., RunningSite]
) -> None:
    shutil.rmtree(quotes / LWC / "ticker")
    for name, text in MODULES.items():
        file = quotes / LWC / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
        exposed = "true" if file.parent.name == "probe" else "false"
        meta = file.parent / f"{file.parent.name}.js-meta.xml"
        meta.write_text(META.replace("EXPOSED", exposed))
    running = start(quotes, FixtureApex)
    open_page(running, page)
    host = "sfgen.lightning.force.localhost"
    told = f"from left star named {host} undefined"
    paragraph = page.locator(".told", has_text="from")
    expect(paragraph).to_have_text(told)
    expect(paragraph).to_have_css("letter-spacing", "3px")
    expect(page.locator("lightning-badge")).to_have_text("badge")
    assert page.noise == []

"""Pages whose text runs from right to left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from chat_window import is_ready
from patience import wait_until
from playwright.sync_api import expect

from sfgen import assets
from sfgen.preview.origin.mirrored_styles import mirror_sheet

if TYPE_CHECKING:
    from running_site import RunningSite

#: Where each element stands, in the components and around them.
PLACES = """() => [...document.querySelectorAll('header *, main *')].map((one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return [one.tagName, one.className, x, y, width, height].join(' ');
})"""


@pytest.mark.parametrize(
    ("published", "served"),
    [
        ("a{margin-left:1px}", "a{margin-inline-start:1px}"),
        ("a{color:red;padding-right:0!important}", "a{color:red;padding-inline-end:0!important}"),
        ("a{border-left:0}", "a{border-inline-start:0}"),
        ("a{border-top-left-radius:0}", "a{border-start-start-radius:0}"),
        ("a{text-align:right;float:left}", "a{text-align:end;float:inline-start}"),
        ("a{margin:0 1px 2px 3px}", "a{margin-block:0 2px;margin-inline:3px 1px}"),
        (
            "a{border-radius:1px 2px var(--a, 3px) 0}",
            "a{border-start-start-radius:1px;border-start-end-radius:2px;border-end-end-radius:var(--a, 3px);border-end-start-radius:0}",
        ),
        ("@media x{a{left:0}}", "@media x{a{inset-inline-start:0}}"),
    ],
)
def test_sides_are_named_by_the_text(published: str, served: str) -> None:
    assert mirror_sheet(published) == served


@pytest.mark.parametrize(
    "text",
    [
        "a{left:50%;margin:0 1px}",
        "a{/*! @noflip */margin-left:1px}",
        "a{--slds-c-left:1px}",
        "a{margin:0 1px 2px 1px}",
        "a{background:url(data:image/png;base64,left:0)}",
        ".slds-dropdown_left{left:0}",
    ],
)
def test_what_has_no_side_stays(text: str) -> None:
    assert mirror_sheet(text) == text


@pytest.mark.browser
def test_a_page_from_left_to_right_looks_as_published(running: RunningSite, page: Any) -> None:
    page.goto(running.address)
    is_ready(page)
    page.wait_for_selector("[data-state=subscribed]")
    served = page.locator("link[href$='slds.css']")
    expect(served).to_have_count(1)
    before = page.evaluate(PLACES)
    page.add_style_tag(content=assets.read_packed("slds.css").decode())
    # The published sheet takes the other's place, in the order of both.
    page.evaluate(
        """() => {
            const link = document.querySelector("link[href$='slds.css']");
            link.replaceWith([...document.querySelectorAll('style')].at(-1));
        }"""
    )
    wait_until(lambda: page.evaluate(PLACES) == before, "the same places", page)


@pytest.mark.browser
def test_a_page_from_right_to_left_is_mirrored(running: RunningSite, page: Any) -> None:
    page.goto(running.address)
    is_ready(page)
    button = "<button class='slds-button'><i class='slds-button__icon_left'>i</i>text</button>"
    page.evaluate(f"document.getElementById('main').innerHTML = {button!r}")
    icon = page.locator("#main i")
    expect(icon).to_have_css("margin-right", "8px")
    page.evaluate("document.documentElement.dir = 'rtl'")
    expect(icon).to_have_css("margin-left", "8px")
    expect(icon).to_have_css("margin-right", "0px")

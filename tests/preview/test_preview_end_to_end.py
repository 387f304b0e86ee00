from __future__ import annotations

from typing import Any

import pytest
from chat_window import is_ready
from patience import save, wait_until
from playwright.sync_api import expect

from sfgen import channels

pytestmark = pytest.mark.browser


def publish(running: Any, text: str) -> None:
    exchange = running.site.pusher_server.exchanges["1000"]
    name = channels.read_channel_name("private-feed")
    running.call(exchange.publish, name, "message", f'{{"text": "{text}"}}')


def test_an_event_goes_through_page_frame_and_component_into_the_dom(
    running: Any, page: Any
) -> None:
    page.goto(running.address)
    page.wait_for_selector("[data-state=subscribed]")
    publish(running, "arrived")
    expect(page.locator(".row")).to_have_text("arrived")
    assert page.noise == []


def test_a_component_that_lacks_something_stands_alone_with_its_reasons(
    running: Any, page: Any
) -> None:
    page.goto(running.address)
    is_ready(page)
    reasons = page.locator(".preview-failure")
    expect(reasons).to_contain_text(
        "broken.js: FeedController.nothing is not an @AuraEnabled method"
    )
    expect(reasons).to_contain_text("broken.html: lightning/map is not in the preview")
    expect(page.locator("c-feed h2")).to_have_text("Live feed")


def test_an_exception_of_apex_reaches_the_component_in_the_platforms_shape(
    running: Any, page: Any
) -> None:
    page.goto(running.address)
    is_ready(page)
    error = page.evaluate(
        """async () => {
            const { default: shout } = await import('@salesforce/apex/FeedController.shout');
            return shout({}).catch((error) => error);
        }"""
    )
    assert error["body"]["message"] == "Attempt to de-reference a null object"
    assert error["body"]["exceptionType"] == "System.NullPointerException"
    assert (error["ok"], error["status"]) == (False, 500)


def test_a_changed_template_is_swapped_and_the_component_keeps_its_state(
    running: Any, page: Any
) -> None:
    page.goto(running.address)
    page.wait_for_selector("[data-state=subscribed]")
    publish(running, "kept")
    page.wait_for_selector(".row")
    page.evaluate("window.stillTheSamePage = true")
    template = running.site.workspace.root / "force-app/main/default/lwc/feed/feed.html"
    save(template, template.read_text().replace('"row">{row.text}', '"row new">{row.text}!'))
    expect(page.locator(".row.new")).to_have_text("kept!")
    assert page.evaluate("window.stillTheSamePage") is True


def test_a_public_remote_action_gets_no_proxy_in_a_frame(running: Any, page: Any) -> None:
    source = running.site.workspace.root / "force-app/main/default/classes/FeedController.cls"
    source.write_text(
        source.read_text().replace(
            "global static Map<String, String> authorize",
            "public static Map<String, String> authorize",
        )
    )
    page.goto(running.address)
    is_ready(page)
    refusal = "may not use public remoted methods inside an iframe"
    wait_until(lambda: any(refusal in line for line in page.noise), refusal, page)
    expect(page.locator("[data-state]")).to_have_text("connecting")

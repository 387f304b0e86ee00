from __future__ import annotations

from typing import Any

import pytest

from sfgen import channels

pytestmark = pytest.mark.browser
READY = "html[data-preview-ready]"


def publish(running: Any, text: str) -> None:
    exchange = running.site.pusher_server.exchanges["1000"]
    name = channels.read_channel_name("private-feed")
    running.call(exchange.publish, name, "message", f'{{"text": "{text}"}}')


def test_an_event_goes_through_page_frame_and_component_into_the_dom(
    running: Any, page: Any
) -> None:
    page.goto(running.address)
    page.wait_for_selector("[data-state=subscribed]", timeout=60_000)
    publish(running, "arrived")
    assert page.wait_for_selector(".row", timeout=60_000).inner_text() == "arrived"
    assert page.noise == []


def test_a_component_that_lacks_something_stands_alone_with_its_reasons(
    running: Any, page: Any
) -> None:
    page.goto(running.address)
    page.wait_for_selector(READY, timeout=60_000)
    reasons = page.inner_text(".preview-failure")
    assert "broken.js: FeedController.nothing is not an @AuraEnabled method" in reasons
    assert "broken.html: lightning/map is not in the preview" in reasons
    assert page.inner_text("c-feed h2") == "Live feed"


def test_an_exception_of_apex_reaches_the_component_in_the_platforms_shape(
    running: Any, page: Any
) -> None:
    page.goto(running.address)
    page.wait_for_selector(READY, timeout=60_000)
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
    page.wait_for_selector("[data-state=subscribed]", timeout=60_000)
    publish(running, "kept")
    page.wait_for_selector(".row")
    page.evaluate("window.stillTheSamePage = true")
    template = running.site.root / "force-app/main/default/lwc/feed/feed.html"
    template.write_text(template.read_text().replace('"row">{row.text}', '"row new">{row.text}!'))
    assert page.wait_for_selector(".row.new", timeout=60_000).inner_text() == "kept!"
    assert page.evaluate("window.stillTheSamePage") is True


def test_a_public_remote_action_gets_no_proxy_in_a_frame(running: Any, page: Any) -> None:
    source = running.site.root / "force-app/main/default/classes/FeedController.cls"
    source.write_text(
        source.read_text().replace(
            "global static Map<String, String> authorize",
            "public static Map<String, String> authorize",
        )
    )
    page.goto(running.address)
    page.wait_for_selector(READY, timeout=60_000)
    page.wait_for_function("performance.now() > 2500")
    assert page.inner_text("[data-state]") == "connecting"
    assert any("may not use public remoted methods inside an iframe" in line for line in page.noise)

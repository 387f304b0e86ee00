"""What pages may reach and who may frame them: Trusted URLs and clickjack protection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import requests

if TYPE_CHECKING:
    from pathlib import Path

    from running_site import RunningSite

TRUSTED = """<?xml version="1.0" encoding="UTF-8"?>
<CspTrustedSite xmlns="http://soap.sforce.com/2006/04/metadata">
    {context}
    <endpointUrl>wss://ws-mt1.pusher.com</endpointUrl>
    <isActive>{active}</isActive>
    <isApplicableToConnectSrc>{connect}</isApplicableToConnectSrc>
    <isApplicableToFontSrc>false</isApplicableToFontSrc>
    <isApplicableToFrameSrc>false</isApplicableToFrameSrc>
    <isApplicableToImgSrc>false</isApplicableToImgSrc>
    <isApplicableToMediaSrc>false</isApplicableToMediaSrc>
    <isApplicableToStyleSrc>false</isApplicableToStyleSrc>
</CspTrustedSite>
"""


def trust(root: Path, context: str = "", *, active: bool = True, connect: bool = True) -> None:
    folder = root / "force-app/main/default/cspTrustedSites"
    folder.mkdir(exist_ok=True)
    text = TRUSTED.format(
        context="".join(f"<context>{one}</context>" for one in context.split()),
        active=str(active).lower(),
        connect=str(connect).lower(),
    )
    (folder / "Feed.cspTrustedSite-meta.xml").write_text(text, encoding="utf-8")


def read_policy(running: RunningSite, *, lightning: bool) -> dict[str, str]:
    running.site.workspace.refresh()
    addresses, key = running.site.addresses, running.site.gate.key
    port, host, path = (
        (addresses.lightning_port, addresses.lightning_host, "/lightning/page/FeedHome")
        if lightning
        else (addresses.visualforce_port, addresses.visualforce_host, "/apex/FeedBridge")
    )
    if lightning:
        path = running.site.workspace.layout.pages[0].address
    answer = requests.get(
        f"http://127.0.0.1:{port}{path}",
        headers={"Host": host, "Cookie": f"sfgen-preview={key}"},
        timeout=30,
    )
    assert answer.status_code == 200, answer.text
    rules = answer.headers["Content-Security-Policy"].split("; ")
    return {name: value for name, _, value in (rule.partition(" ") for rule in rules)}


def ask_for_a_policy(root: Path, words: str) -> None:
    page = root / "force-app/main/default/pages/FeedBridge.page"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("<apex:page", f"<apex:page {words}", 1), encoding="utf-8")


def test_a_page_that_asks_for_no_policy_may_reach_everything(running: RunningSite) -> None:
    trust(running.site.workspace.root)
    assert set(read_policy(running, lightning=False)) == {"frame-ancestors"}


@pytest.mark.parametrize(
    ("context", "lightning", "visualforce"),
    [
        ("", True, True),
        ("All", True, True),
        ("LEX", True, False),
        ("VisualForce", False, True),
        ("LEX VisualForce", True, True),
        ("Communities", False, False),
    ],
)
def test_a_trusted_url_counts_in_its_contexts(
    running: RunningSite, context: str, *, lightning: bool, visualforce: bool
) -> None:
    ask_for_a_policy(running.site.workspace.root, 'cspHeader="true"')
    trust(running.site.workspace.root, context)
    origin = running.site.pusher.origin
    assert (origin in read_policy(running, lightning=True)["connect-src"]) is lightning
    assert (origin in read_policy(running, lightning=False)["connect-src"]) is visualforce


@pytest.mark.parametrize(("active", "connect"), [(False, True), (True, False)])
def test_what_is_off_or_for_something_else_is_not_trusted(
    running: RunningSite, *, active: bool, connect: bool
) -> None:
    ask_for_a_policy(running.site.workspace.root, 'cspHeader="true"')
    trust(running.site.workspace.root, active=active, connect=connect)
    policy = read_policy(running, lightning=False)
    assert policy["connect-src"] == "'self'"
    assert policy["default-src"] == "'self'"


def test_protection_keeps_lightning_from_framing_pages_without_headers(
    running: RunningSite,
) -> None:
    lightning = running.site.addresses.lightning
    assert lightning in read_policy(running, lightning=False)["frame-ancestors"]
    running.site.org.protects_frames = True
    assert read_policy(running, lightning=False)["frame-ancestors"] == "'self'"


def test_protection_leaves_pages_with_headers_alone(running: RunningSite) -> None:
    page = running.site.workspace.root / "force-app/main/default/pages/FeedBridge.page"
    text = page.read_text(encoding="utf-8").replace('showHeader="false"', 'showHeader="true"')
    page.write_text(text, encoding="utf-8")
    running.site.org.protects_frames = True
    ancestors = read_policy(running, lightning=False)["frame-ancestors"]
    assert running.site.addresses.lightning in ancestors

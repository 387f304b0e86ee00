"""Callouts go to registered remote sites and named credentials only; mocks answer for any host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fixtures.apex_project import write_apex_project

from sfgen.apex.calls import ApexCallError
from sfgen.apex.host import ApexHost, HttpReply

if TYPE_CHECKING:
    from pathlib import Path

_CALLER = """
    public with sharing class Caller {
        @AuraEnabled public static String ask(String url) {
            HttpRequest request = new HttpRequest();
            request.setEndpoint(url);
            request.setMethod('GET');
            return new Http().send(request).getBody();
        }
    }
"""
_TEST = """
    @IsTest private class CallerTest {
        class Answer implements HttpCalloutMock {
            public HttpResponse respond(HttpRequest request) {
                HttpResponse made = new HttpResponse(); made.setBody('mock'); return made;
            }
        }
        @IsTest static void asksTheMock() {
            Test.setMock(HttpCalloutMock.class, new Answer());
            Assert.areEqual('mock', Caller.ask('https://nowhere.example.com/'));
        }
    }
"""
_SITE = """<RemoteSiteSetting xmlns="http://soap.sforce.com/2006/04/metadata">
    <disableProtocolSecurity>false</disableProtocolSecurity>
    <isActive>{}</isActive><url>{}</url></RemoteSiteSetting>"""
_REFUSED = (
    "Unauthorized endpoint, please check Setup->Security->Remote site settings. endpoint = {}"
)


def _open(root: Path) -> ApexHost:
    sites = {
        f"main/remoteSiteSettings/{name}.remoteSite-meta.xml": _SITE.format(active, url)
        for name, active, url in (
            ("One", "true", "https://one.example.com"),
            ("Port", "true", "https://port.example.com:8443/with/a/path"),
            ("Plain", "true", "http://plain.example.com"),
            ("Off", "false", "https://off.example.com"),
        )
    }

    def answer(_: Any) -> HttpReply:
        return HttpReply(200, "answered")

    root = write_apex_project(root, {"Caller": _CALLER, "CallerTest": _TEST}, sites)
    return ApexHost.open(root, callout=answer)


@pytest.fixture
def host(tmp_path: Path) -> ApexHost:
    return _open(tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "https://one.example.com",
        "https://one.example.com/a/b?c=d",
        "https://ONE.example.com/",
        "https://one.example.com:443/",
        "https://port.example.com:8443/elsewhere",
        "http://plain.example.com/x",
        "callout:Any_Credential/path",
        "CALLOUT:Any_Credential",
    ],
)
def test_a_registered_host_is_called(host: ApexHost, url: str) -> None:
    assert host.call("Caller", "ask", [url]) == "answered"


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example.com/",
        "https://a.one.example.com/",
        "https://one.example.com.evil.example/",
        "https://one.example.com@evil.example/",
        "http://one.example.com/",
        "https://one.example.com:8443/",
        "https://port.example.com/",
        "https://plain.example.com/",
        "https://off.example.com/",
        "https://[one.example.com/",
        "//one.example.com/",
    ],
)
def test_another_host_is_refused(host: ApexHost, url: str) -> None:
    with pytest.raises(ApexCallError) as failure:
        host.call("Caller", "ask", [url])
    assert failure.value.type_name == "System.CalloutException"
    if "://" in url:
        assert failure.value.apex_message == _REFUSED.format(url)


def test_an_address_without_a_scheme_is_none(host: ApexHost) -> None:
    with pytest.raises(ApexCallError, match=r"no protocol: one\.example\.com/x"):
        host.call("Caller", "ask", ["one.example.com/x"])


def test_a_site_may_be_registered_by_hand(host: ApexHost) -> None:
    host.remote_sites.register("https://other.example.com")
    assert host.call("Caller", "ask", ["https://other.example.com/x"]) == "answered"


def test_a_mock_answers_for_a_host_that_is_no_site(host: ApexHost) -> None:
    assert [each.outcome for each in host.run_tests(processes=1).results] == ["passed"]

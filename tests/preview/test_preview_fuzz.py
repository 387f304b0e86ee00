"""Anything a page, a browser or a file could hold: the preview answers, in bounded time."""

from __future__ import annotations

import contextlib
import gc
import json
import logging
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
import requests
from aiohttp.http_exceptions import HttpProcessingError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from patience import SECONDS, wait_until
from running_site import RunningSite

from sfgen.cli import run
from sfgen.errors import SfgenError
from sfgen.preview.apex import read_remote_actions
from sfgen.preview.executing import ExecutingHost
from sfgen.preview.layout import read_layout
from sfgen.preview.site import Wishes
from sfgen.preview.source import read_source
from sfgen.preview.visualforce_host import find_controller

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONVERSATIONS, BRIDGE = "PusherConversationController", "PusherLoginController"
METHODS = [
    "getConversations",
    "getMessages",
    "getMessagesSince",
    "getRecordConversation",
    "getConversation",
    "markRead",
    "sendMessage",
    "startConversation",
    "authorize",
    "getConfiguration",
    "",
    "no_such",
]
NAMES = ["recordId", "conversationId", "afterSequence", "pageSize", "searchTerm", "cursor", "body"]
ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["003000000000001AAA", "' OR Id != null", "\x00\ud800", "9" * 30]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
SLOWLY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    root = tmp_path_factory.mktemp("fuzz") / "texting"
    assert run(["init", str(root), "--defaults"]) == 0
    one = RunningSite(root, ExecutingHost, Wishes())
    yield one
    one.stop()


@pytest.fixture(scope="module", autouse=True)
def no_traceback() -> Iterator[None]:
    """Fail when a handler of one of the servers raised anything."""
    raised: list[str] = []
    gc.collect()  # what an earlier file left behind complains when it is collected

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if not record.exc_info or record.levelno < logging.ERROR:
                return
            if isinstance(record.exc_info[1], HttpProcessingError):
                return  # aiohttp's own note that a request was no HTTP; answered 400
            raised.append(self.format(record))

    handler = Collector()
    for name in ("aiohttp.server", "asyncio"):
        logging.getLogger(name).addHandler(handler)
    yield
    for name in ("aiohttp.server", "asyncio"):
        logging.getLogger(name).removeHandler(handler)
    assert raised == []


def ask(
    running: RunningSite,
    path: str,
    body: bytes | None = None,
    *,
    host: str = "lightning",
    verb: str = "POST",
    **headers: str,
) -> requests.Response:
    """Send a request as a page of the preview would."""
    site = running.site
    port = getattr(site.addresses, f"{host}_port")
    own = {
        "Host": getattr(site.addresses, f"{host}_host"),
        "Origin": getattr(site.addresses, host),
        "Cookie": f"sfgen-preview={site.gate.key}",
        "X-Sfgen-Preview": site.gate.key,
        "Content-Type": "application/json",
        **headers,
    }
    url = f"http://127.0.0.1:{port}{path}"
    return requests.request(
        verb, url, headers=own, data=body, timeout=SECONDS, allow_redirects=False
    )


def check(answer: requests.Response) -> Any:
    """Return the JSON of an answer; a 500 is an exception of Apex, told with its type."""
    told = answer.json()
    if answer.status_code >= 500:
        assert answer.status_code == 500
        assert set(told) >= {"message", "exceptionType"}, told
    assert "Traceback" not in answer.text
    return told


@SLOWLY
@given(st.sampled_from(METHODS), ANY_JSON, st.sampled_from([CONVERSATIONS, BRIDGE, "", "String"]))
def test_any_call_of_a_component_is_answered(
    site: RunningSite, method: str, parameters: Any, name: str
) -> None:
    fields = {"className": name, "method": method, "parameters": parameters}
    told = check(ask(site, "/preview/apex", json.dumps(fields).encode()))
    assert "result" in told or "message" in told


POSTS = [
    "/preview/apex",
    "/preview/aura",
    "/preview/check",
    "/preview/record",
    "/preview/panel/state",
    "/preview/panel/text",
    "/preview/panel/type",
    "/preview/panel/network",
    "/preview/panel/application",
    "/preview/panel/transport",
    "/preview/panel/arrival",
]
KEYS = ["component", "recordId", "text", "act", "code", "polling", "milliseconds", "channel"]


@SLOWLY
@given(
    st.sampled_from(POSTS),
    st.binary(max_size=60)
    | st.dictionaries(st.sampled_from(KEYS), ANY_JSON).map(lambda body: json.dumps(body).encode())
    | ANY_JSON.map(lambda body: json.dumps(body).encode()),
    st.sampled_from(["application/json", "application/json; charset=nonsense", "text/plain", ""]),
)
def test_any_body_of_the_shell_is_answered(
    site: RunningSite, path: str, body: bytes, kind: str
) -> None:
    check(ask(site, path, body, **{"Content-Type": kind}))


def test_a_body_nested_too_deeply_is_refused(site: RunningSite) -> None:
    for path in ("/preview/apex", "/preview/panel/text"):
        assert ask(site, path, b"[" * 100_000).status_code == 400
    host = "visualforce"
    assert ask(site, "/apexremote", b"[" * 100_000, host=host).status_code == 400


@SLOWLY
@given(
    st.sampled_from(METHODS),
    ANY_JSON,
    st.sampled_from([BRIDGE, CONVERSATIONS, "", "../x"]),
    ANY_JSON,
)
def test_any_remoting_call_is_answered_in_its_own_shape(
    site: RunningSite, method: str, data: Any, action: str, tid: Any
) -> None:
    token = site.site.remoting.describe(BRIDGE, framed=True)
    assert token is not None
    csrf = token["actions"][BRIDGE]["ms"][0]["csrf"]
    call = {"action": action, "method": method, "data": data, "tid": tid, "ctx": {"csrf": csrf}}
    answer = ask(site, "/apexremote", json.dumps([call, data]).encode(), host="visualforce")
    if answer.status_code == 400:
        return
    assert answer.status_code == 200
    for one in answer.json():
        assert one["type"] in {"rpc", "exception"}
        assert "Traceback" not in json.dumps(one)


@SLOWLY
@given(st.binary(max_size=100))
def test_any_bytes_at_the_remoting_endpoint_are_answered(site: RunningSite, raw: bytes) -> None:
    assert ask(site, "/apexremote", raw, host="visualforce").status_code in {200, 400}


@SLOWLY
@given(
    st.sampled_from(["lightning", "visualforce", "external"]),
    st.sampled_from(
        ["/", "/apex/", "/lightning/r/", "/module/c/", "/asset/", "/resource/1/", "/oauth/", ""]
    ),
    st.text("abPusher/.%20%2e%00?&=é~{}\\:", max_size=24),
)
def test_any_address_is_answered_below_500(
    site: RunningSite, host: str, start: str, rest: str
) -> None:
    try:
        answer = ask(site, f"/{start.lstrip('/')}{rest}", host=host, verb="GET")
    except (requests.exceptions.InvalidURL, UnicodeError):
        return
    assert answer.status_code < 500, answer.text[:300]


@pytest.mark.parametrize("host", ["lightning", "visualforce", "external"])
def test_no_address_leads_out_or_through(site: RunningSite, host: str) -> None:
    for start in ("/asset/", "/asset/slds/", "/resource/1/", "/module/c/", "/lightning/", "/apex/"):
        for rest in ("%00", "%00/x", "..%2f..%2fsite.py", "PusherBridge/%00", "a" * 5_000, "%ff"):
            answer = ask(site, start + rest, host=host, verb="GET")
            assert answer.status_code < 500, start + rest
            assert "import" not in answer.text or "module" in start


@SLOWLY
@given(
    st.sampled_from(["GET", "POST", "PUT"]),
    st.sampled_from(
        ["/conversations", "/conversations/a/messages", "/conversations/a/read", "/unread", "/x",
         "/oauth/token", "/oauth/revoke", "/pusher/auth"]
    ),
    st.dictionaries(
        st.sampled_from(["limit", "after", "before", "cursor", "q", "recordId"]),
        st.text(max_size=6) | st.sampled_from(["-1", "99999999999999999999", "1e9"]),
    ),
    ANY_JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=40),
)  # fmt: skip
def test_any_request_to_the_application_is_answered_below_500(
    site: RunningSite, verb: str, path: str, query: dict[str, str], body: bytes
) -> None:
    external = site.site.external
    token = external.oauth.issue()["access_token"]
    made = site.run(site.site.in_apex(external.store.start, "003000000000001AAA", "Ann"))
    path = path.replace("/a/", f"/{made['id']}/")
    query_text = urlencode(query, errors="replace")
    answer = ask(
        site,
        f"{path}?{query_text}",
        body,
        host="external",
        verb=verb,
        Authorization=f"Bearer {token}",
    )
    assert answer.status_code < 500, answer.text[:300]


XML_NAMES = ["FlexiPage", "flexiPageRegions", "itemInstances", "componentInstance", "name", "type",
             "componentName", "template", "sobjectType", "masterLabel", "value",
             "componentInstanceProperties"]  # fmt: skip
TEXTS = ["HomePage", "RecordPage", "UtilityBar", "Region", "Facet", "c:pusherChat", ":", "a:b:c",
         "home:desktopTemplate", "Contact", "../..", "{recordId}"]  # fmt: skip


def draw_xml(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(XML_NAMES), st.lists(inner, max_size=4)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
    )


XML = st.recursive(st.sampled_from(TEXTS) | st.just("<!-- c -->"), draw_xml, max_leaves=30)
FILES = [
    "flexipages/FeedHome.flexipage-meta.xml",
    "applications/Feed.app-meta.xml",
    "labels/CustomLabels.labels-meta.xml",
]


@pytest.mark.parametrize("file", FILES)
@SLOWLY
@given(XML | st.text(max_size=40), st.sampled_from(["whole", "bare"]))
def test_any_metadata_is_laid_out_or_refused(
    project: Path, file: str, text: str, form: str
) -> None:
    space = "http://soap.sforce.com/2006/04/metadata"
    root = {"flexipages": "FlexiPage", "applications": "CustomApplication"}
    name = root.get(file.partition("/")[0], "CustomLabels")
    path = project / "force-app/main/default" / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        f'<{name} xmlns="{space}">{text}</{name}>' if form == "whole" else text,
        encoding="utf-8",
        errors="replace",
    )
    with contextlib.suppress(SfgenError):
        source = read_source(project)
        layout = read_layout(source)
        assert layout.pages
        assert source.labels is not None


@pytest.mark.parametrize(
    "text",
    [
        "@RemoteAction" + " a" * 20_000,
        "@RemoteAction" + " " * 40_000,
        "@RemoteAction" + " @a(b)" * 8_000,
        "@RemoteAction static a<" + "<" * 40_000,
        "'\\" * 20_000,
        "/*" + " *" * 20_000,
        "/*'" * 20_000,
        "@RemoteAction global static " * 2_000,
    ],
    ids=["words", "blanks", "annotations", "angles", "strings", "comment", "comments", "actions"],
)
def test_no_class_takes_long_to_read(project: Path, text: str) -> None:
    path = project / "force-app/main/default/classes/FeedController.cls"
    path.write_text(text, encoding="utf-8")
    source = read_source(project)
    # Processor time: others may use the machine. What is quadratic takes a minute here.
    started = time.process_time()
    read_remote_actions(source, "FeedController")
    assert time.process_time() - started < 5


def test_no_page_takes_long_to_find_the_controller_of() -> None:
    started = time.process_time()
    assert find_controller("<apex:page controller " * 20_000) == ""
    assert time.process_time() - started < 5
    assert find_controller('<apex:page\n controller="A" x="y">') == "A"
    assert find_controller("<apex:page showHeader='false' controller='A'>") == "A"


def test_a_page_that_is_saved_in_halves_is_told_and_then_taken(running: RunningSite) -> None:
    path = running.site.root / "force-app/main/default/flexipages/FeedHome.flexipage-meta.xml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole[: len(whole) // 2], encoding="utf-8")
    wait_until(lambda: any("FeedHome.flexipage-meta.xml: " in one for one in list(running.lines)))
    path.write_text(
        whole.replace("<masterLabel>Home<", "<masterLabel>Feed again<"), encoding="utf-8"
    )
    wait_until(
        lambda: any(page.label == "Feed again" for page in running.site.workspace.layout.pages)
    )

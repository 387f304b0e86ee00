from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sfgen.preview.apex.project_apex import ApexError, read_remote_actions
from sfgen.preview.project.source import read_source
from sfgen.preview.visualforce.remoting import Remoting

if TYPE_CHECKING:
    from pathlib import Path


class Host:
    def remote(self, class_name: str, method: str, arguments: list[Any]) -> Any:
        if arguments == ["fail", "x"]:
            raise ApexError("Refused.", kind="System.AuraHandledException", where="A.cls:3")
        return {"echo": arguments}


@pytest.fixture
def remoting(project: Path) -> Remoting:
    return Remoting(read_source(project), Host())  # type: ignore[arg-type]


def call(token: str, **changes: Any) -> dict[str, Any]:
    body = {
        "action": "FeedController",
        "method": "authorize",
        "data": ["1.1", "private-x"],
        "type": "rpc",
        "tid": 2,
        "ctx": {"csrf": token, "vid": "066", "ns": "", "ver": 68},
    }
    return {**body, **changes}


def token_of(remoting: Remoting) -> str:
    described = remoting.describe("FeedController", framed=True)
    assert described is not None
    method = described["actions"]["FeedController"]["ms"][0]
    assert (method["name"], method["len"]) == ("authorize", 2)
    return str(method["csrf"])


def test_calls_are_answered_one_by_one_in_an_array(remoting: Remoting) -> None:
    token = token_of(remoting)
    body = json.dumps([call(token), call(token, tid=3, data=["fail", "x"])]).encode()
    first, second = remoting.answer(body, "")
    assert first == {
        "type": "rpc",
        "tid": 2,
        "ref": False,
        "action": "FeedController",
        "method": "authorize",
        "statusCode": 200,
        "result": {"echo": ["1.1", "private-x"]},
    }
    assert (second["type"], second["message"], second["where"]) == (
        "exception",
        "Refused.",
        "A.cls:3",
    )
    assert second["statusCode"] != 200


def test_a_call_without_the_pages_token_is_refused(remoting: Remoting) -> None:
    token_of(remoting)
    for token in ("", "guessed"):
        answer = remoting.answer(json.dumps(call(token)).encode(), "")[0]
        assert answer["type"] == "exception"
        assert "result" not in answer


def test_methods_that_are_not_remote_can_not_be_called(remoting: Remoting) -> None:
    token = token_of(remoting)
    answer = remoting.answer(json.dumps(call(token, method="shout")).encode(), "")[0]
    assert answer["message"] == "Method 'shout' not found in controller FeedController"


def test_comments_declare_no_remote_action(project: Path) -> None:
    assert [one.name for one in read_remote_actions(read_source(project), "FeedController")] == [
        "authorize"
    ]


def test_a_public_action_is_marked_for_frames_only(project: Path) -> None:
    source = project / "force-app/main/default/classes/FeedController.cls"
    source.write_text(
        source.read_text().replace(
            "global static Map<String, String> authorize",
            "public static Map<String, String> authorize",
        )
    )
    remoting = Remoting(read_source(project), Host())  # type: ignore[arg-type]
    for framed in (True, False):
        described = remoting.describe("FeedController", framed=framed)
        assert described is not None
        assert described["actions"]["FeedController"]["prm"] == int(framed)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["action", "method", "data", "ctx", "tid", "csrf"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(JSON)
def test_no_body_crashes_the_endpoint(remoting: Remoting, body: Any) -> None:
    try:
        answers = remoting.answer(json.dumps(body).encode(), "")
    except ValueError:
        return
    assert all(answer["type"] in {"rpc", "exception"} for answer in answers)

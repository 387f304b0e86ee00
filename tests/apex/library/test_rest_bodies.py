"""Apex REST: what a body's members become, and what of a body is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from fixtures.apex_project import write_apex_project

from sfgen.apex.host import ApexHost

if TYPE_CHECKING:
    from pathlib import Path

_RESOURCE = """
    @RestResource(urlMapping='/texts/*')
    global with sharing class Texts {
        global class Text { public String body; public Integer number; }
        @HttpPost global static String add(List<Text> texts, String by) {
            return texts == null ? by : by + texts.size() + texts[0].body;
        }
        @HttpPatch global static String report(String status) {
            return status + '|' + RestContext.request.requestBody.toString();
        }
        @HttpPut global static String raw() {
            return RestContext.request.requestBody.toString();
        }
    }
"""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> ApexHost:
    root: Path = tmp_path_factory.mktemp("rest")
    return ApexHost.open(write_apex_project(root, {"Texts": _RESOURCE}))


@pytest.mark.parametrize(
    ("body", "name", "line", "column"),
    [
        ('{"status":"Read","carrier":"x"}', "carrier", 1, 29),
        ('{"carrier":{"a":1}}', "carrier", 1, 13),
        ('{"carrier":[1]}', "carrier", 1, 13),
        ('{"carrier":12345}', "carrier", 1, 17),
        ('{"carrier":null}', "carrier", 1, 16),
        ('{\n  "status": "Read",\n  "Status": "x"\n}', "Status", 3, 14),
        ('{"statuses":"x","status":"y"}', "statuses", 1, 14),
    ],
)
def test_an_unknown_member_is_a_bad_request(
    host: ApexHost, body: str, name: str, line: int, column: int
) -> None:
    reply = host.rest("PATCH", "/texts/1", body)
    assert reply.status == 400
    assert json.loads(reply.body) == [
        {
            "errorCode": "JSON_PARSER_ERROR",
            "message": "Unexpected parameter encountered during deserialization: "
            f"{name} at [line:{line}, column:{column}]",
        }
    ]


@pytest.mark.parametrize("body", ['["Read"]', '"Read"', "5"])
def test_a_body_that_is_no_object_is_a_bad_request(host: ApexHost, body: str) -> None:
    reply = host.rest("PATCH", "/texts/1", body)
    assert reply.status == 400
    (error,) = json.loads(reply.body)
    assert error["errorCode"] == "JSON_PARSER_ERROR"
    assert error["message"].startswith("Expected JSON object to deserialize apex parameter from at")


@pytest.mark.parametrize("body", ["{", "<xml/>", '{"status" "x"}', '{"status":"x"'])
def test_a_body_that_is_no_json_is_a_bad_request(host: ApexHost, body: str) -> None:
    reply = host.rest("PATCH", "/texts/1", body)
    assert reply.status == 400
    assert json.loads(reply.body)[0]["errorCode"] == "JSON_PARSER_ERROR"


def test_a_value_of_another_type_is_a_bad_request(host: ApexHost) -> None:
    reply = host.rest("POST", "/texts/1", '{"texts":"none","by":"b"}')
    assert reply.status == 400
    assert json.loads(reply.body)[0]["errorCode"] == "JSON_PARSER_ERROR"


def test_members_become_arguments_in_any_order(host: ApexHost) -> None:
    body = '{"by":"b","texts":[{"body":"hi","number":1,"more":true}]}'
    assert json.loads(host.rest("POST", "/texts/1", body).body) == "b1hi"
    assert json.loads(host.rest("POST", "/texts/1", '{"by":"b"}').body) == "b"
    assert json.loads(host.rest("PATCH", "/texts/1", '{"status":"Read"}').body) == "Read|"


def test_a_method_without_parameters_reads_the_body_itself(host: ApexHost) -> None:
    assert json.loads(host.rest("PUT", "/texts/1", "[1, 2]").body) == "[1, 2]"

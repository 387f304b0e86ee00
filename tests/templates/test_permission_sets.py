"""Each permission set is tried by users who have it, through every class that it gives access to."""

from __future__ import annotations

import re

import pytest
from answer_sets import cover_pairs, render

_CLASS = re.compile(r"<apexClass>(\w+)</apexClass>")
_WRITTEN = re.compile(r"<field>\w+?(Conversation|Message)__c\.(\w+)</field>")
_FIELD = re.compile(r"<fieldPermissions>.*?</fieldPermissions>", re.DOTALL)
_OBJECT = re.compile(r"<objectPermissions>.*?</objectPermissions>", re.DOTALL)
#: How a test makes a user of a set.
_MADE = {"User": r"insertAdvisor\(\)", "Gateway": r"insertGateway\(\)", "Admin": r"Admin'\)"}
PAIRS = cover_pairs()


def texts_of(number: int) -> dict[str, str]:
    return {
        path.rsplit("/", 1)[-1]: content.decode()
        for path, content in render(PAIRS[number]).items()
        if path.endswith((".cls", ".permissionset-meta.xml"))
    }


@pytest.mark.parametrize("number", range(0, len(PAIRS), 2))
def test_every_class_is_tried_as_a_user_of_the_set(number: int) -> None:
    texts = texts_of(number)
    untried = []
    for name, text in texts.items():
        if not name.endswith(".permissionset-meta.xml"):
            continue
        made = next(how for kind, how in _MADE.items() if f"{kind}.permissionset" in name)
        for tested in _CLASS.findall(text):
            test = texts[f"{tested}Test.cls"]
            if "System.runAs(" not in test or not re.search(made, test):
                untried.append((name, tested))
    assert untried == []


@pytest.mark.parametrize("number", range(0, len(PAIRS), 2))
def test_nobody_is_given_what_routes_texts(number: int) -> None:
    for name, text in texts_of(number).items():
        if not name.endswith(".permissionset-meta.xml"):
            continue
        written = {
            match.groups()
            for each in _FIELD.findall(text)
            if "<editable>true" in each and (match := _WRITTEN.search(each))
        }
        assert written <= {("Message", "Body__c")}
        for each in _OBJECT.findall(text):
            assert "<modifyAllRecords>true" not in each
            if "Conversation__c" in each or "Message__c" in each:
                assert "<allowDelete>true" not in each
            if "Conversation__c" in each:
                assert "<allowCreate>true" not in each
            if "Gateway" in name:
                assert "<allowCreate>true" not in each
                assert "<allowEdit>true" not in each
        if "Gateway" in name:
            assert "<name>ApiEnabled</name>" in text

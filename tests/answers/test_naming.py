from __future__ import annotations

import pytest

from sfgen.naming import (
    explain_api_name,
    explain_folder_name,
    explain_folder_path,
    explain_namespace,
    explain_object_name,
)


@pytest.mark.parametrize("name", ["Pusher", "P", "a1_b", "A" * 40])
def test_an_api_name_may_hold_letters_digits_and_single_underscores(name: str) -> None:
    assert explain_api_name(name) is None


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "expected a name"),
        ("1Pusher", "expected a letter"),
        ("Push er", "expected a letter"),
        ("Pushér", "expected a letter"),
        ("A{{x}}", "expected a letter"),
        ("A'", "expected a letter"),
        ("A__b", "two underscores"),
        ("A_", "end with an underscore"),
        ("A" * 41, "at most 40"),
        ("Class", "reserved word"),
        ("trigger", "reserved word"),
    ],
)
def test_an_api_name_is_refused_with_its_reason(name: str, reason: str) -> None:
    assert reason in (explain_api_name(name) or "")


@pytest.mark.parametrize("path", ["force-app", "src/app", "a.b"])
def test_a_package_directory_may_be_nested(path: str) -> None:
    assert explain_folder_path(path) is None


@pytest.mark.parametrize(
    "path", ["", "/etc", "../up", "a/../../b", "a//b", "a\\b", "a/", "con", "x."]
)
def test_a_package_directory_stays_inside_the_project(path: str) -> None:
    assert explain_folder_path(path)


@pytest.mark.parametrize("name", ["nul", "COM1.txt", "a" * 81, "{{x}}", "-x"])
def test_a_folder_name_works_on_every_system(name: str) -> None:
    assert explain_folder_name(name)


@pytest.mark.parametrize("name", ["acme", "A1", "a" * 15])
def test_a_namespace_has_up_to_15_letters_and_digits(name: str) -> None:
    assert explain_namespace(name) is None


@pytest.mark.parametrize("name", ["", "a" * 16, "a_b", "1a", "system", "c"])
def test_a_namespace_of_the_platform_is_refused(name: str) -> None:
    assert explain_namespace(name)


@pytest.mark.parametrize("name", ["Contact", "Case", "Client__c", "acme__Client__c"])
def test_an_object_name_may_be_custom_and_namespaced(name: str) -> None:
    assert explain_object_name(name) is None


@pytest.mark.parametrize("name", ["Cli__ent", "a__b__c__c", "__c", "1__c", "class__c"])
def test_an_object_name_is_refused(name: str) -> None:
    assert explain_object_name(name)

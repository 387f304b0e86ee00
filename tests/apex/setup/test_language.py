"""An org in another language: standard profiles are named in the running user's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from fixtures.apex_project import write_apex_project

from sfgen.apex.conditions import OrgConditions
from sfgen.apex.host import ApexHost
from sfgen.commands.test import command
from sfgen.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

_ASK = """
    public with sharing class Asks {
        @AuraEnabled public static Object ask() { return BODY; }
        public static User english() {
            User made = new User(LastName = 'E', Alias = 'e', Email = 'e@example.com',
                Username = 'e@example.com.sfgen', TimeZoneSidKey = 'GMT', LocaleSidKey = 'en_US',
                LanguageLocaleKey = 'en_US', EmailEncodingKey = 'UTF-8',
                ProfileId = UserInfo.getProfileId());
            insert made;
            return made;
        }
    }
"""
_TEST = """
    @IsTest private class AsksTest {
        @IsTest static void run() { BODY }
    }
"""
_ADMIN = "SELECT COUNT() FROM Profile WHERE Name = 'System Administrator'"


def _ask(root: Path, language: str, body: str) -> object:
    write_apex_project(root, {"Asks": _ASK.replace("BODY", body)})
    return ApexHost.open(root, conditions=OrgConditions(language=language)).call("Asks", "ask")


def _test(root: Path, language: str, body: str) -> str:
    classes = {"Asks": _ASK.replace("BODY", "null"), "AsksTest": _TEST.replace("BODY", body)}
    write_apex_project(root, classes)
    host = ApexHost.open(root, conditions=OrgConditions(language=language))
    return host.run_tests(processes=1).results[0].message or ""


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en_US", "System Administrator"),
        ("en_GB", "System Administrator"),
        ("de", "Systemadministrator"),
        ("fr", "Administrateur système"),
        ("ja", "システム管理者"),
        ("th", "System Administrator (th)"),
    ],
)
def test_a_standard_profile_is_named_in_the_users_language(
    tmp_path: Path, language: str, name: str
) -> None:
    own = "[SELECT Name FROM Profile WHERE Id = :UserInfo.getProfileId()].Name"
    assert _ask(tmp_path, language, own) == name
    related = "[SELECT Profile.Name FROM User WHERE Id = :UserInfo.getUserId()].Profile.Name"
    assert _ask(tmp_path, language, related) == name


def test_an_english_name_is_not_found_elsewhere(tmp_path: Path) -> None:
    assert _ask(tmp_path, "en_US", f"[{_ADMIN}]") == 1
    assert _ask(tmp_path, "de", f"[{_ADMIN}]") == 0
    assert _ask(tmp_path, "de", f"Database.countQuery('{_ADMIN}')".replace(
        "'System Administrator'", "\\'System Administrator\\'")) == 0  # fmt: skip
    related = "[SELECT COUNT() FROM User WHERE Profile.Name IN ('System Administrator')]"
    assert _ask(tmp_path, "en_US", related) == 1
    assert _ask(tmp_path, "de", related) == 0


def test_a_single_row_that_isnt_found_fails_as_in_such_an_org(tmp_path: Path) -> None:
    body = "Profile p = [SELECT Id FROM Profile WHERE Name = 'Minimum Access - Salesforce'];"
    assert _test(tmp_path, "en_US", body) == ""
    assert "List has no rows for assignment to SObject" in _test(tmp_path, "de", body)


def test_a_user_who_speaks_english_finds_english_names(tmp_path: Path) -> None:
    body = f"System.runAs(Asks.english()) {{ Assert.areEqual(1, [{_ADMIN}]); }}"
    assert _test(tmp_path, "de", body) == ""
    assert "Expected: 1, Actual: 0" in _test(tmp_path, "de", f"Assert.areEqual(1, [{_ADMIN}]);")


def test_licence_and_rights_find_a_profile_in_any_language(tmp_path: Path) -> None:
    body = """
        List<Profile> found = [SELECT Id FROM Profile WHERE UserType = 'Standard'
            AND UserLicense.LicenseDefinitionKey = 'SFDC' AND PermissionsModifyAllData = FALSE
            AND PermissionsViewSetup = FALSE AND PermissionsApiEnabled = FALSE];
        Assert.isFalse(found.isEmpty());
    """
    assert _test(tmp_path, "de", body) == ""


def test_the_user_and_the_org_speak_it(tmp_path: Path) -> None:
    body = "UserInfo.getLanguage() + ' ' + UserInfo.getLocale()"
    assert _ask(tmp_path, "de", body) == "de de_DE"
    body = "[SELECT LanguageLocaleKey FROM Organization].LanguageLocaleKey"
    assert _ask(tmp_path, "pt_BR", body) == "pt_BR"


@pytest.mark.parametrize("language", ["", "German", "DE", "de-DE"])
def test_no_language_is_refused(language: str) -> None:
    with pytest.raises(UsageError, match="is no language of Salesforce"):
        OrgConditions(language=language)


def test_the_command_takes_a_language(tmp_path: Path) -> None:
    body = f"Assert.areEqual(1, [{_ADMIN}]);"
    classes = {"Asks": _ASK.replace("BODY", "null"), "AsksTest": _TEST.replace("BODY", body)}
    root = str(write_apex_project(tmp_path, classes))
    runner = CliRunner()
    assert runner.invoke(command, [root], standalone_mode=False).return_value == 0
    told = runner.invoke(command, [root, "--language", "de"], standalone_mode=False)
    assert told.return_value == 1

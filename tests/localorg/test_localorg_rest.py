# ruff: noqa: S608 - the queries are the tests' own
from __future__ import annotations

import concurrent.futures
from typing import TYPE_CHECKING

import requests
from fixtures.small_project import class_meta, one_class, write
from rest_client import DATA, archive_of, cancel_a_queued, manifest, zip_of

from sfgen.localorg import Address, OrgStore, find_running, running

if TYPE_CHECKING:
    from pathlib import Path

    from rest_client import Client

BAD_CLASS = {"package.xml": manifest(ApexClass=["A"]), "classes/A.cls": "public class B {}"}


def test_more_than_forty_types_deploy_and_stay(org: Client, everything_zip: bytes) -> None:
    result = org.deploy(everything_zip)
    assert (result["status"], result["success"], result["numberComponentErrors"]) == (
        "Succeeded",
        True,
        0,
    )
    assert (org.folder / "metadata/classes/Greeter.cls").exists()
    names = {row["fullName"] for row in result["details"]["componentSuccesses"]}
    assert {"Invoice__c", "Invoice__c.Note__c", "hello", "Title", "package.xml"} <= names
    assert result["numberComponentsTotal"] == result["numberComponentsDeployed"]
    assert org.folder.stat().st_mode & 0o077 == 0


def test_what_exists_is_changed_and_not_created_again(org: Client, tmp_path: Path) -> None:
    archive = archive_of(one_class(tmp_path / "p"))
    rows = [org.deploy(archive)["details"]["componentSuccesses"] for _ in range(2)]
    made = [next(r for r in listed if r["fullName"] == "Greeter")["created"] for listed in rows]
    assert made == [True, False]


def test_a_failure_rolls_everything_back(org: Client) -> None:
    files = {
        "package.xml": manifest(ApexClass=["Good", "Bad"]),
        "classes/Good.cls": "public class Good {}",
        "classes/Good.cls-meta.xml": class_meta(),
        "classes/Bad.cls": "public class Bad {\n    Integer x = ;\n}",
        "classes/Bad.cls-meta.xml": class_meta(),
    }
    result = org.deploy(zip_of(files))
    assert (result["status"], result["success"]) == ("Failed", False)
    (failure,) = result["details"]["componentFailures"]
    assert failure["fileName"] == "classes/Bad.cls"
    assert failure["lineNumber"] == 2
    assert (failure["changed"], failure["created"], failure["success"]) == (False, False, False)
    assert not (org.folder / "metadata/classes").exists()


def test_without_rollback_the_good_part_stays(org: Client) -> None:
    files = {
        "package.xml": manifest(ApexClass=["Good", "Bad"]),
        "classes/Good.cls": "public class Good {}",
        "classes/Good.cls-meta.xml": class_meta(),
        "classes/Bad.cls": "public class {",
        "classes/Bad.cls-meta.xml": class_meta(),
    }
    result = org.deploy(zip_of(files), rollbackOnError=False)
    assert result["status"] == "SucceededPartial"
    assert (org.folder / "metadata/classes/Good.cls").exists()
    assert not (org.folder / "metadata/classes/Bad.cls").exists()


def test_check_only_changes_nothing_and_can_be_deployed_quickly(
    org: Client, tmp_path: Path
) -> None:
    archive = archive_of(one_class(tmp_path / "p"))
    job = org.start(archive, checkOnly=True)
    assert org.wait(job)["success"] is True
    assert not (org.folder / "metadata/classes").exists()
    answer = org.call(
        "POST", f"{DATA}/metadata/deployRequest", json={"validatedDeployRequestId": job}
    )
    assert answer.status_code == 201
    assert org.wait(answer.json()["id"])["success"] is True
    assert (org.folder / "metadata/classes/Greeter.cls").exists()


def test_only_a_validation_can_be_deployed_quickly(org: Client, tmp_path: Path) -> None:
    job = org.start(archive_of(one_class(tmp_path / "p")))
    org.wait(job)
    answer = org.call(
        "POST", f"{DATA}/metadata/deployRequest", json={"validatedDeployRequestId": job}
    )
    assert (answer.status_code, answer.json()[0]["errorCode"]) == (400, "INVALID_ID_FIELD")


def test_references_may_point_to_what_is_deployed_already(org: Client, tmp_path: Path) -> None:
    page = {
        "package.xml": manifest(ApexPage=["Hello"]),
        "pages/Hello.page": '<apex:page controller="Greeter" />',
        "pages/Hello.page-meta.xml": (
            '<ApexPage xmlns="http://soap.sforce.com/2006/04/metadata">'
            "<apiVersion>67.0</apiVersion><label>Hello</label></ApexPage>"
        ),
    }
    failed = org.deploy(zip_of(page))
    (failure,) = failed["details"]["componentFailures"]
    assert "Greeter" in failure["problem"]
    org.deploy(archive_of(one_class(tmp_path / "p")))
    assert org.deploy(zip_of(page))["success"] is True


def test_what_the_manifest_names_must_be_in_the_zip(org: Client) -> None:
    result = org.deploy(zip_of({"package.xml": manifest(ApexClass=["Gone"])}))
    (failure,) = result["details"]["componentFailures"]
    assert failure["problem"] == (
        "An object 'Gone' of type ApexClass was named in package.xml, "
        "but was not found in zipped directory"
    )


def test_a_class_without_its_descriptor_fails(org: Client) -> None:
    result = org.deploy(zip_of(BAD_CLASS))
    problems = [row["problem"] for row in result["details"]["componentFailures"]]
    assert any("A.cls-meta.xml" in problem for problem in problems)


def test_no_zip_and_no_manifest_are_told_apart(org: Client) -> None:
    assert org.deploy(b"no zip")["errorMessage"] == "Not a valid zip file"
    assert org.deploy(zip_of({"x": "y"}))["errorMessage"] == "No package.xml found"


def test_a_name_that_climbs_out_is_refused(org: Client, tmp_path: Path) -> None:
    files = {"package.xml": manifest(ApexClass=["A"]), "../../evil.cls": "x"}
    assert "leaves the package" in org.deploy(zip_of(files))["errorMessage"]
    assert not list(tmp_path.rglob("evil.cls"))


def test_a_deploy_of_one_field_keeps_the_others(org: Client, everything_zip: bytes) -> None:
    org.deploy(everything_zip)
    one = {
        "package.xml": manifest(CustomField=["Invoice__c.New__c"]),
        "objects/Invoice__c.object": (
            '<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><fields>'
            "<fullName>New__c</fullName><label>New</label><type>Date</type></fields></CustomObject>"
        ),
    }
    assert org.deploy(zip_of(one))["success"] is True
    text = (org.folder / "metadata/objects/Invoice__c.object").read_text()
    assert "<fullName>New__c</fullName>" in text
    assert "<fullName>Note__c</fullName>" in text
    assert "<pluralLabel>Invoices</pluralLabel>" in text


def test_destructive_changes_take_components_away(org: Client, everything_zip: bytes) -> None:
    org.deploy(everything_zip)
    files = {
        "package.xml": manifest(),
        "destructiveChangesPost.xml": manifest(
            ApexClass=["Words", "NeverWas"], CustomField=["Account.Tier__c"]
        ),
    }
    result = org.deploy(zip_of(files))
    assert result["success"] is True
    rows = {row["fullName"]: row for row in result["details"]["componentSuccesses"]}
    assert rows["Words"]["deleted"] is True
    assert rows["NeverWas"]["warning"] is True
    assert not (org.folder / "metadata/classes/Words.cls").exists()
    assert "Tier__c" not in (org.folder / "metadata/objects/Account.object").read_text()


def test_a_done_deploy_cannot_be_canceled(org: Client, tmp_path: Path) -> None:
    job = org.start(archive_of(one_class(tmp_path / "p")))
    org.wait(job)
    answer = org.call(
        "PATCH",
        f"{DATA}/metadata/deployRequest/{job}",
        json={"deployResult": {"status": "Canceling"}},
    )
    assert answer.status_code == 400


def test_a_queued_deploy_can_be_canceled(org: Client, everything_zip: bytes) -> None:
    def cancel(job: str) -> None:
        path = f"{DATA}/metadata/deployRequest/{job}"
        org.call("PATCH", path, json={"deployResult": {"status": "Canceling"}})

    first = cancel_a_queued(org, everything_zip, cancel)
    assert org.wait(first)["status"] == "Succeeded"


def test_deploys_at_the_same_time_run_one_after_the_other(
    org: Client, everything_zip: bytes
) -> None:
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: org.deploy(everything_zip), range(4)))
    assert [result["status"] for result in results] == ["Succeeded"] * 4


def test_a_stranger_is_turned_away(org: Client) -> None:
    for path in (f"{DATA}/query?q=SELECT Id FROM User", f"{DATA}/metadata/deployRequest/0Af"):
        answer = requests.get(
            org.url + path, headers={"Authorization": "Bearer 00D!no"}, timeout=120
        )
        assert (answer.status_code, answer.json()[0]["errorCode"]) == (401, "INVALID_SESSION_ID")


def sums(root: Path, expected: int) -> bytes:
    return archive_of(
        write(
            root,
            {
                "classes/Sums.cls": (
                    "public with sharing class Sums {\n    public static Integer add("
                    "Integer a, Integer b) {\n        return a + b;\n    }\n}\n"
                ),
                "classes/Sums.cls-meta.xml": class_meta(),
                "classes/SumsTest.cls": (
                    "@IsTest\nprivate class SumsTest {\n    @IsTest\n    static void adds() {\n"
                    f"        System.assertEquals({expected}, Sums.add(2, 2));\n    }}\n}}\n"
                ),
                "classes/SumsTest.cls-meta.xml": class_meta(),
            },
        )
    )


def test_apex_tests_are_run_and_the_result_says_by_whom(org: Client, tmp_path: Path) -> None:
    result = org.deploy(sums(tmp_path / "p", 4), testLevel="RunLocalTests")
    assert (result["status"], result["numberTestsCompleted"]) == ("Succeeded", 1)
    assert "not by Salesforce" in result["stateDetail"]
    (passed,) = result["details"]["runTestResult"]["successes"]
    assert (passed["name"], passed["methodName"]) == ("SumsTest", "adds")
    (covered,) = result["details"]["runTestResult"]["codeCoverage"]
    assert (covered["name"], covered["numLocationsNotCovered"]) == ("Sums", 0)


def test_a_failing_apex_test_rolls_the_deploy_back(org: Client, tmp_path: Path) -> None:
    result = org.deploy(
        sums(tmp_path / "p", 5), testLevel="RunSpecifiedTests", runTests=["SumsTest"]
    )
    assert (result["status"], result["success"]) == ("Failed", False)
    (failed,) = result["details"]["runTestResult"]["failures"]
    assert "Expected: 5, Actual: 4" in failed["message"]
    assert "line 5" in failed["stackTrace"]
    assert not (org.folder / "metadata/classes").exists()


def test_asking_for_a_test_that_is_not_there_fails(org: Client, tmp_path: Path) -> None:
    result = org.deploy(
        sums(tmp_path / "p", 4), testLevel="RunSpecifiedTests", runTests=["GoneTest"]
    )
    (failed,) = result["details"]["runTestResult"]["failures"]
    assert (result["status"], failed["name"]) == ("Failed", "GoneTest")


def test_apex_tests_that_nobody_ran_are_never_passed(org: Client, tmp_path: Path) -> None:
    result = org.deploy(archive_of(one_class(tmp_path / "p")), testLevel="RunLocalTests")
    assert result["numberTestsCompleted"] == 0
    assert result["details"]["runTestResult"]["successes"] == []
    assert "not run" in result["stateDetail"]


def test_an_unknown_test_level_is_refused(org: Client) -> None:
    body = ("x.zip", b"", "application/zip")
    options = (None, '{"deployOptions": {"testLevel": "Sometimes"}}', "application/json")
    answer = org.call(
        "POST", f"{DATA}/metadata/deployRequest", files={"file": body, "json": options}
    )
    assert answer.status_code == 400
    assert "TestLevel" in answer.json()[0]["message"]


def test_records_are_kept_between_starts(org: Client, everything_zip: bytes) -> None:
    org.deploy(everything_zip)
    made = org.call("POST", f"{DATA}/sobjects/Setting__c", json={"Host__c": "a"}).json()
    assert len(made["id"]) == 18
    path = f"{DATA}/sobjects/Setting__c/{made['id'][:15]}"
    assert org.call("PATCH", path, json={"Host__c": "b"}).status_code == 204
    found = org.call("GET", f"{DATA}/query?q=SELECT Host__c FROM Setting__c WHERE Host__c = 'B'")
    assert [row["Host__c"] for row in found.json()["records"]] == ["b"]
    assert OrgStore(org.folder).records("Setting__c")[made["id"]]["Host__c"] == "b"
    assert org.call("DELETE", path).status_code == 204
    assert org.call("GET", path).status_code == 404


def test_an_upsert_by_external_id_creates_once(org: Client, everything_zip: bytes) -> None:
    org.deploy(everything_zip)
    path = f"{DATA}/sobjects/Invoice__c/Note__c/n1"
    first = org.call("PATCH", path, json={"Amount__c": 1})
    second = org.call("PATCH", path, json={"Amount__c": 2})
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]


def test_deployed_permission_sets_can_be_asked_for_and_assigned(
    org: Client, everything_zip: bytes
) -> None:
    org.deploy(everything_zip)
    query = f"{DATA}/query?q=SELECT Id FROM PermissionSet WHERE Name = 'Billing'"
    (row,) = org.call("GET", query).json()["records"]
    user = org.call("GET", "/services/oauth2/userinfo").json()["user_id"]
    body = {"PermissionSetId": row["Id"], "AssigneeId": user}
    assert org.call("POST", f"{DATA}/sobjects/PermissionSetAssignment", json=body).ok


def test_queries_that_make_no_sense_answer_in_salesforces_words(org: Client) -> None:
    bad = org.call("GET", f"{DATA}/query?q=SELECT FROM")
    assert (bad.status_code, bad.json()[0]["errorCode"]) == (400, "MALFORMED_QUERY")
    unknown = org.call("GET", f"{DATA}/query?q=SELECT Id FROM ScratchOrgInfo limit 1")
    assert (unknown.status_code, unknown.json()[0]["errorCode"]) == (400, "INVALID_TYPE")


def test_a_second_start_finds_what_was_deployed(tmp_path: Path, everything_zip: bytes) -> None:
    from rest_client import Client

    folder = tmp_path / "org"
    with running(folder) as address:
        first = Client(address.url, address.token, folder)
        first.deploy(everything_zip)
    with running(folder) as address:
        second = Client(address.url, address.token, folder)
        query = f"{DATA}/tooling/query?q=SELECT Name FROM ApexClass ORDER BY Name"
        names = [row["Name"] for row in second.call("GET", query).json()["records"]]
    assert names == ["Greeter", "Stamp", "Words"]
    assert first.token == second.token


def test_a_note_of_a_server_that_is_gone_is_not_believed(tmp_path: Path) -> None:
    folder = tmp_path / "org"
    with running(folder) as address:
        found = find_running(folder)
        # The client's secret is for who reads the note; another process needs the session only.
        assert found == Address(address.url, address.token)
    (folder / "server.json").write_text('{"url": "http://127.0.0.1:9"}')
    assert find_running(folder) is None
    assert find_running(tmp_path / "never") is None

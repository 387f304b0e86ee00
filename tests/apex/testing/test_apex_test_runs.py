"""`sfgen test` on a small project: outcomes, isolation, limits, coverage, reports, exit codes."""

from __future__ import annotations

import json
import os
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from fixtures.json_documents import read_document, read_result
from lxml import etree

from sfgen.apex.calls import ApexCallError, UnsupportedCallError
from sfgen.apex.host import ApexHost, HttpReply
from sfgen.apex.testing.transactions import TestBench
from sfgen.commands.test import command
from sfgen.errors import ProjectError, SfgenError

if TYPE_CHECKING:
    from sfgen.apex.testing.results import TestResult

_COUNTER = """
    public with sharing class Counter {
        public static Integer count = 0;
        public static Integer next(Integer step) {
            if (step == null) {
                throw new IllegalArgumentException('no step');
            }
            count += step;
            return count;
        }
        @AuraEnabled
        public static List<String> names(String prefix, Integer howMany) {
            List<String> found = new List<String>();
            for (Integer i = 0; i < howMany; i++) {
                found.add(prefix + i);
            }
            return found;
        }
        @AuraEnabled
        public static Id save(String name) {
            Account made = new Account(Name = name);
            insert made;
            if (name == 'bad') {
                throw new AuraHandledException('refused');
            }
            return made.Id;
        }
        public static String fetch() {
            HttpRequest request = new HttpRequest();
            request.setEndpoint('https://example.test/x');
            request.setMethod('GET');
            return new Http().send(request).getBody();
        }
        @future
        public static void later(String name) {
            insert new Account(Name = name);
        }
        public static void start(String name) {
            later(name);
        }
        public static void beyond() {
            Messaging.renderStoredEmailTemplate(null, null, null);
        }
    }
"""
_TESTS = """
    @IsTest
    private class CounterTest {
        @TestSetup
        static void setUp() {
            insert new Account(Name = 'first');
        }
        @IsTest
        static void passes() {
            Assert.areEqual(2, Counter.next(2));
            delete [SELECT Id FROM Account];
        }
        @IsTest
        static void startsOver() {
            Assert.areEqual(1, Counter.next(1), 'statics are fresh');
            Assert.areEqual(1, [SELECT COUNT() FROM Account], 'the set-up is back');
        }
        @IsTest
        static void fails() {
            Assert.areEqual(1, 2);
        }
        @IsTest
        static void throwsUp() {
            Counter.next(null);
        }
        @IsTest
        static void meetsTheUnknown() {
            Messaging.renderStoredEmailTemplate(null, null, null);
        }
        @IsTest
        static void doesNotHideTheUnknown() {
            try {
                Messaging.renderStoredEmailTemplate(null, null, null);
            } catch (Exception e) {
                return;
            }
        }
    }
"""


def _write(root: Path, **classes: str) -> Path:
    folder = root / "force-app" / "main" / "default" / "classes"
    folder.mkdir(parents=True, exist_ok=True)
    project = {"packageDirectories": [{"path": "force-app"}], "sourceApiVersion": "68.0"}
    (root / "sfdx-project.json").write_text(json.dumps(project))
    for name, text in classes.items():
        (folder / f"{name}.cls").write_text(textwrap.dedent(text))
    return root


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return _write(tmp_path / "project", Counter=_COUNTER, CounterTest=_TESTS)


def _by_method(results: tuple[TestResult, ...]) -> dict[str, TestResult]:
    return {each.method: each for each in results}


def test_outcomes_are_passed_failed_or_unsupported(project: Path) -> None:
    run = ApexHost.open(project).run_tests()
    found = _by_method(run.results)
    assert {name: each.outcome for name, each in found.items()} == {
        "passes": "passed",
        "startsOver": "passed",
        "fails": "failed",
        "throwsUp": "failed",
        "meetsTheUnknown": "unsupported",
        "doesNotHideTheUnknown": "unsupported",
    }
    assert found["fails"].message == (
        "System.AssertException: Assertion Failed: Expected: 1, Actual: 2"
    )
    assert not run.passed


def test_a_failure_names_its_place_and_stack(project: Path) -> None:
    thrown = _by_method(ApexHost.open(project).run_tests(["throwsUp"]).results)["throwsUp"]
    assert thrown.file.endswith("Counter.cls")
    assert thrown.line == 6
    assert [str(frame) for frame in thrown.frames] == [
        "Class.Counter.next: line 6, column 1",
        "Class.CounterTest.throwsUp: line 24, column 1",
    ]


def test_coverage_counts_executed_lines(project: Path) -> None:
    run = ApexHost.open(project).run_tests(["passes"])
    counter = next(each for each in run.coverage if each.name == "Counter")
    assert {3, 5, 8, 9} <= counter.executed
    assert 6 not in counter.executed
    assert 6 in counter.executable
    assert all(each.name != "CounterTest" for each in run.coverage)


def test_the_second_run_comes_from_the_cache(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ApexHost.open(project).run_tests()
    monkeypatch.setattr(
        "sfgen.apex.compiler.units.compile_sources", lambda *_: pytest.fail("compiled again")
    )
    second = ApexHost.open(project).run_tests()
    assert [each.outcome for each in second.results] == [each.outcome for each in first.results]


def test_worker_processes_find_what_one_process_finds(project: Path) -> None:
    for number in range(3):
        _write(project, **{f"More{number}Test": _TESTS.replace("CounterTest", f"More{number}Test")})
    host = ApexHost.open(project)
    alone = host.run_tests(processes=1)
    spread = ApexHost.open(project).run_tests(processes=2)
    assert [(e.class_name, e.method, e.outcome) for e in spread.results] == [
        (e.class_name, e.method, e.outcome) for e in alone.results
    ]
    assert [(e.name, e.executed) for e in spread.coverage] == [
        (e.name, e.executed) for e in alone.coverage
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_a_worker_that_is_ended_fails_the_tests_it_was_running(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        _write(project, **{f"More{number}Test": _TESTS.replace("CounterTest", f"More{number}Test")})
    parent, run_class = os.getpid(), TestBench.run_class

    def ended(bench: TestBench, test: Any, methods: Any = None) -> list[TestResult]:
        if os.getpid() != parent and test.name == "CounterTest":
            os._exit(9)
        return run_class(bench, test, methods)

    monkeypatch.setattr(TestBench, "run_class", ended)
    monkeypatch.setattr("sfgen.apex.testing.processes._can_fork", lambda: True)
    run = ApexHost.open(project).run_tests(processes=2)
    lost = [each for each in run.results if each.class_name == "CounterTest"]
    assert {each.outcome for each in lost} == {"failed"}
    assert {each.message for each in lost} == {"the process that ran the class ended with 9"}
    assert all(each.line for each in lost)
    assert len(run.results) == 4 * len(lost)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("while (true) { }", "Apex CPU time limit exceeded"),
        ("try { while (true) { } } catch (Exception e) { }", "Apex CPU time limit exceeded"),
        ("endless(1);", "Maximum stack depth reached: 1001"),
        (
            "String s = 'xxxxxxxx'; while (true) { s += s; }",
            "Apex heap size too large: 8388608",
        ),
    ],
)
def test_what_never_ends_is_stopped_by_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, message: str
) -> None:
    monkeypatch.setattr("sfgen.apex.testing.transactions._SECONDS", 0.5)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    text = (
        "@IsTest class EndlessTest { static Integer endless(Integer n) { return endless(n); } "
        f"@IsTest static void runs() {{ {body} }} }}"
    )
    run = ApexHost.open(_write(tmp_path, EndlessTest=text)).run_tests()
    assert run.results[0].outcome == "failed"
    assert run.results[0].message == f"System.LimitException: {message}"


def test_limits_answer_what_is_used(project: Path) -> None:
    text = """
        @IsTest class UsedTest {
            static String kept;
            @IsTest static void heap() {
                Integer before = Limits.getHeapSize();
                Assert.isTrue(before > 0 && before < 5000, '' + before);
                kept = 'x'.repeat(100000);
                String same = kept;
                List<String> parts = new List<String>{ 'y'.repeat(50000), kept };
                Integer grown = Limits.getHeapSize() - before;
                Assert.isTrue(grown > 150000 && grown < 151000, '' + grown);
                kept = null; same = null; parts.clear();
                Assert.isTrue(Limits.getHeapSize() - before < 1000);
                Assert.areEqual(6000000, Limits.getLimitHeapSize());
            }
            @IsTest static void cpu() {
                Integer before = Limits.getCpuTime();
                Integer sum = 0;
                for (Integer i = 0; i < 200000; i++) { sum = Math.mod(sum + i, 7); }
                Assert.isTrue(Limits.getCpuTime() > before);
                Test.startTest();
                Assert.isTrue(Limits.getCpuTime() < Limits.getLimitCpuTime());
                Test.stopTest();
            }
            @IsTest static void asynchronous() {
                Test.startTest();
                System.enqueueJob(new Big());
                Test.stopTest();
                Assert.areEqual(7000000, length);
            }
            static Integer length;
            class Big implements Queueable {
                public void execute(QueueableContext context) {
                    String text = 'x'.repeat(3500000);
                    length = (text + text).length();
                }
            }
            @IsTest static void list() { Object o = new Integer[1600000]; }
            @IsTest static void text() { String s = 'x'.repeat(3500000); s += s; }
        }
    """
    run = ApexHost.open(_write(project, UsedTest=text)).run_tests(["UsedTest"], processes=1)
    found = {each.method: each.message for each in run.results}
    assert found == {
        "heap": "",
        "cpu": "",
        "asynchronous": "",
        "list": "System.LimitException: Apex heap size too large: 6400000",
        "text": "System.LimitException: Apex heap size too large: 7000000",
    }


def test_what_does_not_compile_is_no_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    text = """
        @IsTest class OddTest { @IsTest static void runs() { } static void b() { c = 2; } }
    """
    run = ApexHost.open(_write(tmp_path, OddTest=text, Broken="class Broken {")).run_tests()
    assert run.count("passed") == 1
    assert not run.passed
    assert {(Path(each.file).name, each.line, each.message) for each in run.problems} == {
        ("OddTest.cls", 2, "Variable does not exist: c"),
        ("Broken.cls", 1, "Invalid type at 'end of file'"),
    }


def test_a_call_is_one_transaction(project: Path) -> None:
    host = ApexHost.open(project)
    assert host.call("Counter", "names", {"howMany": 2, "prefix": "n"}) == ["n0", "n1"]
    assert host.call("counter", "next", [3]) == 3
    assert host.call("Counter", "next", [3]) == 3
    made = host.call("Counter", "save", ["kept"])
    assert [row["Name"] for row in host.query("SELECT Name FROM Account")] == ["kept"]
    assert str(made).startswith("001")
    with pytest.raises(ApexCallError) as raised:
        host.call("Counter", "save", ["bad"])
    assert raised.value.client_message == "refused"
    assert raised.value.type_name == "System.AuraHandledException"
    assert len(host.query("SELECT Name FROM Account")) == 1


def test_jobs_run_after_the_commit(project: Path) -> None:
    host = ApexHost.open(project)
    host.call("Counter", "start", ["later"])
    assert [row["Name"] for row in host.query("SELECT Name FROM Account")] == ["later"]


def test_records_are_kept_in_a_file(project: Path, tmp_path: Path) -> None:
    path = tmp_path / "org.db"
    ApexHost.open(project, database=path).call("Counter", "save", ["kept"])
    again = ApexHost.open(project, database=path)
    assert [row["Name"] for row in again.query("SELECT Name FROM Account")] == ["kept"]


def test_a_rest_resource_answers(project: Path) -> None:
    text = """
        @RestResource(urlMapping='/texts/v1/*')
        global class Texts {
            @HttpGet
            global static String read() {
                return RestContext.request.requestURI + RestContext.request.params.get('q');
            }
            @HttpPost
            global static void write(String text, Integer times) {
                RestContext.response.statusCode = 201;
                RestContext.response.responseBody = Blob.valueOf(text.repeat(times));
            }
        }
    """
    host = ApexHost.open(_write(project, Texts=text))
    read = host.rest("GET", "/services/apexrest/texts/v1/7", parameters={"q": "x"})
    assert (read.status, read.body) == (200, '"/texts/v1/7x"')
    written = host.rest("POST", "/texts/v1/", '{"text": "ab", "times": 2}')
    assert (written.status, written.body) == (201, "abab")
    assert host.rest("PUT", "/texts/v1/").status == 405
    assert host.rest("GET", "/nothing").status == 404


def test_the_host_answers_callouts(project: Path) -> None:
    asked: list[tuple[str, str]] = []

    def answer(request: Any) -> HttpReply:
        asked.append((request.method, request.endpoint))
        return HttpReply(200, "hello", {"Content-Type": "text/plain"})

    host = ApexHost.open(project, callout=answer)
    host.remote_sites.register("https://example.test")
    assert host.call("Counter", "fetch") == "hello"
    assert asked == [("GET", "https://example.test/x")]


def test_a_callout_without_an_answering_host_is_unsupported(project: Path) -> None:
    host = ApexHost.open(project)
    host.remote_sites.register("https://example.test")
    with pytest.raises(UnsupportedCallError, match=r"callouts.*Counter\.cls:"):
        host.call("Counter", "fetch")


def test_an_unknown_class_or_folder_is_an_error(project: Path, tmp_path: Path) -> None:
    with pytest.raises(SfgenError, match="no Apex class is named Nope"):
        ApexHost.open(project).call("Nope", "x")
    with pytest.raises(ProjectError):
        ApexHost.open(tmp_path / "nowhere")


def test_the_command_reports_and_exits_with_one(project: Path, tmp_path: Path) -> None:
    junit, cobertura = tmp_path / "j.xml", tmp_path / "c.xml"
    done = CliRunner().invoke(
        command,
        [str(project), "--junit", str(junit), "--cobertura", str(cobertura)],
        standalone_mode=False,
    )
    assert done.return_value == 1, done.output
    assert "run by sfgen's Apex runtime, not by Salesforce" in done.output
    assert "UNSUPPORTED  CounterTest.meetsTheUnknown" in done.output
    assert ">   20 |" in done.output
    suite = etree.fromstring(junit.read_bytes())
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("6", "2", "2")
    lines = etree.fromstring(cobertura.read_bytes()).findall(".//class[@name='Counter']//line")
    assert {line.get("hits") for line in lines} == {"0", "1"}


def test_code_that_is_refused_is_an_error_in_every_report(project: Path, tmp_path: Path) -> None:
    junit = tmp_path / "j.xml"
    _write(project, Refused="public class Refused {\n    Integer i = 'x';\n}\n")
    arguments = [str(project), "--filter", "passes", "--junit", str(junit)]
    done = CliRunner().invoke(command, arguments, standalone_mode=False)
    assert done.return_value == 1
    place = "Refused.cls:2:17"
    assert place in done.output
    assert "Illegal assignment from String to Integer" in done.output
    assert f"    2 |     Integer i = 'x';\n         | {' ' * 16}^" in done.output
    assert "1 passed, 0 failed, 1 problem" in done.output
    suite = etree.fromstring(junit.read_bytes())
    assert (suite.get("tests"), suite.get("errors")) == ("2", "1")
    (error,) = suite.findall(".//testcase[@classname='compilation']/error")
    assert error.get("message") == "Illegal assignment from String to Integer"
    done = CliRunner().invoke(command, [*arguments, "--json"], standalone_mode=False)
    assert [each["line"] for each in read_result(done.output)["problems"]] == [2]


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for npx is a shell script")
@pytest.mark.parametrize(("code", "expected"), [(0, 0), (3, 1)])
def test_the_projects_jest_tests_run_beside_the_apex_tests(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, expected: int
) -> None:
    commands = tmp_path / "commands"
    commands.mkdir()
    npx = commands / "npx"
    npx.write_text(
        f'#!/bin/sh\npwd > "{tmp_path}/ran"\necho "$@" >> "{tmp_path}/ran"\nexit {code}\n'
    )
    npx.chmod(0o755)
    monkeypatch.setenv("PATH", f"{commands}{os.pathsep}{os.environ['PATH']}")
    arguments = [str(project), "--filter", "passes", "--all"]
    done = CliRunner().invoke(command, arguments, standalone_mode=False)
    assert done.return_value == 1, "without node_modules jest can't run"
    assert "jest was not run" in done.output
    (project / "node_modules").mkdir()
    done = CliRunner().invoke(command, arguments, standalone_mode=False)
    assert done.return_value == expected
    folder, words = (tmp_path / "ran").read_text().splitlines()
    assert (Path(folder).resolve(), words) == (project.resolve(), "--no-install sfdx-lwc-jest")


@pytest.mark.parametrize("width", ["60", "80"])
def test_a_report_fits_the_terminal(
    project: Path, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    long = "the sum of all the prices in the cart has to be right whatever the currency is"
    text = f"@IsTest class LongTest {{ @IsTest static void f() {{ Assert.fail('{long}'); }} }}"
    _write(project, LongTest=text)
    done = CliRunner().invoke(command, [str(project), "--filter", "Long"], standalone_mode=False)
    assert "FAILED  LongTest.f" in done.output
    assert max(map(len, done.output.splitlines())) <= int(width)


def test_the_command_exits_with_zero_when_everything_passes(project: Path) -> None:
    done = CliRunner().invoke(
        command, [str(project), "--filter", "passes", "--json"], standalone_mode=False
    )
    assert done.return_value == 0, done.output
    document = read_document(done.output)
    data = document["result"]
    assert (data["passed"], data["failed"], data["unsupported"]) == (1, 0, 0)
    assert (document["version"], document["command"]) == (1, "test")
    assert data["runBy"] == "run by sfgen's Apex runtime, not by Salesforce"


def test_the_command_refuses_a_folder_that_is_not_there(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, [str(tmp_path / "no")], standalone_mode=False)
    assert done.exception is not None
    assert getattr(done.exception, "exit_code", None) == 2


def test_the_command_refuses_a_folder_that_is_no_project(tmp_path: Path) -> None:
    (tmp_path / "Counter.cls").write_text(_COUNTER)
    done = CliRunner().invoke(command, [str(tmp_path)], standalone_mode=False)
    assert isinstance(done.exception, ProjectError)
    assert "is not an SFDX project: it has no sfdx-project.json" in str(done.exception)


def test_no_test_at_all_is_no_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert not ApexHost.open(_write(tmp_path, Counter=_COUNTER)).run_tests().passed

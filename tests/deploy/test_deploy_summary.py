from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fixtures.small_project import DEFAULT, class_meta, one_class, write
from lxml import etree

from sfgen.cli import run
from sfgen.org.deploy_status import Coverage, status_of
from sfgen.report.deploy_summary import write_cobertura

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _local_org(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SFGEN_LOCAL_ORG", str(tmp_path / "org"))


def sums(root: Path, expected: int) -> Path:
    """A class of which a test reaches one of two methods."""
    return write(
        root,
        {
            "classes/Sums.cls": (
                "public with sharing class Sums {\n"
                "    public static Integer add(Integer a, Integer b) {\n"
                "        return a + b;\n"
                "    }\n"
                "    public static Integer negate(Integer a) {\n"
                "        return -a;\n"
                "    }\n"
                "}\n"
            ),
            "classes/Sums.cls-meta.xml": class_meta(),
            "classes/SumsTest.cls": (
                "@IsTest\nprivate class SumsTest {\n    @IsTest\n    static void adds() {\n"
                f"        System.assertEquals({expected}, Sums.add(2, 2), 'a | b');\n    }}\n}}\n"
            ),
            "classes/SumsTest.cls-meta.xml": class_meta(),
        },
    )


def deploy(root: Path, *options: str) -> int:
    return run(["deploy", str(root), "-o", "local", "--json", *options])


def test_a_summary_and_the_coverage_are_written(tmp_path: Path) -> None:
    summary, cobertura = tmp_path / "s.md", tmp_path / "c.xml"
    root = sums(tmp_path / "p", 4)
    options = ["--test-level", "RunLocalTests", "--summary", str(summary)]
    assert deploy(root, *options, "--cobertura", str(cobertura)) == 0
    rows = summary.read_text().splitlines()
    (row,) = [row for row in rows if row.startswith("| local")]
    assert "| Succeeded |" in row
    assert "| 1 of 1 passed |" in row
    document = etree.parse(str(cobertura)).getroot()
    (covered,) = document.iter("class")
    assert covered.get("filename") == f"{DEFAULT}/classes/Sums.cls"
    assert covered.get("line-rate") == document.get("line-rate")
    assert f"{float(covered.get('line-rate') or 0) * 100:.1f} %" in row
    hits = {line.get("number"): line.get("hits") for line in covered.iter("line")}
    assert (hits["3"], hits["6"]) == ("1", "0")
    rate = sum(each != "0" for each in hits.values()) / len(hits)
    assert float(covered.get("line-rate") or 0) == pytest.approx(rate, abs=0.0001)


def test_covered_lines_are_placed_where_the_source_has_them() -> None:
    counted = Coverage("Sums", 5, (6, 9))
    status = replace(status_of("0Af", {"done": True}), coverage=(counted,))
    written = write_cobertura(status, {"Sums": "classes/Sums.cls"}, {"sums": (3, 6, 7, 8, 11)})
    lines = [
        (line.get("number"), line.get("hits"))
        for line in etree.fromstring(written.encode()).iter("line")
    ]
    # The org counts three covered lines; the fourth that the source could have is not listed.
    assert lines == [("3", "1"), ("6", "0"), ("7", "1"), ("8", "1"), ("9", "0")]


def test_a_class_whose_source_is_elsewhere_lists_what_the_org_names() -> None:
    status = replace(status_of("0Af", {"done": True}), coverage=(Coverage("Other", 5, (6, 9)),))
    root = etree.fromstring(write_cobertura(status, {}, {}).encode())
    assert [line.get("number") for line in root.iter("line")] == ["6", "9"]


def test_a_failure_stands_in_the_summary_at_its_source_line(tmp_path: Path) -> None:
    summary = tmp_path / "s.md"
    root = one_class(tmp_path / "p")
    path = root / DEFAULT / "classes/Greeter.cls"
    path.write_text("public with sharing class Greeter {\n    Gone__c gone;\n}\n")
    assert deploy(root, "--summary", str(summary)) == 1
    text = summary.read_text()
    assert "| Failed |" in text
    assert f"| `{DEFAULT}/classes/Greeter.cls:2` | error: ApexClass Greeter: " in text


def test_a_failed_test_cannot_break_the_table(tmp_path: Path) -> None:
    summary = tmp_path / "s.md"
    root = sums(tmp_path / "p", 5)
    assert deploy(root, "--test-level", "RunLocalTests", "--summary", str(summary)) == 1
    (row,) = [line for line in summary.read_text().splitlines() if "`SumsTest.adds`" in line]
    assert "a \\| b" in row


def test_on_github_the_summary_stands_on_the_jobs_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    root = one_class(tmp_path / "p")
    assert deploy(root) == 0
    assert page.read_text() == "before\n"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert deploy(root) == 0
    assert page.read_text().startswith("before\n## sfgen deploy\n")

"""Apex, pages and components say what an org's compiler and run time take."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from rendered import Rendered, all_projects

PROJECTS = [pytest.param(project, id=str(i)) for i, project in enumerate(all_projects())]
each_project = pytest.mark.parametrize("project", PROJECTS)


@each_project
def test_soql_says_what_the_compiler_takes(project: Rendered) -> None:
    """SOQL reference: Apex has no unbounded FIELDS(); no SECURITY_ENFORCED from 67.0 on."""
    long_texts = {
        p.split(".")[1] for p, f in project.fields().items() if f.findtext("type") == "LongTextArea"
    }
    for name, text in project.texts(".cls", ".trigger"):
        assert not re.search(r"FIELDS\s*\(\s*(ALL|CUSTOM)", text, re.IGNORECASE), name
        assert "SECURITY_ENFORCED" not in text, name
        for query in re.findall(r"\[\s*(SELECT\b[^\]]*)\]", text):
            chosen = re.sub(r"\(.*?\)", "", query.partition("FROM")[0][6:], flags=re.DOTALL)
            fields = Counter(part.strip().lower() for part in chosen.split(",") if part.strip())
            assert [f for f, count in fields.items() if count > 1] == [], (name, query)
            where = query.partition("WHERE")[2].partition("ORDER BY")[0]
            assert [f for f in long_texts if re.search(rf"\b{f}\b\s*(=|LIKE|IN\b)", where)] == [], (
                name
            )


@each_project
def test_profiles_are_found_by_facts_and_not_by_english_names(project: Rendered) -> None:
    """NebulaLogger 271, NPSP 4994: Profile.Name comes in the language of the running user."""
    for name, text in project.texts(".cls"):
        for query in re.findall(r"\[\s*(SELECT\b[^\]]*\bFROM\s+Profile\b[^\]]*)\]", text):
            assert not re.search(r"\bName\s*(=|IN|LIKE)\s*\(?\s*'", query), name


@each_project
def test_rest_resources_have_an_address_of_their_own(project: Rendered) -> None:
    """Apex guide: ``Duplicate RestResource urlMapping``."""
    found = Counter(
        m for _, t in project.texts(".cls") for m in re.findall(r"urlMapping='([^']+)'", t)
    )
    assert [m for m, count in found.items() if count > 1] == []


@each_project
def test_pages_that_frame_the_bridge_have_their_policy(project: Rendered) -> None:
    """MDREF CspTrustedSite.context: a Visualforce page is held to it with cspHeader alone."""
    for name, text in project.texts(".page"):
        assert 'cspHeader="true"' in text, name


@each_project
def test_a_relative_time_takes_a_timestamp(project: Rendered) -> None:
    """Component reference, relative date time: a timestamp or Date, never an ISO text."""
    pattern = re.compile(r"relative-?date-?time[^>]*value=\"?\{(?:!v\.)?([^}]*)\}", re.IGNORECASE)
    for name, text in project.texts(".html", ".cmp"):
        assert [v for v in pattern.findall(text) if v.endswith("lastMessageAt")] == [], name


@each_project
def test_no_count_reads_more_rows_than_a_transaction_may(project: Rendered) -> None:
    """Apex guide, aggregate functions: SUM and the like count each row, 50,000 at most."""
    for name, text in project.texts(".cls"):
        for query in re.findall(r"\[\s*(SELECT\b[^\]]*)\]", text):
            if re.search(r"\b(SUM|AVG|MIN|MAX|COUNT_DISTINCT)\s*\(", query.partition("FROM")[0]):
                assert re.search(r"\b(Id|\w+__c)\s*(=|IN)\s*:", query), (name, query)


@each_project
def test_a_spent_daily_limit_stops_no_text(project: Rendered) -> None:
    """Apex guide, asynchronous limits: enqueueJob throws AsyncException when they are spent."""
    for name, text in project.texts(".cls"):
        if "System.enqueueJob" in text and not name.endswith("Test.cls"):
            assert re.search(r"AsyncException|OrgLimits|DailyAsyncApexExecutions", text), name

"""What lws-check tells of its findings, and what it concludes from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
import pytest

from sfgen.lwscheck.case import PageOutcome
from sfgen.lwscheck.check_run import Check, Verdict
from sfgen.lwscheck.lws_subject import find_subject
from sfgen.preview.project.source import read_source
from sfgen.report.lws_check import describe_check

if TYPE_CHECKING:
    from pathlib import Path

    from sfgen.lwscheck.lws_subject import LwsSubject

STEPS = ("mounted", "connection", "subscription", "event")


def outcome(failing: str = "", steps: tuple[str, ...] = STEPS) -> PageOutcome:
    """Every step up to the failing one."""
    results: list[dict[str, Any]] = []
    for name in steps:
        results.append({"name": name, "ok": name != failing, "detail": "why" * (name == failing)})
        if name == failing:
            break
    return PageOutcome(tuple(results))


def verdict(lws: str, inside: PageOutcome | None, pusher: str = "8.6.0") -> Verdict:
    alone = outcome(steps=("loadScript", "new Pusher"))
    refused = outcome("new Pusher", ("loadScript", "new Pusher"))
    return Verdict(lws, pusher, refused, alone, outcome(), components=inside)


@pytest.fixture
def subject(ticker: Path) -> LwsSubject:
    return find_subject(read_source(ticker))


def text(check: Check) -> str:
    lines = [click.unstyle(line) for line in describe_check(check).lines]
    assert max(map(len, lines)) <= 80
    return " ".join(" ".join(lines).split())


def test_what_fails_outside_too_is_not_the_sandboxs_doing(subject: LwsSubject) -> None:
    same = Check(
        subject, "Chrome", (verdict("0.28.4", outcome("connection")),), outcome("connection")
    )
    assert same.works
    assert "fails outside, the control connection: why" in text(same)
    assert "open in the sandbox" in text(same)
    worse = Check(subject, "Chrome", (verdict("0.28.4", outcome("connection")),), outcome("event"))
    assert not worse.works
    assert worse.blamed(worse.verdicts[0]) == ("connection", "subscription")
    assert "direct: does not work; this is how the project does it" in text(worse)


@pytest.mark.parametrize(("broken", "works"), [("0.19.10", True), ("0.28.4", False)])
def test_components_count_with_the_newest_version_only(
    subject: LwsSubject, broken: str, *, works: bool
) -> None:
    verdicts = [
        verdict(lws, outcome("subscription") if lws == broken else outcome())
        for lws in ("0.19.10", "0.28.4")
    ]
    verdicts.insert(1, verdict("0.19.10", None, "7.6.0"))
    check = Check(subject, "Chrome", tuple(verdicts), outcome())
    assert check.works is works
    shown = text(check)
    assert "0.19.10 7.6.0 fails works works" in shown
    assert f"components with LWS {broken}: subscription: why" in shown
    pairs = describe_check(check).data["pairs"]
    assert next(pair["blamed"] for pair in pairs if pair["lws"] == broken) == [
        "subscription",
        "event",
    ]


def test_a_project_without_components_hears_of_both_ways(ticker: Path) -> None:
    (ticker / "force-app/main/default/lwc/ticker/ticker.js").write_text("export default 1;")
    subject = find_subject(read_source(ticker))
    shown = text(Check(subject, "Chrome", (verdict("0.28.4", None),)))
    assert "No component loads pusher-js" in shown
    assert "direct: would work with one line after loadScript" in shown
    assert "visualforce: would work too" in shown

"""The result of a check under Lightning Web Security: text in 80 columns, JSON."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, Final

import click

from sfgen.lwscheck.carriers import DIRECT, VISUALFORCE
from sfgen.lwscheck.case import STANDARD_SHIM
from sfgen.report.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sfgen.lwscheck.case import PageOutcome
    from sfgen.lwscheck.check_run import Check, Verdict

_WIDTH: Final = 80
_LABEL: Final = 22
_COLUMNS: Final = (10, 12, 13, 16, 13, 10)
_COLOURS: Final = {"works": "green", "fails": "red", "open ": "yellow"}
_OWN: Final = "this is how the project does it"


def describe_check(check: Check) -> Result:
    """Return what happened in the sandbox, in every form; exit code 1 where it does not work."""
    lines = (_colour(line) for line in _write_text(check))
    return Result(_as_json(check), lines, exit_code=0 if check.works else 1)


def _colour(line: str) -> str:
    mark = line[4:9]
    colour = _COLOURS.get(mark)
    if colour:
        return f"    {click.style(mark, fg=colour)}{line[9:]}"
    return click.style(line, bold=line.startswith((f"{DIRECT}:", f"{VISUALFORCE}:")))


def _write_text(check: Check) -> Iterator[str]:
    """Write what was looked at, what happened in the sandbox, and which way works."""
    yield from _write_subject(check)
    if len(check.verdicts) > 1:
        yield ""
        yield from _write_table(check)
    for verdict in check.verdicts if len(check.verdicts) == 1 else ():
        yield ""
        yield f"Lightning Web Security {verdict.lws}, pusher-js {verdict.pusher}"
        yield from _write_verdict(check, verdict)
    yield ""
    yield from _write_ways(check)


def _as_json(check: Check) -> dict[str, Any]:
    subject = check.subject
    return {
        "mode": subject.mode or None,
        "works": check.works,
        "browser": check.browser,
        "form": "production",
        "pusherFile": subject.pusher.place,
        "shim": subject.shim_place or None,
        "nativeAsync": list(subject.asynchronous),
        "unknownOptions": [{"place": place, "reason": words} for place, words in subject.unknown],
        "carriers": [
            {"component": one.bundle, "mode": one.mode, "place": one.place}
            for one in subject.carriers
        ],
        "components": list(subject.entries),
        "emulated": list(subject.emulated),
        "control": _describe(check.control),
        "pairs": [
            {
                "lws": verdict.lws,
                "pusher": verdict.pusher,
                "asShipped": _describe(verdict.as_shipped),
                "withShim": _describe(verdict.with_shim),
                "visualforce": _describe(verdict.framed),
                "debug": _describe(verdict.debug),
                "components": _describe(verdict.components),
                "blamed": list(check.blamed(verdict)),
            }
            for verdict in check.verdicts
        ],
    }


def _describe(outcome: PageOutcome | None) -> dict[str, Any] | None:
    if outcome is None:
        return None
    return {"passed": outcome.passed, "reason": outcome.reason, "steps": list(outcome.results)}


def _write_subject(check: Check) -> Iterator[str]:
    subject = check.subject
    yield "Looked at"
    rows = [(subject.pusher.place, f"pusher-js {subject.version}")]
    rows += [(one.place, f"{one.bundle} {one.deed}") for one in subject.carriers]
    if subject.shim:
        rows.append((subject.shim_place, "the shim"))
    rows += subject.unknown
    for place, words in rows:
        yield f"  {place}"
        yield from _wrap(words, "    ", "    ")
    if not subject.carriers:
        yield from _wrap("No component loads pusher-js or frames a page that does.", "  ", "  ")
    elif subject.entries:
        yield from _wrap(f"Components run: {', '.join(subject.entries)}", "  ", "    ")
    if subject.emulated:
        words = "Aura is emulated outside of the sandbox; the LWC that it uses are in it."
        yield from _wrap(words, "  ", "    ")
    yield f"In {check.browser.replace('/', ' ')}, production form of the sandbox"


def _write_table(check: Check) -> Iterator[str]:
    """Write one line for each pair of versions, then why something failed, each reason once."""
    shim = "with its shim" if check.subject.shim else "with a shim"
    heads = ("LWS", "pusher-js", "as shipped", shim, "in a frame", "components")
    yield _align(heads)
    reasons: dict[str, None] = {}
    for verdict in check.verdicts:
        inside = verdict.components
        cells = [verdict.lws, verdict.pusher]
        for outcome in (verdict.as_shipped, verdict.with_shim, verdict.framed):
            cells.append("works" if outcome.passed else "fails")
            reasons |= dict.fromkeys([outcome.reason] if outcome.reason else [])
        if inside is not None and check.blamed(verdict):
            cells.append("fails")
            reasons[f"components with LWS {verdict.lws}: {inside.reason}"] = None
        else:
            cells.append("" if inside is None else "works" if inside.step("event") else "open")
        yield _align(cells)
    yield ""
    for reason in reasons:
        yield from _wrap(reason, "  ", "    ")
    yield "  Orgs have the newest LWS: what an older one does to components does not count."


def _align(cells: Sequence[str]) -> str:
    return "".join(f"{cell:<{width}}" for cell, width in zip(cells, _COLUMNS, strict=True)).rstrip()


def _write_verdict(check: Check, verdict: Verdict) -> Iterator[str]:
    if verdict.components is not None and check.control is not None:
        yield "  The project's components"
        yield from _write_components(check, verdict, verdict.components)
    yield "  pusher-js alone"
    rows: list[tuple[str, PageOutcome]] = [
        ("as shipped", verdict.as_shipped),
        ("with its shim" if check.subject.shim else "with a shim", verdict.with_shim),
        ("in a framed page", verdict.framed),
    ]
    if verdict.debug is not None:
        rows.append(("debug form", verdict.debug))
    for name, outcome in rows:
        count = f"{len(outcome.results)} steps"
        if outcome is verdict.debug:
            count += " as shipped: it hides the failure"
        yield from _write_row(name, outcome.reason or count, works=outcome.passed)


def _write_components(check: Check, verdict: Verdict, inside: PageOutcome) -> Iterator[str]:
    control = check.control
    assert control is not None  # noqa: S101 - asked by the caller
    if not control.passed:
        yield from _write_row("outside, the control", control.reason, works=False)
    if check.blamed(verdict):
        yield from _write_row("in the sandbox", inside.reason, works=False)
        return
    done = ", ".join(str(one["name"]) for one in inside.results if one["ok"])
    if inside.passed or inside.step("event"):
        yield from _write_row("in the sandbox", done, works=True)
    else:
        words = "comes as far as outside: its components are not judged"
        yield from _write_row("in the sandbox", words, works=None)


def _write_row(name: str, words: str, *, works: bool | None) -> Iterator[str]:
    """Write one line of a table; ``None`` is a thing that the check can't judge."""
    mark = "open" if works is None else "works" if works else "fails"
    first = f"    {mark:<7}{name:<{_LABEL}}"
    yield from _wrap(words, first, " " * len(first))


def _write_ways(check: Check) -> Iterator[str]:
    subject, last = check.subject, check.verdicts[-1]
    ways = {
        DIRECT: last.with_shim.passed if subject.shim else last.as_shipped.passed,
        VISUALFORCE: last.framed.passed,
    }
    if subject.mode:
        ways[subject.mode] = check.works
    for way, works in ways.items():
        words = "works" if works else "does not work"
        if way == subject.mode:
            words += f"; {_OWN}"
        elif way == DIRECT and not works and last.with_shim.passed:
            words = "would work with one line after loadScript, before new Pusher:"
        elif works:
            words = "would work too"
        yield from _wrap(f"{way}: {words}", "", "    ")
        if way == DIRECT and not works and last.with_shim.passed and not subject.shim:
            yield f"    {STANDARD_SHIM}"
    if subject.asynchronous:
        names = ", ".join(subject.asynchronous)
        yield from _wrap(f"Native async in {names}: Firefox's sandbox may not run it", "", "    ")


def _wrap(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )

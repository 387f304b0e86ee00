"""What is asked on a terminal: the questions of ``sfgen init``, and consent to a licence."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import click

from sfgen.answers import QUESTIONS, Question, check_answer, explain_partial
from sfgen.answers.combinations import CONVERSATION_QUESTIONS
from sfgen.answers.installed import find_requirement
from sfgen.errors import AnswerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sfgen.lws.packages import LwsPackages

#: Questions that only a self-hosted Pusher server raises.
_SELF_HOSTED = ("pusher_port", "pusher_tls")


def ask_questions(
    given: Mapping[str, str], refuse_name: Callable[[str], str | None]
) -> dict[str, str]:
    """Ask what is not given, and return all answers in their normal form.

    Each answer is held against the question and against the answers before it; what can't stand
    beside them is neither offered nor taken.

    Args:
        given: valid answers by question.
        refuse_name: says why a project of that name can't be written, or None where it can.

    Raises:
        AnswerError: two of the given answers can't go together.
    """
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - imported, it lets arrows edit the answer
    if conflict := explain_partial(given):
        raise AnswerError(conflict.question, conflict.reason, hint=conflict.hint)
    answers = dict(given)
    for question in QUESTIONS:
        if question.name not in answers and _is_needed(question.name, answers):
            refuse = refuse_name if question.name == "project_name" else None
            answers[question.name] = _ask(question, answers, refuse)
    return answers


def _is_needed(name: str, answers: Mapping[str, str]) -> bool:
    if name in _SELF_HOSTED:
        return bool(answers.get("pusher_host"))
    if name in CONVERSATION_QUESTIONS:
        return answers["widgets"] != "none"
    if name == "install_from":
        return answers["ci"] != "none" and find_requirement() is None
    return True


def _ask(
    question: Question, answers: Mapping[str, str], refuse: Callable[[str], str | None] | None
) -> str:
    def explain(value: str) -> str | None:
        conflict = explain_partial({**answers, question.name: value})
        return conflict.reason if conflict else None

    choices = [value for value in question.choices if question.many or not explain(value)]
    default = _suggest(question, answers, choices)
    shown = f" ({(',' if question.many else '/').join(choices)})" if choices else ""
    piped = not sys.stdout.isatty()  # only a prompt on stdout can be edited with arrows
    while True:
        value: str = click.prompt(f"{question.prompt}{shown}", default=default, err=piped).strip()
        reason = question.refuse(value) or explain(check_answer(question.name, value))
        if not reason and refuse:
            reason = refuse(value)
        if not reason:
            return check_answer(question.name, value)
        click.echo(f"  {reason}", err=True)


def _suggest(question: Question, answers: Mapping[str, str], choices: list[str]) -> str:
    """Return the choice nearest to the default that leaves the other defaults as they are."""
    if not choices:
        return question.default
    defaults = {other.name: other.default for other in QUESTIONS}
    for base in ({**defaults, **answers}, answers):
        for value in (question.default, *choices):
            if not explain_partial({**base, question.name: value}):
                return value
    return question.default


def obtain_lws(versions: Iterable[str], *, accepted: bool) -> list[LwsPackages]:
    """Return versions of LWS; what is not in the cache is fetched with npm, under its licence.

    Raises:
        CouldNotRunError: the licence was not accepted, or npm failed or is not there.
    """
    from sfgen.lws.packages import fetch_lws, locate_lws

    wanted = tuple(versions)
    if any(locate_lws(version) is None for version in wanted):
        _ask_for_consent(accepted=accepted)
    return [locate_lws(version) or fetch_lws(version) for version in wanted]


def _ask_for_consent(*, accepted: bool) -> None:
    from sfgen.lws.packages import LICENCE, CouldNotRunError

    click.echo(f"{LICENCE}\n", err=True)
    if accepted:
        return
    if not sys.stdin.isatty():
        raise CouldNotRunError(
            "the licence of Lightning Web Security's packages was not accepted",
            hint="read it above, then add --accept-licence",
        )
    if not click.confirm("Fetch them with npm, under these terms?", err=True):
        raise CouldNotRunError("the licence was not accepted; nothing was fetched")

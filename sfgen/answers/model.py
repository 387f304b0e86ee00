"""Answers: one value per question, each valid and all of them together possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sfgen.answers.combinations import explain_combination
from sfgen.answers.questions import BY_NAME, QUESTIONS
from sfgen.errors import AnswerError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Answers:
    """A full, valid set of answers; build it with :func:`complete_answers`."""

    values: tuple[tuple[str, str], ...]

    def __getitem__(self, name: str) -> str:
        """Return the answer to the question of that name."""
        return dict(self.values)[name]

    def as_dict(self) -> dict[str, str]:
        """Return the answers by question, in the order of the questions."""
        return dict(self.values)


def check_answer(name: str, value: str) -> str:
    """Return a valid answer in its normal form.

    Raises:
        AnswerError: the question is unknown or the value is no answer to it.
    """
    question = BY_NAME.get(name)
    if question is None:
        raise AnswerError(name, "no such question", hint=_suggest(name))
    if reason := question.refuse(value):
        hint = question.hint or f"the default is {question.default!r}"
        raise AnswerError(name, f"{reason}: {_shorten(value)}", hint=hint)
    if question.many:
        given = {part.strip() for part in value.split(",")}
        return ",".join(choice for choice in question.choices if choice in given)
    return question.normalize(value)


def complete_answers(*sources: Mapping[str, str]) -> Answers:
    """Merge sources of answers, the strongest first, over the defaults.

    Raises:
        AnswerError: an answer is unknown or invalid, or two of them can't go together.
    """
    merged = {question.name: question.default for question in QUESTIONS}
    for source in reversed(sources):
        for name, value in source.items():
            merged[name] = check_answer(name, value)
    if conflict := explain_combination(merged):
        raise AnswerError(conflict.question, conflict.reason, hint=conflict.hint)
    return Answers(tuple(merged.items()))


def _suggest(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, BY_NAME, n=1)
    return f"did you mean {near[0]}?" if near else f"the questions are {', '.join(BY_NAME)}"


def _shorten(value: str) -> str:
    """Quote a value for an error line; what can't be printed is escaped."""
    return ascii(value if len(value) <= 80 else f"{value[:77]}...")

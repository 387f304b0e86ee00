"""The questions, their validation and their sources (flags > environment > file > defaults)."""

from __future__ import annotations

from sfgen.answers.combinations import explain_partial
from sfgen.answers.model import Answers, check_answer, complete_answers
from sfgen.answers.question import Question
from sfgen.answers.questions import (
    LATEST_API_VERSION,
    OLDEST_API_VERSION,
    QUESTIONS,
)
from sfgen.answers.sources import (
    parse_answers_file,
    parse_settings,
    read_environment,
    write_answers_file,
)

__all__ = [
    "LATEST_API_VERSION",
    "OLDEST_API_VERSION",
    "QUESTIONS",
    "Answers",
    "Question",
    "check_answer",
    "complete_answers",
    "explain_partial",
    "parse_answers_file",
    "parse_settings",
    "read_environment",
    "write_answers_file",
]

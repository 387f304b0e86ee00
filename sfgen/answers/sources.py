"""Reads answers from the answers file, ``--set`` and the environment."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sfgen.answers.questions import QUESTIONS
from sfgen.errors import AnswerError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Words in a key that look like something which must never stand in an answers file.
_SECRET_WORDS = ("secret", "token", "password", "master_key", "private_key")


def parse_answers_file(text: str, name: str) -> dict[str, str]:
    """Read the text of an answers file: TOML, one flat ``key = "value"`` per question.

    Raises:
        UsageError: no TOML, or a value that is no text.
        AnswerError: a key that names a secret.
    """
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))  # as Windows writes it
    except tomllib.TOMLDecodeError as error:
        raise UsageError(
            f"{name} is not TOML: {error}", hint='write lines like prefix = "Pusher"'
        ) from error
    except (RecursionError, ValueError) as error:  # brackets without end, a number without end
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise UsageError(f"{name} can't be read: {reason}") from None
    return {key: _to_text(key, value, name) for key, value in data.items()}


def _to_text(key: str, value: object, name: str) -> str:
    if any(word in key.lower() for word in _SECRET_WORDS):
        raise AnswerError(
            key,
            f"secrets don't belong in {name}",
            hint="enter them in the setup tab once the project is deployed",
        )
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ",".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        # Numbers would lose their form: 62.0 must not become 62.
        raise AnswerError(
            key,
            f"expected a text in quotes, found {value!r} in {name}",
            hint='write lines like prefix = "Pusher"',
        )
    return value


def parse_settings(pairs: Iterable[str]) -> dict[str, str]:
    """Read ``key=value`` pairs of ``--set``.

    Raises:
        UsageError: a pair without an equals sign.
    """
    answers = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise UsageError(
                f"--set expects key=value: {pair}", hint="for example --set prefix=Chat"
            )
        answers[name.strip()] = value
    return answers


def read_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the answers in environment variables ``SFGEN_<QUESTION>``."""
    return {
        question.name: environment[question.environment]
        for question in QUESTIONS
        if question.environment in environment
    }


def write_answers_file(answers: Mapping[str, str]) -> str:
    """Return answers as the text of an answers file."""
    lines = [f'{name} = "{value}"' for name, value in answers.items()]
    return "\n".join(lines) + "\n"

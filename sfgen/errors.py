"""What can go wrong, in words for the person at the keyboard."""

from __future__ import annotations


class SfgenError(Exception):
    """An expected failure: shown as one ``error:`` line and, where it helps, a ``hint:`` line.

    Args:
        message: what was wrong and what was expected, without a full stop.
        hint: what to do about it.

    Attributes:
        exit_code: 1 where the work failed, 2 where it could not be started.
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(SfgenError):
    """The command was called in a way that can't work; nothing was done."""

    exit_code = 2


class AnswerError(UsageError):
    """An answer that can't be used; ``question`` names it."""

    def __init__(self, question: str, message: str, *, hint: str | None = None) -> None:
        super().__init__(f"{question}: {message}", hint=hint)
        self.question = question


class ProjectError(SfgenError):
    """The folder is no SFDX project, or one that can't be read."""

    exit_code = 2


class TemplateError(SfgenError):
    """A template pack that can't be used."""

    exit_code = 2


class ToolError(SfgenError):
    """A tool that sfgen needs is missing or failed."""

    exit_code = 2


class OrgError(SfgenError):
    """The org refused, could not be reached, or answered something that makes no sense."""


class UnknownOrgError(OrgError):
    """Nothing on this machine is logged in to the org that was named."""

    exit_code = 2


class ServerError(SfgenError):
    """A local server could not start or serve."""

    exit_code = 2

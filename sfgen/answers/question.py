"""One question of ``sfgen init``: its name, prompt, default and choices, and what it refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Question:
    """One question of ``sfgen init``.

    Args:
        name: key in the answers file, in ``--set`` and, upper case behind ``SFGEN_``, in the
            environment.
        prompt: what a person is asked.
        default: the answer that ``--defaults`` gives.
        choices: the closed set of answers, empty for free text.
        many: whether several choices may be given, with commas between them.
        alone: the choice that excludes all others.
        explain: says why a free text can't be used, or None where it can.
        hint: what helps where a value is refused; the default is named where nothing is said.
        normalize: turns a valid value into the form that is written.
    """

    name: str
    prompt: str
    default: str
    choices: tuple[str, ...] = ()
    many: bool = False
    alone: str = ""
    explain: Callable[[str], str | None] | None = None
    hint: str = ""
    normalize: Callable[[str], str] = str

    @property
    def environment(self) -> str:
        """The environment variable that answers the question."""
        return f"SFGEN_{self.name.upper()}"

    def refuse(self, value: str) -> str | None:
        """Say why a value is no answer, or return None where it is one."""
        if self.many:
            return self._refuse_many(value)
        if self.choices:
            return None if value in self.choices else f"expected one of {', '.join(self.choices)}"
        return self.explain(value) if self.explain else None

    def _refuse_many(self, value: str) -> str | None:
        given = [part.strip() for part in value.split(",")] if value else []
        expected = f"expected one or more of {', '.join(self.choices)}"
        if not given or set(given) - set(self.choices):
            return expected
        if self.alone in given and len(given) > 1:
            return f"{self.alone} goes with no other choice"
        return "the same choice is given twice" if len(set(given)) < len(given) else None

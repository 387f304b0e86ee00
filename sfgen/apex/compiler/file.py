"""What the functions written for one file share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sfgen.apex.compiler.expressions import EXPRESSIONS
from sfgen.apex.compiler.function import Frame, FunctionCompiler, Translations
from sfgen.apex.compiler.statements import STATEMENTS

if TYPE_CHECKING:
    from sfgen.apex.compiler.writer import Writer
    from sfgen.apex.names.meanings import Meanings
    from sfgen.apex.names.world import World

__all__ = ["FileCompiler"]

_TRANSLATIONS = Translations(EXPRESSIONS, STATEMENTS)


@dataclass(frozen=True, slots=True)
class FileCompiler:
    """A checked file being written: the names it sees, what they mean, its Python text."""

    world: World
    meanings: Meanings
    writer: Writer

    def function(self, frame: Frame) -> FunctionCompiler:
        """The compiler of one of its functions."""
        return FunctionCompiler(self.world, self.writer, self.meanings, frame, _TRANSLATIONS)

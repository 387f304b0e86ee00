"""Collects the Python text of a file, each line with the Apex line it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sfgen.apex.types.model import ApexType
    from sfgen.apex.types.symbols import FieldSymbol, TypeSymbol

__all__ = ["Frame", "Problem", "Writer"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the platform's compiler would refuse, or this one can't translate."""

    file: str
    line: int
    column: int
    message: str


@dataclass
class Frame:
    """The method being compiled: its locals by lower-case name, temporaries, pending guards."""

    symbol: TypeSymbol | None
    static: bool
    result: ApexType | None = None
    accessor: FieldSymbol | None = None
    locals: dict[str, ApexType] = field(default_factory=dict)
    declared: set[str] = field(default_factory=set)
    """Locals of all blocks so far: a dynamic query's binds find those of closed blocks too."""
    temporaries: int = 0
    guards: list[tuple[str, str]] = field(default_factory=list)
    anonymous: bool = False
    loops: int = 0
    """How many loops are around the statement: `break` needs one."""
    starting: bool = False
    """Whether it is a constructor or initial values, where final fields get theirs."""

    def temporary(self) -> str:
        """A new Python local."""
        self.temporaries += 1
        return f"t{self.temporaries}"


class Writer:
    """The text of one file's Python module."""

    def __init__(self, stem: str) -> None:
        self.stem = stem
        self.lines: list[str] = []
        self.apex_lines: list[int] = []
        self.depth = 0
        self.line = 1
        self.executable: set[int] = set()
        self.constants: dict[str, str] = {}
        self.places: dict[str, str] = {}
        self.problems: list[Problem] = []

    def put(self, text: str) -> None:
        """Write one line of Python at the current Apex line."""
        self.lines.append("    " * self.depth + text)
        self.apex_lines.append(self.line)

    def cover(self, line: int) -> None:
        """Mark `line` as executable and write its coverage mark."""
        self.line = line
        self.executable.add(line)
        self.put(f"K_{self.stem}[{line}] = 1")

    def covered(self, line: int) -> str:
        """Mark `line` as executable; the expression (it is None) that writes its mark."""
        self.line = line
        self.executable.add(line)
        return f"K_{self.stem}.__setitem__({line}, 1)"

    def constant(self, text: str) -> str:
        """The global name of a value computed once, when the module is loaded."""
        name = self.constants.get(text)
        if name is None:
            name = f"c{len(self.constants)}_{self.stem}"
            self.constants[text] = name
        return name

    def problem(self, file: str, line: int, column: int, message: str) -> None:
        """Note what can't be compiled."""
        self.problems.append(Problem(file, line, column, message))

    def text(self) -> tuple[str, list[int]]:
        """The module's text, constants first, and the Apex line of every Python line."""
        head = [f"{name} = {text}" for text, name in self.constants.items()]
        return "\n".join([*head, *self.lines, ""]), [1] * len(head) + self.apex_lines + [1]

"""What compiling a file leaves: code that marshals, with what the loader must know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import CodeType

    from sfgen.apex.names.problems import Problem

__all__ = ["TestClass", "Unit"]


@dataclass(frozen=True, slots=True)
class TestClass:
    """A test class: its name, its test methods and `@TestSetup` methods in text order.

    `seeing` names in lower case the methods that read the org's own records (SeeAllData=true).
    """

    __test__ = False

    name: str
    python: str
    methods: tuple[tuple[str, int], ...]
    setups: tuple[str, ...]
    see_all_data: bool
    seeing: frozenset[str] = frozenset()


@dataclass
class Unit:
    """One compiled file; `code` is None when it has a syntax error.

    `key` is a digest of all that the code rests on; `objects` are the objects the text names.
    """

    file: str
    name: str
    stem: str
    code: CodeType | None = None
    executable: tuple[int, ...] = ()
    size: int = 0
    places: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    tests: tuple[TestClass, ...] = ()
    is_test: bool = False
    objects: tuple[str, ...] = ()
    key: str = ""

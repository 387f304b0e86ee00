"""The subject of a check: the project and its surroundings, each file read and parsed once."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from sfgen.apex.syntax.lexer import ApexSyntaxError
from sfgen.apex.syntax.parser import parse_class, parse_trigger
from sfgen.check.inventory import Inventory
from sfgen.check.metadata_xml import SchemaProblem, parse

if TYPE_CHECKING:
    from lxml import etree

    from sfgen.apex.syntax.tree import ApexFile, Declaration
    from sfgen.project import Project


class Subject:
    """A project under check.

    Args:
        project: whose files are judged.
        surroundings: what is in the org already; references may point there.
        data: bytes by path, for files that are not on disk.
        sound: fingerprints of Apex files that parsed before; new ones are added.
    """

    def __init__(
        self,
        project: Project,
        surroundings: Project | None = None,
        *,
        data: dict[str, bytes] | None = None,
        sound: set[str] | None = None,
    ) -> None:
        self.project = project
        self.surroundings = surroundings
        self.sound = set() if sound is None else sound
        self._data = {} if data is None else data
        self._lines: dict[str, list[str]] = {}
        self._starts: dict[str, list[int]] = {}
        self._apex: dict[str, ApexFile | ApexSyntaxError] = {}
        # By content: the descriptors of a thousand classes say the same few things.
        self._trees: dict[bytes, tuple[etree._Element | None, list[SchemaProblem]]] = {}

    def read(self, path: str) -> bytes:
        """Return a file's bytes."""
        if path not in self._data:
            self._data[path] = Path(path).read_bytes()
        return self._data[path]

    def text(self, path: str) -> str:
        """Return a file's text; bytes that are not UTF-8 become replacement characters."""
        return self.read(path).decode("utf-8-sig", errors="replace")

    def lines(self, path: str) -> list[str]:
        """Return a file's lines, as XML parsers count them."""
        if path not in self._lines:
            self._lines[path] = self.text(path).split("\n")
        return self._lines[path]

    def place(self, path: str, offset: int) -> tuple[int, int]:
        """Return line and column, from 1, of a character offset of a file's text."""
        if path not in self._starts:
            ends = accumulate(len(line) + 1 for line in self.lines(path))
            self._starts[path] = [0, *ends]
        line = bisect_right(self._starts[path], offset)
        return line, offset - self._starts[path][line - 1] + 1

    def parse(self, path: str) -> tuple[etree._Element | None, list[SchemaProblem]]:
        """Parse an XML file once; a malformed file gives None and a problem."""
        data = self.read(path)
        if data not in self._trees:
            self._trees[data] = parse(data)
        return self._trees[data]

    def tree(self, path: str | None) -> etree._Element | None:
        """Return the parsed file, or None if there is none or it is malformed."""
        return self.parse(path)[0] if path else None

    def fingerprint(self, name: str, path: str) -> str:
        """Return a digest of a file's name and content."""
        return hashlib.sha256(name.encode() + b"\0" + self.read(path)).hexdigest()

    def apex(self, path: str) -> ApexFile | ApexSyntaxError:
        """Parse an Apex file once, or return its syntax error."""
        if path not in self._apex:
            read = parse_trigger if path.endswith(".trigger") else parse_class
            try:
                self._apex[path] = read(self.text(path))
            except ApexSyntaxError as error:
                self._apex[path] = error
        return self._apex[path]

    def apex_class(self, name: str) -> Declaration | None:
        """Find the parsed class called ``name`` in the project or its surroundings."""
        component = self.inventory.find("ApexClass", name)
        if component is None or not component.files:
            return None
        parsed = self.apex(component.files[0])
        return None if isinstance(parsed, ApexSyntaxError) else parsed.type

    @cached_property
    def inventory(self) -> Inventory:
        """The components of the project and its surroundings."""
        inventory = Inventory()
        for project in (self.surroundings, self.project):
            if project is not None:
                for component in project.components:
                    inventory.add(component, self.tree)
        return inventory

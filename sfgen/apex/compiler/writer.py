"""Collects the Python text of a file, each line with the Apex line it comes from."""

from __future__ import annotations

__all__ = ["Writer"]


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

    def text(self) -> tuple[str, list[int]]:
        """The module's text, constants first, and the Apex line of every Python line."""
        head = [f"{name} = {text}" for text, name in self.constants.items()]
        return "\n".join([*head, *self.lines, ""]), [1] * len(head) + self.apex_lines + [1]

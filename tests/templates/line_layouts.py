"""How Prettier lays out each line of a template, for a prefix of each length."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

MARK = re.compile(r"%\[.*?\]%")
_LINE = re.compile("\ue000(\\d+)\ue001")
_BLOCK_END = re.compile(r"\}%\s*$|#%\s*$")
_GROUP = re.compile(r"%\{ if cookiecutter\.prefix\[(\d+):\] \}%")
_BRANCH = re.compile(r"%\{ elif cookiecutter\.prefix\[(\d+):\] \}%")
DEFAULT_LENGTH = len("Pusher")


class FoldError(Exception):
    """A place that only a person can lay out alike for every prefix."""


def number_lines(text: str) -> str:
    """Let each line that reaches the project say where in the template it stands."""
    lines = text.split("\n")
    return "\n".join(
        line if _BLOCK_END.search(line) or not line.strip() else f"{line}\ue000{number}\ue001"
        for number, line in enumerate(lines)
    )


def unfold(text: str) -> str:
    """Keep of each choice between layouts the one for the default prefix."""
    kept: list[str] = []
    lines = iter(text.split("\n"))
    for line in lines:
        if not (opened := _GROUP.fullmatch(line)):
            kept.append(line)
            continue
        chosen, wanted = False, int(opened[1]) < DEFAULT_LENGTH
        for inner in lines:
            if inner == "%{ endif }%":
                break
            if branch := _BRANCH.fullmatch(inner):
                chosen, wanted = chosen or wanted, int(branch[1]) < DEFAULT_LENGTH
            elif inner == "%{ else }%":
                chosen, wanted = chosen or wanted, True
            elif wanted and not chosen:
                kept.append(inner)
    return "\n".join(kept)


@dataclass
class Rendering:
    """One rendering of a template and what Prettier makes of it.

    ``rows`` are the rendered lines with their numbers in the template (-1: of no single line).
    """

    length: int
    rows: list[tuple[int, str]]
    formatted: str

    @classmethod
    def of(cls, length: int, numbered: str, formatted: str) -> Rendering:
        rows = []
        for line in numbered.split("\n"):
            numbers = _LINE.findall(line)
            rows.append((int(numbers[-1]) if numbers else -1, _LINE.sub("", line)))
        return cls(length, rows, formatted)

    def solid(self) -> list[tuple[int, int, int]]:
        """Give (template line, first, end) of each line, counted in characters but blanks."""
        found, at = [], 0
        for number, text in self.rows:
            size = len("".join(text.split()))
            if size:
                found.append((number, at, at + size))
            at += size
        if "".join(text for _, text in self.rows).split() and at != _count(self.formatted):
            raise FoldError("Prettier changes more than blanks")
        return found

    def breaks(self) -> dict[int, tuple[int, int]]:
        """Give, for each count of characters at a line's end, where the break stands."""
        found, at, start = {0: (0, 0)}, 0, 0
        for line in self.formatted.splitlines(keepends=True):
            if line.strip():
                found[at] = (found.get(at, (start, start))[0], start)
            start += len(line)
            at += _count(line)
            if line.strip():
                found[at] = (start, start)
        return found


@dataclass
class Layouts:
    """What is known about the layouts of one template's lines."""

    template: list[str]
    glued: set[int] = field(default_factory=set)
    seen: dict[tuple[int, int], dict[int, set[str]]] = field(default_factory=dict)

    def glue(self, rendering: Rendering) -> None:
        """Learn which neighbours Prettier joins on one line."""
        breaks = rendering.breaks()
        for (one, _, end), (two, _, _) in pairwise(rendering.solid()):
            if end in breaks:
                continue
            if one < 0 or two < 0 or two != one + 1:
                raise FoldError(f"lines {one + 1} and {two + 1} are joined")
            self.glued.add(one)

    def spans(self) -> list[tuple[int, int]]:
        """Give the first and last lines of what is laid out together."""
        found: list[tuple[int, int]] = []
        for number in range(len(self.template)):
            if number - 1 in self.glued:
                found[-1] = (found[-1][0], number)
            else:
                found.append((number, number))
        return found

    def learn(self, rendering: Rendering, values: dict[str, str]) -> None:
        """Note the layout of every span in a rendering."""
        breaks = rendering.breaks()
        solid = {number: (first, end) for number, first, end in rendering.solid()}
        for first, last in self.spans():
            if first not in solid or last not in solid:
                continue
            start, end = solid[first][0], solid[last][1]
            text = rendering.formatted[breaks[start][1] : breaks[end][0]].rstrip("\n")
            source = "\n".join(self.template[first : last + 1])
            layout = source if "%{" in source else _restore(source, text, values)
            by_length = self.seen.setdefault((first, last), {})
            by_length.setdefault(rendering.length, set()).add(layout)


def _count(text: str) -> int:
    return len("".join(text.split()))


def _restore(source: str, laid_out: str, values: dict[str, str]) -> str:
    """Lay out a template's text as its rendering is laid out."""
    atoms = [part for part in re.split(r"(%\[.*?\]%)|(\s+)|(.)", source, flags=re.DOTALL) if part]
    parts: list[str] = []
    at = 0
    for atom in atoms:
        if atom.isspace():
            continue
        value = values[atom] if MARK.fullmatch(atom) else atom
        if not value:
            parts.append(atom)
            continue
        while laid_out[at].isspace():
            parts.append(laid_out[at])
            at += 1
        if not laid_out.startswith(value, at):
            raise FoldError(f"{source!r} is not {laid_out!r}")
        parts.append(atom)
        at += len(value)
    return "".join(parts)


def fold(layouts: Layouts) -> str:
    """Write the template with a choice wherever the layout depends on the prefix's length."""
    out: list[str] = []
    spans = layouts.spans()
    at = 0
    while at < len(spans):
        stop = at
        while stop < len(spans) and _varies(layouts, spans[stop]):
            stop += 1
        if stop == at:
            first, last = spans[at]
            out += layouts.template[first : last + 1]
            at += 1
            continue
        out += _choose(layouts, spans[at:stop])
        at = stop
    return "\n".join(out)


def _varies(layouts: Layouts, span: tuple[int, int]) -> bool:
    by_length = layouts.seen.get(span, {})
    source = "\n".join(layouts.template[span[0] : span[1] + 1])
    return any(found != {source} for found in by_length.values())


def _choose(layouts: Layouts, spans: list[tuple[int, int]]) -> list[str]:
    lengths = sorted({length for span in spans for length in layouts.seen[span]}, reverse=True)
    texts: dict[int, str] = {}
    for length in lengths:
        parts: list[str] = []
        for span in spans:
            found = layouts.seen[span].get(length, set())
            if len(found) != 1:
                raise FoldError(f"line {span[0] + 1} has several layouts: {sorted(found)}")
            parts += found
        texts[length] = "\n".join(parts)
    runs: list[tuple[int, str]] = []
    for length in lengths:
        if runs and runs[-1][1] == texts[length]:
            runs[-1] = (length, texts[length])
        else:
            runs.append((length, texts[length]))
    if len(runs) == 1:
        return runs[0][1].split("\n")
    out = []
    for place, (least, text) in enumerate(runs):
        word = "if" if place == 0 else "elif"
        test = (
            "%{ else }%"
            if place == len(runs) - 1
            else (f"%{{ {word} cookiecutter.prefix[{least - 1}:] }}%")
        )
        out += [test, *text.split("\n")]
    return [*out, "%{ endif }%"]

"""Joins the lines of a statement that fit the print width, as Prettier does.

A template holds a statement once, in its longest layout: every bracket and every chain broken.
What the answers leave short enough is joined: the outermost group first, and where that doesn't
fit, the groups in it. Lines are only joined, never broken.
"""

from __future__ import annotations

#: Prettier's ``printWidth``, which the projects leave as it is.
_WIDTH = 80
_OPENING = ("(", "[", "{")
_CLOSING = (")", "]", "}", ">", "/>", "</")
#: What ends a line that goes on in the next one, though that is no deeper.
_OPERATORS = (" ||", " &&", " +", " ==", " !=", " >", " <")


def fit(text: str) -> str:
    """Return the lines of one or several statements, each over as few as the width allows."""
    lines = text.split("\n")
    return "\n".join(line for each in _part_statements(lines) for line in _lay_out(each))


def _part_statements(lines: list[str]) -> list[list[str]]:
    """Return the lines of each statement: the first, deeper ones, and what closes its brackets."""
    found: list[list[str]] = []
    depth = 0
    margin = ""
    for line in lines:
        last = found[-1][-1] if found else ""
        if last and line:
            deeper = depth > 0 or line.startswith(margin) or last.endswith(_OPERATORS)
            if deeper and not _opens_block(last):
                found[-1].append(line)
                depth += _opens(line) - _closes(line)
                continue
        found.append([line])
        depth = int(_opens(line))
        margin = " " * (len(line) - len(line.lstrip(" ")) + 1)
    return found


def _lay_out(lines: list[str]) -> list[str]:
    flat = _join(lines)
    if len(flat) <= _WIDTH or len(lines) == 1:
        return [flat]
    parts = _part_chain(lines)
    if len(parts) > 1:
        return [line for part in parts for line in _lay_out(part)]
    end = _find_closing(lines)
    inside = [line for each in _part_statements(lines[1:end]) for line in _lay_out(each)]
    tail = _lay_out(lines[end:]) if lines[end:] else []
    return [lines[0], *inside, *tail]


def _join(lines: list[str]) -> str:
    joined = lines[0]
    for line in lines[1:]:
        text = line.lstrip(" ")
        tight = joined.endswith(("(", "[")) or text.startswith((")", "]", ".", ">", "</"))
        # Nothing stands between a tag and its text; ` >` is an operator.
        tight = tight or (joined.endswith(">") and not joined.endswith(" >"))
        joined += text if tight else f" {text}"
    return joined


def _part_chain(lines: list[str]) -> list[list[str]]:
    """Part lines at the breaks that stand in no bracket, such as those before a dot."""
    parts, depth = [lines[:1]], int(_opens(lines[0]))
    for line in lines[1:]:
        closes = _closes(line)
        depth -= closes
        if depth > 0 or closes:
            parts[-1].append(line)
        else:
            parts.append([line])
        depth += _opens(line)
    return parts


def _find_closing(lines: list[str]) -> int:
    """Return which line closes the bracket that the first one opens."""
    depth = 1
    for number, line in enumerate(lines[1:], 1):
        depth -= _closes(line)
        if depth == 0:
            return number
        depth += _opens(line)
    return len(lines)


def _opens(line: str) -> bool:
    if line.endswith(_OPENING):
        return True
    text = line.lstrip(" ")
    return text.startswith("<") and "</" not in text and "/>" not in text


def _opens_block(line: str) -> bool:
    is_object = line.endswith(", {") or line.startswith(("import ", "export "))
    return line.endswith(" {") and not is_object


def _closes(line: str) -> bool:
    return line.lstrip(" ").startswith(_CLOSING)

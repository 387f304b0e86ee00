"""Rewrites SLDS's style sheet for left-to-right and right-to-left text.

The published sheet names sides by left and right. An org serves right-to-left users a mirrored one;
here sides are named by the text's start and end (CSS Logical Properties and Values), which browsers
mirror by themselves and which means the same where text runs from left to right. As SLDS asks,
what it marks ``@noflip`` stays; so does what is centred by a half and a transform.
"""

from __future__ import annotations

import gzip
import re
from functools import cache
from typing import Final

from sfgen import assets

_RULE: Final = re.compile(r"([^{}]*)\{([^{}]*)\}")
_DECLARATION: Final = re.compile(r"((?:/\*.*?\*/|\s)*)([a-z-]+)(\s*:)(.*)", re.DOTALL)
_WORD: Final = re.compile(r"(?:[^\s()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+")
_CENTRED: Final = re.compile(r"(?:^|;)(?:left|right):\s*50%")
_SIDES: Final = {"left": "start", "right": "end"}
_CORNERS: Final = ("start-start", "start-end", "end-end", "end-start")
_NAMES: Final = {
    **{
        f"{name}-{side}": f"{name}-inline-{end}"
        for name in ("margin", "padding", "border")
        for side, end in _SIDES.items()
    },
    **{
        f"border-{side}-{part}": f"border-inline-{end}-{part}"
        for part in ("width", "style", "color")
        for side, end in _SIDES.items()
    },
    "border-top-left-radius": "border-start-start-radius",
    "border-top-right-radius": "border-start-end-radius",
    "border-bottom-right-radius": "border-end-end-radius",
    "border-bottom-left-radius": "border-end-start-radius",
}
_PLACES: Final = {side: f"inset-inline-{end}" for side, end in _SIDES.items()}
_WORDS: Final = {
    "text-align": _SIDES,
    "float": {side: f"inline-{end}" for side, end in _SIDES.items()},
    "clear": {side: f"inline-{end}" for side, end in _SIDES.items()},
}


@cache
def packed_sheet() -> bytes:
    """Return the sheet, as gzip: made once for each run."""
    text = mirror_sheet(assets.read_packed("slds.css").decode())
    return gzip.compress(text.encode(), compresslevel=1, mtime=0)


def mirror_sheet(text: str) -> str:
    """Name the sides of a style sheet by start and end."""
    return _RULE.sub(_mirror_rule, text)


def _mirror_rule(rule: re.Match[str]) -> str:
    selector, body = rule.groups()
    # Menus are placed by halves and transforms, in rules that build on each other.
    placed = _CENTRED.search(body) is not None or "dropdown" in selector
    parts = [_mirror(part, placed=placed) for part in body.split(";")]
    return f"{selector}{{{';'.join(parts)}}}"


def _mirror(text: str, *, placed: bool) -> str:
    declaration = _DECLARATION.fullmatch(text)
    if declaration is None or "@noflip" in text:
        return text
    lead, name, colon, value = declaration.groups()
    if name in _WORDS:
        word = _WORDS[name].get(value.strip())
        return text if word is None else f"{lead}{name}{colon}{word}"
    if name in _PLACES:
        return text if placed else f"{lead}{_PLACES[name]}{colon}{value}"
    if name in _NAMES:
        return f"{lead}{_NAMES[name]}{colon}{value}"
    if name in {"margin", "padding", "border-radius"} and "/" not in value:
        return lead + (_part(name, value) or text[len(lead) :])
    return text


def _part(name: str, value: str) -> str:
    """Write the four values of a shorthand one by one where left and right differ."""
    important = " !important" if value.endswith("!important") else ""
    words = _WORD.findall(value.removesuffix("!important"))
    if len(words) != 4:
        return ""
    if name == "border-radius":
        corners = zip(_CORNERS, words, strict=True)
        return ";".join(f"border-{corner}-radius:{word}{important}" for corner, word in corners)
    top, right, bottom, left = words
    if left == right:
        return ""
    return f"{name}-block:{top} {bottom}{important};{name}-inline:{left} {right}{important}"

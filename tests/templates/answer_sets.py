"""Answers of every kind, so few that each pair of values still meets once."""

from __future__ import annotations

from itertools import combinations, product

from sfgen.answers import complete_answers
from sfgen.answers.combinations import ACCESS, explain_combination
from sfgen.pack import find_packs_folder, load_pack
from sfgen.plan import plan_project
from sfgen.render import render_plan

__all__ = ["ACCESS", "cover_pairs", "render"]

PACK = load_pack(find_packs_folder() / "pusher")
CHANNELS = (
    "public",
    "private",
    "private-encrypted",
    "private,presence",
    "public,private,private-encrypted,presence",
)
VALUES: dict[str, tuple[object, ...]] = {
    "access": tuple(sorted(ACCESS)),
    "channels": CHANNELS,
    "bridge": ("visualforce", "direct"),
    "container": ("lwc", "aura", "both"),
    "namespace": ("", "acme"),
    "beams": ("no", "yes"),
    "pusher_host": ("", "ws.example.com"),
    "record_object": ("Contact", "Lead", "Case", "Account", "Opportunity"),
    "widgets": ("utility,home,record", "record", "utility,home"),
    "lightning_web_security": ("leave", "off", "on"),
    "api_version": ("66.0", "67.0", "68.0"),
}
NAMES = tuple(VALUES)
#: ``widgets=none`` goes with fewer answers, so its sets are written out.
BRIDGE_ONLY: tuple[dict[str, str], ...] = (
    {},
    {"channels": "public", "authorization": "none", "login": "none", "bridge": "direct"},
    {
        "channels": "public",
        "authorization": "none",
        "login": "none",
        "container": "both",
        "pusher_host": "ws.example.com",
        "namespace": "acme",
    },
    {
        "channels": "public,private,private-encrypted",
        "authorization": "apex",
        "login": "none",
        "container": "aura",
        "namespace": "acme",
    },
    {"authorization": "external", "container": "both", "channels": "public,private"},
    {"authorization": "external", "bridge": "direct", "api_version": "66.0"},
    {
        "authorization": "named-credential",
        "login": "named-credential",
        "channels": "private-encrypted",
        "bridge": "direct",
        "container": "aura",
    },
)


def flatten(row: tuple[object, ...]) -> dict[str, str]:
    """Turn a row of values into answers."""
    answers = {name: str(value) for name, value in zip(NAMES, row, strict=True) if name != "access"}
    access = row[0]
    assert isinstance(access, tuple)
    answers["authorization"], answers["login"], answers["store"] = access
    return answers


def is_possible(row: tuple[object, ...]) -> bool:
    """Tell whether the answers of a row go together."""
    return explain_combination(complete({**flatten(row), "channels": str(row[1])})) is None


def complete(answers: dict[str, str]) -> dict[str, str]:
    """Put the defaults under answers without judging them."""
    return {**complete_answers({}).as_dict(), **answers}


def pairs_of(row: tuple[object, ...]) -> set[tuple[int, object, int, object]]:
    """Name the pairs of values that meet in a row."""
    return {(i, row[i], j, row[j]) for i, j in combinations(range(len(row)), 2)}


def cover_pairs() -> list[dict[str, str]]:
    """Choose answers greedily until every pair that is possible has met; always the same ones."""
    columns = [VALUES[name] for name in NAMES]
    heads = [head for head in product(columns[0], columns[1]) if _heads_meet(head)]
    left = {
        (i, a, j, b)
        for i, j in combinations(range(len(columns)), 2)
        for a, b in product(columns[i], columns[j])
        if (i, j) != (0, 1) or (a, b) in set(heads)
    }
    left -= {pair for pair in left if pair[0] == 0 and pair[2] == 1 and not _heads_meet(pair[1::2])}
    chosen = []
    while left:
        row = max((_grow(head, columns, left) for head in heads), key=lambda r: _gain(r, left))
        if not _gain(row, left):
            break
        left -= pairs_of(row)
        chosen.append(row)
    assert all(is_possible(row) for row in chosen)
    usual = {name: str(values[0]) for name, values in VALUES.items() if name != "access"}
    usual |= {"channels": "private", "authorization": "proxy", "login": "oauth", "store": "objects"}
    alone = [{**usual, "widgets": "none", **each} for each in BRIDGE_ONLY]
    return [*(flatten(row) for row in chosen), *alone]


def _heads_meet(head: tuple[object, ...]) -> bool:
    access, channels = head
    assert isinstance(access, tuple)
    return bool((access[0] == "none") == (channels == "public"))


def _grow(
    head: tuple[object, ...],
    columns: list[tuple[object, ...]],
    left: set[tuple[int, object, int, object]],
) -> tuple[object, ...]:
    row = head
    for column in columns[len(head) :]:
        row = max(((*row, value) for value in column), key=lambda r: _gain(r, left))
    return row


def _gain(row: tuple[object, ...], left: set[tuple[int, object, int, object]]) -> int:
    return len(pairs_of(row) & left)


def render(answers: dict[str, str]) -> dict[str, bytes]:
    """Render a project as sfgen does."""
    plan = plan_project(PACK, complete_answers(answers).as_dict())
    return {file.path: file.content for file in render_plan(plan)}

"""LIKE takes no longer for a pattern of many wildcards (SOQL and SOSL Reference, "LIKE")."""

from __future__ import annotations

import pytest

from sfgen.apex.store.sql_functions import _like


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        ("Acme", "acme", 1), ("Acme", "A%", 1), ("Acme", "%ME", 1), ("Acme", "%c%", 1),
        ("Acme", "A_me", 1), ("Acme", "_", 0), ("", "%", 1), ("", "", 1), ("a", "", 0),
        ("aba", "a%ba", 1), ("ab", "ab%b", 0), ("abb", "ab%b", 1), ("a%b", "a\\%b", 1),
        ("axb", "a\\%b", 0), ("a.b", "a.b", 1), ("axb", "a.b", 0), ("a\nb", "a%b", 1),
        ("abcabd", "%ab_", 1), ("abab", "%ab%ab%ab%", 0), (None, "%", 0),
    ],
)  # fmt: skip
def test_a_text_is_like_a_pattern(text: str | None, pattern: str, expected: int) -> None:
    assert _like(text, pattern) == expected


def test_many_wildcards_end() -> None:
    assert _like("a" * 2000, "%a" * 500 + "%b") == 0
    assert _like("a" * 2000, "%a" * 500 + "%") == 1

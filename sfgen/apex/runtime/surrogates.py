"""Halves of a surrogate pair: an Apex String may hold one, UTF-8 and SQLite can't.

`left` and `abbreviate` count UTF-16 code units, so that they cut an emoji in two. What an org
stores then isn't known (no public statement was found): here the half becomes U+FFFD, the
replacement character. A String that is encoded as UTF-8 (Blob.valueOf, a request's body) has `?`
in its place, as Java encodes it.
"""

from __future__ import annotations

import re

__all__ = ["encodable", "paired", "storable"]

_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_HALF = re.compile("[\ud800-\udfff]")


def paired(text: str) -> str:
    """The text with two halves that have come together as the one character that they are."""
    if text.isascii() or _PAIR.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def storable(text: str) -> str:
    """The text as a store takes it: halves that stand alone are U+FFFD."""
    if text.isascii() or _HALF.search(text) is None:
        return text
    return _HALF.sub("\ufffd", paired(text))


def encodable(text: str) -> str:
    """The text as UTF-8 can tell it: `?` for halves that stand alone."""
    if text.isascii() or _HALF.search(text) is None:
        return text
    return _HALF.sub("?", paired(text))

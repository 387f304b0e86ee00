"""Values that must never be shown: wrapped while they are held, masked when text goes out."""

from __future__ import annotations

import re
from typing import Final

MASK: Final = "[hidden]"

#: ``<organization id>!<session>``: how Salesforce's access tokens look.
_ACCESS_TOKEN: Final = re.compile(r"00D[0-9A-Za-z]{12,15}![0-9A-Za-z._-]{16,}")
#: ``force://<client id>:<secret>:<refresh token>@<host>``: an sfdx authorization URL.
_AUTHORIZATION_URL: Final = re.compile(r"force://[^\s\"'@]+@")


class Secret:
    """A value that prints as a mask; ``reveal`` is the only way to the text.

    Args:
        text: the secret itself.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text, for the one place that sends it."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def __str__(self) -> str:
        return MASK


def mask(text: str, *secrets: Secret) -> str:
    """Return ``text`` without the given secrets and without anything that looks like a token."""
    for secret in secrets:
        if secret:
            text = text.replace(secret.reveal(), MASK)
    return _AUTHORIZATION_URL.sub(f"force://{MASK}@", _ACCESS_TOKEN.sub(MASK, text))

"""Removes a Jest matcher that a project lacks from the components' tests."""

from __future__ import annotations

import re
from typing import Final

#: ``await expect(...).toBeAccessible();``, over as many lines as Prettier has made of it.
_STATEMENT: Final = re.compile(
    r"^( *)(?:await )?expect\((?:(?!;\n).)*?\)\.toBeAccessible\(\);\n", re.MULTILINE | re.DOTALL
)
#: A test from its title to the line that closes it at the same depth.
_TEST: Final = re.compile(r"\n?^( *)it\(.*?^\1\}\);\n", re.MULTILINE | re.DOTALL)


def drop_accessibility(text: str) -> str:
    """Return a test file without ``toBeAccessible``, which needs ``@sa11y/jest``.

    A test that asked for nothing else goes as a whole.
    """
    if ".toBeAccessible()" not in text:
        return text

    def rewrite(test: re.Match[str]) -> str:
        kept = _STATEMENT.sub("", test[0])
        if kept == test[0]:
            return kept
        return kept if "expect(" in kept else ""

    return _TEST.sub(rewrite, text)

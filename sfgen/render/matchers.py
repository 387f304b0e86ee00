"""Takes a matcher of Jest that a project doesn't have out of the tests of the components."""

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
    """Return a test file that doesn't ask for ``toBeAccessible``, which ``@sa11y/jest`` brings.

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

"""Downloads of the tests' own tools: a hiccup of the network is no defect of sfgen's."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

#: Seconds before the second, the third and the last try.
PAUSES = (5, 20, 60)


def insist(download: Callable[[], str | None]) -> str | None:
    """Try a download up to four times; it returns why it failed, as this does, or ``None``."""
    for pause in PAUSES:
        failure = download()
        if failure is None:
            return None
        sys.stderr.write(f"{failure}; again in {pause} s\n")
        time.sleep(pause)
    return download()

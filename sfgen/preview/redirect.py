"""A file that redirects to a preview, so that no process's arguments hold its key."""

from __future__ import annotations

import contextlib
import html
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAGE: Final = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>sfgen preview</title>
<meta http-equiv="refresh" content="0; url={address}"></head>
<body><p><a href="{address}">Go to the preview</a></p></body></html>
"""


@contextlib.contextmanager
def write_redirect(address: str) -> Iterator[str]:
    """Yield the URL of a file, readable by this user alone, that redirects to an address.

    The file goes at the end of the block.

    Raises:
        OSError: it can't be written.
    """
    with tempfile.TemporaryDirectory(prefix="sfgen-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "preview.html"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(_PAGE.format(address=html.escape(address, quote=True)))
        yield path.as_uri()

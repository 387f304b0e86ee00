"""Coverage-guided fuzzing of what pages and browsers hand to the preview, with atheris.

atheris is no dependency of the project; where it is installed (Python below 3.12):

    python tests/preview/fuzz_preview.py -max_total_time=60

The first byte chooses the reader: an expression, a page, a remoting request, a
FlexiPage, or a class whose remote actions are listed.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import atheris

with atheris.instrument_imports(include=["sfgen.preview"]):
    from sfgen.errors import SfgenError
    from sfgen.preview.apex.project_apex import read_remote_actions
    from sfgen.preview.project.layout import read_layout
    from sfgen.preview.project.source import read_source
    from sfgen.preview.visualforce.remoting import Remoting
    from sfgen.visualforce import PageContext, render_page
    from sfgen.visualforce.expression import parse_expression

HERE = Path(__file__).parent
ROOT = Path(tempfile.mkdtemp(prefix="fuzz-")) / "feed"
shutil.copytree(HERE / "fixture", ROOT)
FOLDER = ROOT / "force-app/main/default"
SOURCE = read_source(ROOT)
REMOTING = Remoting(SOURCE, SimpleNamespace(remote=lambda *_: None))
CONTEXT = PageContext(
    globals={"$user": ".".join},
    read_property=lambda name: {"name": name, "list": [1, None, "x"]},
    resource_address=lambda name, path: f"/resource/1/{name}/{path}",
)


def render(text: str) -> None:
    render_page(text, CONTEXT)


def ask(text: str) -> None:
    with contextlib.suppress(ValueError, RecursionError):
        REMOTING.answer(text.encode(errors="replace"), "")


def lay_out(text: str) -> None:
    path = FOLDER / "flexipages/FeedHome.flexipage-meta.xml"
    path.write_text(text, encoding="utf-8", errors="replace")
    source = read_source(ROOT)
    read_layout(source)


def list_actions(text: str) -> None:
    path = FOLDER / "classes/FeedController.cls"
    path.write_text(text, encoding="utf-8", errors="replace")
    read_remote_actions(SOURCE, "FeedController")


READERS: list[Any] = [parse_expression, render, ask, lay_out, list_actions]


def run_one(data: bytes) -> None:
    """Hand one input to one reader; only sfgen's own errors may come back."""
    if not data:
        return
    text = data[1:].decode(errors="replace")
    with contextlib.suppress(SfgenError):
        READERS[data[0] % len(READERS)](text)


if __name__ == "__main__":
    atheris.Setup(sys.argv, run_one)
    atheris.Fuzz()

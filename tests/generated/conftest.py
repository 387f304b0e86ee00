from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def project(request: pytest.FixtureRequest) -> Iterator[Path]:
    from projects import render_example

    folder = render_example(request.param)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)

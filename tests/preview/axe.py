"""axe, the accessibility checker, on a page of the preview."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from patience import SECONDS
from running_site import HERE

if TYPE_CHECKING:
    from collections.abc import Callable

AXE = HERE.parents[1] / "node_modules/axe-core/axe.min.js"


def find_violations(page: Any, *, iframes: bool = False) -> list[str]:
    """Each violation's rule and the first part of the element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = json.dumps({"resultTypes": ["violations"], "iframes": iframes})
    result = page.evaluate(f"axe.run(document, {options})")
    return [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]


def finds_none(find: Callable[[], list[str]]) -> None:
    """Assert that nothing is found, once what fades in or out on the page has done so."""
    end = time.monotonic() + SECONDS / 2
    while (found := find()) and time.monotonic() < end:
        time.sleep(0.2)
    assert found == []

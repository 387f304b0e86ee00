"""Base components in a browser, Salesforce's published ones and the preview's stand-ins alike."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sfgen import assets
from sfgen.preview.modules.component_modules import LIGHTNING
from sfgen.preview.modules.salesforce_modules import INTERNATIONALIZATION
from sfgen.tools.lwc_compiler import LwcCompiler, Options

if TYPE_CHECKING:
    from collections.abc import Iterable

PACKAGE = Path(__file__).parents[3] / "node_modules/lightning-base-components"
ORIGINALS = PACKAGE / "src/lightning"
ORIGIN = "http://components.localhost"
_IMPORT = re.compile(r"""(?:import|from)\s*["']([^"'\n.][^"'\n]*)["']""")
_EMPTY = "export default undefined;"
_PAGE = """<!DOCTYPE html><html lang="en"><head>
<script>
    window.textOf = Object.getOwnPropertyDescriptor(Node.prototype, 'textContent').get;
    window.find = Document.prototype.evaluate;
    window.process = {{ env: {{ NODE_ENV: 'production' }} }};
</script>
<script type="importmap">{import_map}</script>
<script type="module">
import '/engine/lwc-synthetic-shadow.js';
import {{ createElement, getComponentDef }} from 'lwc';
window.define = getComponentDef;
window.make = createElement;
</script></head><body></body></html>"""
_TRY = (Path(__file__).parent / "base_components.js").read_text(encoding="utf-8")


class Components:
    """One set of base components on a page of its own.

    Args:
        page: of Playwright, empty.
        folder: the bundles.
    """

    def __init__(self, page: Any, folder: Path) -> None:
        self._page = page
        self._folder = folder
        self._compiler = LwcCompiler()
        # V8 takes no time limit where an event loop runs, as Playwright's does.
        self._thread = ThreadPoolExecutor(1)
        self._named = _read_named_modules() if folder == ORIGINALS else {}
        page.route(f"{ORIGIN}/**", self._serve)
        page.goto(f"{ORIGIN}/")
        page.wait_for_function("!!window.make")
        page.evaluate(_TRY)

    def close(self) -> None:
        self._compiler.close()
        self._thread.shutdown()

    def try_values(self, name: str, cases: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Set properties as each case says, and return what became of it."""
        found: list[dict[str, Any]] = self._page.evaluate(
            "([name, cases]) => window.tryValues(name, cases)", [name, list(cases)]
        )
        return found

    def list_properties(self, name: str) -> dict[str, Any]:
        """Return what a component has, by name: its default value, or ``method``."""
        found: dict[str, Any] = self._page.evaluate("(name) => window.listProperties(name)", name)
        return found

    def has_static(self, name: str, method: str) -> bool:
        """Say whether a module's class has a static method."""
        found: bool = self._page.evaluate(
            "([name, method]) => import(`/lightning/${name}/${name}.js`)"
            ".then((module) => typeof module.default[method] === 'function')",
            [name, method],
        )
        return found

    # Serving.

    def _serve(self, route: Any) -> None:
        path = route.request.url.removeprefix(ORIGIN).partition("?")[0]
        kind = "text/html" if path == "/" else "text/javascript"
        try:
            body = self._read(path)
        except FileNotFoundError:
            route.fulfill(status=404, body="")
            return
        route.fulfill(body=body, content_type=kind)

    def _read(self, path: str) -> str:
        if path == "/":
            imports = {"lwc": "/engine/lwc-engine.js"}
            imports |= {
                f"{space}/": f"/{space}/" for space in ("lightning", "@salesforce", "force")
            }
            return _PAGE.format(import_map=json.dumps({"imports": imports}))
        if path.startswith("/engine/"):
            return assets.read_packed(path.removeprefix("/engine/")).decode()
        if path.startswith(("/@salesforce/", "/force/")):
            return self._read_scoped(path[1:])
        return self._compile(path.removeprefix("/lightning/"))

    def _read_scoped(self, name: str) -> str:
        key = name.removeprefix("@salesforce/i18n/")
        if key in INTERNATIONALIZATION:
            return f"export default {json.dumps(INTERNATIONALIZATION[key])};"
        if file := self._named.get(name):
            return file.read_text(encoding="utf-8")
        if name == "force/navigation":
            return _EMPTY
        return "export default undefined;"

    def _compile(self, path: str) -> str:
        bundle, _, file = path.partition("/")
        if bundle.startswith("iconSvgTemplates"):
            return "export default {};"
        place = self._folder / bundle / (file or f"{bundle}.js")
        if not file and not place.is_file():
            place = place.with_suffix(".css" if place.with_suffix(".css").is_file() else ".html")
        if not place.suffix:
            place = place.with_name(f"{place.name}.js")
        if not place.is_file():
            if place.suffix in {".html", ".css"}:
                return _EMPTY
            raise FileNotFoundError(path)
        text = place.read_text(encoding="utf-8").replace("import.meta.env.SSR", "false")
        if not file:
            # Relative imports of the bundle start from its folder.
            return f"export * from '/lightning/{bundle}/{place.name}';" + (
                f"export {{ default }} from '/lightning/{bundle}/{place.name}';"
                if re.search(r"export default|as default", text) or place.suffix != ".js"
                else ""
            )
        options = Options("lightning", bundle, scoped=place.name.endswith(".scoped.css"))
        work = self._thread.submit(self._compiler.compile, text, place.name, options)
        compiled = work.result()
        assert compiled.error is None, (path, compiled.error)
        return compiled.code


def _read_named_modules() -> dict[str, Path]:
    package = json.loads((PACKAGE / "package.json").read_text(encoding="utf-8"))
    named = [one for one in package["lwc"]["modules"] if "name" in one]
    return {one["name"]: PACKAGE / one["path"] for one in named}


def list_stand_ins() -> list[str]:
    """Name the stand-ins that Salesforce's package has too."""
    return sorted(path.name for path in LIGHTNING.iterdir() if (ORIGINALS / path.name).is_dir())

"""The ES modules of a page: the project's own, ``lightning/*`` and what ``@salesforce/*`` names."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sfgen import assets
from sfgen.preview.modules.salesforce_modules import SalesforceModules
from sfgen.preview.project.source import child_text
from sfgen.tools.lwc_compiler import Compiled, Diagnosis, LwcCompiler, Options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.preview.project.source import Source

LIGHTNING: Final = assets.FOLDER / "lightning"
_IMPORT = re.compile(
    r"""^[ \t]*(?:import|(?:import|export)\b(?:\s*[\w$]+\s*,?)?"""
    r"""\s*(?:\{[^{}]*\}|\*(?:\s*as\s+[\w$]+)?)?\s*from)\s*["']([^"'\n]+)["']""",
    re.MULTILINE,
)
_EMPTY = "export default undefined;\n"


@dataclass(frozen=True, slots=True)
class ModuleProblem:
    """Why a component can't be shown: file and line as seen from the project's root."""

    file: str
    line: int | None
    message: str


class Modules:
    """Answers for every module address, and says beforehand what a component lacks.

    Args:
        source: the project as it stands now.
        compiler: kept between readings of the project.
    """

    def __init__(self, source: Source, compiler: LwcCompiler) -> None:
        self._source = source
        self._compiler = compiler
        self._salesforce = SalesforceModules(source)

    def import_map(self) -> dict[str, dict[str, str]]:
        """Map every specifier that a component may write to its address."""
        imports = {
            "lwc": "/asset/lwc-engine.js",
            "@salesforce/apex": "/module/salesforce/apex",
            "@salesforce/": "/module/salesforce/",
            "lightning/": "/module/lightning/",
            "c/": "/module/c/",
        }
        for name in lightning_modules():
            imports[f"lightning/{name}"] = f"/module/lightning/{name}/{name}.js"
        for name in self._source.of_type("LightningComponentBundle"):
            imports[f"c/{name}"] = f"/module/c/{name}/{name}.js"
        return {"imports": imports}

    def read(self, space: str, path: str) -> str | Diagnosis:
        """Return the JavaScript at ``/module/<space>/<path>``, or why there is none."""
        if space == "salesforce":
            return self._salesforce.read(path)
        bundle, _, file = path.partition("/")
        if space not in {"c", "lightning"} or not file:
            return Diagnosis(f"{space}/{bundle} is not in this project")
        # A bundle's own modules are imported without their extension, too.
        answer = self._compile(space, bundle, _join("", file))
        return answer if isinstance(answer, Diagnosis) else answer.code

    def read_function(self, path: str) -> Compiled | Diagnosis:
        """Return a file of the project as Lightning Web Security evaluates it, or why not."""
        bundle, _, file = path.partition("/")
        return self._compile("c", bundle, _join("", file), sandboxed=True)

    def problems(self, specifier: str) -> list[ModuleProblem]:
        """Follow the imports of a component and return everything that is missing or wrong."""
        found: list[ModuleProblem] = []
        seen: set[str] = set()
        waiting = [(specifier, specifier)]
        while waiting:
            name, asked_by = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            if name.startswith("@salesforce/"):
                if message := self._salesforce.missing(name.removeprefix("@salesforce/")):
                    found.append(ModuleProblem(asked_by, None, message))
                continue
            waiting.extend(self._follow(name, asked_by, found))
        return found

    def _follow(
        self, name: str, asked_by: str, found: list[ModuleProblem]
    ) -> Iterator[tuple[str, str]]:
        if name == "lwc" or name.startswith("/asset/"):
            return
        space, _, path = name.partition("/")
        bundle, _, file = path.partition("/")
        file = file or f"{bundle}.js"
        folder = self._folder(space, bundle)
        if folder is None:
            found.append(ModuleProblem(asked_by, None, _absence(space, bundle)))
            return
        shown = self._shown(folder / file)
        compiled = self._compile(space, bundle, file)
        if isinstance(compiled, Diagnosis):
            found.append(ModuleProblem(shown, compiled.line, compiled.message))
            return
        for imported in _IMPORT.findall(compiled.code):
            plain = imported.partition("?")[0]
            if plain.startswith("."):
                yield f"{space}/{bundle}/{_join(file, plain)}", shown
            else:
                yield plain, shown

    def _compile(
        self, space: str, bundle: str, file: str, *, sandboxed: bool = False
    ) -> Compiled | Diagnosis:
        folder = self._folder(space, bundle)
        if folder is None:
            return Diagnosis(_absence(space, bundle))
        path = _inside(folder, file)
        if path is None or not path.is_file():
            # A component may have no template and no style sheet; its class always stands there.
            optional = file.endswith((".html", ".css")) and "/" not in file
            if optional:
                return Compiled("exports.default = undefined;\n" if sandboxed else _EMPTY)
            return Diagnosis(f"{space}/{bundle}/{file} does not exist")
        if path.suffix not in {".js", ".ts", ".html", ".css"}:
            return Diagnosis(f"{path.name} can't be imported by a Lightning web component")
        options = Options(
            namespace=space,
            name=bundle,
            api_version=self._api_version(space, bundle),
            scoped=file.endswith(".scoped.css"),
            sandboxed=sandboxed,
        )
        compiled = self._compiler.compile(path.read_text(encoding="utf-8"), file, options)
        return compiled.error or compiled

    def _folder(self, space: str, bundle: str) -> Path | None:
        if space == "lightning":
            return LIGHTNING / bundle if bundle in lightning_modules() else None
        component = self._source.of_type("LightningComponentBundle").get(bundle)
        return Path(component.folder) if component and component.folder else None

    def _api_version(self, space: str, bundle: str) -> int:
        version = self._source.project.configuration.api_version
        if space == "c":
            meta = self._source.metadata("LightningComponentBundle", bundle)
            version = child_text(meta, "apiVersion") if meta is not None else version
        return int(float(version)) if version else 68

    def _shown(self, path: Path) -> str:
        if path.is_relative_to(self._source.root):
            return self._source.project.relative(path)
        return f"lightning/{path.name}"


def lightning_modules() -> list[str]:
    """Name the ``lightning/*`` modules that the preview has."""
    return sorted(path.name for path in LIGHTNING.iterdir() if path.is_dir())


def error_module(message: str) -> str:
    """Return a module that fails with ``message`` wherever it is imported."""
    return f"throw new Error({json.dumps(message)});\nexport default undefined;\n"


def _absence(space: str, bundle: str) -> str:
    if space == "lightning":
        return f"lightning/{bundle} is not in the preview (the org has it)"
    if space == "c":
        return f"c/{bundle} is not in this project"
    return f"{space}/{bundle}: the preview knows c, lightning, lwc and @salesforce"


def _join(file: str, relative: str) -> str:
    parts = file.split("/")[:-1]
    for part in relative.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    joined = "/".join(parts)
    return joined if re.search(r"\.(js|ts|html|css)$", joined) else f"{joined}.js"


def _inside(folder: Path, file: str) -> Path | None:
    path = (folder / file).resolve()
    return path if path.is_relative_to(folder.resolve()) else None

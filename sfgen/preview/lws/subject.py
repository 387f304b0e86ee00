"""What of a project is put into the sandbox: its pusher-js, its shim, its own scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sfgen.preview.lws.packages import CouldNotRunError

if TYPE_CHECKING:
    from sfgen.preview.source import Source

#: How pusher-js's bundles hand themselves out (UMD), and the version they carry as a text.
_UMD: Final = re.compile(r"exports\[?[.\"']Pusher\b")
_VERSION: Final = re.compile(r"[\"'](\d+\.\d+\.\d+)[\"']")
_SHIM: Final = re.compile(r"(?:window\.)?Pusher\.Runtime\.getProtocol\s*=[^;]+;")
_ASYNC: Final = re.compile(
    r"\basync\s+function\b|\basync\s*\([^)]*\)\s*=>|\basync\s+\w+\s*\([^)]*\)\s*\{"
)
_LOADED: Final = re.compile(r"`\$\{(\w+)\}/([\w./-]+\.js)`")
_IMPORTED: Final = re.compile(r"import\s+(\w+)\s+from\s+'@salesforce/resourceUrl/(?:\w+__)?(\w+)'")


@dataclass(frozen=True, slots=True)
class Subject:
    """The project's part in the check.

    Args:
        pusher: the file of pusher-js in a static resource.
        version: as its first lines say.
        shim: the statement of the project's component that cures pusher-js, or nothing.
        shim_place: file and line of it.
        scripts: the project's own scripts that its component loads after pusher-js, in order.
        mode: ``direct`` when a component loads pusher-js, else ``visualforce``.
        asynchronous: scripts of a static resource with native ``async``, which Firefox's sandbox
            does not run.
    """

    pusher: Path
    version: str
    shim: str
    shim_place: str
    scripts: tuple[Path, ...]
    mode: str
    asynchronous: tuple[str, ...]


def find_subject(source: Source) -> Subject:
    """Find pusher-js and what the project does with it.

    Raises:
        CouldNotRunError: no static resource holds pusher-js.
    """
    found = _find_pusher(source)
    if found is None:
        raise CouldNotRunError(
            "no static resource of this project holds pusher-js",
            hint="run it on a project that sfgen wrote, or on one with pusher.min.js",
        )
    pusher, version = found
    shim, place, mode = "", "", "visualforce"
    scripts: tuple[Path, ...] = ()
    for component in source.of_type("LightningComponentBundle").values():
        for path in component.files:
            if not path.endswith(".js"):
                continue
            text = Path(path).read_text(encoding="utf-8")
            if "loadScript" in text and "Pusher" in text:
                mode, scripts = "direct", _find_scripts(source, text, pusher)
            if match := _SHIM.search(text):
                line = text[: match.start()].count("\n") + 1
                shim, place = match.group(), f"{source.project.relative(path)}:{line}"
    native = tuple(
        source.project.relative(path)
        for path in (pusher, *scripts)
        if _ASYNC.search(path.read_text(encoding="utf-8"))
    )
    return Subject(pusher, version, shim, place, scripts, mode, native)


def _find_pusher(source: Source) -> tuple[Path, str] | None:
    for component in source.of_type("StaticResource").values():
        for path in component.files:
            if not path.endswith((".js", ".resource")):
                continue
            text = Path(path).read_text(encoding="utf-8", errors="replace")
            if _UMD.search(text[:2_000]):
                match = _VERSION.search(text)
                return Path(path), match.group(1) if match else "of unknown version"
    return None


def _find_scripts(source: Source, text: str, pusher: Path) -> tuple[Path, ...]:
    names = dict(_IMPORTED.findall(text))
    resources = source.of_type("StaticResource")
    found: list[Path] = []
    for variable, inner in _LOADED.findall(text):
        component = resources.get(names.get(variable, ""))
        if component is not None and component.folder is not None:
            path = Path(component.folder) / inner
            if path.is_file() and path != pusher:
                found.append(path)
    return tuple(found)

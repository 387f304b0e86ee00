"""Finds what runs in the sandbox: a project's pusher-js, its shim, its own components."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sfgen.lws.packages import CouldNotRunError
from sfgen.lwscheck.carriers import (
    DIRECT,
    VISUALFORCE,
    Carrier,
    find_carriers,
    find_entries,
    is_aura,
    scripts_of,
)
from sfgen.lwscheck.script import Script, knows_authorization

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.preview.project.source import Source
    from sfgen.project import Component

#: How pusher-js's bundles hand themselves out (UMD), and the version they carry as a text.
_UMD: Final = re.compile(r"exports\[?[.\"']Pusher\b")
_VERSION: Final = re.compile(r"[\"'](\d+\.\d+\.\d+)[\"']")
_SHIM: Final = re.compile(r"(?:window\.)?Pusher\.Runtime\.getProtocol\s*=[^;]+;")
_ASYNC: Final = re.compile(
    r"\basync\s+function\b|\basync\s*\([^)]*\)\s*=>|\basync\s+\w+\s*\([^)]*\)\s*\{"
)
_AUTHORIZATION: Final = re.compile(r"\b(channelAuthorization|userAuthentication)\s*:")
_LOADED: Final = re.compile(r"`\$\{(\w+)\}/([\w./-]+\.js)`")
_IMPORTED: Final = re.compile(r"import\s+(\w+)\s+from\s+'@salesforce/resourceUrl/(?:\w+__)?(\w+)'")


@dataclass(frozen=True, slots=True)
class LwsSubject:
    """The project's part in the check.

    Args:
        pusher: pusher-js, of a static resource.
        version: as its first lines say.
        shim: the statement of the project's component that cures pusher-js, or nothing.
        shim_place: file and line of it.
        scripts: the project's own scripts that its component loads after pusher-js, in order.
        carriers: the components that bring pusher-js to a page.
        entries: the components that are run in the sandbox, since they use a carrier.
        emulated: those of them that are Aura components, emulated outside of the sandbox.
        unknown: file and line of options that this pusher-js doesn't know, with the words for it.
        asynchronous: scripts of a static resource with native ``async``, which Firefox's sandbox
            does not run.
    """

    pusher: Script
    version: str
    shim: str
    shim_place: str
    scripts: tuple[Script, ...]
    carriers: tuple[Carrier, ...]
    entries: tuple[str, ...]
    emulated: tuple[str, ...]
    asynchronous: tuple[str, ...]
    unknown: tuple[tuple[str, str], ...] = ()

    @property
    def mode(self) -> str:
        """``direct`` when a component loads pusher-js, ``visualforce`` when one frames a page."""
        modes = {carrier.mode for carrier in self.carriers}
        return DIRECT if DIRECT in modes else VISUALFORCE if modes else ""


def find_subject(source: Source) -> LwsSubject:
    """Find pusher-js and what the project does with it.

    Raises:
        CouldNotRunError: no static resource holds pusher-js.
    """
    for name, component in source.of_type("StaticResource").items():
        for pusher in _read_scripts(source, component):
            if _UMD.search(pusher.text[:2_000]):
                return _describe(source, name, pusher)
    raise CouldNotRunError(
        "no static resource of this project holds pusher-js",
        hint="run it on a project that sfgen wrote, or on one with pusher.min.js",
    )


def _describe(source: Source, resource: str, pusher: Script) -> LwsSubject:
    carriers = find_carriers(source, resource)
    entries = find_entries(source, carriers)
    shim, place = _find_shim(source)
    scripts = tuple(_find_scripts(source, carriers, pusher))
    found = _VERSION.search(pusher.text)
    version = found.group(1) if found else "of unknown version"
    return LwsSubject(
        pusher=pusher,
        version=version,
        shim=shim,
        shim_place=place,
        scripts=scripts,
        carriers=carriers,
        entries=entries,
        emulated=tuple(name for name in entries if is_aura(source, name)),
        unknown=tuple(_find_unknown(source, version)),
        asynchronous=tuple(one.place for one in (pusher, *scripts) if _ASYNC.search(one.text)),
    )


def _read_scripts(source: Source, component: Component) -> Iterator[Script]:
    for path in map(Path, component.files):
        place = source.project.relative(path)
        if path.suffix in {".resource", ".zip"} and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for member in archive.namelist():
                    if member.endswith(".js"):
                        text = archive.read(member).decode("utf-8", "replace")
                        yield Script(f"{place}!{member}", text)
        elif path.suffix in {".js", ".resource"}:
            yield Script(place, path.read_text(encoding="utf-8", errors="replace"))


def _find_unknown(source: Source, version: str) -> Iterator[tuple[str, str]]:
    """Find where scripts use the authorization options that came with pusher-js 7.1."""
    if knows_authorization(version):
        return
    for kind in ("LightningComponentBundle", "StaticResource"):
        for component in source.of_type(kind).values():
            for path, text in scripts_of(component):
                match = _AUTHORIZATION.search(text) if ".min." not in path.name else None
                if match:
                    line = text[: match.start()].count("\n") + 1
                    words = f"pusher-js {version} knows no {match[1]}: authorizer, or 7.1"
                    yield f"{source.project.relative(path)}:{line}", words


def _find_shim(source: Source) -> tuple[str, str]:
    for component in source.of_type("LightningComponentBundle").values():
        for path, text in scripts_of(component):
            if match := _SHIM.search(text):
                line = text[: match.start()].count("\n") + 1
                return match.group(), f"{source.project.relative(path)}:{line}"
    return "", ""


def _find_scripts(
    source: Source, carriers: tuple[Carrier, ...], pusher: Script
) -> Iterator[Script]:
    resources = source.of_type("StaticResource")
    for carrier in carriers:
        if carrier.mode != DIRECT:
            continue
        component = source.of_type("LightningComponentBundle")[carrier.bundle]
        text = "\n".join(text for _, text in scripts_of(component))
        names = dict(_IMPORTED.findall(text))
        for variable, inner in _LOADED.findall(text):
            holder = resources.get(names.get(variable, ""))
            if holder is None:
                continue
            for script in _read_scripts(source, holder):
                if script.place.endswith(f"/{inner}") and script.place != pusher.place:
                    yield script

"""Finds the components that load pusher-js, and the components that use those."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sfgen.preview.project.source import child_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.preview.project.source import Source
    from sfgen.project import Component

DIRECT: Final = "direct"
VISUALFORCE: Final = "visualforce"
_LWC: Final = "LightningComponentBundle"
_AURA: Final = "AuraDefinitionBundle"
_FRAME: Final = re.compile(r"<iframe\b|createElement\(\s*['\"]iframe['\"]")
_IMPORT: Final = re.compile(r"""from\s*['"]c/(\w+)['"]|import\s*\(?\s*['"]c/(\w+)['"]""")
_TAG: Final = re.compile(r"<c-([a-z][\w-]*)")
_AURA_TAG: Final = re.compile(r"<c:(\w+)")
_PLACEABLE: Final = re.compile(r"implements=\"[^\"]*flexipage:availableFor")
_RESOURCE: Final = re.compile(r"\$Resource\.(?:\w+?__)?(\w+)")


@dataclass(frozen=True, slots=True)
class Carrier:
    """A component that brings pusher-js to a page.

    Args:
        bundle: its name.
        mode: ``direct`` when it loads pusher-js itself, ``visualforce`` when it frames a page.
        place: file and line that shows it.
        deed: what it does there.
    """

    bundle: str
    mode: str
    place: str
    deed: str


def find_carriers(source: Source, resource: str) -> tuple[Carrier, ...]:
    """Find the components that load pusher-js, or frame a page while a page includes it.

    Args:
        source: the project.
        resource: the static resource that holds pusher-js.
    """
    pages = ", ".join(sorted(_pages_with(source, resource)))
    found = []
    for name, component in _components(source).items():
        for path, text in scripts_of(component):
            if call := _find_load(path, text, resource):
                found.append((name, path, text, call, DIRECT, "loads pusher-js"))
                break
            if pages and (frame := _FRAME.search(text)):
                deed = f"frames a page; pusher-js is in {pages}"
                found.append((name, path, text, frame, VISUALFORCE, deed))
                break
    return tuple(
        Carrier(name, mode, _place(source, path, text, match.start()), deed)
        for name, path, text, match, mode, deed in found
    )


def find_entries(source: Source, carriers: tuple[Carrier, ...]) -> tuple[str, ...]:
    """Return the components on pages that use a carrier; without any, the carriers."""
    uses = {name: _uses(part) for name, part in _components(source).items()}
    wanted = {carrier.bundle for carrier in carriers}
    grown = True
    while grown:
        more = {name for name, used in uses.items() if used & wanted} - wanted
        wanted |= more
        grown = bool(more)
    exposed = sorted(name for name in wanted if _is_exposed(source, name))
    return tuple(exposed or sorted({carrier.bundle for carrier in carriers}))


def is_aura(source: Source, name: str) -> bool:
    """Say whether a component is an Aura component."""
    return name in source.of_type(_AURA)


def scripts_of(component: Component) -> Iterator[tuple[Path, str]]:
    """Iterate over a component's own scripts and markup, without its tests."""
    for path in map(Path, component.files):
        if path.suffix in {".js", ".ts", ".html", ".cmp"} and "__tests__" not in path.parts:
            yield path, path.read_text(encoding="utf-8", errors="replace")


def _components(source: Source) -> dict[str, Component]:
    return {**source.of_type(_AURA), **source.of_type(_LWC)}


def _find_load(path: Path, text: str, resource: str) -> re.Match[str] | None:
    if path.suffix == ".cmp":
        require = re.search(r"<ltng:require\b[^>]*", text)
        return require if require and resource in _RESOURCE.findall(require.group()) else None
    call = re.search(r"\bloadScript\s*\(", text)
    return call if path.suffix != ".html" and "Pusher" in text else None


def _pages_with(source: Source, resource: str) -> Iterator[str]:
    for name, component in source.of_type("ApexPage").items():
        for path in component.files:
            if path.endswith(".page"):
                text = Path(path).read_text(encoding="utf-8", errors="replace")
                if resource in _RESOURCE.findall(text):
                    yield name


def _uses(component: Component) -> set[str]:
    found: set[str] = set()
    for path, text in scripts_of(component):
        if path.suffix == ".html":
            found |= {_camel(tag) for tag in _TAG.findall(text)}
        elif path.suffix == ".cmp":
            found |= set(_AURA_TAG.findall(text))
        else:
            found |= {one or other for one, other in _IMPORT.findall(text)}
    return found


def _is_exposed(source: Source, name: str) -> bool:
    meta = source.metadata(_LWC, name)
    if meta is not None:
        return child_text(meta, "isExposed") == "true"
    markup = source.bundle_file(_AURA, name, f"{name}.cmp")
    return markup is not None and bool(_PLACEABLE.search(markup.read_text(encoding="utf-8")))


def _place(source: Source, path: Path, text: str, offset: int) -> str:
    line = text[:offset].count("\n") + 1
    return f"{source.project.relative(path)}:{line}"


def _camel(tag: str) -> str:
    first, *rest = tag.split("-")
    return first + "".join(part.capitalize() for part in rest)

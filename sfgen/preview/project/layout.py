"""Reads FlexiPages, the app and its utility bar into pages with regions and components."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sfgen.preview.project.source import NAMESPACE, child_text, children

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from sfgen.preview.project.source import Source

#: The order of a template's regions, and how wide each is in twelfths. Others follow, full width.
TEMPLATES: Final = {
    "home:desktopTemplate": {"top": 12, "bottomLeft": 6, "bottomRight": 6, "sidebar": 4},
    "flexipage:recordHomeTemplateDesktop": {"header": 12, "main": 8, "sidebar": 4},
    "flexipage:recordHomeSimpleViewTemplateDesktop": {"header": 12, "main": 12},
    "flexipage:appHomeTemplateHeaderTwoColumnsLeftSidebar": {"header": 12, "sidebar": 4, "main": 8},
    "flexipage:defaultAppHomeTemplate": {"main": 12},
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A component on a page.

    Args:
        space: ``c`` for the project's own, else the platform's namespace.
        kind: ``lwc``, ``aura`` or ``standard``.
        decorators: of a utility item: ``eager``, ``label``, ``icon``, ``width``, ``height``.
    """

    space: str
    name: str
    kind: str
    properties: dict[str, str] = field(default_factory=dict)
    decorators: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Region:
    """A region of a page with its components, in order."""

    name: str
    width: int
    components: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the shell.

    Args:
        address: as in Lightning Experience.
        kind: ``HomePage``, ``RecordPage``, ``AppPage`` or ``Tab``.
        object_name: of a record page.
    """

    name: str
    label: str
    kind: str
    address: str
    regions: tuple[Region, ...]
    object_name: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """All that the shell shows of a project."""

    label: str
    color: str
    pages: tuple[Page, ...]
    utilities: tuple[Placed, ...]

    def page(self, address: str) -> Page | None:
        """Find the page at an address; a record page answers for every record."""
        for page in self.pages:
            if page.address == address:
                return page
            start, mark, _ = page.address.partition("{recordId}")
            if mark and address.startswith(start) and address.endswith("/view"):
                return page
        return None


def read_layout(source: Source) -> Layout:
    """Lay the project's app out; without an app, its pages; without pages, its components."""
    application = next(iter(source.of_type("CustomApplication").values()), None)
    meta = source.document(application.meta) if application and application.meta else None
    label = child_text(meta, "label") if meta is not None else source.root.name
    brand = meta.find(f"{NAMESPACE}brand") if meta is not None else None
    color = child_text(brand, "headerColor") if brand is not None else ""
    bar_name = child_text(meta, "utilityBar") if meta is not None else ""
    pages = [*_flexi_pages(source), *_tabs(source)]
    if not pages:
        pages = [_gallery(source)]
    order = {"HomePage": 0, "RecordPage": 1, "AppPage": 2, "Tab": 3}
    pages.sort(key=lambda page: (order[page.kind], page.label))
    return Layout(label, color or "#0176d3", tuple(pages), tuple(_utilities(source, bar_name)))


def _flexi_pages(source: Source) -> Iterator[Page]:
    for name in source.of_type("FlexiPage"):
        meta = source.metadata("FlexiPage", name)
        kind = child_text(meta, "type") if meta is not None else ""
        if meta is None or kind not in {"HomePage", "RecordPage", "AppPage"}:
            continue
        object_name = child_text(meta, "sobjectType")
        address = {
            "HomePage": "/lightning/page/home",
            "RecordPage": f"/lightning/r/{object_name}/{{recordId}}/view",
            "AppPage": f"/lightning/n/{name}",
        }[kind]
        label = child_text(meta, "masterLabel") or name
        yield Page(name, label, kind, address, tuple(_regions(source, meta)), object_name)


def _tabs(source: Source) -> Iterator[Page]:
    for name in source.of_type("CustomTab"):
        meta = source.metadata("CustomTab", name)
        if meta is None:
            continue
        component = child_text(meta, "lwcComponent") or child_text(meta, "auraComponent")
        if not component:
            continue
        label = child_text(meta, "label") or name
        region = Region("main", 12, (_place(source, component),))
        yield Page(name, label, "Tab", f"/lightning/n/{name}", (region,))


def _gallery(source: Source) -> Page:
    """Show every exposed component below the others: a project without pages has these."""
    shown = [
        _place(source, name)
        for name in source.of_type("LightningComponentBundle")
        if (meta := source.metadata("LightningComponentBundle", name)) is not None
        and child_text(meta, "isExposed") == "true"
    ]
    region = Region("main", 12, tuple(shown))
    return Page("Components", "Components", "HomePage", "/lightning/page/home", (region,))


def _regions(source: Source, meta: etree._Element) -> Iterator[Region]:
    template = meta.find(f"{NAMESPACE}template")
    known = TEMPLATES.get(child_text(template, "name"), {}) if template is not None else {}
    found = {
        child_text(region, "name"): tuple(_components(source, region))
        for region in children(meta, "flexiPageRegions")
        if child_text(region, "type") != "Facet"
    }
    widths = {name: known.get(name, 12) for name in [*known, *found] if name in found}
    if "sidebar" in widths and "bottomLeft" in known:
        # The home template: three columns when its sidebar holds something.
        widths.update({name: 4 for name in ("bottomLeft", "bottomRight") if name in widths})
    for name, width in widths.items():
        if found[name]:
            yield Region(name, width, found[name])


def _components(source: Source, region: etree._Element) -> Iterator[Placed]:
    for item in children(region, "itemInstances"):
        for instance in children(item, "componentInstance"):
            properties: dict[str, str] = {}
            decorators: dict[str, str] = {}
            for entry in children(instance, "componentInstanceProperties"):
                decorated = child_text(entry, "type") == "decorator"
                target = decorators if decorated else properties
                target[child_text(entry, "name")] = child_text(entry, "value")
            yield _place(source, child_text(instance, "componentName"), properties, decorators)


def _place(
    source: Source,
    name: str,
    properties: dict[str, str] | None = None,
    decorators: dict[str, str] | None = None,
) -> Placed:
    space, _, short = name.rpartition(":")
    if space in {"", "c", source.namespace} and short in source.of_type("LightningComponentBundle"):
        kind, space = "lwc", "c"
    elif space in {"", "c", source.namespace} and short in source.of_type("AuraDefinitionBundle"):
        kind, space = "aura", "c"
    else:
        kind = "standard" if space not in {"", "c"} else "missing"
    return Placed(space, short, kind, properties or {}, decorators or {})


def _utilities(source: Source, bar_name: str) -> Iterator[Placed]:
    for name in source.of_type("FlexiPage"):
        meta = source.metadata("FlexiPage", name)
        if meta is None or child_text(meta, "type") != "UtilityBar":
            continue
        if bar_name and name != bar_name:
            continue
        for region in children(meta, "flexiPageRegions"):
            yield from _components(source, region)
        return

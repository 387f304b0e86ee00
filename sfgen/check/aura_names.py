"""Finds names in Aura's tags and scripts that nothing declares: attributes, events, ids, labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sfgen.check.aura_markup import Markup, Tag, read_markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.check.subject import Subject

_API: Final = re.compile(r"@api\s+(?:(?:get|set|async)\s+)?(\w+)")
_EXPORT: Final = re.compile(
    r"^export\s+(?:async\s+)?(?:function\*?|const|let|var|class)\s+(\w+)", re.MULTILINE
)
_EXPORTS: Final = re.compile(r"^export\s*\{([^}]*)\}", re.MULTILINE)
_DEFAULT: Final = re.compile(r"^export\s+default\b", re.MULTILINE)
_SCRIPT_VALUE: Final = re.compile(r"\b(?:component|cmp)\.[gs]et\(\s*['\"]v\.(\w+)")
_SCRIPT_EVENT: Final = re.compile(r"\.getEvent\(\s*['\"](\w+)['\"]\s*\)")
_SCRIPT_ID: Final = re.compile(
    r"\b(?:component|cmp)\s*\.find\(\s*['\"](\w+)['\"]\s*\)(?:\s*\.(\w+)\s*\()?"
)
_LABEL: Final = re.compile(r"\$Label\.(\w+)\.(\w+)")
#: Attributes of HTML that any Lightning web component takes inside Aura
#: (forcedotcom/aura, InteropComponent.js).
_GLOBAL: Final = frozenset(
    "accesskey class contenteditable contextmenu dir draggable dropzone hidden id lang role "
    "spellcheck style tabindex title translate".split()
)
#: What the framework puts on a module's handle beside its exports (InteropModule.js).
_HANDLE: Final = frozenset({"isValid", "getLocalId", "getGlobalId", "getName", "destroy"})


def find_wrong_attributes(subject: Subject, markup: Markup) -> Iterator[tuple[int, str]]:
    """Find attributes that are set on a component of the project that doesn't declare them."""
    for tag in markup.tags:
        if tag.space != "c":
            continue
        known = _attributes_of(subject, tag)
        for name, (_, offset) in tag.values.items():
            if known is None or name.startswith("aura:") or name in known:
                continue
            yield offset, f"c:{tag.name} has no attribute or event {name}"


def _attributes_of(subject: Subject, tag: Tag) -> set[str] | None:
    """Return the attributes that a component takes; ``None`` where that can't be known."""
    aura = subject.inventory.find("AuraDefinitionBundle", tag.name)
    if aura is not None:
        path = next((path for path in aura.files if path.endswith(".cmp")), None)
        markup = read_markup(subject.text(path)) if path else None
        return None if markup is None or markup.inherits else markup.attributes | markup.events
    script = _script_of(subject, tag.name)
    if script is None or re.search(r"\bextends\s+(?!LightningElement\b)\w", script):
        return None
    handlers = {name for name in tag.values if re.match(r"on[a-z]", name)}
    return set(_API.findall(script)) | _GLOBAL | handlers


def _script_of(subject: Subject, name: str) -> str | None:
    component = subject.inventory.find("LightningComponentBundle", name)
    if component is None:
        return None
    path = next((p for p in component.files if p.endswith(f"{name}/{name}.js")), None)
    return subject.text(path) if path else None


def find_missing_labels(subject: Subject, text: str) -> Iterator[tuple[int, str]]:
    """Find custom labels that the project doesn't have."""
    own = {"c", subject.project.configuration.namespace}
    for named in _LABEL.finditer(text):
        if named[1] in own and not subject.inventory.has("CustomLabel", named[2]):
            yield named.start(2), f"no custom label called {named[2]}"


def find_unknown_names(subject: Subject, markup: Markup, text: str) -> Iterator[tuple[int, str]]:
    """Find attributes, events, local ids and exports that a script uses and nothing declares."""
    for named in _SCRIPT_VALUE.finditer(text):
        if named[1] not in markup.attributes:
            yield named.start(1), f"the component has no attribute {named[1]}"
    for named in _SCRIPT_EVENT.finditer(text):
        if named[1] not in markup.events:
            yield named.start(1), f"the component registers no event {named[1]}"
    for named in _SCRIPT_ID.finditer(text):
        if named[1] not in markup.ids:
            yield named.start(1), f"nothing in the markup has the aura:id {named[1]}"
        elif named[2] and not _exports(subject, markup.find(named[1]), named[2]):
            yield named.start(2), f"the module {named[1]} exports no {named[2]}"


def _exports(subject: Subject, tag: Tag | None, name: str) -> bool:
    """Say whether a module has an export; a module outside the project counts as having any."""
    script = _script_of(subject, tag.name) if tag and tag.space == "c" else None
    if script is None or _DEFAULT.search(script) or name in _HANDLE:
        return True
    listed = ",".join(_EXPORTS.findall(script))
    exported = {part.split(" as ")[-1].strip() for part in listed.split(",")}
    return name in exported | set(_EXPORT.findall(script))

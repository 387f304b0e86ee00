"""Rules: Lightning web components have valid names and import what exists."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from sfgen.check.findings import rule
from sfgen.check.inventory import is_foreign
from sfgen.check.places import at_element, at_line, at_offset
from sfgen.metadata import NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from sfgen.apex.syntax.tree import Method
    from sfgen.check.findings import Finding
    from sfgen.check.subject import Subject
    from sfgen.project import Component

NAME: Final = rule("lwc-name", "A bundle and its files have the name that orgs take")
IMPORT: Final = rule("lwc-import", "What a Lightning web component imports exists")
PARAMETER: Final = rule("lwc-apex-parameter", "Apex is called with the parameters it has")
TARGET: Final = rule("lwc-target", "Targets exist, and target configurations use listed ones")

_BUNDLE: Final = re.compile(r"[a-z](?!.*__)(\w*[A-Za-z0-9])?")
#: Each part ends at what it can't hold, so that a text without a match is read once.
_IMPORT: Final = re.compile(
    r"^[ \t]*import\b\s*"
    r"(?:(?:(?P<name>[\w$]+)\s+|(?:[\w$]+\s*,\s*)?(?:\{[^{}]*\}\s*|\*\s*as\s+[\w$]+\s+))from\s*)?"
    r"['\"](?P<path>[^'\"\n]+)['\"]",
    re.MULTILINE,
)
_TAG: Final = re.compile(r"<c-([a-z][a-z0-9_-]*)")
_CAMEL: Final = re.compile(r"-([a-z0-9])")
#: lightning__ targets of the component reference (js-meta.xml, Configuration File Tags).
_TARGETS: Final = frozenset(
    "lightning__AppPage lightning__HomePage lightning__RecordPage lightning__RecordAction "
    "lightning__Tab lightning__UtilityBar lightning__FlowScreen lightning__FlowAction "
    "lightning__Inbox lightning__UrlAddressable lightning__GlobalAction "
    "lightning__ServiceCloudVoiceToolkitApi lightning__VoiceExtension "
    "lightning__EnablementProgram lightning__AgentforceInput lightning__AgentforceOutput "
    "lightning__ServiceDocument lightning__Dashboard lightning__MessagingLayout "
    "lightningCommunity__Page lightningCommunity__Default lightningCommunity__Page_Layout "
    "lightningCommunity__Theme_Layout lightningSnapin__ChatMessage lightningSnapin__Minimized "
    "lightningSnapin__PreChat lightningSnapin__ChatHeader lightningSnapin__MessagingPreChat "
    "lightningStatic__Email analytics__Dashboard".split()
)
_NAMESPACE_FREE: Final = {
    "label": "CustomLabel",
    "resourceUrl": "StaticResource",
    "contentAssetUrl": "ContentAsset",
    "messageChannel": "LightningMessageChannel",
    "customPermission": "CustomPermission",
}


def check_lwc(subject: Subject) -> Iterator[Finding]:
    """Check every bundle."""
    for component in subject.project.components:
        if component.type.name != "LightningComponentBundle":
            continue
        yield from _names(component)
        root = subject.tree(component.meta)
        if root is not None:
            yield from _targets(subject, component, root)
        for path in component.files:
            if path.endswith((".js", ".ts")):
                yield from _imports(subject, component, path)
            elif path.endswith(".html"):
                yield from _tags(subject, component, path)


def _names(component: Component) -> Iterator[Finding]:
    if not _BUNDLE.fullmatch(component.name):
        what = (NAME, f"{component.name} is not a valid name for a Lightning web component")
        hint = "start with a lower-case letter; only letters, digits and single underscores"
        yield at_line(component, component.path, (1, 1), what, hint)
    main = {os.path.basename(path).partition(".")[0] for path in component.files}  # noqa: PTH119
    if component.name not in main:
        what = (NAME, f"the bundle has no file called {component.name}")
        yield at_line(component, component.path, (1, 1), what, "rename the folder or the files")


def _targets(subject: Subject, component: Component, root: etree._Element) -> Iterator[Finding]:
    path = component.meta or ""
    listed: set[str] = set()
    for element in root.iter(f"{{{NAMESPACE}}}target"):
        name = (element.text or "").strip()
        listed.add(name)
        if name not in _TARGETS:
            yield at_element(subject, component, path, element, (TARGET, f"unknown target {name}"))
    for element in root.iter(f"{{{NAMESPACE}}}targetConfig"):
        for name in (element.get("targets") or "").split(","):
            if name.strip() not in listed:
                what = (TARGET, f"the targetConfig's {name.strip()} is not among the targets")
                yield at_element(subject, component, path, element, what)


def _imports(subject: Subject, component: Component, path: str) -> Iterator[Finding]:
    text = subject.text(path)
    for found in _IMPORT.finditer(text):
        module = found["path"]
        problem = _judge(subject, component, module)
        if problem:
            yield at_offset(subject, component, path, found.start("path"), (IMPORT, problem))
        elif module.startswith("@salesforce/apex/") and found["name"]:
            yield from _calls(subject, component, path, (found["name"], module))


def _judge(subject: Subject, component: Component, module: str) -> str | None:
    if module.startswith("c/"):
        name = module[2:]
        found = subject.inventory.has("LightningComponentBundle", name)
        return None if found else f"no Lightning web component called {name}"
    if module.startswith("./"):
        return _judge_relative(component, module)
    if not module.startswith("@salesforce/"):
        return None
    kind, _, name = module.removeprefix("@salesforce/").partition("/")
    if not name:
        return None
    if kind == "apex":
        return _judge_apex(subject, name)
    if kind == "schema":
        return _judge_schema(subject, name)
    wanted = _NAMESPACE_FREE.get(kind)
    bare = name.removeprefix("c.").removesuffix("__c") if kind != "resourceUrl" else name
    if wanted is None or is_foreign(bare) or "." in bare:
        return None
    return None if subject.inventory.has(wanted, bare) else f"{module}: no {wanted} called {bare}"


def _judge_relative(component: Component, module: str) -> str | None:
    ending = module[2:]
    names = {os.path.relpath(path, component.folder) for path in component.files}
    fits = {ending, f"{ending}.js", f"{ending}.ts", f"{ending}.html", f"{ending}.css"}
    return None if names & fits else f"{module} does not exist in the bundle"


def _judge_apex(subject: Subject, name: str) -> str | None:
    class_name, _, method_name = name.rpartition(".")
    if is_foreign(class_name) or "." in class_name:
        return None
    if not subject.inventory.has("ApexClass", class_name):
        return f"no Apex class called {class_name}"
    declared = subject.apex_class(class_name)
    if declared is None or find_aura_enabled(declared.members, method_name) is not None:
        return None
    return f"{class_name} has no static @AuraEnabled method {method_name}"


def find_aura_enabled(members: tuple[object, ...], name: str) -> Method | None:
    """Find the ``@AuraEnabled`` method called ``name``."""
    for member in members:
        if getattr(member, "name", "").lower() != name.lower() or not hasattr(member, "parameters"):
            continue
        if any(a.name.lower() == "auraenabled" for a in getattr(member, "annotations", ())):
            return member  # type: ignore[return-value]
    return None


def _judge_schema(subject: Subject, name: str) -> str | None:
    object_name, _, path = name.partition(".")
    if object_name.lower().endswith(("__c", "__mdt", "__e")) and not is_foreign(object_name):
        if not subject.inventory.has("CustomObject", object_name):
            return f"no object called {object_name}"
        field = path.partition(".")[0]
        own = subject.inventory.fields.get(object_name.lower(), {})
        custom = field.lower().endswith("__c") and not is_foreign(field)
        if custom and field.lower() not in own:
            return f"{object_name} has no field {field}"
    return None


def _calls(
    subject: Subject, component: Component, path: str, imported: tuple[str, str]
) -> Iterator[Finding]:
    """Check ``method({ a, b: 1 })`` and ``@wire(method, { a: '$b' })`` against the parameters."""
    name, module = imported
    class_name, _, method_name = module.removeprefix("@salesforce/apex/").rpartition(".")
    declared = subject.apex_class(class_name)
    method = find_aura_enabled(declared.members, method_name) if declared else None
    if method is None:
        return
    known = {parameter.name.lower(): parameter.name for parameter in method.parameters}
    text = subject.text(path)
    call = re.compile(
        rf"(?:@wire\(\s*{re.escape(name)}\s*,|\b{re.escape(name)}\()\s*\{{([^{{}}]*)\}}"
    )
    for found in call.finditer(text):
        for part in found[1].split(","):
            key = part.partition(":")[0].strip().strip("'\"")
            if not re.fullmatch(r"[A-Za-z_]\w*", key) or known.get(key.lower()) == key:
                continue
            names = ", ".join(known.values()) or "none"
            what = (
                PARAMETER,
                f"{class_name}.{method_name} has no parameter {key} (it has: {names})",
            )
            yield at_offset(subject, component, path, found.start(1), what)


def _tags(subject: Subject, component: Component, path: str) -> Iterator[Finding]:
    text = subject.text(path)
    for found in _TAG.finditer(text):
        name = _CAMEL.sub(lambda dash: dash[1].upper(), found[1])
        if not subject.inventory.has("LightningComponentBundle", name):
            what = (IMPORT, f"<c-{found[1]}>: no Lightning web component called {name}")
            yield at_offset(subject, component, path, found.start(), what)

"""Packages that the project builds on and whose parts are not here.

A name such as `npe01__OppPayment__c` belongs to the package of that namespace. Salesforce compiles
code that names it only where the package is installed; so what the code says of it would be found
there, and "no such field" would be a wrong answer here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sfgen.apex.runtime.exceptions import Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sfgen.apex.schema.schema import Schema

__all__ = ["find_missing", "namespace_of", "refuse_missing"]

_NAME = re.compile(r"([a-z][a-z0-9]*(?:_[a-z0-9]+)*)__[a-z]\w*?__[a-z]{1,13}\Z", re.IGNORECASE)
# Texts and comments are read over: only what is compiled has to exist.
_TOKENS = re.compile(
    r"'(?:\\.|[^'\\\n])*'|//[^\n]*|/\*.*?\*/"
    r"|\b([A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*__[A-Za-z]\w*?__(?:c|r|mdt|e))\b",
    re.DOTALL,
)


def namespace_of(name: str) -> str:
    """The lower-case namespace of a custom name, or an empty text."""
    found = _NAME.match(name)
    return found[1].lower() if found else ""


def find_missing(schema: Schema, texts: Iterable[str]) -> frozenset[str]:
    """The namespaces of names in Apex code that no metadata here declares."""
    named = {found[1].lower() for text in texts for found in _TOKENS.finditer(text) if found[1]}
    known = set(schema.objects)
    for each in schema:
        known.update(each.fields, each.by_relationship)
        known.update(link.name.lower() for link in schema.children(each.name) if link.name)
    foreign = {namespace_of(name) for name in named - known}
    return frozenset(foreign - {"", schema.namespace.lower()})


def refuse_missing(schema: Schema, name: str) -> None:
    """Raises Unsupported for an unknown name of a package that is not here."""
    namespace = namespace_of(name)
    if namespace and namespace in schema.missing_packages:
        raise Unsupported(f"{name}: the package {namespace} is not here")

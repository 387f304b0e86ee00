"""The digest of what a compiled file rests on: its text, and declarations it reaches by name.

A type that decides how an expression is compiled is named in the file, or in a declaration that
is reached from there: a chain of calls passes only through declared types. So the digest of a
file's text and of the declarations it reaches tells whether its code is still good.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sfgen.apex.types.symbols import FieldSymbol, MethodSymbol, TypeSymbol

__all__ = ["Dependencies", "words_of"]

_WORD = re.compile(r"\w+")


def words_of(text: str) -> frozenset[str]:
    """The words of a text in lower case."""
    return frozenset(_WORD.findall(text.lower()))


class Dependencies:
    """Keys of files of one project; `context` is what all of them rest on, such as metadata."""

    def __init__(self, types: Mapping[str, TypeSymbol], context: bytes) -> None:
        self._context = context
        declared = {name: "\n".join(_declaration(symbol)) for name, symbol in types.items()}
        self._digests = {
            name: hashlib.sha256(text.encode()).digest() for name, text in declared.items()
        }
        self._reached = {
            name: words_of(text) & self._digests.keys() for name, text in declared.items()
        }

    def key(self, file: str, text: str, words: Iterable[str]) -> str:
        """The key of a file with that text and those words."""
        digest = hashlib.sha256(self._context)
        digest.update(f"\0{file}\0{text}".encode())
        for name in sorted(self._closure(words)):
            digest.update(name.encode() + self._digests[name])
        return digest.hexdigest()

    def _closure(self, words: Iterable[str]) -> set[str]:
        found = self._digests.keys() & words
        queue = list(found)
        while queue:
            further = self._reached[queue.pop()] - found
            found |= further
            queue.extend(further)
        return found


def _declaration(symbol: TypeSymbol) -> Iterator[str]:
    """Everything about a type that other files' code is made from."""
    node = symbol.node
    yield f"{symbol.kind} {symbol.name} {symbol.file} {_marks(node)} {node.values}"
    yield f"{symbol.has_static_start} {symbol.extends} {symbol.implements}"
    for found in symbol.fields.values():
        yield _field(found)
    for methods in [*symbol.methods.values(), symbol.constructors]:
        yield from map(_method, methods)
    for inner in symbol.inner.values():
        yield from _declaration(inner)


def _marks(node: Any) -> str:
    names = sorted(each.name.lower() for each in node.annotations)
    return f"{sorted(node.modifiers)} {names}"


def _field(found: FieldSymbol) -> str:
    runs = f"{found.has_getter} {found.has_setter}"
    kind = type(found.node).__name__
    return f"{kind} {found.name} {found.type} {found.static} {runs} {_marks(found.node)}"


def _method(method: MethodSymbol) -> str:
    kinds = ", ".join(map(str, method.parameters))
    return f"{method.name}({kinds}) {method.result} {method.static} {_marks(method.node)}"

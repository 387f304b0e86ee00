"""Which statements a method can reach, and whether it can end without a return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.syntax import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["always_leaves", "unreachable"]

_LEAVING = (tree.Return, tree.Jump)


def always_leaves(statements: tuple[tree.Statement, ...]) -> bool:
    """Whether control never comes after the statements; True also where that isn't certain."""
    return any(map(_leaves, statements))


def _leaves(node: tree.Statement | None) -> bool:  # noqa: PLR0911 - one answer per statement
    if isinstance(node, (tree.Return, tree.Throw)):
        return True
    if isinstance(node, tree.Block):
        return always_leaves(node.statements)
    if isinstance(node, tree.If):
        return node.otherwise is not None and _leaves(node.then) and _leaves(node.otherwise)
    if isinstance(node, tree.Try):
        if node.final is not None and _leaves(node.final):
            return True
        return _leaves(node.body) and all(_leaves(each.body) for each in node.catches)
    if isinstance(node, tree.Switch):
        # Without `when else` the platform may know that the values are all there are.
        return bool(node.whens) and all(_leaves(each.body) for each in node.whens)
    if isinstance(node, tree.RunAs):
        return _leaves(node.body)
    if isinstance(node, tree.DoWhile):
        return _leaves(node.body) or _endless(node.condition)
    if isinstance(node, (tree.While, tree.For)):
        return _endless(node.condition)
    return False


def _endless(condition: tree.Expression | None) -> bool:
    """Whether a loop's condition may always be true: it is missing or the literal."""
    return condition is None or (isinstance(condition, tree.Literal) and condition.value is True)


def unreachable(statements: tuple[tree.Statement, ...]) -> Iterator[tree.Statement]:
    """Statements right after a return, break or continue, in blocks of every depth.

    Published packages have a return after a return, and any statement after a throw.
    """
    for before, node in zip((None, *statements), statements, strict=False):
        if isinstance(before, _LEAVING):
            if not isinstance(node, tree.Return):
                yield node
            break
        for inner in _blocks(node):
            yield from unreachable(inner)


def _blocks(node: tree.Statement) -> Iterator[tuple[tree.Statement, ...]]:
    """The lists of statements directly inside a statement."""
    for name in ("body", "then", "otherwise", "final"):
        inner = getattr(node, name, None)
        if isinstance(inner, tree.Block):
            yield inner.statements
        elif isinstance(inner, tree.If):
            yield from _blocks(inner)
    if isinstance(node, tree.Block):
        yield node.statements
    if isinstance(node, tree.Try):
        yield from (each.body.statements for each in node.catches)
    if isinstance(node, tree.Switch):
        yield from (each.body.statements for each in node.whens)

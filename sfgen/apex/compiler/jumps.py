"""Whether a loop's body may jump to the loop's next turn."""

from __future__ import annotations

from sfgen.apex.syntax import tree

__all__ = ["continues"]


def continues(node: tree.Statement | None) -> bool:
    """Whether `node` holds a `continue` that belongs to the loop around it."""
    if isinstance(node, tree.Jump):
        return node.word == "continue"
    if isinstance(node, tree.Block):
        return any(map(continues, node.statements))
    if isinstance(node, tree.If):
        return continues(node.then) or continues(node.otherwise)
    if isinstance(node, tree.Try):
        bodies = [node.body, node.final, *(each.body for each in node.catches)]
        return any(map(continues, bodies))
    if isinstance(node, tree.Switch):
        return any(continues(when.body) for when in node.whens)
    return isinstance(node, tree.RunAs) and continues(node.body)

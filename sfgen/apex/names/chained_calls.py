"""The constructor that another one begins with."""

from __future__ import annotations

from sfgen.apex.syntax import tree

__all__ = ["chained_call"]


def chained_call(node: tree.Method | tree.Constructor) -> tree.Call | None:
    """The call `this(...)` or `super(...)` that a constructor begins with."""
    first = node.body.statements[0] if node.body is not None and node.body.statements else None
    call = first.expression if isinstance(first, tree.ExpressionStatement) else None
    if isinstance(call, tree.Call) and call.target is None:
        return call if call.name.lower() in {"this", "super"} else None
    return None

"""What formulas of records add to the language: the clock, and the row before an update."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from sfgen.apex.runtime.execution import current, has_current
from sfgen.formula import Scope, evaluate

if TYPE_CHECKING:
    from sfgen.apex.formulas.formula_context import FormulaContext
    from sfgen.formula import Node

__all__ = ["RECORD_FUNCTIONS"]


def _prior(nodes: tuple[Node, ...], scope: Scope) -> Any:
    return evaluate(nodes[0], cast("FormulaContext", scope).prior())


def _is_changed(nodes: tuple[Node, ...], scope: Scope) -> bool:
    if _is_new(nodes, scope):
        return False
    return not Scope.same(scope, evaluate(nodes[0], scope), _prior(nodes, scope))


def _is_new(_: tuple[Node, ...], scope: Scope) -> bool:
    return cast("FormulaContext", scope).old is None


def _today(*_: Any) -> dt.date:
    return current().today() if has_current() else dt.datetime.now(dt.timezone.utc).date()


def _now(*_: Any) -> dt.datetime:
    return current().now() if has_current() else dt.datetime.now(dt.timezone.utc)


RECORD_FUNCTIONS = {
    "PRIORVALUE": _prior,
    "ISCHANGED": _is_changed,
    "ISNEW": _is_new,
    "ISCLONE": lambda *_: False,
    "TODAY": _today,
    "NOW": _now,
    "TIMENOW": lambda *_: _now().time().replace(tzinfo=None),
}

"""Goes through the statements of a body: what they declare, what they may not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.checker.operands import check_condition
from sfgen.apex.checker.statement_checks import (
    check_caught,
    check_duplicate,
    check_effect,
    check_loop,
    check_result,
    check_saved,
    check_thrown,
    check_value,
)
from sfgen.apex.names.meanings import Constant, EnumValue, Label, RuntimeValue
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import ANY, STRING, VOID, ApexType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sfgen.apex.checker.body import Body

__all__ = ["check_block"]


def check_block(body: Body, statements: Iterable[tree.Statement]) -> None:
    """Check statements; the names declared in them end with them."""
    known = dict(body.scope.locals)
    for statement in statements:
        _CHECKS[type(statement)](body, statement)
    body.scope.locals = known


def _block(body: Body, node: tree.Block) -> None:
    check_block(body, node.statements)


def _part(body: Body, statement: tree.Statement | None) -> None:
    """The body of a loop or branch."""
    if isinstance(statement, tree.Block):
        check_block(body, statement.statements)
    elif statement is not None:
        check_block(body, (statement,))


def _turns(body: Body, statement: tree.Statement | None) -> None:
    """The body of a loop."""
    body.scope.loops += 1
    _part(body, statement)
    body.scope.loops -= 1


def _condition(body: Body, node: tree.Expression) -> None:
    check_condition(body, node)
    body.meaning(node)


def _local(body: Body, node: tree.Local) -> None:
    kind = body.resolve(node.type)
    if kind == VOID:
        body.note(node, "Variables cannot be of type void")
    for name, value in node.names:
        check_duplicate(body, node, name)
        if value is not None:
            check_value(body, value, kind)
            body.meaning(value)
        body.scope.locals[name.lower()] = kind
        body.scope.declared.add(name.lower())


def _effect(body: Body, node: tree.ExpressionStatement) -> None:
    check_effect(body, node.expression)
    body.meaning(node.expression)


def _if(body: Body, node: tree.If) -> None:
    branch: tree.Statement | None = node
    while isinstance(branch, tree.If):
        _condition(body, branch.condition)
        _part(body, branch.then)
        branch = branch.otherwise
    _part(body, branch)


def _for(body: Body, node: tree.For) -> None:
    known = dict(body.scope.locals)
    for start in node.start:
        _CHECKS[type(start)](body, start)
    if node.condition is not None:
        _condition(body, node.condition)
    for value in node.update:
        if isinstance(value, tree.Name):
            continue  # a bare variable does nothing; the platform takes it here
        check_effect(body, value)
        body.meaning(value)
    _turns(body, node.body)
    body.scope.locals = known


def _for_each(body: Body, node: tree.ForEach) -> None:
    kind = body.resolve(node.type)
    check_duplicate(body, node, node.name)
    check_loop(body, node, kind)
    body.meaning(node.source)
    known = dict(body.scope.locals)
    body.scope.locals[node.name.lower()] = kind
    _turns(body, node.body)
    body.scope.locals = known


def _while(body: Body, node: tree.While) -> None:
    _condition(body, node.condition)
    _turns(body, node.body)


def _do(body: Body, node: tree.DoWhile) -> None:
    # Its condition is no `Condition expression` of the platform's: nothing is said of its type.
    body.meaning(node.condition)
    _turns(body, node.body)


def _jump(body: Body, node: tree.Jump) -> None:
    if not body.scope.loops:
        problem = f"{node.word.capitalize()} statement must be in loop"
        body.keep(node, body.refuse(node, problem))


def _return(body: Body, node: tree.Return) -> None:
    check_result(body, node)
    if node.value is not None:
        body.meaning(node.value)


def _throw(body: Body, node: tree.Throw) -> None:
    check_thrown(body, node)
    body.meaning(node.value)


def _try(body: Body, node: tree.Try) -> None:
    check_caught(body, node)
    check_block(body, node.body.statements)
    for each in node.catches:
        _named_block(body, each.name, body.resolve(each.type), each.body)
    if node.final is not None:
        check_block(body, node.final.statements)


def _named_block(body: Body, name: str | None, kind: ApexType, block: tree.Block) -> None:
    """A block with a variable of its own."""
    known = dict(body.scope.locals)
    body.scope.locals[(name or "").lower()] = kind
    check_block(body, block.statements)
    body.scope.locals = known


def _switch(body: Body, node: tree.Switch) -> None:
    subject = body.type_of(node.subject)
    for when in node.whens:
        if when.type is not None:
            _named_block(body, when.name, body.resolve(when.type), when.body)
            continue
        for each in when.values:
            _label(body, each, subject)
        check_block(body, when.body.statements)


def _label(body: Body, node: tree.Expression, subject: ApexType) -> None:
    """One `when` value; an enum's are written without their type (SW05)."""
    if isinstance(node, tree.Name):
        low = node.name.lower()
        symbol = body.world.symbol(subject)
        if symbol is not None and symbol.kind == "enum":
            body.keep(node, EnumValue(symbol, low))
            return
        known = body.world.platform(subject)
        if known is not None and low in known.constants:
            names = (known.name, low)
            body.keep(node, RuntimeValue("platform_constant", names, subject, fixed=True))
            return
        if subject == ANY or not body.scope.is_variable(node.name):
            body.keep(node, Label(node.name))
            return
    body.meaning(node)


def _dml(body: Body, node: tree.Dml) -> None:
    check_saved(body, node)
    body.meaning(node.records)
    extra = node.extra
    if extra is None:
        return
    if (
        isinstance(extra, tree.Name)
        and node.operation != "merge"
        and not body.scope.is_variable(extra.name)
    ):
        body.keep(extra, Constant(extra.name, STRING))
    else:
        body.meaning(extra)


def _run_as(body: Body, node: tree.RunAs) -> None:
    for each in node.arguments:
        body.meaning(each)
    check_block(body, node.body.statements)


_CHECKS: dict[type, Callable[[Body, Any], None]] = {
    tree.Block: _block,
    tree.Local: _local,
    tree.ExpressionStatement: _effect,
    tree.If: _if,
    tree.For: _for,
    tree.ForEach: _for_each,
    tree.While: _while,
    tree.DoWhile: _do,
    tree.Jump: _jump,
    tree.Return: _return,
    tree.Throw: _throw,
    tree.Try: _try,
    tree.Dml: _dml,
    tree.RunAs: _run_as,
    tree.Switch: _switch,
}

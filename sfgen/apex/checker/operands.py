"""Notes operands, casts and elements whose types the platform's compiler refuses.

Only types that are certain count (`certainty.py`); the texts are those of the platform's compiler.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.checker.certainty import incompatible, value_group
from sfgen.apex.checker.type_names import is_slip
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import BOOLEAN

if TYPE_CHECKING:
    from sfgen.apex.checker.body import Body
    from sfgen.apex.types.model import ApexType

__all__ = [
    "PLAIN",
    "check_cast",
    "check_comparison",
    "check_condition",
    "check_elements",
    "check_field",
    "check_index",
    "check_instance",
    "check_logic",
    "check_pairs",
    "check_sign",
    "check_step",
    "check_ternary",
    "known_group",
    "never_is",
]

PLAIN = frozenset({"truth", "number", "text", "day", "time", "blob"})
"""Kinds of values that are neither objects nor collections."""
_UNEQUAL = frozenset({"truth", "number", "text", "day", "time"})
_STEPS = {"+": "increment", "-": "decrement"}


def known_group(body: Body, node: tree.Expression) -> tuple[ApexType | None, str | None]:
    """The type of an expression and what kind of value that is, as far as they are certain."""
    kind = body.certain_type(node)
    return kind, value_group(body.world, kind) if kind is not None else None


def check_condition(body: Body, node: tree.Expression) -> None:
    """Note a condition that certainly isn't a Boolean."""
    source = body.certain_type(node)
    if incompatible(body.world, source, BOOLEAN):
        body.note(node, f"Condition expression must be of type Boolean: {source}")


def check_field(body: Body, node: tree.Node, kind: ApexType, name: str, message: str) -> None:
    """Note a field that an object lacks, where its name is a slip of one that it has."""
    record = body.world.record(kind)
    if record is not None and is_slip(name.lower(), record.fields):
        body.note(node, message)


def check_comparison(body: Body, node: tree.Binary) -> None:
    """Note a comparison of values that can't be compared, such as Integer and String."""
    one, first = known_group(body, node.left)
    two, second = known_group(body, node.right)
    if first is None or second is None:
        return
    if first != second and {first, second} & _UNEQUAL:
        body.note(node, f"Comparison arguments must be compatible types: {one}, {two}")
    elif node.operator in {"<", ">", "<=", ">="} and first == second == "truth":
        body.note(node, f"Inequality operator not allowed for this type: {one}")


def check_logic(body: Body, node: tree.Binary) -> None:
    """Note `&&` and `||` over values that certainly aren't Booleans."""
    for each in (node.left, node.right):
        if incompatible(body.world, body.certain_type(each), BOOLEAN):
            body.note(node, "Logical operator can only be applied to Boolean")
            return


def check_sign(body: Body, node: tree.Unary) -> None:
    """Note `!` before what is no Boolean and `-` before what is no number."""
    kind, group = known_group(body, node.operand)
    if group is None:
        return
    if node.operator == "!" and incompatible(body.world, kind, BOOLEAN):
        body.note(node, "! operator can only be applied to boolean expressions")
    elif node.operator == "-" and group in {"text", "truth", "own", "list", "set", "map"}:
        body.note(node, "Unary negation must use a numeric argument")


def check_step(body: Body, node: tree.Expression, operator: str, *, prefix: bool) -> None:
    """Note `++` and `--` of what is no number."""
    kind, group = known_group(body, node)
    if group is None or group == "number":
        return
    word = f"prefix {_STEPS[operator]}" if prefix else "postfix increment/decrement"
    body.note(node, f"Unary {word} can only be applied to numeric expressions: {kind}")


def never_is(body: Body, source: ApexType | None, wanted: ApexType) -> bool:
    """Whether a value of one type is certainly never one of the other."""
    if source is None:
        return False
    one, two = value_group(body.world, source), value_group(body.world, wanted)
    if one is None or two is None or one == two:
        return False
    if "own" in {one, two}:
        return bool({one, two} & PLAIN)
    return True


def check_cast(body: Body, node: tree.Cast, wanted: ApexType) -> None:
    """Note a cast that can't succeed: no String is an Integer."""
    source = body.certain_type(node.operand)
    if not isinstance(node.operand, tree.Query) and never_is(body, source, wanted):
        text = f"an instance of {source} is never an instance of {wanted}"
        body.note(node, f"Incompatible types since {text}")


def check_instance(body: Body, node: tree.InstanceOf, wanted: ApexType) -> None:
    """Note `instanceof` of a type that the value is certainly never of (OP43)."""
    source = body.certain_type(node.operand)
    if never_is(body, source, wanted):
        text = f"an instance of {source} is never an instance of {wanted}"
        body.note(node, f"Operation instanceof is always false since {text}")


def check_ternary(body: Body, node: tree.Ternary) -> None:
    """Note a condition that is no Boolean, and two results of different plain types."""
    check_condition(body, node.condition)
    one, first = known_group(body, node.yes)
    two, second = known_group(body, node.no)
    if first != second and {first, second} <= PLAIN:
        body.note(node, f"Incompatible types in ternary operator: {one}, {two}")


def check_index(body: Body, node: tree.Index) -> None:
    """Note an index of what is no list, or one that is no Integer."""
    kind, group = known_group(body, node.target)
    if group in PLAIN or group in {"set", "map"}:
        body.note(node, f"Expression must be a list type: {kind}")
    index, number = known_group(body, node.index)
    if number is not None and (number != "number" or (index and index.name != "Integer")):
        body.note(node, f"List index must be of type Integer: {index}")


def check_elements(body: Body, node: tree.NewList, wanted: ApexType) -> None:
    """Note initial elements that a list or set doesn't take."""
    for each in node.elements:
        kind = body.certain_type(each)
        if never_is(body, kind, wanted):
            text = f"expected: {wanted} but was: {kind}"
            body.note(each, f"Initial expression is of incorrect type, {text}")


def check_pairs(body: Body, node: tree.NewMap, kind: ApexType) -> None:
    """Note initial keys and values that a map doesn't take."""
    if len(kind.arguments) != 2:
        return
    for pair in node.pairs:
        for value, wanted, word in zip(pair, kind.arguments, ("key", "value"), strict=True):
            found = body.certain_type(value)
            if never_is(body, found, wanted):
                body.note(value, f"Invalid {word} type {found} for {kind}")

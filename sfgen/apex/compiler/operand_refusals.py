"""Operands, casts and statements of types that the platform's compiler refuses.

Only types that are certain count (`certainty.py`); the texts are those of the platform's compiler.
"""

from __future__ import annotations

from sfgen.apex.compiler.certain_types import certain_type
from sfgen.apex.compiler.certainty import incompatible, is_closed, value_group
from sfgen.apex.compiler.refusals import Refusals
from sfgen.apex.compiler.type_checks import is_slip, type_problem
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import BOOLEAN, ApexType

__all__ = ["OperandRefusals"]

_PLAIN = frozenset({"truth", "number", "text", "day", "time", "blob"})
_UNEQUAL = frozenset({"truth", "number", "text", "day", "time"})
_NO_STATEMENTS = (
    tree.Literal,
    tree.Name,
    tree.Member,
    tree.Index,
    tree.Binary,
    tree.Ternary,
    tree.InstanceOf,
    tree.Cast,
)
_STEPS = {"+": "increment", "-": "decrement"}


class OperandRefusals(Refusals):
    """Notes operands and statements that don't compile; the compilers derive from it."""

    def resolve(self, reference: tree.TypeRef) -> ApexType:
        """The type a reference names here; `Invalid type: Strng` is noted."""
        problem = type_problem(self.world, reference, self.frame.symbol)
        if problem is not None:
            self.note(reference, problem)
        return super().resolve(reference)

    def refuse_field(self, node: tree.Node, kind: ApexType, name: str, message: str) -> None:
        """A field that an object lacks, where the name is a slip of one that it has."""
        record = self.world.record(kind)
        if record is not None and is_slip(name.lower(), record.fields):
            self.note(node, message)

    def _known_group(self, node: tree.Expression) -> tuple[ApexType | None, str | None]:
        kind = certain_type(self, node)
        return kind, value_group(self.world, kind) if kind is not None else None

    def refuse_comparison(self, node: tree.Binary) -> None:
        """`Comparison arguments must be compatible types: Integer, String`."""
        one, first = self._known_group(node.left)
        two, second = self._known_group(node.right)
        if first is None or second is None:
            return
        if first != second and {first, second} & _UNEQUAL:
            self.note(node, f"Comparison arguments must be compatible types: {one}, {two}")
        elif node.operator in {"<", ">", "<=", ">="} and first == second == "truth":
            self.note(node, f"Inequality operator not allowed for this type: {one}")

    def refuse_logic(self, node: tree.Binary) -> None:
        """`Logical operator can only be applied to Boolean`."""
        for each in (node.left, node.right):
            if incompatible(self.world, certain_type(self, each), BOOLEAN):
                self.note(node, "Logical operator can only be applied to Boolean")
                return

    def refuse_sign(self, node: tree.Unary) -> None:
        """`!` of what is no Boolean, `-` of what is no number."""
        kind, group = self._known_group(node.operand)
        if group is None:
            return
        if node.operator == "!" and incompatible(self.world, kind, BOOLEAN):
            self.note(node, "! operator can only be applied to boolean expressions")
        elif node.operator == "-" and group in {"text", "truth", "own", "list", "set", "map"}:
            self.note(node, "Unary negation must use a numeric argument")

    def refuse_step(self, node: tree.Expression, operator: str, *, prefix: bool) -> None:
        """`++` and `--` of what is no number."""
        kind, group = self._known_group(node)
        if group is None or group == "number":
            return
        word = f"prefix {_STEPS[operator]}" if prefix else "postfix increment/decrement"
        self.note(node, f"Unary {word} can only be applied to numeric expressions: {kind}")

    def never_is(self, source: ApexType | None, wanted: ApexType) -> bool:
        """Whether a value of one type is certainly never one of the other."""
        if source is None:
            return False
        one, two = value_group(self.world, source), value_group(self.world, wanted)
        if one is None or two is None or one == two:
            return False
        if "own" in {one, two}:
            return bool({one, two} & _PLAIN)
        return True

    def refuse_cast(self, node: tree.Cast, wanted: ApexType) -> None:
        """`Incompatible types since an instance of String is never an instance of Integer`."""
        source = certain_type(self, node.operand)
        if not isinstance(node.operand, tree.Query) and self.never_is(source, wanted):
            text = f"an instance of {source} is never an instance of {wanted}"
            self.note(node, f"Incompatible types since {text}")

    def refuse_instance(self, node: tree.InstanceOf, wanted: ApexType) -> None:
        """`instanceof` whose answer the types tell (OP43)."""
        source = certain_type(self, node.operand)
        if self.never_is(source, wanted):
            text = f"an instance of {source} is never an instance of {wanted}"
            self.note(node, f"Operation instanceof is always false since {text}")

    def refuse_ternary(self, node: tree.Ternary) -> None:
        """`Incompatible types in ternary operator: String, Integer`."""
        self.refuse_condition(node.condition)
        one, first = self._known_group(node.yes)
        two, second = self._known_group(node.no)
        if first != second and {first, second} <= _PLAIN:
            self.note(node, f"Incompatible types in ternary operator: {one}, {two}")

    def refuse_effect(self, node: tree.Expression) -> None:
        """`Expression cannot be a statement.`."""
        if isinstance(node, _NO_STATEMENTS):
            self.note(node, "Expression cannot be a statement.")

    def refuse_thrown(self, node: tree.Throw) -> None:
        """`Throw expression must be of type exception: String`."""
        kind, group = self._known_group(node.value)
        if group is not None and group != "own":
            self.note(node, f"Throw expression must be of type exception: {kind}")

    def refuse_caught(self, node: tree.Try) -> None:
        """Catch blocks of what is no exception, and of one that was caught before."""
        seen: set[str] = set()
        for each in node.catches:
            kind = self.resolve(each.type)
            group = value_group(self.world, kind)
            if group is not None and group != "own":
                self.note(each, f"Catch block variable must be of type exception: {kind}")
            if kind.key in seen:
                self.note(each, f"Exception type already caught: {kind}")
            seen.add(kind.key)

    def refuse_saved(self, node: tree.Dml) -> None:
        """`DML requires SObject or SObject list type: String`."""
        kind, group = self._known_group(node.records)
        listed = kind is not None and group == "list"
        inner = value_group(self.world, kind.element) if kind is not None and listed else None
        if group in _PLAIN or group in {"set", "map"} or inner in _PLAIN:
            self.note(node, f"DML requires SObject or SObject list type: {kind}")

    def refuse_loop(self, node: tree.ForEach, wanted: ApexType) -> None:
        """A source that is no collection, or a variable of another type than its elements."""
        source, group = self._known_group(node.source)
        if source is None:
            return
        symbol = self.world.symbol(source)
        closed = symbol is not None and symbol.kind == "class" and is_closed(self.world, symbol)
        bare = closed and not any(True for _ in self.world.parents(source))
        if group in _PLAIN or group == "map" or bare:
            self.note(node, f"Loop must iterate over collection: {source}")
        elif group in {"list", "set"} and source.arguments:
            element = source.element
            if self.never_is(element, wanted):
                self.note(node, f"Invalid loop variable type expected {element} was {wanted}")

    def refuse_index(self, node: tree.Index) -> None:
        """An index of what is no list, or that is no number."""
        kind, group = self._known_group(node.target)
        if group in _PLAIN or group in {"set", "map"}:
            self.note(node, f"Expression must be a list type: {kind}")
        index, number = self._known_group(node.index)
        if number is not None and (number != "number" or (index and index.name != "Integer")):
            self.note(node, f"List index must be of type Integer: {index}")

    def refuse_elements(self, node: tree.NewList, wanted: ApexType) -> None:
        """`Initial expression is of incorrect type, expected: String but was: Integer`."""
        for each in node.elements:
            kind = certain_type(self, each)
            if self.never_is(kind, wanted):
                text = f"expected: {wanted} but was: {kind}"
                self.note(each, f"Initial expression is of incorrect type, {text}")

    def refuse_pairs(self, node: tree.NewMap, kind: ApexType) -> None:
        """Keys and values that a map's types don't take."""
        if len(kind.arguments) != 2:
            return
        for pair in node.pairs:
            for value, wanted, word in zip(pair, kind.arguments, ("key", "value"), strict=True):
                found = certain_type(self, value)
                if self.never_is(found, wanted):
                    self.note(value, f"Invalid {word} type {found} for {kind}")

"""Operators, by the static types of their operands."""

from __future__ import annotations

from sfgen.apex.compiler.conversions import NUMERIC, Code, coerce
from sfgen.apex.compiler.names import NameCompiler
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import ANY, BOOLEAN, DATETIME, STRING, ApexType

__all__ = ["OperatorCompiler"]

_ARITHMETIC = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide"}
_BITS = {"&": "&", "|": "|", "^": "^", "<<": "<<", ">>": ">>", ">>>": ">>>"}
_WRAP = {"Integer": "i32", "Long": "i64"}
_ORDER = {"<": "less", ">": "more", "<=": "less_equal", ">=": "more_equal"}
_IDENTICAL = frozenset({"Boolean", "Integer", "Long"})
_TEXTS = frozenset({"String", "Id"})


class OperatorCompiler(NameCompiler):
    """Compiles operators."""

    def truth(self, node: tree.Expression) -> str:
        """A condition's text; null raises NullPointerException (OP34)."""
        code = self.expression(node)
        return code.text if code.sure else f"truth({code.text})"

    def binary(self, node: tree.Binary) -> Code:
        """Compile `left operator right`."""
        operator = node.operator
        if operator in {"&&", "||"}:
            self.refuse_logic(node)
            word = "and" if operator == "&&" else "or"
            text = f"({self.truth(node.left)} {word} {self.truth(node.right)})"
            return Code(text, BOOLEAN, sure=True)
        if operator == "??":
            return self._coalesce(node)
        left, right = self.expression(node.left), self.expression(node.right)
        if operator in {"==", "!=", *_ORDER}:
            self.refuse_comparison(node)
        if operator in {"==", "!="}:
            text = self.equal(left, right)
            return Code(f"(not {text})" if operator == "!=" else text, BOOLEAN, sure=True)
        if operator in {"===", "!=="}:
            text = f"same({left.text}, {right.text})"
            return Code(f"(not {text})" if operator == "!==" else text, BOOLEAN, sure=True)
        if operator in _ORDER:
            return self._ordering(operator, left, right)
        return self.combine(node, operator, left, right)

    def _coalesce(self, node: tree.Binary) -> Code:
        """`left ?? right`: the right side only when the left is null (OP39, OP41)."""
        left, right = self.expression(node.left), self.expression(node.right)
        if left.type.name == "List" and isinstance(node.left, tree.Query):
            row = left.type.element
            if right.type.name != "List":
                left = Code(f"row_or_null({left.text})", row)
        kind = self.common(left.type, right.type)
        name = self.frame.temporary()
        first = coerce(self.world, Code(name, left.type), kind)
        second = coerce(self.world, right, kind)
        text = f"({first.text} if ({name} := {left.text}) is not None else {second.text})"
        return Code(text, kind, second.sure)

    def common(self, one: ApexType, two: ApexType) -> ApexType:
        """The type of `?:` and `??` over two types."""
        if one.key == two.key or two.name == "null":
            return one
        if one.name == "null":
            return two
        if one.name in NUMERIC and two.name in NUMERIC:
            return one if NUMERIC[one.name] >= NUMERIC[two.name] else two
        if {one.name, two.name} == {"Id", "String"}:
            return STRING
        if self.world.is_record(one) and self.world.is_record(two):
            return ApexType("SObject")
        if ANY in {one, two}:
            return two if one == ANY else one
        return one

    def equal(self, left: Code, right: Code) -> str:
        """Text of `left == right` by the rules of their types (OP01-OP08)."""
        if right.type.name == "null":
            return f"({left.text} is None)"
        if left.type.name == "null":
            return f"({right.text} is None)"
        names = {left.type.name, right.type.name}
        if left.type.name in _IDENTICAL and right.type.name in _IDENTICAL:
            return f"({left.text} == {right.text})"
        symbol = self.world.symbol(left.type)
        if symbol is not None and symbol.kind == "enum":
            return f"({left.text} is {right.text})"
        if names == {"String"}:
            return f"equal_text({left.text}, {right.text})"
        if names <= _TEXTS:
            return f"equal_ids({left.text}, {right.text})"
        return f"equal({left.text}, {right.text})"

    def _ordering(self, operator: str, left: Code, right: Code) -> Code:
        names = {left.type.name, right.type.name}
        if left.sure and right.sure and names <= {"Integer", "Long"}:
            return Code(f"({left.text} {operator} {right.text})", BOOLEAN, sure=True)
        return Code(f"{_ORDER[operator]}({left.text}, {right.text})", BOOLEAN, sure=True)

    def combine(self, node: tree.Node, operator: str, left: Code, right: Code) -> Code:
        """Arithmetic, concatenation and bits over two compiled operands."""
        one, two = left.type.name, right.type.name
        if operator == "+" and {one, two} & _TEXTS:
            # One call for a whole chain: Python refuses deeply nested brackets.
            is_chain = one == "String" and left.text.startswith("concat(")
            before = left.text[:-1] if is_chain else f"concat({left.text}"
            return Code(f"{before}, {right.text})", STRING, sure=True)
        if operator in _BITS:
            return self._bits(operator, left, right)
        if one in NUMERIC and two in NUMERIC:
            kind = left.type if NUMERIC[one] >= NUMERIC[two] else right.type
            return self._numeric(operator, left, right, kind)
        if one in {"Date", "Datetime", "Time"} and operator in "+-":
            return Code(f"shift_time({left.text}, {right.text}, {operator!r})", left.type)
        if ANY in {left.type, right.type} or "Object" in {one, two}:
            kind = self._guess(left.type, right.type)
            return Code(f"arithmetic({operator!r}, {left.text}, {right.text})", kind)
        if operator not in _ARITHMETIC:
            return self.wrong(node, f"Unexpected token '{operator}'.")
        return self.wrong(node, f"Arithmetic expressions must use numeric arguments: {one}, {two}")

    @staticmethod
    def _guess(one: ApexType, two: ApexType) -> ApexType:
        """The result's type when one side is unknown: only Decimal is certain."""
        return one if one.name == "Decimal" else two if two.name == "Decimal" else ANY

    def _bits(self, operator: str, left: Code, right: Code) -> Code:
        if left.type.name == "Boolean":
            return Code(f"bits({operator!r}, {left.text}, {right.text})", BOOLEAN, sure=True)
        is_long = left.type.name == "Long" or (
            right.type.name == "Long" and operator not in {"<<", ">>", ">>>"}
        )
        wrap = "i64" if is_long else "i32"
        kind = ApexType("Long" if is_long else "Integer")
        if operator == ">>>":
            size = 64 if is_long else 32
            return Code(f"{wrap}(shift_right({left.text}, {right.text}, {size}))", kind, sure=True)
        if operator in {"<<", ">>"}:
            places = 63 if is_long else 31
            text = f"{wrap}({left.text} {operator} ({right.text} & {places}))"
            return Code(text, kind, sure=True)
        return Code(f"{wrap}({left.text} {operator} {right.text})", kind, sure=True)

    def _numeric(self, operator: str, left: Code, right: Code, kind: ApexType) -> Code:
        if operator not in _ARITHMETIC:
            return self.unsupported(f"operator {operator}")
        wrap = _WRAP.get(kind.name)
        if wrap and operator == "/":
            return Code(f"{wrap}(divide_whole({left.text}, {right.text}))", kind, sure=True)
        if wrap:
            return Code(f"{wrap}({left.text} {operator} {right.text})", kind, sure=True)
        first, second = (coerce(self.world, each, kind) for each in (left, right))
        name = f"{kind.name.lower()}_{_ARITHMETIC[operator]}"
        return Code(f"{name}({first.text}, {second.text})", kind, sure=True)

    def unary(self, node: tree.Unary) -> Code:
        """Compile a sign, `!`, `~`, or a prefix step."""
        if node.operator in {"++", "--"}:
            return self.step(node.operand, node.operator[0], prefix=True)
        self.refuse_sign(node)
        if node.operator == "!":
            return Code(f"(not {self.truth(node.operand)})", BOOLEAN, sure=True)
        operand = self.expression(node.operand)
        if node.operator == "+":
            return operand
        wrap = _WRAP.get(operand.type.name, "")
        if node.operator == "~":
            return Code(f"{wrap or 'i32'}(~{operand.text})", operand.type, sure=True)
        if operand.type.name == "Decimal":
            return Code(f"decimal_negate({operand.text})", operand.type, sure=True)
        return Code(f"{wrap}(-{operand.text})", operand.type, sure=True)

    def step(self, node: tree.Expression, operator: str, *, prefix: bool) -> Code:
        """`++x`, `x++` and kin; the assignments' compiler does it."""
        raise NotImplementedError

    def ternary(self, node: tree.Ternary) -> Code:
        """Compile `condition ? yes : no`."""
        self.refuse_ternary(node)
        condition = self.truth(node.condition)
        yes, no = self.expression(node.yes), self.expression(node.no)
        kind = self.common(yes.type, no.type)
        yes, no = coerce(self.world, yes, kind), coerce(self.world, no, kind)
        return Code(f"({yes.text} if {condition} else {no.text})", kind, yes.sure and no.sure)

    def cast(self, node: tree.Cast) -> Code:
        """Compile `(Type) operand`."""
        wanted = self.resolve(node.type)
        self.refuse_cast(node, wanted)
        operand = self.expression(node.operand)
        source = operand.type
        if source.key == wanted.key or source.name == "null":
            return Code(operand.text, wanted, operand.sure)
        numbers = source.name in NUMERIC and wanted.name in NUMERIC
        widened = (source.name, wanted.name) == ("Date", "Datetime")
        if numbers or widened or {source.name, wanted.name} == {"Id", "String"}:
            return coerce(self.world, operand, wanted)
        if isinstance(node.operand, tree.Query) and self.world.is_record(wanted):
            return coerce(self.world, operand, wanted)
        text = f"cast({operand.text}, {self.type_constant(wanted)})"
        return Code(text, wanted, operand.sure)

    def instance_of(self, node: tree.InstanceOf) -> Code:
        """Compile `operand instanceof Type`."""
        operand = self.expression(node.operand)
        self.refuse_instance(node, self.resolve(node.type))
        wanted = self.type_constant(self.resolve(node.type))
        text = f"instance_of({operand.text}, {wanted})"
        if operand.type == DATETIME and self.resolve(node.type).name == "Datetime":
            text = f"({operand.text} is not None)"
        return Code(text, BOOLEAN, sure=True)

"""Every expression: dispatch, literals, creations, queries, type literals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.compiler.calls import CallCompiler
from sfgen.apex.compiler.conversions import Code, coerce
from sfgen.apex.compiler.queries import refusals_of, row_type
from sfgen.apex.compiler.world import substitute
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import (
    ANY,
    BOOLEAN,
    DECIMAL,
    DOUBLE,
    INTEGER,
    LONG,
    NULL,
    STRING,
    ApexType,
    list_of,
)

if TYPE_CHECKING:
    import decimal
    from collections.abc import Callable

__all__ = ["ExpressionCompiler"]

_LITERALS = {"integer": INTEGER, "string": STRING, "boolean": BOOLEAN}


class ExpressionCompiler(CallCompiler):
    """Compiles expressions."""

    def expression(self, node: tree.Expression) -> Code:
        """Compile an expression; null guards of `?.` chains inside it end here."""
        outer = self.frame.guards
        self.frame.guards = []
        code = self.part(node)
        for name, text in reversed(self.frame.guards):
            code = Code(f"(None if ({name} := {text}) is None else {code.text})", code.type)
        self.frame.guards = outer
        return code

    def part(self, node: tree.Expression) -> Code:
        """Compile an expression, leaving guards to whoever compiles the chain."""
        compiler: Callable[[Any], Code] = getattr(self, _COMPILERS[type(node)])
        return compiler(node)

    def literal(self, node: tree.Literal) -> Code:
        """Compile a literal."""
        if node.kind == "null":
            return Code("None", NULL)
        if node.kind == "long":
            return Code(self.writer.constant(f"Long({node.value})"), LONG, sure=True)
        if node.kind == "double":
            return Code(f"({node.value!r})", DOUBLE, sure=True)
        if node.kind == "decimal":
            value: decimal.Decimal = node.value
            text = self.writer.constant(f"Decimal({str(value)!r})")
            return Code(text, DECIMAL, sure=True)
        text = repr(node.value)
        return Code(f"({text})" if text[0] == "-" else text, _LITERALS[node.kind], sure=True)

    def index(self, node: tree.Index) -> Code:
        """Compile `list[i]`."""
        self.refuse_index(node)
        target = self.part(node.target)
        index = coerce(self.world, self.expression(node.index), INTEGER)
        kind = target.type.element if target.type.name == "List" else ANY
        return Code(f"element({target.text}, {index.text})", kind)

    def postfix(self, node: tree.Postfix) -> Code:
        """Compile `x++`."""
        return self.step(node.operand, node.operator[0], prefix=False)

    def new(self, node: tree.New) -> Code:
        """Compile `new Type(arguments)`."""
        kind = self.resolve(node.type)
        arguments = self.compiled(node)
        symbol = self.world.symbol(kind)
        if symbol is not None:
            return self._new_own(node, kind, arguments)
        if self.world.is_record(kind):
            return Code(f"new_record({kind.name!r})", kind, sure=True)
        known = self.world.platform(kind)
        if known is None or not known.constructors:
            return Code(self.unsupported(f"new {kind}()").text, kind, sure=True)
        names = dict(zip(known.parameters, kind.arguments, strict=False))
        found = self.pick_signature(known.constructors, arguments, names)
        if found is None:
            return Code(self.unsupported(f"new {kind}({len(arguments)})").text, kind, sure=True)
        kinds = [substitute(self._spelled(each), names) for each in found.parameters]
        texts = [self.fitted(arguments, kinds)] if arguments else []
        before = [self.type_constant(kind)] if found.typed else []
        text = f"{self.member_function(found)}({', '.join([*before, *texts])})"
        return Code(text, kind, sure=True)

    def _new_own(self, node: tree.New, kind: ApexType, arguments: list[Code]) -> Code:
        symbol = self.world.symbol(kind)
        assert symbol is not None  # noqa: S101 - the caller looked it up
        if symbol.kind == "class" and "abstract" in symbol.node.modifiers:
            return self.wrong(node, f"Abstract classes cannot be constructed: {kind}")
        if symbol.kind != "class":
            return self.wrong(node, f"Type cannot be constructed: {kind}")
        if not symbol.constructors:
            if arguments and self.lacks_member(symbol):
                refused = self.refused_constructor(node, symbol, arguments)
                if refused is not None:
                    return refused
            texts = "".join(f", {code.text}" for code in arguments)
            return Code(f"construct(C_{symbol.python}{texts})", kind, sure=True)
        found = self.pick(symbol.constructors, arguments)
        if self.is_exception(kind) and not self.takes(found, arguments):
            texts = "".join(f", {code.text}" for code in arguments)
            return Code(f"construct_exception(C_{symbol.python}{texts})", kind, sure=True)
        refused = (
            None if self.is_exception(kind) else self.refused_constructor(node, symbol, arguments)
        )
        if refused is not None:
            return refused
        if found is None:
            return self.unsupported(f"new {kind}({len(arguments)})")
        self.refuse_hidden_constructor(node, found)
        fitted = self.fitted(arguments, found.parameters)
        text = f"{found.function}(create(C_{symbol.python}){', ' if fitted else ''}{fitted})"
        return Code(text, kind, sure=True)

    def new_record(self, node: tree.NewRecord) -> Code:
        """Compile `new Account(Name = 'a')`."""
        kind = self.resolve(node.type)
        pairs = []
        for name, value in node.fields:
            if self.world.lacks_field(kind, name):
                missing = f"Field does not exist: {name} on {kind}"
                self.refuse_field(node, kind, name, missing)
                return Code(self.unsupported(f"{kind.name}.{name}").text, kind)
            wanted = self.world.field_type(kind, name)
            self.refuse_value(value, wanted)
            code = coerce(self.world, self.expression(value), wanted)
            pairs.append(f"({name.lower()!r}, {code.text})")
        text = f"new_record({kind.name!r}, ({', '.join(pairs)},))"
        return Code(text, kind, sure=True)

    def new_array(self, node: tree.NewArray) -> Code:
        """Compile `new Integer[n]`."""
        kind = self.resolve(node.type)
        size = coerce(self.world, self.expression(node.size), INTEGER)
        element = self.type_constant(kind.element)
        return Code(f"list_of_size({size.text}, {element})", kind, sure=True)

    def new_list(self, node: tree.NewList) -> Code:
        """Compile `new List<X>{...}` and sets."""
        kind = self.resolve(node.type)
        self.refuse_elements(node, kind.element)
        elements = [
            coerce(self.world, self.expression(each), kind.element).text for each in node.elements
        ]
        maker = "ApexSet" if kind.name == "Set" else "ApexList"
        items = f"({', '.join(elements)},)" if elements else "()"
        return Code(f"{maker}({items}, {self.type_constant(kind.element)})", kind, sure=True)

    def new_map(self, node: tree.NewMap) -> Code:
        """Compile `new Map<K, V>{k => v}`."""
        kind = self.resolve(node.type)
        self.refuse_pairs(node, kind)
        key, value = kind.arguments if len(kind.arguments) == 2 else (ANY, ANY)
        pairs = [
            f"({coerce(self.world, self.expression(one), key).text}, "
            f"{coerce(self.world, self.expression(two), value).text})"
            for one, two in node.pairs
        ]
        items = f"({', '.join(pairs)},)" if pairs else "()"
        types = f"{self.type_constant(key)}, {self.type_constant(value)}"
        return Code(f"ApexMap({items}, {types})", kind, sure=True)

    def type_literal(self, node: tree.TypeLiteral) -> Code:
        """Compile `Type.class`."""
        kind = self.resolve(node.type)
        text = self.writer.constant(f"type_token({str(kind)!r})")
        return Code(text, ApexType("Type"), sure=True)

    def query(self, node: tree.Query) -> Code:
        """Compile an inline query."""
        for problem in refusals_of(node.text, self.world.schema):
            self.note(node, problem)
        kind = row_type(node.text)
        binds = ", ".join(
            f"'b{place}': {self.expression(each).text}" for place, each in enumerate(node.binds)
        )
        if kind == INTEGER:
            return Code(f"count_query({node.text!r}, {{{binds}}})", INTEGER, sure=True)
        if kind.name == "List":
            return Code(f"search({node.text!r}, {{{binds}}})", kind, sure=True)
        found = self.world.schema.find(kind.name) if self.world.schema is not None else None
        row = self.world.record_kind(found.name) if found is not None else kind
        return Code(f"query({node.text!r}, {{{binds}}})", list_of(row), sure=True)


_COMPILERS: dict[type, str] = {
    tree.Literal: "literal",
    tree.Name: "name",
    tree.Member: "member",
    tree.Call: "call",
    tree.Index: "index",
    tree.New: "new",
    tree.NewRecord: "new_record",
    tree.NewArray: "new_array",
    tree.NewList: "new_list",
    tree.NewMap: "new_map",
    tree.Unary: "unary",
    tree.Postfix: "postfix",
    tree.Binary: "binary",
    tree.Ternary: "ternary",
    tree.Assign: "assign",
    tree.Cast: "cast",
    tree.InstanceOf: "instance_of",
    tree.TypeLiteral: "type_literal",
    tree.Query: "query",
}

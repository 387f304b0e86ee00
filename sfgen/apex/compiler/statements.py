"""Statements into lines of Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.compiler.branches import BranchCompiler
from sfgen.apex.compiler.conversions import Code, coerce
from sfgen.apex.compiler.jumps import continues
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import ANY, VOID

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["StatementCompiler"]


class StatementCompiler(BranchCompiler):
    """Compiles statements."""

    def block(self, statements: tuple[tree.Statement, ...]) -> None:
        """Compile statements one level deeper; names declared in them end with them."""
        writer, known = self.writer, dict(self.frame.locals)
        writer.depth += 1
        before = len(writer.lines)
        for statement in statements:
            self.statement(statement)
        if len(writer.lines) == before:
            writer.put("pass")
        writer.depth -= 1
        self.frame.locals = known

    def body(self, statement: tree.Statement | None) -> None:
        """Compile the body of a loop or branch."""
        if isinstance(statement, tree.Block):
            self.block(statement.statements)
        else:
            self.block((statement,) if statement is not None else ())

    def turns(self, statement: tree.Statement | None) -> None:
        """Compile the body of a loop."""
        self.frame.loops += 1
        self.body(statement)
        self.frame.loops -= 1

    def statement(self, node: tree.Statement) -> None:
        """Compile one statement."""
        if isinstance(node, tree.Block):
            known = dict(self.frame.locals)
            for each in node.statements:
                self.statement(each)
            self.frame.locals = known
            return
        if not isinstance(node, (tree.Try, tree.DoWhile)):
            self.writer.cover(node.line)
        compiler: Callable[[Any], None] = getattr(self, _COMPILERS[type(node)])
        compiler(node)

    def local(self, node: tree.Local) -> None:
        """`Type a = x, b;`."""
        kind = self.resolve(node.type)
        if kind == VOID:
            self.note(node, "Variables cannot be of type void")
        for name, value in node.names:
            text = "None"
            self.refuse_duplicate(node, name)
            if value is not None:
                self.refuse_value(value, kind)
                text = coerce(self.world, self.expression(value), kind).text
            self.frame.locals[name.lower()] = kind
            self.frame.declared.add(name.lower())
            self.writer.put(f"v_{name.lower()} = {text}")

    def effect(self, node: tree.ExpressionStatement) -> None:
        """An expression for its effect."""
        value = node.expression
        if isinstance(value, tree.Assign):
            self.writer.put(self.assign_statement(value))
        elif isinstance(value, tree.Postfix) or (
            isinstance(value, tree.Unary) and value.operator in {"++", "--"}
        ):
            prefix = isinstance(value, tree.Unary)
            self.refuse_step(value.operand, value.operator[0], prefix=prefix)
            self.writer.put(self.step_statement(value.operand, value.operator[0]))
        else:
            self.refuse_effect(value)
            self.writer.put(self.expression(value).text)

    def condition(self, node: tree.If) -> None:
        """`if`; a chain of `else if` is Python's `elif`, each condition marking its line."""
        self.refuse_condition(node.condition)
        self.writer.put(f"if {self.truth(node.condition)}:")
        self.body(node.then)
        while isinstance(node.otherwise, tree.If):
            node = node.otherwise
            self.refuse_condition(node.condition)
            test = self.truth(node.condition)
            self.writer.put(f"elif {self.writer.covered(node.line)} or {test}:")
            self.body(node.then)
        if node.otherwise is not None:
            self.writer.put("else:")
            self.body(node.otherwise)

    def loop(self, node: tree.For) -> None:
        """The three-part loop; `continue` still runs the update part."""
        known = dict(self.frame.locals)
        for start in node.start:
            self.statement(start)
        self.writer.line = node.line
        if node.condition is not None:
            self.refuse_condition(node.condition)
        test = self.truth(node.condition) if node.condition is not None else "True"
        if node.update and continues(node.body):
            self._loop_with_continue(node, test)
        else:
            self.writer.put(f"while {test}:")
            self.turns(node.body)
            self._updates(node)
        self.frame.locals = known

    def _updates(self, node: tree.For) -> None:
        self.writer.depth += 1
        self.writer.line = node.line
        for value in node.update:
            if isinstance(value, tree.Name):
                continue  # a bare variable does nothing; the platform takes it here
            self.effect(tree.ExpressionStatement(value.line, value.column, value))
        self.writer.depth -= 1

    def _loop_with_continue(self, node: tree.For, test: str) -> None:
        name = self.frame.temporary()
        self.writer.put(f"{name} = False")
        self.writer.put("while True:")
        self.writer.depth += 1
        self.writer.put(f"if {name}:")
        self._updates(node)
        self.writer.put(f"{name} = True")
        self.writer.put(f"if not {test}: break")
        self.writer.depth -= 1
        self.turns(node.body)

    def for_each(self, node: tree.ForEach) -> None:
        """`for (Type x : source)`; a list of records over a query comes in chunks of 200."""
        kind = self.resolve(node.type)
        self.refuse_duplicate(node, node.name)
        self.refuse_loop(node, kind)
        source = self.expression(node.source)
        element = source.type.element if source.type.arguments else ANY
        known = dict(self.frame.locals)
        name = f"v_{node.name.lower()}"
        function = "each"
        if kind.name == "List" and self.world.is_record(element):
            function, element = "chunks", kind
        converted = coerce(self.world, Code(name, element), kind).text
        self.writer.put(f"for {name} in {function}({source.text}):")
        self.frame.locals[node.name.lower()] = kind
        if converted != name:
            self.writer.depth += 1
            self.writer.put(f"{name} = {converted}")
            self.writer.depth -= 1
        self.turns(node.body)
        self.frame.locals = known

    def while_loop(self, node: tree.While) -> None:
        """`while`."""
        self.refuse_condition(node.condition)
        self.writer.put(f"while {self.truth(node.condition)}:")
        self.turns(node.body)

    def do_loop(self, node: tree.DoWhile) -> None:
        """`do ... while`; `continue` goes to the condition."""
        name = self.frame.temporary()
        self.writer.put(f"{name} = False")
        self.writer.put("while True:")
        self.writer.depth += 1
        self.writer.line = node.condition.line
        self.writer.put(f"if {name} and not {self.truth(node.condition)}: break")
        self.writer.put(f"{name} = True")
        self.writer.depth -= 1
        self.turns(node.body)

    def jump(self, node: tree.Jump) -> None:
        """`break`, `continue`."""
        if not self.frame.loops:
            word = node.word.capitalize()
            self.writer.put(self.wrong(node, f"{word} statement must be in loop").text)
            return
        self.writer.put(node.word)

    def give(self, node: tree.Return) -> None:
        """`return`."""
        self.refuse_result(node)
        if node.value is None:
            self.writer.put("return self" if self.frame.result is None else "return")
            return
        code = self.expression(node.value)
        result = self.frame.result
        self.writer.put(f"return {coerce(self.world, code, result).text if result else code.text}")

    def throw(self, node: tree.Throw) -> None:
        """`throw`."""
        self.refuse_thrown(node)
        self.writer.put(f"raise thrown({self.expression(node.value).text})")

    def dml(self, node: tree.Dml) -> None:
        """`insert`, `update`, `upsert`, `delete`, `undelete`, `merge`."""
        self.refuse_saved(node)
        records = self.expression(node.records).text
        texts = [repr(node.operation), records, repr(node.access)]
        if node.extra is not None:
            texts.append(self._dml_extra(node))
        self.writer.put(f"dml({', '.join(texts)})")

    def _dml_extra(self, node: tree.Dml) -> str:
        extra = node.extra
        assert extra is not None  # noqa: S101 - the caller looked
        if node.operation == "merge":
            return self.expression(extra).text
        if isinstance(extra, tree.Name) and not self.is_variable(extra.name):
            return repr(extra.name)
        return self.expression(extra).text

    def run_as(self, node: tree.RunAs) -> None:
        """`System.runAs(user) { ... }`."""
        texts = ", ".join(self.expression(each).text for each in node.arguments)
        self.writer.put(f"with run_as({texts}):")
        self.block(node.body.statements)


_COMPILERS: dict[type, str] = {
    tree.Local: "local",
    tree.ExpressionStatement: "effect",
    tree.If: "condition",
    tree.For: "loop",
    tree.ForEach: "for_each",
    tree.While: "while_loop",
    tree.DoWhile: "do_loop",
    tree.Jump: "jump",
    tree.Return: "give",
    tree.Throw: "throw",
    tree.Try: "attempt",
    tree.Dml: "dml",
    tree.RunAs: "run_as",
    tree.Switch: "switch",
}

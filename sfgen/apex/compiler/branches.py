"""`try` and `switch`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.compiler.conversions import Code
from sfgen.apex.compiler.expressions import ExpressionCompiler
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import ANY

if TYPE_CHECKING:
    from sfgen.apex.types.model import ApexType

__all__ = ["BranchCompiler"]


class BranchCompiler(ExpressionCompiler):
    """Compiles `try` and `switch`."""

    def block(self, statements: tuple[tree.Statement, ...]) -> None:
        """Compile statements one level deeper."""
        raise NotImplementedError

    def attempt(self, node: tree.Try) -> None:
        """`try`, `catch`, `finally`."""
        self.writer.line = node.line
        self.refuse_caught(node)
        before = self.frame.temporary() if node.final is not None else ""
        if before:
            self.writer.put(f"{before} = underway()")
        self.writer.put("try:")
        self.block(node.body.statements)
        if node.catches:
            self._catches(node)
        if node.final is not None:
            self.writer.put("finally:")
            self.writer.put(f"    pass_limit({before})")
            self.block(node.final.statements)

    def _catches(self, node: tree.Try) -> None:
        raised, caught = self.frame.temporary(), self.frame.temporary()
        self.writer.put(f"except Exception as {raised}:")
        self.writer.depth += 1
        self.writer.put(f"{caught} = caught({raised})")
        for place, each in enumerate(node.catches):
            kind = self.resolve(each.type)
            word = "elif" if place else "if"
            self.writer.line = each.line
            self.writer.put(f"{word} isinstance({caught}, {self._exception_class(kind)}):")
            known = dict(self.frame.locals)
            self.frame.locals[each.name.lower()] = kind
            self.writer.depth += 1
            self.writer.put(f"v_{each.name.lower()} = {caught}")
            self.writer.depth -= 1
            self.block(each.body.statements)
            self.frame.locals = known
        self.writer.put("else: raise")
        self.writer.depth -= 1

    def _exception_class(self, kind: ApexType) -> str:
        symbol = self.world.symbol(kind)
        if symbol is not None:
            return f"C_{symbol.python}"
        return self.writer.constant(f"platform_exception({kind.name!r})")

    def switch(self, node: tree.Switch) -> None:
        """`switch on`."""
        subject = self.expression(node.subject)
        name = self.frame.temporary()
        self.writer.put(f"{name} = {subject.text}")
        word = "if"
        for when in node.whens:
            if when.type is None and not when.values:
                self.writer.put("else:" if word == "elif" else "if True:")
                self.block(when.body.statements)
                continue
            self.writer.line = when.line
            if when.type is not None:
                self._when_type(when, name, word)
            else:
                tests = [self._label(each, Code(name, subject.type)) for each in when.values]
                self.writer.put(f"{word} {' or '.join(tests)}:")
                self.block(when.body.statements)
            word = "elif"

    def _when_type(self, when: tree.When, name: str, word: str) -> None:
        assert when.type is not None  # noqa: S101 - the caller looked
        kind = self.resolve(when.type)
        bound = f"v_{(when.name or '').lower()}"
        self.writer.put(f"{word} instance_of({name}, {self.type_constant(kind)}):")
        known = dict(self.frame.locals)
        self.frame.locals[bound[2:]] = kind
        self.writer.depth += 1
        self.writer.put(f"{bound} = {name}")
        self.writer.depth -= 1
        self.block(when.body.statements)
        self.frame.locals = known

    def _label(self, value: tree.Expression, subject: Code) -> str:
        """One `when` value; an enum's are written without their type (SW05)."""
        if isinstance(value, tree.Name):
            symbol = self.world.symbol(subject.type)
            if symbol is not None and symbol.kind == "enum":
                return f"{subject.text} is E_{symbol.python}[{value.name.lower()!r}]"
            known = self.world.platform(subject.type)
            if known is not None and value.name.lower() in known.constants:
                text = f"platform_constant({known.name!r}, {value.name.lower()!r})"
                return f"{subject.text} is {self.writer.constant(text)}"
            if not self.is_variable(value.name) or subject.type == ANY:
                return f"is_label({subject.text}, {value.name!r})"
        code = self.expression(value)
        if code.type.name == "null":
            return f"{subject.text} is None"
        return f"{subject.text} == {code.text}"

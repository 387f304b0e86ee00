"""One Apex function being written in Python: its expressions and statements, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sfgen.apex.compiler.conversions import Code, coerce
from sfgen.apex.names.meanings import Missing
from sfgen.apex.syntax import tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sfgen.apex.compiler.writer import Writer
    from sfgen.apex.library.declarations.registry import Signature
    from sfgen.apex.names.meanings import Meanings
    from sfgen.apex.names.world import World
    from sfgen.apex.types.model import ApexType
    from sfgen.apex.types.symbols import FieldSymbol, TypeSymbol

__all__ = ["Frame", "FunctionCompiler", "Translations"]


class Frame(NamedTuple):
    """What function it is: of which type, what it answers, the property it reads or writes.

    `result` is None in constructors.
    """

    symbol: TypeSymbol | None
    static: bool
    result: ApexType | None = None
    accessor: FieldSymbol | None = None


class Translations(NamedTuple):
    """The functions that write each kind of expression and of statement."""

    expressions: Mapping[type, Callable[[FunctionCompiler, Any, Any], Code]]
    statements: Mapping[type, Callable[[FunctionCompiler, Any], None]]


class FunctionCompiler:
    """What the functions of this room share while they write one function.

    What each expression means was found by the checker; nothing is looked up again here.
    """

    def __init__(
        self,
        world: World,
        writer: Writer,
        meanings: Meanings,
        frame: Frame,
        translations: Translations,
    ) -> None:
        self.world = world
        self.writer = writer
        self.frame = frame
        self.meanings = meanings.found
        self.types = meanings.types
        self._translations = translations
        self._guards: list[tuple[str, str]] = []
        self._temporaries = 0

    def temporary(self) -> str:
        """A new Python local."""
        self._temporaries += 1
        return f"t{self._temporaries}"

    def expression(self, node: tree.Expression) -> Code:
        """Write an expression; null guards of `?.` chains inside it end here."""
        outer, self._guards = self._guards, []
        code = self.part(node)
        for name, text in reversed(self._guards):
            code = Code(f"(None if ({name} := {text}) is None else {code.text})", code.type)
        self._guards = outer
        return code

    def part(self, node: tree.Expression) -> Code:
        """Write an expression, leaving guards to whoever writes the chain."""
        meaning = self.meanings[id(node)]
        if type(meaning) is Missing:
            return self.missing(meaning)
        return self._translations.expressions[type(node)](self, node, meaning)

    def guarded(self, node: tree.Expression, *, safe: bool) -> Code:
        """Write what stands before a dot; for `?.` the chain ends there when it is null."""
        target = self.part(node)
        if not safe:
            return target
        name = self.temporary()
        text = target.text
        if target.type.name == "List" and isinstance(node, tree.Query):
            text, target = f"row_or_null({text})", Code("", target.type.element)
        self._guards.append((name, text))
        return Code(name, target.type)

    def block(self, statements: Iterable[tree.Statement]) -> None:
        """Write statements one level deeper."""
        writer = self.writer
        writer.depth += 1
        before = len(writer.lines)
        for statement in statements:
            self.statement(statement)
        if len(writer.lines) == before:
            writer.put("pass")
        writer.depth -= 1

    def body(self, statement: tree.Statement | None) -> None:
        """Write the body of a loop or branch."""
        if isinstance(statement, tree.Block):
            self.block(statement.statements)
        else:
            self.block((statement,) if statement is not None else ())

    def statement(self, node: tree.Statement) -> None:
        """Write one statement, after its coverage mark."""
        if isinstance(node, tree.Block):
            for each in node.statements:
                self.statement(each)
            return
        if not isinstance(node, (tree.Try, tree.DoWhile)):
            self.writer.cover(node.line)
        self._translations.statements[type(node)](self, node)

    def missing(self, meaning: Missing) -> Code:
        """Code that stops the test as unsupported when it is executed."""
        return Code(f"unsupported({meaning.what!r})", meaning.type, meaning.sure)

    def named_type(self, reference: tree.TypeRef) -> ApexType:
        """The type a reference names."""
        return self.types[id(reference)]

    def type_constant(self, kind: ApexType) -> str:
        """A global that holds the type."""
        text = str(kind).replace("System.", "")
        return self.writer.constant(f"type_named({text!r})")

    def member_function(self, signature: Signature) -> str:
        """A global that holds a platform function."""
        return self.writer.constant(f"platform({signature.key!r})")

    def converted(self, node: tree.Expression, kind: ApexType) -> Code:
        """Write an expression as a value of a type."""
        return coerce(self.world, self.expression(node), kind)

    def truth(self, node: tree.Expression) -> str:
        """A condition's text; null raises NullPointerException (OP34)."""
        code = self.expression(node)
        return code.text if code.sure else f"truth({code.text})"

    def arguments(self, node: tree.Call | tree.New) -> list[Code]:
        """Write the arguments."""
        return [self.expression(each) for each in node.arguments]

    def fitted(self, arguments: Sequence[Code], parameters: Sequence[ApexType]) -> str:
        """The arguments' text, converted to the parameters' types."""
        pairs = zip(arguments, parameters, strict=True)
        return ", ".join(coerce(self.world, code, kind).text for code, kind in pairs)

    def not_null(self, code: Code) -> str:
        """The code's text, raising NullPointerException when the value is null."""
        if code.sure:
            return code.text
        if code.text.isidentifier():
            return f"({code.text} if {code.text} is not None else null_pointer())"
        name = self.temporary()
        return f"({name} if ({name} := {code.text}) is not None else null_pointer())"

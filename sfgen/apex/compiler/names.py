"""Names and members: what `a`, `a.b` and `a.b.c` mean, in Apex's order of look-up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sfgen.apex.compiler.conversions import Code
from sfgen.apex.compiler.world import World, substitute
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import ANY, STRING, ApexType, list_of, map_of, type_named

if TYPE_CHECKING:
    from sfgen.apex.compiler.writer import Frame, Writer
    from sfgen.apex.library.registry import Signature
    from sfgen.apex.types.symbols import FieldSymbol, TypeSymbol

__all__ = ["NameCompiler", "dotted"]

_PARENT = re.compile(r"\.read\('\w+'\)\Z|\Aparent_field\(.*, '\w+'\)\Z")
"""Code that reads a relationship: a path through a missing parent is null (SQ08)."""

_TRIGGER_VALUES = {
    "new": "list",
    "old": "list",
    "newmap": "map",
    "oldmap": "map",
    "size": "Integer",
    "operationtype": "TriggerOperation",
    **dict.fromkeys(
        "isexecuting isbefore isafter isinsert isupdate isdelete isundelete".split(), "Boolean"
    ),
}


def dotted(node: tree.Expression | None) -> str | None:
    """The text of a chain of plain names, or None."""
    if isinstance(node, tree.Name):
        return node.name
    if isinstance(node, tree.Member) and not node.safe:
        before = dotted(node.target)
        return f"{before}.{node.name}" if before else None
    return None


class NameCompiler:
    """Compiles names and members; calls and operators are added by deriving classes."""

    def __init__(self, world: World, writer: Writer, frame: Frame, file: str) -> None:
        self.world = world
        self.writer = writer
        self.frame = frame
        self.file = file
        self.trigger_object: ApexType | None = None

    def expression(self, node: tree.Expression) -> Code:
        """Compile any expression."""
        raise NotImplementedError

    def part(self, node: tree.Expression) -> Code:
        """Compile an expression inside a chain, its guards left to the chain's end."""
        raise NotImplementedError

    def type_constant(self, kind: ApexType) -> str:
        """A global that holds the type."""
        text = str(kind).replace("System.", "")
        return self.writer.constant(f"type_named({text!r})")

    def member_function(self, signature: Signature) -> str:
        """A global that holds a platform function."""
        return self.writer.constant(f"platform({signature.key!r})")

    def unsupported(self, what: str) -> Code:
        """Code that stops the test as unsupported when it is executed."""
        return Code(f"unsupported({what!r})", ANY)

    def wrong(self, node: tree.Node, message: str) -> Code:
        """Note a compile problem; executing the code stops the test."""
        self.writer.problem(self.file, node.line, node.column, message)
        return Code(f"unsupported({'does not compile: ' + message!r})", ANY)

    def resolve(self, reference: tree.TypeRef) -> ApexType:
        """The type a reference names here."""
        return self.world.resolve(reference, self.frame.symbol)

    def is_variable(self, name: str) -> bool:
        """Whether a bare name is a local, field or property here."""
        if name.lower() in self.frame.locals or name.lower() in {"this", "super"}:
            return True
        return self.find_field(name) is not None

    def find_field(self, name: str) -> FieldSymbol | None:
        """The field or property a bare name means: own and inherited, then the outer class's."""
        symbol = self.frame.symbol
        while symbol is not None:
            found = self.world.field(symbol, name)
            if found is not None:
                return found
            symbol = symbol.outer
        return None

    def static_type(self, node: tree.Expression | None) -> ApexType | None:
        """The type that a chain of names means where it is no variable, else None."""
        path = dotted(node)
        if path is None or self.is_variable(path.partition(".")[0]):
            return None
        if isinstance(node, tree.Member) and self._is_static_field(node):
            return None
        name = self.world.type_name(path, self.frame.symbol)
        return type_named(name) if name else None

    def _is_static_field(self, node: tree.Member) -> bool:
        """Whether `Type.name` means a static field, which comes before an inner type."""
        owner = self.static_type(node.target)
        symbol = self.world.symbol(owner) if owner is not None else None
        found = self.world.field(symbol, node.name) if symbol is not None else None
        return found is not None and found.static

    def name(self, node: tree.Name) -> Code:
        """Compile a bare name."""
        low = node.name.lower()
        if low == "this":
            kind = self.frame.symbol.type if self.frame.symbol else ANY
            return Code("self", kind, sure=True)
        if low in self.frame.locals:
            return Code(f"v_{low}", self.frame.locals[low])
        found = self.find_field(node.name)
        if found is not None:
            return self.read_field(found, "self" if not found.static else None)
        return self.wrong(node, f"Variable does not exist: {node.name}")

    def read_field(self, found: FieldSymbol, target: str | None) -> Code:
        """Read a field or property, static when `target` is None."""
        kind = found.type or ANY
        own = self.frame.accessor is found
        if found.static:
            if found.has_getter and not own:
                return Code(f"{found.owner.python}__g_{found.name.lower()}()", kind)
            return Code(f"S_{found.owner.python}.{found.attribute}", kind)
        if found.has_getter and not own:
            return Code(f"{target}.g_{found.name.lower()}()", kind)
        return Code(f"{target}.{found.attribute}", kind)

    def member(self, node: tree.Member) -> Code:
        """Compile `target.name`."""
        special = self._special(node)
        if special is not None:
            return special
        kind = self.static_type(node.target)
        if kind is not None:
            return self.static_member(node, kind)
        path = dotted(node)
        if path and not self.is_variable(path.partition(".")[0]) and not self.below_type(node):
            return self.unsupported(path)
        target = self.guarded(node.target, safe=node.safe)
        return self.member_of(node, target)

    def below_type(self, node: tree.Member) -> bool:
        """Whether a chain of names begins with a type that isn't its last but one name."""
        target = node.target
        while isinstance(target, tree.Member):
            if self.static_type(target.target) is not None:
                return True
            target = target.target
        return False

    def is_exception(self, kind: ApexType) -> bool:
        """Whether a type of the project extends Exception."""
        return any(
            each.name == "Exception" or self.is_exception(each) for each in self.world.parents(kind)
        )

    def guarded(self, node: tree.Expression, *, safe: bool) -> Code:
        """Compile a target; for `?.` the rest of the chain is skipped when it is null."""
        if isinstance(node, tree.Name) and node.name.lower() == "super":
            node = tree.Name(node.line, node.column, "this")
        target = self.part(node)
        if not safe:
            return target
        name = self.frame.temporary()
        text = target.text
        if target.type.name == "List" and isinstance(node, tree.Query):
            text, target = f"row_or_null({text})", Code("", target.type.element)
        self.frame.guards.append((name, text))
        return Code(name, target.type)

    def member_of(self, node: tree.Member, target: Code) -> Code:
        """Compile a member of a value."""
        kind = target.type
        symbol = self.world.symbol(kind)
        if symbol is not None:
            found = self.world.field(symbol, node.name)
            if found is not None:
                return self.read_field(found, target.text)
            if symbol.kind == "enum" or not symbol.extends:
                return self.wrong(node, f"Variable does not exist: {node.name}")
        if kind.name == "List" and self.world.is_record(kind.element):
            target = Code(f"one_row({target.text})", kind.element)
            kind = target.type
        if self.world.is_record(kind):
            if self.world.lacks_field(kind, node.name):
                return self.unsupported(f"{kind.name}.{node.name}")
            result = self.world.field_type(kind, node.name)
            if _PARENT.search(target.text):
                return Code(f"parent_field({target.text}, {node.name.lower()!r})", result)
            return Code(f"{target.text}.read({node.name.lower()!r})", result)
        known = self.world.platform(kind)
        getter = known.getters.get(node.name.lower()) if known else None
        if known is not None and getter is not None:
            names = dict(zip(known.parameters, kind.arguments, strict=False))
            function = self.member_function(getter)
            text = f"{function}({self.not_null(target)})"
            return Code(text, substitute(getter.result, names))
        return Code(f"get_member({target.text}, {node.name!r})", ANY)

    def not_null(self, code: Code) -> str:
        """The code's text, raising NullPointerException when the value is null."""
        if code.sure:
            return code.text
        if code.text.isidentifier():
            return f"({code.text} if {code.text} is not None else null_pointer())"
        name = self.frame.temporary()
        return f"({name} if ({name} := {code.text}) is not None else null_pointer())"

    def static_member(self, node: tree.Member, kind: ApexType) -> Code:
        """Compile `Type.name`."""
        symbol = self.world.symbol(kind)
        if symbol is not None:
            return self._own_static(node, symbol)
        if self.world.is_record(kind) or node.name.lower() == "sobjecttype":
            return self._token(node, kind)
        known = self.world.platform(kind)
        if known is not None:
            low = node.name.lower()
            if low in known.constants:
                text = f"platform_constant({known.name!r}, {low!r})"
                return Code(self.writer.constant(text), known.constants[low][1], sure=True)
            if low in known.static_getters:
                signature = known.static_getters[low]
                return Code(f"{self.member_function(signature)}()", signature.result)
        return self.unsupported(f"{kind.name}.{node.name}")

    def _own_static(self, node: tree.Member, symbol: TypeSymbol) -> Code:
        if symbol.kind == "enum":
            for value in symbol.node.values:
                if value.lower() == node.name.lower():
                    return Code(f"E_{symbol.python}[{value.lower()!r}]", symbol.type, sure=True)
        found = self.world.field(symbol, node.name)
        if found is None:
            return self.wrong(node, f"Variable does not exist: {symbol.name}.{node.name}")
        return self.read_field(found, None if found.static else "self")

    def _token(self, node: tree.Member, kind: ApexType) -> Code:
        """`Account.SObjectType`, `Account.Name`, `Account.Fields`."""
        low = node.name.lower()
        if low == "sobjecttype":
            text = self.writer.constant(f"object_token({kind.name!r})")
            return Code(text, ApexType("Schema.SObjectType"), sure=True)
        if low == "fields":
            return Code("None", ApexType("fields of", (kind,)))
        record = self.world.record(kind)
        found = record.find(node.name) if record is not None else None
        name = found.name if found is not None else self._by_relationship(record, node.name)
        text = self.writer.constant(f"field_token({kind.name!r}, {name!r})")
        return Code(text, ApexType("Schema.SObjectField"), sure=True)

    @staticmethod
    def _by_relationship(record: object, name: str) -> str:
        """`Contact.Account` is the token of AccountId."""
        known = getattr(record, "by_relationship", {}).get(name.lower())
        return str(known.name) if known is not None else name

    def _special(self, node: tree.Member) -> Code | None:
        """Members that are no members: Trigger.new, SObjectType.Account, Label.X, Page.X."""
        path = dotted(node)
        if path is None:
            return self._describe_member(node)
        first, _, rest = path.lower().removeprefix("system.").removeprefix("schema.").partition(".")
        if not rest or (self.is_variable(path.partition(".")[0])):
            return self._describe_member(node)
        if first == "trigger" and "." not in rest and rest in _TRIGGER_VALUES:
            return self._trigger_value(rest)
        if first == "label":
            return Code(f"label({path.rpartition('abel.')[2]!r})", STRING)
        if first == "page" and "." not in rest and self.world.symbol(ApexType("Page")) is None:
            return Code(f"page({node.name!r})", ApexType("PageReference"))
        if first == "sobjecttype" and "." not in rest:
            text = f"describe_object({self._object_name(node.name)!r})"
            return Code(text, ApexType("Schema.DescribeSObjectResult"), sure=True)
        return self._describe_member(node)

    def _trigger_value(self, name: str) -> Code:
        """`Trigger.new` and kin, rows typed by the trigger's object."""
        kind = self.trigger_object or ApexType("SObject")
        answers = {"list": list_of(kind), "map": map_of(type_named("Id"), kind)}
        word = _TRIGGER_VALUES[name]
        wanted = answers.get(word, ApexType(word))
        if word == "Boolean":
            return Code(f"(trigger_value({name!r}) or False)", wanted, sure=True)
        return Code(f"trigger_value({name!r})", wanted)

    def _object_name(self, name: str) -> str:
        record = self.world.record(ApexType(name))
        return record.name if record is not None else name

    def _describe_member(self, node: tree.Member) -> Code | None:
        """`SObjectType.Account.fields.Name` and `Account.Fields.Name`."""
        target = node.target
        if isinstance(target, tree.Member) and target.name.lower() == "rowcause":
            owner = self.static_type(target.target)
            if owner is not None and self.world.is_record(owner):
                return Code(repr(node.name), STRING, sure=True)
        if not isinstance(target, tree.Member) or target.name.lower() not in {
            "fields",
            "fieldsets",
        }:
            return None
        path = dotted(target.target)
        if path is None or self.is_variable(path.partition(".")[0]):
            return None
        low = path.lower().removeprefix("schema.")
        if low.startswith("sobjecttype."):
            name = self._object_name(path.rpartition(".")[2])
            if target.name.lower() == "fieldsets":
                return Code(
                    f"describe_field_set({name!r}, {node.name!r})", ApexType("Schema.FieldSet")
                )
            text = f"describe_field({name!r}, {node.name!r})"
            return Code(text, ApexType("Schema.DescribeFieldResult"), sure=True)
        if low.endswith(".sobjecttype"):
            path = path[: -len(".sobjecttype")]
        found = self.world.type_name(path, self.frame.symbol)
        kind = type_named(found) if found else None
        if kind is not None and self.world.is_record(kind):
            return self._token(node, kind)
        return None

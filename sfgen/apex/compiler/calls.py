"""Method calls: which method, of which class, found now or when the code runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.compiler.conversions import Code, choose
from sfgen.apex.compiler.lookup import dotted
from sfgen.apex.compiler.platform_calls import PlatformCallCompiler
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import (
    ANY,
    BOOLEAN,
    INTEGER,
    STRING,
    VOID,
    ApexType,
    list_of,
    map_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.apex.types.symbols import MethodSymbol, TypeSymbol

__all__ = ["CallCompiler"]

_WITH_SCOPE = frozenset({"query", "countquery", "getquerylocator"})
_SETTINGS = frozenset({"getinstance", "getvalues", "getorgdefaults", "getall"})
_OF_ANYTHING = {
    "tostring": STRING,
    "hashcode": INTEGER,
    "equals": BOOLEAN,
    "name": STRING,
    "ordinal": INTEGER,
}


class CallCompiler(PlatformCallCompiler):
    """Compiles calls."""

    def _field_error(self, node: tree.Call) -> Code | None:
        """`record.Field.addError(...)`: an error on the field, whatever its value."""
        target = node.target
        if node.name.lower() != "adderror" or not isinstance(target, tree.Member):
            return None
        if self.static_type(target.target) is not None:
            return None
        record = self.expression(target.target)
        if record.type.name == "SObject" or not self.world.is_record(record.type):
            return None
        if self.world.is_record(self.world.field_type(record.type, target.name)):
            return None
        texts = [record.text, repr(target.name.lower()), *(c.text for c in self.compiled(node))]
        return Code(f"add_field_error({', '.join(texts)})", VOID)

    def call(self, node: tree.Call) -> Code:
        """Compile a call."""
        error = self._field_error(node)
        if error is not None:
            return error
        if node.target is None:
            return self._own_call(node)
        if isinstance(node.target, tree.Name) and node.target.name.lower() == "super":
            return self._super_call(node)
        kind = self.static_type(node.target) or self.type_behind(node.target, node.name)
        if kind is not None:
            return self._static_call(node, kind)
        path = dotted(node.target)
        if path and not self.is_variable(path.partition(".")[0]) and "." not in path:
            return self._unknown_static(node, path)
        target = self.guarded(node.target, safe=node.safe)
        return self.call_on(node, target)

    def _unknown_static(self, node: tree.Call, path: str) -> Code:
        for each in node.arguments:
            self.expression(each)
        return self.unsupported(f"{path}.{node.name}")

    def pick(
        self, candidates: Sequence[MethodSymbol], arguments: Sequence[Code]
    ) -> MethodSymbol | None:
        """The overload that the arguments choose; a single one of that arity is taken as it is."""
        signatures = [method.parameters for method in candidates]
        place = choose(self.world, signatures, [code.type for code in arguments])
        if place is not None:
            return candidates[place]
        fitting = [each for each in candidates if len(each.parameters) == len(arguments)]
        return fitting[0] if len(fitting) == 1 else None

    def takes(self, found: MethodSymbol | None, arguments: Sequence[Code]) -> bool:
        """Whether the arguments' types fit, and not only their number."""
        kinds = [code.type for code in arguments]
        return found is not None and choose(self.world, [found.parameters], kinds) is not None

    def _own_call(self, node: tree.Call) -> Code:
        arguments = self.compiled(node)
        symbol: TypeSymbol | None = self.frame.symbol
        outermost = symbol
        while symbol is not None:
            candidates = self.world.methods(symbol, node.name)
            found = self.pick(candidates, arguments) if candidates else None
            if found is not None:
                refused = self.refused_call(node, symbol, candidates, arguments)
                if refused is None and self.frame.static and symbol is self.frame.symbol:
                    self.refuse_instance_method(node, found)
                return refused or self._user_call(found, "self", arguments)
            outermost, symbol = symbol, symbol.outer
        own = self.frame.symbol
        if own is not None and self.is_all_known(own) and node.name.lower() not in _OF_ANYTHING:
            refused = self.refused_call(node, own, self._all_named(own, node.name), arguments)
            if refused is not None:
                return refused
        if outermost is not None and not self.frame.static:
            kind = self.frame.symbol.type if self.frame.symbol else ANY
            return self.call_on(node, Code("self", kind, sure=True), arguments)
        if not self.is_all_known(own):
            return self.unsupported(f"{node.name}()")
        return self.wrong(node, f"Method does not exist or incorrect signature: void {node.name}()")

    def _all_named(self, symbol: TypeSymbol | None, name: str) -> list[MethodSymbol]:
        """The methods of that name of a type and those around it."""
        found: list[MethodSymbol] = []
        while symbol is not None:
            found += self.world.methods(symbol, name)
            symbol = symbol.outer
        return found

    def _user_call(self, found: MethodSymbol, target: str, arguments: Sequence[Code]) -> Code:
        fitted = self.fitted(arguments, found.parameters)
        if found.static:
            return Code(f"{found.function}({fitted})", found.result)
        if target == "self" and found.is_fixed:
            return Code(f"{found.function}(self{', ' if fitted else ''}{fitted})", found.result)
        return Code(f"{target}.{found.attribute}({fitted})", found.result)

    def _super_call(self, node: tree.Call) -> Code:
        """`super.method(...)`: the parent's method whatever a subclass overrides."""
        arguments = self.compiled(node)
        symbol = self.frame.symbol
        parent = symbol.extends[0] if symbol and symbol.extends else None
        above = self.world.symbol(parent) if parent else None
        if above is not None:
            found = self.pick(self.world.methods(above, node.name), arguments)
            if found is not None:
                fitted = self.fitted(arguments, found.parameters)
                text = f"{found.function}(self{', ' if fitted else ''}{fitted})"
                return Code(text, found.result)
        if parent is not None:
            own = self._platform_call(node, Code("self", parent, sure=True), arguments)
            if own is not None:
                return own
        names = ", ".join(["self", repr(node.name), *(each.text for each in arguments)])
        kind = _OF_ANYTHING.get(node.name.lower(), ANY)
        return Code(f"invoke_platform({names})", kind)

    def _static_call(self, node: tree.Call, kind: ApexType) -> Code:
        arguments = self.compiled(node)
        symbol = self.world.symbol(kind)
        if symbol is not None:
            return self._own_static_call(node, symbol, arguments)
        known = self.world.platform(kind)
        if self.world.is_record(kind) and (known is None or node.name.lower() not in known.statics):
            return self._setting_call(node, kind, arguments)
        candidates = known.statics.get(node.name.lower(), []) if known else []
        refused = self.refused_platform_call(node, kind, candidates, arguments)
        if refused is not None:
            return refused
        found = self.pick_signature(candidates, arguments, {})
        if found is None:
            return self.unsupported(f"{kind.name}.{node.name}")
        code = self._signature_call(found, [], arguments, {})
        if known and known.name in {"Database", "Search"} and node.name.lower() in _WITH_SCOPE:
            function, _, rest = code.text.partition("(")
            return code._replace(text=f"in_scope({function}, {self._scope()}, {rest}")
        return code

    def _scope(self) -> str:
        """What a dynamic query's binds may name: locals and fields, read when they are used."""
        names = {low: f"v_{low}" for low in (*self.frame.locals, *sorted(self.frame.declared))}
        symbol = self.frame.symbol
        for each in self.world.lineage(symbol) if symbol is not None else ():
            for low, found in each.fields.items():
                if low in names or (self.frame.static and not found.static):
                    continue
                names[low] = self.read_field(found, None if found.static else "self").text
        return "{" + ", ".join(f"{low!r}: lambda: {text}" for low, text in names.items()) + "}"

    def _own_static_call(
        self, node: tree.Call, symbol: TypeSymbol, arguments: Sequence[Code]
    ) -> Code:
        if symbol.kind == "enum" and node.name.lower() == "values":
            text = f"enum_values(E_{symbol.python}, {self.type_constant(symbol.type)})"
            return Code(text, list_of(symbol.type), sure=True)
        if symbol.kind == "enum" and node.name.lower() == "valueof":
            text = f"enum_value(E_{symbol.python}, {symbol.name!r}, {arguments[0].text})"
            return Code(text, symbol.type)
        candidates = self.world.methods(symbol, node.name)
        refused = self.refused_call(node, symbol, candidates, arguments)
        if refused is not None:
            return refused
        found = self.pick(candidates, arguments)
        if found is None:
            return self.unsupported(f"{symbol.name}.{node.name}")
        self.refuse_hidden_method(node, found)
        self.refuse_instance_method(node, found)
        return self._user_call(found, "self", arguments)

    def _setting_call(self, node: tree.Call, kind: ApexType, arguments: Sequence[Code]) -> Code:
        """`My__c.getInstance()` and kin; `Account.getSObjectType()`."""
        low = node.name.lower()
        if low == "getsobjecttype":
            text = self.writer.constant(f"object_token({kind.name!r})")
            return Code(text, ApexType("Schema.SObjectType"), sure=True)
        if low not in _SETTINGS:
            return self.unsupported(f"{kind.name}.{node.name}")
        result = map_of(STRING, kind) if low == "getall" else kind
        texts = ", ".join([repr(kind.name), repr(low), *(each.text for each in arguments)])
        return Code(f"setting({texts})", result)

    def call_on(
        self, node: tree.Call, target: Code, arguments: Sequence[Code] | None = None
    ) -> Code:
        """A call on a value."""
        codes = self.compiled(node) if arguments is None else arguments
        symbol = self.world.symbol(target.type)
        if symbol is not None:
            candidates = self.world.methods(symbol, node.name)
            found = self.pick(candidates, codes) if candidates else None
            if found is not None:
                refused = self.refused_call(node, symbol, candidates, codes)
                if refused is not None and node.name.lower() not in _OF_ANYTHING:
                    return refused
                self.refuse_hidden_method(node, found)
                if node.target is not None:
                    self.refuse_static_method(node, found)
                return self._user_call(found, target.text, codes)
        wrong = self.refused_core_call(node, codes)
        if wrong is not None:
            return wrong
        known = self._platform_call(node, target, codes)
        if known is not None:
            return known
        if target.type.name == "List" and self.world.is_record(target.type.element):
            row = Code(f"one_row({target.text})", target.type.element)
            known = self._platform_call(node, row, codes)
            if known is not None:
                return known
        if symbol is not None and node.name.lower() == "clone" and not codes:
            return Code(f"clone_object({target.text})", target.type, sure=True)
        if symbol is not None and node.name.lower() not in _OF_ANYTHING:
            candidates = self.world.methods(symbol, node.name)
            refused = self.refused_call(node, symbol, candidates, codes)
            if refused is not None:
                return refused
        texts = ", ".join([target.text, repr(node.name), *(each.text for each in codes)])
        kind = _OF_ANYTHING.get(node.name.lower(), ANY) if not codes or symbol else ANY
        return Code(f"invoke({texts})", kind)

"""What the platform's compiler refuses in the bodies of methods, in its own words.

The texts are those of the platform (its language server's message table). A problem is noted only
where it is certain; the code is compiled all the same, so that the rest of the project runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.compiler.access_refusals import AccessRefusals
from sfgen.apex.compiler.certain_types import certain_type
from sfgen.apex.compiler.certainty import (
    fits_nowhere,
    incompatible,
    is_closed,
    value_group,
)
from sfgen.apex.compiler.world import substitute
from sfgen.apex.library.declarations.known import is_unbuilt
from sfgen.apex.types.model import BOOLEAN, VOID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.apex.compiler.conversions import Code
    from sfgen.apex.library.declarations.registry import Signature
    from sfgen.apex.syntax import tree
    from sfgen.apex.types.model import ApexType
    from sfgen.apex.types.symbols import MethodSymbol, TypeSymbol

__all__ = ["Refusals"]

_NAMESPACES = frozenset(
    "apexpages approval auth cache canvas chatteranswers commerce connectapi database datacloud "
    "dom eventbus flow functions invocable kbmanagement label lxscheduler messaging metadata "
    "packaging page placequote process quickaction reports richmessaging salesforcesettings "
    "schema search sfc site slack support system terrritorymgmt test txnsecurity usermgmt "
    "userprovisioning visualeditor wave".split()
)
"""Namespaces of the platform: behind a project's class of that name their types are still found."""


_CORE = frozenset(
    "String Integer Long Double Decimal Boolean Id Date Datetime Time Blob "
    "List Set Map Math".split()
)
"""Classes of the platform all of whose members are built here or known by name."""
_OF_EVERYTHING = frozenset({"tostring", "equals", "hashcode", "adderror", "clone"})
_PLAIN = frozenset({"truth", "number", "text", "day", "time"})


class Refusals(AccessRefusals):
    """Notes what doesn't compile; the compilers of expressions and statements derive from it."""

    def is_all_known(self, symbol: TypeSymbol | None) -> bool:
        """Whether every member that a bare name can mean in a type is in the project."""
        while symbol is not None:
            if not is_closed(self.world, symbol):
                return False
            symbol = symbol.outer
        return True

    def lacks_member(self, symbol: TypeSymbol) -> bool:
        """Whether a member that wasn't found in a type is certainly not there."""
        return symbol.name.lower() not in _NAMESPACES and is_closed(self.world, symbol)

    def refuse_value(self, value: tree.Expression, target: ApexType) -> None:
        """`Illegal assignment from String to Integer`."""
        source = certain_type(self, value)
        if incompatible(self.world, source, target):
            self.note(value, f"Illegal assignment from {source} to {target}")

    def refuse_result(self, node: tree.Return) -> None:
        """What a return gives that the method doesn't, and the other way round."""
        result = self.frame.result
        if result is None:
            return
        if node.value is None:
            if result != VOID:
                self.note(node, f"Missing return statement required return type: {result}")
            return
        if result == VOID:
            self.note(node, "Void method must not return a value")
            return
        source = certain_type(self, node.value)
        if incompatible(self.world, source, result):
            self.note(node.value, f"Illegal conversion from {source} to {result}")

    def refuse_condition(self, node: tree.Expression) -> None:
        """`Condition expression must be of type Boolean`."""
        source = certain_type(self, node)
        if incompatible(self.world, source, BOOLEAN):
            self.note(node, f"Condition expression must be of type Boolean: {source}")

    def refuse_duplicate(self, node: tree.Node, name: str) -> None:
        """`Duplicate variable`: locals and parameters can't hide each other."""
        implied = self.frame.accessor is not None and name.lower() == "value"
        if name.lower() in self.frame.locals and not implied:
            self.note(node, f"Duplicate variable: {name}")

    def refused_call(
        self,
        node: tree.Call,
        symbol: TypeSymbol,
        candidates: Sequence[MethodSymbol],
        arguments: Sequence[Code],
    ) -> Code | None:
        """A call of a method that a type certainly doesn't have, as a problem; else None."""
        if not self.lacks_member(symbol):
            return None
        kinds = [certain_type(self, each) for each in node.arguments]
        if not fits_nowhere(self.world, candidates, kinds):
            return None
        texts = ", ".join(self._shown(each.type) for each in arguments)
        message = (
            f"Method does not exist or incorrect signature: void {node.name}({texts}) from the "
            f"type {symbol.name}"
        )
        return self.wrong(node, message)

    def refused_core_call(self, node: tree.Call, arguments: Sequence[Code]) -> Code | None:
        """A call on a value of a core class that certainly lacks the method; else None."""
        kind = certain_type(self, node.target) if node.target is not None else None
        known = self.world.platform(kind) if kind is not None else None
        if kind is None or known is None or self.world.symbol(kind) is not None:
            return None
        candidates = known.methods.get(node.name.lower(), [])
        return self.refused_platform_call(node, kind, candidates, arguments)

    def refused_platform_call(
        self,
        node: tree.Call,
        kind: ApexType,
        candidates: Sequence[Signature],
        arguments: Sequence[Code],
    ) -> Code | None:
        """A call that a class of the platform's core certainly doesn't have; else None."""
        if kind.name not in _CORE or is_unbuilt(kind.name, node.name):
            return None
        if node.name.lower() in _OF_EVERYTHING:
            return None
        known = self.world.platform(kind)
        names = dict(zip(known.parameters, kind.arguments, strict=False)) if known else {}
        kinds = [certain_type(self, each) for each in node.arguments]
        if any(self._takes(each, names, kinds) for each in candidates):
            return None
        texts = ", ".join(self._shown(each.type) for each in arguments)
        return self.wrong(
            node,
            f"Method does not exist or incorrect signature: void {node.name}({texts}) from the "
            f"type {kind}",
        )

    def _takes(
        self, found: Signature, names: dict[str, ApexType], kinds: Sequence[ApexType | None]
    ) -> bool:
        """Whether a method of the platform may take arguments of these types."""
        wanted = [substitute(each, names) for each in found.parameters]
        return len(wanted) == len(kinds) and not any(
            self.never_taken(one, two) for one, two in zip(kinds, wanted, strict=True)
        )

    def never_taken(self, source: ApexType | None, wanted: ApexType) -> bool:
        """Whether an argument's type is certainly not the parameter's: plain values only."""
        if source is None:
            return False
        one, two = value_group(self.world, source), value_group(self.world, wanted)
        return one != two and {one, two} <= _PLAIN

    def refused_constructor(
        self,
        node: tree.Call | tree.New,
        symbol: TypeSymbol,
        arguments: Sequence[Code],
    ) -> Code | None:
        """A construction that no constructor of the class allows, as a problem; else None."""
        kinds = [certain_type(self, each) for each in node.arguments]
        if not fits_nowhere(self.world, symbol.constructors, kinds):
            return None
        texts = ", ".join(self._shown(each.type) for each in arguments)
        return self.wrong(node, f"Constructor not defined: [{symbol.name}].<Constructor>({texts})")

    @staticmethod
    def _shown(kind: ApexType) -> str:
        return "Object" if kind.name == "ANY" else str(kind)

"""Calls of the platform's methods: the overload is chosen now, the function called directly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.compiler.assignments import AssignmentCompiler
from sfgen.apex.compiler.conversions import Code, choose, coerce
from sfgen.apex.compiler.world import substitute
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import BLOB, BOOLEAN, VOID, ApexType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.apex.library.declarations.registry import Signature

__all__ = ["PlatformCallCompiler"]


# Arguments that do something: it is done before a null receiver is noticed.
_ACTING = (tree.Call, tree.Assign, tree.Postfix)


def _received(code: Code) -> Code:
    """The call, its receiver checked when its arguments have been evaluated."""
    function, _, rest = code.text.partition("(")
    return Code(f"{function}(*receiving({rest})", code.type, code.sure)


class PlatformCallCompiler(AssignmentCompiler):
    """Compiles calls of the platform's methods."""

    def compiled(self, node: tree.Call | tree.New) -> list[Code]:
        """The arguments, compiled."""
        return [self.expression(each) for each in node.arguments]

    def fitted(self, arguments: Sequence[Code], parameters: Sequence[ApexType]) -> str:
        """The arguments' text, converted to the parameters' types."""
        pairs = zip(arguments, parameters, strict=True)
        return ", ".join(coerce(self.world, code, kind).text for code, kind in pairs)

    def _platform_call(
        self, node: tree.Call, target: Code, arguments: Sequence[Code]
    ) -> Code | None:
        """A call of a platform class's method, or of one of what it extends; None if unknown."""
        for kind in self._platform_kinds(target.type):
            known = self.world.platform(kind)
            candidates = known.methods.get(node.name.lower(), []) if known else []
            if known is None or not candidates:
                continue
            names = dict(zip(known.parameters, kind.arguments, strict=False))
            found = self.pick_signature(candidates, arguments, names)
            if found is None:
                continue
            if known.interface:
                kinds = [substitute(each, names) for each in found.parameters]
                fitted = self.fitted(arguments, kinds)
                parts = [target.text, repr(node.name), *([fitted] if fitted else [])]
                return Code(f"invoke({', '.join(parts)})", substitute(found.result, names))
            late = not target.sure and any(isinstance(each, _ACTING) for each in node.arguments)
            receiver = target.text if kind == BLOB or late else self.not_null(target)
            made = self._signature_call(found, [receiver], arguments, names)
            return _received(made) if late and kind != BLOB else made
        return None

    def _platform_kinds(self, kind: ApexType) -> list[ApexType]:
        """The platform types whose methods a value has, nearest first."""
        if self.world.is_record(kind) and kind.name != "SObject":
            return [kind, ApexType("SObject")]
        found: list[ApexType] = []
        queue = [kind]
        while queue and len(found) < 12:
            each = queue.pop(0)
            found.append(each)
            queue.extend(self.world.parents(each))
        return found

    def pick_signature(
        self,
        candidates: Sequence[Signature],
        arguments: Sequence[Code],
        names: dict[str, ApexType],
    ) -> Signature | None:
        """The overload of a platform method that the arguments choose."""
        signatures = [
            tuple(substitute(self._spelled(each), names) for each in candidate.parameters)
            for candidate in candidates
        ]
        place = choose(self.world, signatures, [code.type for code in arguments])
        if place is not None:
            return candidates[place]
        fitting = [
            candidate
            for candidate, kinds in zip(candidates, signatures, strict=True)
            if len(kinds) == len(arguments)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _spelled(self, kind: ApexType) -> ApexType:
        """A signature's type as the world spells it: `SObjectType` is `Schema.SObjectType`."""
        if kind.arguments:
            return ApexType(kind.name, tuple(map(self._spelled, kind.arguments)))
        return self.platform_name(kind)

    def platform_name(self, kind: ApexType) -> ApexType:
        """A platform type by its registered name."""
        if self.world.platform(kind) is None:
            known = self.world.platform(ApexType(f"Schema.{kind.name}"))
            return ApexType(known.name) if known else kind
        return kind

    def _signature_call(
        self,
        found: Signature,
        before: list[str],
        arguments: Sequence[Code],
        names: dict[str, ApexType],
    ) -> Code:
        kinds = [substitute(self._spelled(each), names) for each in found.parameters]
        fitted = self.fitted(arguments, kinds)
        texts = ", ".join([*before, *([fitted] if fitted else [])])
        result = substitute(self._spelled(found.result), names)
        sure = result == BOOLEAN and self._owner_is_certain(found)
        return Code(f"{self.member_function(found)}({texts})", result or VOID, sure)

    @staticmethod
    def _owner_is_certain(found: Signature) -> bool:
        """Platform methods with a Boolean result answer true or false, except lookups by name."""
        return found.name.lower() not in {"get", "valueof", "remove"}

"""What the names of a page's expressions mean, and what its formulas do in another way."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

from sfgen.formula import FormulaError, Scope, as_text, evaluate
from sfgen.visualforce.errors import VisualforceError
from sfgen.visualforce.functions import FUNCTIONS

if TYPE_CHECKING:
    from sfgen.formula import Node
    from sfgen.visualforce.context import PageContext

_NUMBERS = (int, float, Decimal)


class _Resource(str):
    """The value of ``$Resource.X``: an address that remembers its name for URLFOR."""

    __slots__ = ("name",)
    name: str


class PageScope(Scope):
    """The expressions of one page.

    Where a formula field shows ``#Error!`` and holds null (Salesforce Help, "Troubleshoot Formula
    Errors"), a page fails. An empty text is no null in it (salesforce.stackexchange.com/q/4397).
    """

    functions = FUNCTIONS

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self.variables: dict[str, object] = {}
        self.own_functions = {"ISNULL": _is_null, "NULLVALUE": _null_value, "URLFOR": self._url_for}

    def resolve(self, parts: tuple[str, ...]) -> object:
        """Give a variable of the page, a global, or a property of the controller."""
        first, *rest = parts
        if first.startswith("$"):
            return self._global(first, rest)
        known = first in self.variables
        value = self.variables[first] if known else self._context.read_property(first)
        for name in rest:
            value = self.member(value, name)
        return value

    def _global(self, name: str, rest: list[str]) -> object:
        if name.lower() == "$resource" and len(rest) == 1:
            resource = _Resource(self._context.resource_address(rest[0], ""))
            resource.name = rest[0]
            return resource
        members = self._context.globals.get(name.lower())
        if members is None:
            raise VisualforceError(f"{name} is not supported by the preview")
        return members(tuple(rest))

    def member(self, value: Any, key: Any) -> Any:
        """Take a member of a map, a list or an object; of null it is null, as on the platform."""
        if value is None:
            return None
        if isinstance(value, Mapping):
            by_name = {as_text(name).lower(): member for name, member in value.items()}
            if as_text(key).lower() not in by_name:
                raise VisualforceError(f"no field {as_text(key)}")
            return by_name[as_text(key).lower()]
        place = int(key) if isinstance(key, int | Decimal) and key == int(key) else -1
        if isinstance(value, list) and 0 <= place < len(value):
            return value[place]
        raise VisualforceError(f"no member {as_text(key)}")

    def unsupported(self, name: str) -> FormulaError:
        """Say that the preview doesn't have the function."""
        return FormulaError(f"function {name} is not supported by the preview")

    def undefined(self, reason: str) -> NoReturn:
        """Fail: a page shows nothing in place of a value that isn't one."""
        raise VisualforceError(reason)

    def truth(self, value: Any) -> bool:
        """Say whether a value counts as true; text is compared with ``true``."""
        return value.lower() == "true" if isinstance(value, str) else bool(value)

    def number(self, value: Any) -> Decimal:
        """Take a number; text is none."""
        if isinstance(value, bool) or not isinstance(value, _NUMBERS):
            raise VisualforceError(f"{as_text(value)!r} is no number")
        return Decimal(str(value)) if isinstance(value, float) else Decimal(value)

    def same(self, first: Any, second: Any) -> bool:
        """Compare numbers as numbers, all else as the page would print it."""
        if isinstance(first, _NUMBERS) and isinstance(second, _NUMBERS):
            return bool(first == second)
        return as_text(first) == as_text(second)

    def _url_for(self, nodes: tuple[Node, ...], _: Scope) -> str:
        if not nodes:
            raise VisualforceError("URLFOR needs a target")
        target, *rest = [evaluate(each, self) for each in nodes]
        path = as_text(rest[0]) if rest else ""
        if isinstance(target, _Resource):
            return self._context.resource_address(target.name, path)
        return as_text(target)


def _is_null(nodes: tuple[Node, ...], scope: Scope) -> bool:
    return evaluate(nodes[0], scope) is None


def _null_value(nodes: tuple[Node, ...], scope: Scope) -> object:
    value = evaluate(nodes[0], scope)
    return evaluate(nodes[1], scope) if value is None else value

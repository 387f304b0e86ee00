"""What an expression means, once its names are found: what it reads, calls or makes, of what type.

The checker finds the meaning of every expression of a body; code generation writes it in Python.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from sfgen.apex.names.call_meanings import Call, New
from sfgen.apex.types.model import ANY, ApexType

if TYPE_CHECKING:
    from sfgen.apex.library.declarations.registry import Signature
    from sfgen.apex.types.symbols import FieldSymbol, TypeSymbol

__all__ = [
    "Assignment",
    "Constant",
    "Dynamic",
    "EnumValue",
    "Getter",
    "InstanceTest",
    "Itself",
    "Label",
    "Local",
    "Meaning",
    "Meanings",
    "Missing",
    "Operation",
    "OwnField",
    "PlatformStatic",
    "RecordField",
    "Rows",
    "RuntimeValue",
    "StaticGetter",
    "TriggerValue",
    "Typed",
    "ValueProperty",
]


class Missing(NamedTuple):
    """Nothing that can be executed: `what` is said when it is; `type` is what it would have."""

    what: str
    type: ApexType = ANY
    sure: bool = False


class Typed(NamedTuple):
    """An expression whose syntax says what it does; only its type had to be found."""

    type: ApexType


class Itself(NamedTuple):
    """`this`."""

    type: ApexType


class Local(NamedTuple):
    """A local variable or parameter; `name` is in lower case."""

    name: str
    type: ApexType


class OwnField(NamedTuple):
    """A field or property of the project's.

    `by_value`: it is named after a value; else it is the running class's own, or static.
    """

    symbol: FieldSymbol
    by_value: bool = False

    @property
    def type(self) -> ApexType:
        """The field's type."""
        return self.symbol.type or ANY


class EnumValue(NamedTuple):
    """A value of an enum of the project's; `name` is in lower case."""

    symbol: TypeSymbol
    name: str

    @property
    def type(self) -> ApexType:
        """The enum."""
        return self.symbol.type


class Constant(NamedTuple):
    """A text that the expression stands for, such as the name of a sharing reason."""

    value: str
    type: ApexType


class Label(NamedTuple):
    """A `when` label that is no expression: the name of a value of the subject's type."""

    name: str
    type: ApexType = ANY


class RuntimeValue(NamedTuple):
    """A value that a function of the runtime answers for plain arguments, such as field tokens.

    `fixed`: it is the same all the time the program is loaded.
    """

    function: str
    arguments: tuple[str, ...]
    type: ApexType
    fixed: bool = False
    sure: bool = False


class TriggerValue(NamedTuple):
    """`Trigger.new` and the like; `name` is in lower case."""

    name: str
    type: ApexType


class StaticGetter(NamedTuple):
    """A static property of the platform's that a function answers."""

    signature: Signature

    @property
    def type(self) -> ApexType:
        """What it answers."""
        return self.signature.result


class RecordField(NamedTuple):
    """A field of a record; `one_row`: the value is a query's list, whose only row has it."""

    type: ApexType
    one_row: bool = False


class Getter(NamedTuple):
    """A property of a value of the platform's."""

    signature: Signature
    type: ApexType


class Dynamic(NamedTuple):
    """A member that is looked up when the code runs."""

    type: ApexType = ANY


class ValueProperty(NamedTuple):
    """A property of a value that is assigned: what reads it, and the platform's setter if any."""

    read: Meaning
    setter: Signature | None
    one_row: bool = False

    @property
    def type(self) -> ApexType:
        """The property's type."""
        return self.read.type


class PlatformStatic(NamedTuple):
    """A static member of the platform's that is assigned."""

    read: Meaning
    name: str

    @property
    def type(self) -> ApexType:
        """The member's type."""
        return self.read.type


class Operation(NamedTuple):
    """An operator over values of known types; `form` is how it computes."""

    form: str
    type: ApexType


class Assignment(NamedTuple):
    """An assignment or step: the place's type, and what a compound operator computes."""

    type: ApexType
    operation: Operation | Missing | None = None


class InstanceTest(NamedTuple):
    """`instanceof wanted`."""

    wanted: ApexType
    type: ApexType


class Rows(NamedTuple):
    """An inline query or search; `function` of the runtime runs it."""

    function: str
    type: ApexType


Meaning = (
    Missing
    | Typed
    | Itself
    | Local
    | OwnField
    | EnumValue
    | Constant
    | Label
    | RuntimeValue
    | TriggerValue
    | StaticGetter
    | RecordField
    | Getter
    | Dynamic
    | ValueProperty
    | PlatformStatic
    | Operation
    | Assignment
    | InstanceTest
    | Rows
    | Call
    | New
)


@dataclass(slots=True)
class Meanings:
    """The meanings of one file's expressions and the types its references name, by node.

    Nodes are told apart by `id`, as they aren't hashable: the tree must live as long as this.
    """

    found: dict[int, Any] = field(default_factory=dict)
    types: dict[int, ApexType] = field(default_factory=dict)

"""What a call or creation means: the method or constructor that its arguments chose."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sfgen.apex.types.model import VOID, ApexType, list_of

if TYPE_CHECKING:
    from sfgen.apex.library.declarations.registry import Signature
    from sfgen.apex.types.symbols import MethodSymbol, TypeSymbol

__all__ = [
    "SELF",
    "STATIC",
    "SUPER",
    "VALUE",
    "Call",
    "Clone",
    "Construction",
    "EnumValueOf",
    "EnumValues",
    "ExceptionStart",
    "FieldError",
    "Invocation",
    "New",
    "OwnCall",
    "ParentStart",
    "PlatformCall",
    "PlatformNew",
    "RecordCreation",
    "RecordNew",
    "Setting",
]

VALUE, SELF, SUPER, STATIC = "value", "self", "super", "static"
"""What a method is called on: the value before the dot, the running object, the same object as
one of its parent class, nothing."""


class FieldError(NamedTuple):
    """`record.Field.addError(...)`."""

    field: str
    type: ApexType = VOID


class OwnCall(NamedTuple):
    """A method of the project's; it is `on` VALUE, SELF or SUPER."""

    method: MethodSymbol
    on: str

    @property
    def type(self) -> ApexType:
        """What it answers."""
        return self.method.result


class PlatformCall(NamedTuple):
    """A method of the platform's, of the class or interface `owner`.

    `binds` are the locals that a dynamic query's text may name, or None where it isn't one.
    """

    signature: Signature
    parameters: tuple[ApexType, ...]
    type: ApexType
    on: str
    owner: ApexType
    interface: bool = False
    one_row: bool = False
    binds: tuple[str, ...] | None = None


class Setting(NamedTuple):
    """`My__c.getInstance()` and the like; `method` is in lower case."""

    object: str
    method: str
    type: ApexType


class EnumValues(NamedTuple):
    """`Color.values()`."""

    symbol: TypeSymbol

    @property
    def type(self) -> ApexType:
        """The list of the enum's values."""
        return list_of(self.symbol.type)


class EnumValueOf(NamedTuple):
    """`Color.valueOf(name)`."""

    symbol: TypeSymbol

    @property
    def type(self) -> ApexType:
        """The enum."""
        return self.symbol.type


class Clone(NamedTuple):
    """`clone()` of an object of the project's."""

    type: ApexType
    on: str


class Invocation(NamedTuple):
    """A method that is looked up when the code runs; it is `on` VALUE, SELF or SUPER."""

    type: ApexType
    on: str


class Construction(NamedTuple):
    """A new object of a class of the project's, or a constructor that begins with another.

    Without a `constructor` the class has none; `free`: one that every exception class has.
    """

    symbol: TypeSymbol
    constructor: MethodSymbol | None
    type: ApexType
    free: bool = False


class ParentStart(NamedTuple):
    """`super()` of a class that declares no constructor."""

    symbol: TypeSymbol
    type: ApexType = VOID


class ExceptionStart(NamedTuple):
    """`super(...)` of a class of the platform's, or one that every exception class has."""

    type: ApexType = VOID


class RecordNew(NamedTuple):
    """`new Account()`."""

    type: ApexType


class RecordCreation(NamedTuple):
    """`new Account(Name = 'a')`, with the types of the fields it names."""

    type: ApexType
    fields: tuple[ApexType, ...]


class PlatformNew(NamedTuple):
    """`new` of a class of the platform's."""

    signature: Signature
    parameters: tuple[ApexType, ...]
    type: ApexType


Call = (
    FieldError
    | OwnCall
    | PlatformCall
    | Setting
    | EnumValues
    | EnumValueOf
    | Clone
    | Invocation
    | ParentStart
    | ExceptionStart
)
New = Construction | RecordNew | RecordCreation | PlatformNew

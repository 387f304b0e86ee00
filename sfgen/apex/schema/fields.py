"""Fields of an object and what else its metadata declares: values, rules, sets, roll-ups."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Field",
    "FieldSet",
    "PicklistValue",
    "RecordType",
    "Summary",
    "ValidationRule",
]


@dataclass(frozen=True, slots=True)
class PicklistValue:
    """One entry of a picklist."""

    value: str
    label: str
    active: bool = True
    default: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """A roll-up summary: `operation` over `child.field` (count needs no field) with filters."""

    operation: str
    child: str
    foreign_key: str
    summarized: str = ""
    filters: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A field; `type` is a `Schema.DisplayType` name such as `STRING` or `REFERENCE`.

    `length` is in characters, `precision` and `scale` in digits. `relationship` is the parent's
    name in SOQL, `child_relationship` the list's name on the parent. `on_delete` is what happens
    to this record when its parent is deleted: SetNull, Cascade or Restrict. `controlling` is the
    field that names the object of a metadata relationship to a field.
    """

    name: str
    type: str
    label: str = ""
    length: int = 0
    precision: int = 0
    scale: int = 0
    required: bool = False
    createable: bool = True
    updateable: bool = True
    unique: bool = False
    case_sensitive: bool = False
    external_id: bool = False
    id_lookup: bool = False
    default: str | None = None
    defaulted: bool = False
    formula: str | None = None
    blank_as_zero: bool = False
    summary: Summary | None = None
    auto_number: str | None = None
    reference_to: tuple[str, ...] = ()
    controlling: str | None = None
    relationship: str | None = None
    child_relationship: str | None = None
    on_delete: str = "SetNull"
    master_detail: bool = False
    reparentable: bool = True
    picklist: tuple[PicklistValue, ...] = ()
    restricted: bool = False
    custom: bool = False
    name_field: bool = False
    help_text: str | None = None
    html: bool = False
    compound: str | None = None

    @property
    def key(self) -> str:
        """The name in lower case: the key of a record's `fields`."""
        return self.name.lower()

    @property
    def free_reference(self) -> bool:
        """Whether it names what has no Id: an object, a field, an external row."""
        named = {"EntityDefinition", "FieldDefinition", "EntityParticle"}
        return self.type == "REFERENCE" and not set(self.reference_to) - named

    @property
    def calculated(self) -> bool:
        """Whether the platform computes it: formula, roll-up summary."""
        return self.formula is not None or self.summary is not None

    @property
    def stored(self) -> bool:
        """Whether it is a column of the store."""
        return not self.calculated and self.type not in {"ADDRESS", "LOCATION"}

    @property
    def default_value(self) -> bool | str | None:
        """What a describe answers: a checkbox's default, a picklist's default value."""
        if self.type == "BOOLEAN":
            return str(self.default).lower() == "true"
        return next((each.value for each in self.picklist if each.default), None)

    @property
    def numeric(self) -> bool:
        """Whether it holds a number."""
        return self.type in {"INTEGER", "LONG", "DOUBLE", "CURRENCY", "PERCENT"}


@dataclass(frozen=True, slots=True)
class RecordType:
    """A record type; its Id is assigned by the store."""

    developer_name: str
    label: str
    active: bool = True
    description: str = ""
    picklists: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class ValidationRule:
    """A rule that refuses a save when its formula is true."""

    name: str
    formula: str
    message: str
    display_field: str | None = None


@dataclass(frozen=True, slots=True)
class FieldSet:
    """A named list of field paths; `required` are those that a page must ask for."""

    name: str
    label: str
    members: tuple[str, ...] = ()
    description: str = ""
    required: frozenset[str] = frozenset()

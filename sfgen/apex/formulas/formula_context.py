"""Where a formula is evaluated: the record's fields, its parents, the user, settings, labels."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sfgen.apex.formulas.record_functions import RECORD_FUNCTIONS
from sfgen.apex.runtime.execution import current
from sfgen.formula import FormulaError, Scope, evaluate, parse_formula

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.apex.access.permissions import Permissions
    from sfgen.apex.schema.schema import Field, ObjectType
    from sfgen.apex.store.custom_settings import CustomSettings
    from sfgen.apex.store.org_data import OrgData
    from sfgen.apex.store.store import Row

__all__ = ["FormulaContext", "FormulaWorld"]

_TEXTS = frozenset(
    "STRING TEXTAREA PHONE EMAIL URL PICKLIST MULTIPICKLIST COMBOBOX ENCRYPTEDSTRING ID "
    "REFERENCE".split()
)


@dataclass(frozen=True, slots=True)
class FormulaWorld:
    """What formulas of one org read beside their record.

    `calculate` answers the formula fields and roll-ups that a formula names.
    """

    data: OrgData
    permissions: Permissions
    settings: CustomSettings
    calculate: Callable[[ObjectType, Field, Row], Any]


@dataclass
class FormulaContext(Scope):
    """Where a formula of a record is evaluated. `old` is the row before an update, None on insert.

    With `blank_as_zero` blank number fields count as 0; without it a blank number or date is
    neither equal to another value nor different from it, so that no rule fires (Salesforce Help,
    "Tips for Working with Number Fields in Formulas").
    """

    own_functions = RECORD_FUNCTIONS

    world: FormulaWorld
    owner: ObjectType | None
    row: Row
    old: Row | None = None
    blank_as_zero: bool = True

    def evaluate(self, text: str) -> Any:
        """The value of a formula. FormulaError for what this runtime doesn't have."""
        return evaluate(parse_formula(text), self)

    def unfilled(self) -> FormulaContext:
        """The same record with blank numbers left blank."""
        return replace(self, blank_as_zero=False)

    def prior(self) -> FormulaContext:
        """The record as it was before the update; as it is where there was none."""
        return replace(self, row=self.row if self.old is None else self.old, old=None)

    def same(self, first: Any, second: Any) -> bool:
        """Whether two values are equal; a blank beside a number or date is not."""
        return not _is_blank_beside_number(first, second) and super().same(first, second)

    def differ(self, first: Any, second: Any) -> bool:
        """Whether two values differ; a blank beside a number or date does not."""
        return not _is_blank_beside_number(first, second) and not super().same(first, second)

    def calculate(self, sign: str, first: Any, second: Any) -> Any:
        """Arithmetic; with a blank number nothing comes of it, where blanks aren't zeros."""
        if not self.blank_as_zero and _is_blank_beside_number(first, second):
            return None
        return super().calculate(sign, first, second)

    def resolve(self, parts: tuple[str, ...]) -> Any:
        """The value of a field path or of a global such as `$User.Id`."""
        if parts[0].startswith("$"):
            return self._global(parts)
        owner, row = self.owner, self.row
        for part in parts[:-1]:
            link = owner.by_relationship.get(part.lower()) if owner else None
            if link is None and owner is not None and part.lower() != owner.key:
                raise FormulaError(f"Field {'.'.join(parts)} does not exist")
            if link is not None:
                owner, row = self._parent(link, row)
        if owner is None:
            return None
        field = owner.find(parts[-1])
        if field is None:
            raise FormulaError(f"Field {parts[-1]} does not exist")
        if row and field.calculated:
            return _plain(field, self.world.calculate(owner, field, row))
        return self.blank(field, _plain(field, row.get(field.key)))

    def blank(self, field: Field, value: Any) -> Any:
        """Numbers that are blank count as zero where the formula says so; checkboxes are false."""
        if value is None and field.type == "BOOLEAN":
            return False
        if value is None and field.numeric and self.blank_as_zero:
            return Decimal(0)
        return value

    def _parent(self, link: Field, row: Row) -> tuple[ObjectType | None, Row]:
        identity = row.get(link.key)
        schema = self.world.data.schema
        if identity is None:
            return schema.find(link.reference_to[0]), {}
        owner = schema.of_id(identity)
        return owner, (self.world.data.store.row(owner, identity) or {}) if owner else {}

    def _global(self, parts: tuple[str, ...]) -> Any:
        name = parts[0].lower()
        world, schema = self.world, self.world.data.schema
        if name in {"$user", "$profile", "$userrole", "$organization"}:
            return self._session(name, parts[1])
        if name == "$setup":
            record = world.settings.get_instance(parts[1])
            return record.fields.get(parts[2].lower()) if record else None
        if name == "$permission":
            return world.permissions.has_custom_permission(parts[1])
        if name == "$label":
            labels = current().project.labels
            return labels.get(parts[1], parts[1])
        if name == "$custommetadata":
            record = world.settings.get_metadata(parts[1], parts[2])
            return record.fields.get(parts[3].lower()) if record else None
        if name == "$recordtype":
            kind = world.data.store.row(schema["RecordType"], str(self.row.get("recordtypeid", "")))
            return (kind or {}).get(parts[1].lower())
        raise FormulaError(f"not supported yet: {'.'.join(parts)} in a formula")

    def _session(self, name: str, field: str) -> Any:
        store, schema = self.world.data.store, self.world.data.schema
        user = store.row(schema["User"], self.world.data.user_id) or {}
        if name == "$user":
            return user.get(field.lower())
        if name == "$organization":
            return store.rows_where(schema["Organization"], "1", [])[0].get(field.lower())
        kind, key = ("Profile", "profileid") if name == "$profile" else ("UserRole", "userroleid")
        return (store.row(schema[kind], str(user.get(key, ""))) or {}).get(field.lower())


def _plain(field: Field, value: Any) -> Any:
    """A stored value as formulas see it: a percentage is its hundredth."""
    if field.type == "PERCENT" and isinstance(value, (int, Decimal)):
        return Decimal(value) / 100
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(int(value))
    return str(value) if field.type in _TEXTS and value is not None else value


def _is_blank_beside_number(first: Any, second: Any) -> bool:
    values = (first, second)
    return None in values and any(isinstance(each, Decimal | dt.date) for each in values)

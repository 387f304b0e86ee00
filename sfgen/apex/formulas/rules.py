"""Defaults, formula fields, roll-ups and validation rules of the project's objects."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from sfgen.apex.formulas.formula_context import FormulaContext, FormulaWorld
from sfgen.apex.runtime.exceptions import Unsupported
from sfgen.apex.runtime.ids import Id, is_id
from sfgen.apex.soql.soql_scope import Scope, Statement
from sfgen.apex.store.custom_settings import CustomSettings
from sfgen.apex.store.records import convert
from sfgen.apex.terms.dml_results import DmlError
from sfgen.formula import FormulaError, as_text

if TYPE_CHECKING:
    from sfgen.apex.access.permissions import Permissions
    from sfgen.apex.runtime.values import SObject
    from sfgen.apex.schema.schema import Field, ObjectType
    from sfgen.apex.store.org_data import OrgData
    from sfgen.apex.store.store import Row

__all__ = ["Rules"]


class Rules:
    """Evaluates the formulas that metadata carries."""

    def __init__(self, data: OrgData, permissions: Permissions) -> None:
        self.data = data
        self.settings = CustomSettings(data, self.default_value)
        self.world = FormulaWorld(data, permissions, self.settings, self.calculate)
        data.calculated = self.calculated
        data.store.connection.create_function("formula_value", 3, self._formula_value)
        self._calculating: set[tuple[str, str]] = set()

    def default_value(self, field: Field, row: Row) -> Any:
        """What a new record gets where nothing was said; None for a default of another kind."""
        text = field.default
        if text is None:
            return None
        if field.type == "BOOLEAN" and text.lower() in {"true", "false"}:
            return text.lower() == "true"
        context = FormulaContext(self.world, None, row)
        return self._typed(field, self._evaluate(text, context))

    def _evaluate(self, text: str, context: FormulaContext) -> Any:
        try:
            return context.evaluate(text)
        except FormulaError as problem:
            raise Unsupported(problem.message) from None

    def _typed(self, field: Field, value: Any) -> Any:
        """A formula's value as the field's type."""
        if value is None or value == "":
            return False if field.type == "BOOLEAN" else None
        if field.type in {"DOUBLE", "CURRENCY", "PERCENT"} and isinstance(value, Decimal):
            unit = Decimal(1).scaleb(-field.scale)
            return value.quantize(unit, rounding=ROUND_HALF_UP)
        if field.type == "INTEGER" and isinstance(value, Decimal):
            return int(value)
        if field.type in {"BOOLEAN", "DATE", "DATETIME", "TIME"}:
            return convert(field, "", value)
        if field.type == "REFERENCE" and isinstance(value, str) and is_id(value):
            return Id(value)
        return as_text(value).rstrip() or None  # a text formula has no blanks at its end

    def calculate(self, owner: ObjectType, field: Field, row: Row) -> Any:
        """A formula field or roll-up of a row."""
        if field.formula is not None:
            context = FormulaContext(self.world, owner, row, None, field.blank_as_zero)
            value = self._evaluate(field.formula, context)
            if field.type == "PERCENT" and isinstance(value, Decimal):
                value *= 100
            return self._typed(field, value)
        return self._rolled_up(owner, field, row)

    def _rolled_up(self, owner: ObjectType, field: Field, row: Row) -> Any:
        if not row.get("id"):
            return None
        from sfgen.apex.schema.encoding import decode

        scope = Scope(Statement(self.data.store), owner)
        sql = scope.resolve((field.name,)).sql
        found = self.data.store.select(
            f'SELECT {sql} FROM {scope.from_sql} WHERE {scope.base}."id" = ?',  # noqa: S608 - names of the schema
            [str(row["id"])],
        )
        return decode(field, found[0][0]) if found else None

    def _formula_value(self, owner_key: str, field_key: str, record_id: str | None) -> Any:
        """`formula_value(object, field, Id)` in SQL."""
        from sfgen.apex.schema.encoding import encode

        if record_id is None:
            return None
        owner = self.data.schema[owner_key]
        row = self.data.store.row(owner, record_id)
        if row is None:
            return None
        try:
            return encode(self.calculate(owner, owner.fields[field_key], row))
        except BaseException as failure:
            self.data.store.formula_failure = failure
            raise

    def calculated(self, record: SObject, owner: ObjectType, field: Field) -> Any:
        """A formula of a record in a trigger, from the values it has there."""
        return self.calculate(owner, field, dict(record.fields))

    def errors(self, owner: ObjectType, row: Row, old: Row | None) -> list[DmlError]:
        """The validation rules that are true for the row, in the order of their names."""
        found = []
        for rule in sorted(owner.rules, key=lambda each: each.name):
            context = FormulaContext(self.world, owner, row, old, blank_as_zero=False)
            if self._evaluate(rule.formula, context):
                fields = (rule.display_field,) if rule.display_field else ()
                found.append(DmlError("FIELD_CUSTOM_VALIDATION_EXCEPTION", rule.message, fields))
        return found

"""Formula: formulas evaluated in Apex (Apex Reference Guide, "FormulaEval Namespace").

The formula language is that of `sfgen.formula`.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from sfgen.apex.database import org_database
from sfgen.apex.formulas.formula_context import FormulaContext
from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.data_objects import data_class
from sfgen.apex.library.declarations.registry import (
    method,
    platform_class,
    platform_enum,
    platform_members,
)
from sfgen.apex.runtime.exceptions import ApexException, Unsupported
from sfgen.apex.runtime.keys import Long
from sfgen.apex.runtime.values import ApexEnum, ApexList, Id, SObject
from sfgen.apex.types.model import ApexType
from sfgen.formula import FormulaError, as_number, as_text, parse_formula, paths_of

if TYPE_CHECKING:
    from collections.abc import Callable

__all__: list[str] = []

FORMULA = platform_members("Formula")
_KINDS = platform_enum(
    "FormulaEval.FormulaReturnType",
    "BOOLEAN DATE DATETIME DECIMAL DOUBLE ID INTEGER LONG STRING TIME",
)
_RESULT = data_class(
    "FormulaRecalcResult",
    "List<FormulaRecalcFieldError> errors; SObject sObject; Boolean success",
    "List<FormulaRecalcFieldError> getErrors() = errors; SObject getSObject() = sObject;"
    "Boolean isSuccess() = success",
    constructor=False,
)
data_class(
    "FormulaRecalcFieldError",
    "String fieldName; String fieldError",
    "String getFieldName() = fieldName; String getFieldError() = fieldError",
    constructor=False,
)
_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "BOOLEAN": bool,
    "DATE": lambda value: value.date() if isinstance(value, dt.datetime) else value,
    "DATETIME": lambda value: value,
    "TIME": lambda value: value,
    "DECIMAL": as_number,
    "DOUBLE": lambda value: float(as_number(value)),
    "ID": lambda value: Id(as_text(value)),
    "INTEGER": lambda value: int(as_number(value)),
    "LONG": lambda value: Long(as_number(value)),
    "STRING": as_text,
}


class FormulaValidationError(ApexException):
    """FormulaEval.FormulaValidationException: a formula that can't be built."""

    apex_type: ClassVar[ApexType] = ApexType("FormulaEval.FormulaValidationException")
    apex_interfaces: ClassVar[frozenset[str]] = frozenset(
        {"exception", "formulaeval.formulavalidationexception"}
    )


@platform_class("FormulaEval.FormulaBuilder")
class FormulaBuilder:
    """What a formula is, over what object, and of what type."""

    apex_type: ClassVar[ApexType] = ApexType("FormulaEval.FormulaBuilder")

    def __init__(self) -> None:
        self.text: str | None = None
        self.kind: ApexEnum | None = None
        self.owner: str | None = None
        self.blank_as_zero = False

    @method("FormulaEval.FormulaBuilder withFormula(String formula)")
    def with_formula(self, text: str | None) -> FormulaBuilder:
        """Say the formula."""
        self.text = text
        return self

    @method("FormulaEval.FormulaBuilder withReturnType(FormulaEval.FormulaReturnType type)")
    def with_return_type(self, kind: ApexEnum | None) -> FormulaBuilder:
        """Say the type of its value."""
        self.kind = kind
        return self

    @method("FormulaEval.FormulaBuilder withType(Schema.SObjectType type)")
    def with_type(self, kind: Any) -> FormulaBuilder:
        """Say the object whose fields it names."""
        self.owner = required(kind).name
        return self

    @method("FormulaEval.FormulaBuilder withType(Type type)")
    def with_class(self, kind: ApexType | None) -> FormulaBuilder:
        """Say the class whose members it names."""
        self.owner = required(kind).name
        return self

    @method("FormulaEval.FormulaBuilder treatNumericNullAsZero(Boolean nullAsZero)")
    def treat_numeric_null_as_zero(self, as_zero: Any) -> FormulaBuilder:
        """Say whether blank numbers count as zero."""
        self.blank_as_zero = bool(as_zero)
        return self

    @method("FormulaEval.FormulaBuilder parseAsTemplate(Boolean isTemplate)")
    def parse_as_template(self, is_template: Any) -> FormulaBuilder:
        """Templates (`{!Name}` in a text) are not built."""
        if is_template:
            raise Unsupported("FormulaEval.FormulaBuilder.parseAsTemplate(true)")
        return self

    @method("FormulaEval.FormulaInstance build()")
    def build(self) -> FormulaInstance:
        """The formula, ready to evaluate. FormulaValidationException for what is none."""
        try:
            parse_formula(required(self.text))
        except FormulaError as problem:
            raise FormulaValidationError(problem.message) from None
        return FormulaInstance(self)


@platform_class("FormulaEval.FormulaInstance")
class FormulaInstance:
    """A formula that can be evaluated."""

    apex_type: ClassVar[ApexType] = ApexType("FormulaEval.FormulaInstance")

    def __init__(self, builder: FormulaBuilder) -> None:
        self.text = required(builder.text)
        self.kind = required(builder.kind)
        self.owner = builder.owner
        self.blank_as_zero = builder.blank_as_zero

    @method("Object evaluate(Object context)")
    def evaluate(self, record: Any) -> Any:
        """The formula's value for a record."""
        if not isinstance(record, SObject):
            raise Unsupported("formulas over Apex objects")
        database = org_database()
        owner = database.schema.find(record.type_name)
        row = dict(record.fields)
        context = FormulaContext(database.rules.world, owner, row, None, self.blank_as_zero)
        try:
            value = context.evaluate(self.text)
        except FormulaError as problem:
            raise Unsupported(problem.message) from None
        if value is None or (value == "" and self.kind.name != "STRING"):
            return None
        return _CONVERTERS[self.kind.name](value)

    @method("Set<String> getReferencedFields()")
    def get_referenced_fields(self) -> Any:
        """The fields the formula names."""
        from sfgen.apex.runtime.values import ApexSet

        names = [".".join(each) for each in paths_of(parse_formula(self.text))]
        return ApexSet(names, ApexType("String"))


@FORMULA.static("FormulaEval.FormulaBuilder builder()")
def builder() -> FormulaBuilder:
    """Begin a formula."""
    return FormulaBuilder()


@FORMULA.static("List<FormulaRecalcResult> recalculateFormulas(List<SObject> sobjects)")
def recalculate_formulas(records: ApexList | None) -> ApexList:
    """Give the records the values that their formula fields have now; roll-ups stay."""
    database = org_database()
    results = []
    for record in required(records):
        owner = database.schema[required(record).type_name]
        for field in owner.fields.values():
            if field.formula is not None:
                record.fields[field.key] = database.rules.calculated(record, owner, field)
        errors = ApexList((), ApexType("FormulaRecalcFieldError"))
        results.append(_RESULT(sObject=record, success=True, errors=errors))
    return ApexList(results, _RESULT.apex_type)

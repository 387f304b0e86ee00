from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from sfgen.apex.formulas.formula_context import FormulaContext
from sfgen.apex.opening import admin_user, open_org
from sfgen.apex.runtime.execution import Clock, Execution, enter
from sfgen.formula import FormulaError

NOW = dt.datetime(2026, 11, 23, 14, 5, 6, tzinfo=dt.timezone.utc)


@pytest.fixture(scope="module")
def database() -> Any:
    return open_org({})


def value_of(database: Any, formula: str, row: dict[str, Any], old: Any = None) -> Any:
    execution = Execution(database=database, user=admin_user(database), clock=Clock(NOW))
    with enter(execution):
        context = FormulaContext(database.rules.world, database.schema["Account"], row, old)
        return context.evaluate(formula)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("NumberOfEmployees != 42", False),
        ("NumberOfEmployees = 42", False),
        ("NumberOfEmployees < 42", False),
        ("NumberOfEmployees + 1", None),
        ("Phone != 'x'", True),
        ("ISBLANK(NumberOfEmployees) && AnnualRevenue != 42", True),
    ],
)
def test_a_blank_number_in_a_validation_rule_compares_with_nothing(
    database: Any, formula: str, expected: Any
) -> None:
    """Salesforce Help, "Tips for Working with Number Fields in Formulas"; a public suite."""
    execution = Execution(database=database, user=admin_user(database), clock=Clock(NOW))
    row = {"annualrevenue": Decimal(50)}
    with enter(execution):
        owner = database.schema["Account"]
        context = FormulaContext(database.rules.world, owner, row, None, blank_as_zero=False)
        assert context.evaluate(formula) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("1 + 2 * 3", Decimal(7)),
        ("(1 + 2) * 3", Decimal(9)),
        ("2 ^ 3", Decimal(8)),
        ("'a' & BR() & 'b'", "a<br>b"),
        ("HYPERLINK('/x', 'X')", '<a href="/x" target="_blank">X</a>'),
        ("-AnnualRevenue", Decimal(-50)),
        ("AnnualRevenue / 0", None),
        ('Name & "-" & TEXT(AnnualRevenue)', "Acme-50"),
        ("NumberOfEmployees + 1", Decimal(1)),
        ("ISBLANK(NumberOfEmployees)", True),
        ("BLANKVALUE(Phone, 'none')", "none"),
        ("IF(AnnualRevenue > 10, 'big', 'small')", "big"),
        ("CASE(Industry, 'Energy', 1, 'Banking', 2, 0)", Decimal(1)),
        ("AND(ISPICKVAL(Industry, 'Energy'), NOT(ISBLANK(Name)))", True),
        ("Industry = 'Energy' && AnnualRevenue <> 50 || false", False),
        ("LEFT(Name, 2) & RIGHT(Name, 1) & MID(Name, 2, 2)", "Acecm"),
        ("SUBSTITUTE(UPPER(Name), 'C', 'K')", "AKME"),
        ("FIND('m', Name)", Decimal(3)),
        ("BEGINS(Name, 'Ac') && CONTAINS(Name, 'me')", True),
        ("LPAD('7', 3, '0')", "007"),
        ("REGEX('A-12', '[A-Z]-\\\\d+')", True),
        ("ROUND(2.345, 2)", Decimal("2.35")),
        ("MOD(7, 3) + MAX(1, 5, 2) - MIN(4, 2)", Decimal(4)),
        ("TODAY() - DATE(2026, 11, 1)", Decimal(22)),
        (
            "YEAR(ADDMONTHS(DATE(2024, 1, 31), 1)) + DAY(ADDMONTHS(DATE(2024, 1, 31), 1))",
            Decimal(2053),
        ),
        ("DATEVALUE(NOW()) = TODAY()", True),
        ("TIMEVALUE('23:30:00.000') + 3600000", dt.time(0, 30)),
        ("MINUTE(TIMEVALUE(NOW()))", Decimal(5)),
        ("$Profile.Name", "System Administrator"),
        ("$User.Alias", "admin"),
        ("Owner.Alias", "admin"),
        ("ISNEW()", True),
    ],
)
def test_formulas_evaluate(database: Any, formula: str, expected: Any) -> None:
    row = {
        "name": "Acme",
        "annualrevenue": Decimal(50),
        "industry": "Energy",
        "ownerid": database.data.admin_id,
    }
    assert value_of(database, formula, row) == expected


def test_an_update_knows_what_changed(database: Any) -> None:
    row, old = {"name": "New", "phone": "1"}, {"name": "Old", "phone": "1"}
    assert value_of(database, "ISCHANGED(Name)", row, old) is True
    assert value_of(database, "ISCHANGED(Phone)", row, old) is False
    assert value_of(database, "PRIORVALUE(Name)", row, old) == "Old"


@pytest.mark.parametrize(
    "formula", ["1 +", "NOPE(1)", "Missing__c", "$Api.Session_ID", "(1", "a b"]
)
def test_what_cannot_be_evaluated_says_so(database: Any, formula: str) -> None:
    with pytest.raises(FormulaError):
        value_of(database, formula, {})


@pytest.mark.parametrize(
    ("formula", "expected"),
    [("Probability > 1", False), ("Probability = 0.8", True), ("Probability * 100", Decimal(80))],
)
def test_a_percentage_is_its_hundredth_in_a_formula(
    database: Any, formula: str, expected: Any
) -> None:
    """Salesforce Help, "Tips for Working with Currency and Percent Fields in Formulas"."""
    execution = Execution(database=database, user=admin_user(database), clock=Clock(NOW))
    with enter(execution):
        owner = database.schema["Opportunity"]
        context = FormulaContext(database.rules.world, owner, {"probability": Decimal(80)})
        assert context.evaluate(formula) == expected


def test_a_percent_formula_is_stored_in_hundredths() -> None:
    database = open_org(
        {
            "objects/Tax__c/Tax__c.object-meta.xml": b"<CustomObject><label>Tax</label>"
            b"</CustomObject>",
            "objects/Tax__c/fields/Rate__c.field-meta.xml": b"<CustomField><fullName>Rate__c"
            b"</fullName><type>Percent</type><precision>18</precision><scale>0</scale>"
            b"<formula>0.256</formula></CustomField>",
        }
    )
    owner = database.schema["Tax__c"]
    execution = Execution(database=database, user=admin_user(database), clock=Clock(NOW))
    with enter(execution):
        found = database.rules.calculate(owner, owner.fields["rate__c"], {"id": "x"})
    assert found == Decimal(26)

"""Database.convertLead: a Lead becomes an Account, a Contact and an Opportunity.

Apex Developer Guide, "Converting Leads"; Salesforce Help, "Lead Conversion Field Mapping".
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sfgen.apex.database import org_database
from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.records.database_results import LEAD_CONVERT_RESULT, DmlError
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.values import ApexList, Id, SObject
from sfgen.apex.store.org_data import org_data
from sfgen.apex.terms.access_mode import DmlOptions
from sfgen.apex.terms.dml_results import DmlError as StoreError
from sfgen.apex.terms.dml_results import dml_exception
from sfgen.apex.types.model import ApexType

if TYPE_CHECKING:
    from sfgen.apex.library.declarations.data_objects import DataObject

__all__: list[str] = []

DATABASE = platform_members("Database")
_ADDRESS = ("street", "city", "state", "postalcode", "country")
_TO_ACCOUNT = {
    "company": "name", "phone": "phone", "fax": "fax", "website": "website",
    "industry": "industry", "annualrevenue": "annualrevenue", "rating": "rating",
    "numberofemployees": "numberofemployees", "leadsource": "accountsource",
    **{f"{each}": f"billing{each}" for each in _ADDRESS},
}  # fmt: skip
_TO_CONTACT = {
    "firstname": "firstname", "lastname": "lastname", "salutation": "salutation",
    "title": "title", "email": "email", "phone": "phone", "mobilephone": "mobilephone",
    "fax": "fax", "leadsource": "leadsource", "description": "description",
    **{f"{each}": f"mailing{each}" for each in _ADDRESS},
}  # fmt: skip


class _RefusedError(Exception):
    """One lead can't be converted."""

    def __init__(self, *errors: StoreError) -> None:
        super().__init__(errors[0].message)
        self.errors = errors


def _lead(convert: DataObject) -> dict[str, Any]:
    """The lead's row and a status that ends it."""
    database = org_database()
    identity = required(convert.get("leadid"))
    row = database.store.row(database.schema["Lead"], str(identity))
    if row is None or row.get("isdeleted"):
        raise _RefusedError(StoreError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"))
    if row.get("isconverted"):
        message = "Cannot reference converted lead"
        raise _RefusedError(StoreError("CANNOT_UPDATE_CONVERTED_LEAD", message))
    if not convert.get("convertedstatus"):
        message = "ConvertedStatus: invalid value for converted status: null"
        raise _RefusedError(StoreError("INVALID_STATUS", message))
    return dict(row)


def _save(verb: str, name: str, fields: dict[str, Any]) -> Id:
    """Save one record as the platform does in a conversion: in system mode."""
    database = org_database()
    known = database.schema[name].fields
    record = SObject(name, [(key, fields[key]) for key in fields if key in known])
    record.marks = {"by_platform": True}
    result = getattr(database, verb)(ApexList([record]), DmlOptions(all_or_none=False))[0]
    if not result.success:
        raise _RefusedError(*result.errors)
    return Id(result.record_id or fields["id"])


def _mapped(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {to: row[own] for own, to in names.items() if row.get(own) is not None}


def _quarter_end() -> dt.date:
    """The last day of this quarter: what a new opportunity's close date is."""
    today: dt.date = current().today()
    month = 3 * ((today.month - 1) // 3) + 3
    first = dt.date(today.year + month // 12, month % 12 + 1, 1)
    return first - dt.timedelta(days=1)


def _opportunity(convert: DataObject, row: dict[str, Any], account: Id, owner: Any) -> Id | None:
    if convert.get("opportunityid") is not None:
        return Id(convert.get("opportunityid"))
    if convert.get("donotcreateopportunity"):
        return None
    stages = org_data().schema["Opportunity"].fields["stagename"].picklist
    fields = {
        "name": convert.get("opportunityname") or row.get("company"),
        "accountid": account,
        "stagename": stages[0].value if stages else "Prospecting",
        "closedate": _quarter_end(),
        "ownerid": owner,
        **_mapped(row, {"leadsource": "leadsource"}),
    }
    return _save("insert", "Opportunity", fields)


def _convert(convert: DataObject) -> DataObject:
    """Convert one lead; the records that are named are used, the others made."""
    row = _lead(convert)
    owner = convert.get("ownerid") or row.get("ownerid")
    account = convert.get("accountid")
    if account is None:
        account = _save("insert", "Account", {**_mapped(row, _TO_ACCOUNT), "ownerid": owner})
    contact = convert.get("contactid")
    if contact is None:
        fields = {**_mapped(row, _TO_CONTACT), "accountid": account, "ownerid": owner}
        contact = _save("insert", "Contact", fields)
    opportunity = _opportunity(convert, row, account, owner)
    if opportunity is not None and convert.get("opportunityid") is None:
        role = {"opportunityid": opportunity, "contactid": contact, "isprimary": True}
        if org_data().schema.find("OpportunityContactRole") is not None:
            _save("insert", "OpportunityContactRole", role)
    changes = {
        "id": row["id"], "status": convert.get("convertedstatus"), "isconverted": True,
        "converteddate": current().today(), "convertedaccountid": account,
        "convertedcontactid": contact, "convertedopportunityid": opportunity,
    }  # fmt: skip
    _save("update", "Lead", changes)
    return LEAD_CONVERT_RESULT(
        accountId=account,
        contactId=contact,
        opportunityId=opportunity,
        leadId=Id(row["id"]),
        success=True,
    )


def _try(convert: DataObject) -> tuple[DataObject, tuple[StoreError, ...]]:
    """The result of one lead; nothing of it stays when it fails."""
    store = org_data().store
    point = store.savepoint()
    errors: tuple[StoreError, ...] = ()
    try:
        found = _convert(convert)
    except _RefusedError as refused:
        store.rollback(point)
        errors = refused.errors
        listed = [DmlError(each.status, each.message, each.fields).apex_error() for each in errors]
        found = LEAD_CONVERT_RESULT(
            leadId=convert.get("leadid"),
            success=False,
            errors=ApexList(listed, ApexType("Database.Error")),
        )
    except BaseException:
        store.rollback(point)
        store.release(point)
        raise
    store.release(point)
    return found, errors


def _convert_all(converts: ApexList, *, all_or_none: bool) -> ApexList:
    store, governor = org_data().store, current().governor
    governor.count("dml_statements")
    governor.count("dml_rows", len(converts))
    point = store.savepoint()
    results = []
    for place, each in enumerate(converts):
        found, errors = _try(required(each))
        results.append(found)
        if errors and all_or_none:
            store.rollback(point)
            store.release(point)
            first = errors[0]
            told = StoreError(first.status, first.message, first.fields, place)
            raise dml_exception("ConvertLead", [told])
    store.release(point)
    return ApexList(results, LEAD_CONVERT_RESULT.apex_type)


_ONE = "Database.LeadConvert leadToConvert"
_MANY = "List<Database.LeadConvert> leadsToConvert"


def convert_lead(converts: Any, *rest: Any) -> Any:
    """Convert a lead or a list of leads; all or none unless told otherwise.

    Raises DmlException `ConvertLead failed. ...`.
    """
    many = isinstance(converts, ApexList)
    listed = converts if many else ApexList([required(converts)])
    found = _convert_all(listed, all_or_none=False not in rest)
    return found if many else found[0]


for _argument, _result in {
    _ONE: "Database.LeadConvertResult",
    _MANY: "List<Database.LeadConvertResult>",
}.items():
    for _options in ("", ", Boolean allOrNone", ", AccessLevel accessLevel"):
        DATABASE.static(f"{_result} convertLead({_argument}{_options})")(convert_lead)

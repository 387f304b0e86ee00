"""Which objects a chat can be about: those with custom lookups and record pages.

Sources: Object Reference for the Salesforce Platform (fields of type reference, name fields);
User Interface API guide, "Supported Objects"; Salesforce Help, "Lightning App Builder
Considerations". Activities (Task, Event) take no lookups from custom objects, a person account is
an Account, and users, members, line items, shares, histories, files and set-up have no record
page of their own that a component can stand on.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

from sfgen.naming import explain_object_name

RECORD_OBJECTS: Final = (
    "Account",
    "Asset",
    "Campaign",
    "Case",
    "Contact",
    "Contract",
    "Entitlement",
    "Individual",
    "Lead",
    "Opportunity",
    "Order",
    "Product2",
    "Quote",
    "ServiceAppointment",
    "ServiceContract",
    "WorkOrder",
)


def explain_record_object(name: str) -> str | None:
    """Say why an object can't be the one that a chat is about, or return None where it can."""
    if reason := explain_object_name(name):
        return reason
    if name in RECORD_OBJECTS or name.endswith("__c"):
        return None
    if name.lower() == "personaccount":
        return "a person account is an Account with a contact inside: answer Account or Contact"
    if near := get_close_matches(name.lower(), [known.lower() for known in RECORD_OBJECTS], n=1):
        meant = next(known for known in RECORD_OBJECTS if known.lower() == near[0])
        return f"no object that a custom lookup and a record page know; did you mean {meant}?"
    return "no object that a custom lookup can point to and that has a record page for components"

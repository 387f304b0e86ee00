"""The users, profiles and setup rows that every org has from the start."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sfgen.apex.runtime.ids import Id
from sfgen.apex.schema.standard_names import (
    API_NAMES,
    PRICE_BOOK,
    STANDARD_PROFILES,
    standard_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sfgen.apex.store.org_rows import OrgRows

__all__ = ["write_users"]

_LICENSES = {"Standard": "Salesforce", "CsnOnly": "Chatter Free", "Guest": "Guest User License",
             "CspLitePortal": "Customer Community", "PowerPartner": "Partner Community",
             "PowerCustomerSuccess": "Customer Community Plus"}  # fmt: skip
# The key of the licence that employees have is another word than its name.
_LICENSE_KEYS = {"Salesforce": "SFDC"}
_MINIMUM = "Minimum Access - Salesforce"
_COMMON = ("permissionsapienabled", "permissionsviewsetup")
_STAGES = (
    ("Prospecting", 10, False, False), ("Qualification", 10, False, False),
    ("Needs Analysis", 20, False, False), ("Value Proposition", 50, False, False),
    ("Id. Decision Makers", 60, False, False), ("Perception Analysis", 70, False, False),
    ("Proposal/Price Quote", 75, False, False), ("Negotiation/Review", 90, False, False),
    ("Closed Won", 100, True, True), ("Closed Lost", 0, True, False),
)  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def write_users(rows: OrgRows, namespace: str, profiles: Iterable[str]) -> None:
    """Organization, licences, profiles, the administrator and the automated process."""
    conditions = rows.data.conditions
    kind, language = conditions.kind, conditions.language
    expires = dt.datetime.now(dt.timezone.utc) + dt.timedelta(days=30) if kind.expires else None
    org_id = rows.add(
        "Organization", name="sfgen", organizationtype=kind.organization_type,
        issandbox=kind.sandbox, country="US", instancename="LOCAL",
        defaultlocalesidkey=conditions.locale, languagelocalekey=language,
        timezonesidkey="GMT", fiscalyearstartmonth=1, namespaceprefix=namespace or None,
        trialexpirationdate=expires,
    )  # fmt: skip
    licenses = {
        name: rows.add(
            "UserLicense",
            name=name,
            masterlabel=name,
            licensedefinitionkey=_LICENSE_KEYS.get(name, name[:40]),
            status="Active",
            totallicenses=10,
            usedlicenses=1,
        )
        for name in _LICENSES.values()
    }
    names = dict(STANDARD_PROFILES)
    for name in profiles:
        names.setdefault(API_NAMES.get(name, name), "Standard")
    ids = {
        name: _add_profile(rows, name, kind, licenses[_LICENSES[kind]])
        for name, kind in names.items()
    }
    rows.data.admin_id = str(
        rows.add(
            "User", username="admin@sfgen.example", lastname="User", firstname="Admin",
            name="Admin User", email="admin@sfgen.example", alias="admin", isactive=True,
            profileid=ids["System Administrator"], usertype="Standard",
            timezonesidkey="GMT", localesidkey=conditions.locale, languagelocalekey=language,
            emailencodingkey="UTF-8", communitynickname="admin", companyname="sfgen",
        )
    )  # fmt: skip
    _sign_first_rows(rows)
    rows.add(
        "User", username=f"autoproc@{org_id}", lastname="Automated Process",
        name="Automated Process", alias="autoproc", email="autoproc@sfgen.example",
        isactive=True, usertype="AutomatedProcess", timezonesidkey="GMT",
        localesidkey="en_US", languagelocalekey="en_US", emailencodingkey="UTF-8",
    )  # fmt: skip
    _write_setup(rows)


def _write_setup(rows: OrgRows) -> None:
    """Business hours, the standard price book, the stages of opportunities."""
    hours = {f"{day}{end}time": dt.time(0) for day in _DAYS for end in ("start", "end")}
    rows.add(
        "BusinessHours", name="Default", isactive=True, isdefault=True, timezonesidkey="GMT",
        **hours,
    )  # fmt: skip
    book = standard_name(PRICE_BOOK, rows.data.conditions.language)
    rows.add("Pricebook2", name=book, isstandard=True, isactive=True)
    for number, (name, probability, closed, won) in enumerate(_STAGES, 1):
        rows.add(
            "OpportunityStage", masterlabel=name, apiname=name, isactive=True, sortorder=number,
            isclosed=closed, iswon=won, defaultprobability=probability,
        )  # fmt: skip


def _sign_first_rows(rows: OrgRows) -> None:
    """Rows older than the administrator are the administrator's too."""
    signed = dict.fromkeys(("createdbyid", "lastmodifiedbyid"), Id(rows.data.admin_id))
    for name in ("Organization", "Profile", "User"):
        owner = rows.schema[name]
        for row in rows.store.rows_where(owner, "1", []):
            known = {key: value for key, value in signed.items() if key in owner.fields}
            rows.store.update(owner, row["id"], known)


def _add_profile(rows: OrgRows, name: str, kind: str, license_id: Id) -> Id:
    """A profile; the administrator's has every permission, the smallest none."""
    every = name == "System Administrator"
    keys = (key for key in rows.schema["Profile"].fields if key.startswith("permissions"))
    given = dict.fromkeys(keys, every)
    given |= dict.fromkeys(_COMMON, kind == "Standard" and name != _MINIMUM)
    return rows.add("Profile", name=name, usertype=kind, userlicenseid=license_id, **given)

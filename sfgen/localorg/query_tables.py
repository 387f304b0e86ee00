"""Rows that SOQL can query: the org's own, those of its metadata, saved records."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Final

from sfgen.localorg.org_store import PREFIXES, complete_id
from sfgen.metadata import types

if TYPE_CHECKING:
    from pathlib import Path

    from sfgen.localorg.org_store import OrgStore

Record = dict[str, Any]

#: Metadata whose components are records too (Tooling API and standard objects).
_FROM_METADATA: Final = {
    "permissionset": ("PermissionSet", "Name"),
    "apexclass": ("ApexClass", "Name"),
    "apexpage": ("ApexPage", "Name"),
    "apextrigger": ("ApexTrigger", "Name"),
    "staticresource": ("StaticResource", "Name"),
    "custompermission": ("CustomPermission", "DeveloperName"),
}
_STANDARD: Final = frozenset({"permissionsetassignment", "account", "contact"})


class UnknownObjectError(Exception):
    """No such sObject in this org."""


def table_of(store: OrgStore, sobject: str) -> tuple[str, dict[str, Record]]:
    """Return an sObject's own spelling and its records by Id.

    Raises:
        UnknownObjectError: the org has no such sObject.
    """
    lower = sobject.lower()
    if lower == "organization":
        return "Organization", _keyed(_organization(store))
    if lower == "user":
        return "User", _keyed(_user(store))
    if lower in _FROM_METADATA:
        type_name, name_field = _FROM_METADATA[lower]
        return type_name, _from_metadata(store, type_name, name_field)
    name = _spelling(store, sobject)
    return name, store.records(name)


def _spelling(store: OrgStore, sobject: str) -> str:
    lower = sobject.lower()
    if lower in _STANDARD:
        return next(name for name in PREFIXES if name.lower() == lower)
    for path in (store.metadata / "objects").glob("*.object"):
        if path.stem.lower() == lower and "__" in path.stem:
            return path.stem
    raise UnknownObjectError(sobject)


def _keyed(record: Record) -> dict[str, Record]:
    return {str(record["Id"]): record}


def _organization(store: OrgStore) -> Record:
    return {
        "Id": store.identity.organization_id,
        "Name": "sfgen local org",
        "InstanceName": "LOCAL",
        "IsSandbox": store.kind.sandbox,
        "TrialExpirationDate": _expiry() if store.kind.expires else None,
        "NamespacePrefix": None,
        "OrganizationType": store.kind.organization_type,
        "IsReadOnly": False,
    }


def _expiry() -> str:
    """The expiry of a scratch org of the longest duration, created now."""
    end = datetime.now(timezone.utc) + timedelta(days=30)
    return f"{end:%Y-%m-%dT00:00:00.000+0000}"


def _user(store: OrgStore) -> Record:
    return {
        "Id": store.identity.user_id,
        "Username": store.identity.username,
        "Name": "Local Admin",
        "Email": store.identity.username,
        "IsActive": True,
        "ProfileId": complete_id("00e000000000001"),
    }


def _from_metadata(store: OrgStore, type_name: str, name_field: str) -> dict[str, Record]:
    kind = types().by_name[type_name]
    found = {}
    for path in sorted((store.metadata / kind.folder).glob(f"*.{kind.suffix}")):
        record_id = _stable_id(type_name, path)
        found[record_id] = {"Id": record_id, name_field: path.stem, "NamespacePrefix": None}
    return found


def _stable_id(type_name: str, path: Path) -> str:
    digest = hashlib.sha256(f"{type_name}/{path.stem}".encode()).hexdigest()
    return complete_id(f"{PREFIXES.get(type_name, '01p')}{digest[:12].upper()}")

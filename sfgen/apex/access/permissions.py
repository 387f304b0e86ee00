"""What the running user may do: objects, fields, records; classes and custom permissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.access.granted import (
    STANDARD_PROFILES,
    STANDARD_USER,
    GrantCollector,
    profile_grants,
)
from sfgen.apex.access.sharing import Sharing
from sfgen.apex.access.source_access import Grants, PermissionSources
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.per_transaction import PerTransaction
from sfgen.apex.terms.dml_results import DmlError

if TYPE_CHECKING:
    from sfgen.apex.schema.schema import Field, ObjectType
    from sfgen.apex.store.org_data import OrgData
    from sfgen.apex.store.pending import Pending
    from sfgen.apex.store.store import Row
    from sfgen.apex.terms.access_mode import Access

__all__ = ["Permissions"]

_LETTERS = {"Insert": "c", "Update": "e", "Delete": "d", "Undelete": "d"}
_ACTIVITIES = frozenset({"task", "event"})
"""Every user may work with activities; only a few of their standard fields can be hidden."""
_ACTIVITY_DETAILS = frozenset({"type", "calltype", "callobject", "calldisposition", "location"})
# Fields of data services that a new org shows to administrators only.
_HIDDEN = frozenset(
    "tradestyle dunsnumber naicscode naicsdesc yearstarted sicdesc companydunsnumber jigsaw".split()
)
_OPEN_TO_READ = frozenset(
    "userrecordaccess entitydefinition fielddefinition userpreference opportunitystage "
    "taskstatus taskpriority leadstatus casestatus".split()
)
"""The platform's own tables that no right is about: every user may read them."""
_OPEN_FIELDS = frozenset(
    "id name ownerid createddate createdbyid lastmodifieddate lastmodifiedbyid systemmodstamp "
    "isdeleted recordtypeid lastactivitydate lastvieweddate lastreferenceddate setupownerid "
    "developername masterlabel label language namespaceprefix qualifiedapiname".split()
)

_GRANTS: PerTransaction[dict[str, Grants]] = PerTransaction(dict)
"""Grants of the transaction by User Id."""


class Permissions:
    """Answers for the running user; grants are worked out once per user and transaction."""

    def __init__(self, data: OrgData, sources: PermissionSources | None = None) -> None:
        self.data = data
        self.sources = sources or PermissionSources()
        self._sharing = Sharing(data, self.reaches_all)

    @property
    def _known(self) -> dict[str, Grants]:
        return _GRANTS.get()

    def forget(self) -> None:
        """Something about users or permissions changed."""
        self._known.clear()

    @property
    def grants(self) -> Grants:
        """What the running user's profile and permission sets allow together."""
        user = self.data.user_id
        known = self._known
        if user not in known:
            known[user] = GrantCollector(self.data, self.sources).of_user(user)
        return known[user]

    def profile_grants(self, name: str) -> Grants:
        """What a profile allows by itself."""
        every = self.data.conditions.runner_fields == "all"
        return profile_grants(self.sources, name, every_field=every)

    # -- objects and fields -----------------------------------------------------------------

    def object_allows(self, owner: ObjectType, letter: str) -> bool:
        """Whether the object may be created (c), read (r), edited (e) or deleted (d)."""
        grants = self.grants
        if grants.everything or "modifyalldata" in grants.user_permissions:
            return True
        if owner.setting or owner.kind == "metadata":
            wide = "customizeapplication" in grants.user_permissions
            return wide or (letter == "r" and owner.key in grants.settings)
        if owner.key in _ACTIVITIES:
            return True
        if owner.key in _OPEN_TO_READ:
            return letter == "r"
        if owner.setup:
            seen = "viewsetup" in grants.user_permissions or not owner.name.startswith("Apex")
            return letter == "r" and seen
        parent = self._controlling(owner)
        if parent is not None:
            return self.object_allows(parent, "r" if letter == "r" else "e")
        allowed = grants.objects.get(owner.key, set())
        if "viewalldata" in grants.user_permissions:
            allowed = allowed | {"r"}
        return letter in allowed or "m" in allowed or (letter == "r" and "v" in allowed)

    def _controlling(self, owner: ObjectType) -> ObjectType | None:
        """A standard detail object is as open as its parent: prices, roles, shares, files."""
        if owner.custom or owner.key in STANDARD_USER or owner.key in self.grants.objects:
            return None
        master = next((e for e in owner.fields.values() if e.required and e.reference_to), None)
        if master is None or owner.sharing != "ControlledByParent":
            return None
        found = self.data.schema.find(master.reference_to[0])
        return found if found is not owner else None

    def field_allows(self, owner: ObjectType, field: Field, letter: str) -> bool:
        """Whether a field may be read (r) or edited (e).

        Required fields, masters, names and the platform's own fields always may. An administrator
        reaches every standard field, but no custom one that nothing grants.
        """
        grants = self.grants
        if grants.every_field or field.key in _OPEN_FIELDS or field.name_field:
            return True
        if grants.everything and not field.custom:
            return True
        if field.required or field.master_detail or owner.kind in {"metadata", "event"}:
            return True
        if owner.setting or owner.setup or owner.key in _OPEN_TO_READ:
            return True
        if owner.key in _ACTIVITIES and not field.custom and field.key not in _ACTIVITY_DETAILS:
            return True
        standard = not field.custom and owner.key in STANDARD_USER
        if standard and field.key not in _HIDDEN and self._by_profile(owner):
            return True
        if letter == "r" and "f" in grants.objects.get(owner.key, ()):
            return True
        allowed = grants.fields.get(f"{owner.key}.{(field.compound or field.name).lower()}", set())
        return letter in allowed

    def _by_profile(self, owner: ObjectType) -> bool:
        store, schema = self.data.store, self.data.schema
        user = store.row(schema["User"], self.data.user_id) or {}
        profile = store.row(schema["Profile"], str(user.get("profileid", ""))) or {}
        return profile.get("name") in STANDARD_PROFILES and not owner.custom

    def has_custom_permission(self, name: str) -> bool:
        """`FeatureManagement.checkPermission(name)`."""
        return name.lower() in self.grants.custom_permissions

    # -- rows -------------------------------------------------------------------------------

    def visible_rows(self, owner: ObjectType, alias: str, access: Access) -> str | None:
        """SQL that is true for the rows the user may see; None if all of them."""
        return self._sharing.visible_rows(owner, alias) if access.filters_rows else None

    def reaches_all(self, owner: ObjectType, right: str) -> bool:
        """Whether every row of the object may be read, edited or deleted, whatever its sharing."""
        grants = self.grants
        if grants.everything or "modifyalldata" in grants.user_permissions:
            return True
        if right == "read" and "viewalldata" in grants.user_permissions:
            return True
        letters = grants.objects.get(owner.key, set())
        return "m" in letters or (right == "read" and "v" in letters)

    def reaches(self, owner: ObjectType, row: Row, right: str) -> bool:
        """Whether the row may be read, edited or deleted, as far as sharing goes."""
        return self._sharing.reaches(owner, row, right)

    def sees(self, owner: ObjectType, row: Row) -> bool:
        """Whether the user may know of the row: what names it says `<unknown>` otherwise."""
        return owner.setting or (
            self.object_allows(owner, "r") and self.reaches(owner, row, "read")
        )

    def parent_errors(self, owner: ObjectType, pending: Pending, access: Access) -> list[DmlError]:
        """The error of a detail that is put below a master which the user may not edit."""
        if not access.filters_rows:
            return []
        old = pending.old or {}
        moved = {key: value for key, value in pending.row.items() if old.get(key) != value}
        if self._sharing.closed_master(owner, moved) is None:
            return []
        return [
            DmlError(
                "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
                "insufficient access rights on cross-reference id",
            )
        ]

    def save_errors(
        self, verb: str, owner: ObjectType, pending: Pending, access: Access
    ) -> list[DmlError]:
        """Errors of a save that the user's rights forbid.

        Raises SecurityException where the object itself is closed.
        """
        if access.user_mode and not self.object_allows(owner, _LETTERS[verb]):
            raise raise_apex("SecurityException", f"Access to entity '{owner.name}' denied")
        if access.user_mode and verb in {"Insert", "Update"}:
            hidden = self._hidden(owner, pending)
            if hidden:
                return [
                    DmlError(
                        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
                        "Operation failed due to fields being inaccessible on Sobject "
                        f"{owner.name}, check errors on Exception or Result!",
                        tuple(hidden),
                    )
                ]
        right = {"Update": "edit"}.get(verb, "delete")
        guarded = access.filters_rows and pending.old is not None
        if guarded and not self.reaches(owner, pending.old or {}, right):
            return [
                DmlError(
                    "INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id"
                )
            ]
        return []

    def _hidden(self, owner: ObjectType, pending: Pending) -> list[str]:
        old = pending.old or {}
        return [
            field.name
            for key, value in pending.record.fields.items()
            if (field := owner.fields.get(key)) is not None
            and field.updateable | field.createable
            and old.get(key) != value
            and not self.field_allows(owner, field, "e")
        ]

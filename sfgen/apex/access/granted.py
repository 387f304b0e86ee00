"""What a user's profile and permission sets grant, from metadata and from rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.access.source_access import Grants, PermissionSources
from sfgen.apex.schema.standard_names import API_NAMES

if TYPE_CHECKING:
    from sfgen.apex.store.org_data import OrgData
    from sfgen.apex.store.store import Row

__all__ = ["STANDARD_PROFILES", "STANDARD_USER", "GrantCollector", "profile_grants"]

# Business objects that a new org's Standard User may work with; Minimum Access has none.
STANDARD_USER = frozenset(
    "account contact lead opportunity case task event campaign contract order asset note "
    "attachment document product2 pricebook2 solution opportunitylineitem orderitem quote "
    "quotelineitem opportunitycontactrole campaignmember contentversion contentdocument "
    "contentdocumentlink individual emailmessage casecomment".split()
)
_READ_ONLY = frozenset({"product2", "pricebook2", "pricebookentry", "campaign", "document"})
_KEPT = frozenset({"case", "lead"})
_WORDS = {"create": "c", "read": "r", "edit": "e", "delete": "d",
          "viewallrecords": "v", "modifyallrecords": "m", "viewallfields": "f"}  # fmt: skip
_ADMIN = "System Administrator"
STANDARD_PROFILES = frozenset(
    {"Standard User", "Contract Manager", "Marketing User", "Solution Manager", "Read Only"}
)


def profile_grants(sources: PermissionSources, name: str, *, every_field: bool = False) -> Grants:
    """What a profile allows by itself; `every_field` opens all fields to administrators."""
    grants = Grants(everything=name == _ADMIN, every_field=every_field and name == _ADMIN)
    for source in (name, *(api for api, shown in API_NAMES.items() if shown == name)):
        grants.add(sources.profiles.get(source, Grants()))
    if name in STANDARD_PROFILES:
        grants.user_permissions.add("viewsetup")
        for key in STANDARD_USER:
            limited = name == "Read Only" or key in _READ_ONLY
            letters = "r" if limited else "cre" if key in _KEPT else "cred"
            grants.objects.setdefault(key, set()).update(letters)
    return grants


class GrantCollector:
    """Adds up what a user is granted."""

    def __init__(self, data: OrgData, sources: PermissionSources) -> None:
        self.data = data
        self.sources = sources
        self.every_field = data.conditions.runner_fields == "all"

    def of_user(self, user_id: str) -> Grants:
        """What the user's profile and permission sets allow together."""
        store, schema = self.data.store, self.data.schema
        row = store.row(schema["User"], user_id) or {}
        profile = store.row(schema["Profile"], str(row.get("profileid", ""))) or {}
        name = str(profile.get("name", ""))
        grants = profile_grants(self.sources, name, every_field=self.every_field)
        assignments = store.rows_where(
            schema["PermissionSetAssignment"], '"assigneeid" = ?', [user_id]
        )
        for each in assignments:
            self._add_set(grants, each.get("permissionsetid"))
            group = store.row(
                schema["PermissionSetGroup"], str(each.get("permissionsetgroupid", ""))
            )
            for member in self.sources.groups.get(str((group or {}).get("developername")), ()):
                grants.add(self.sources.permission_sets.get(member, Grants()))
            for row_of_group in self._members(each.get("permissionsetgroupid")):
                self._add_set(grants, row_of_group.get("permissionsetid"))
        return grants

    def _add_set(self, grants: Grants, set_id: Any) -> None:
        if set_id is None:
            return
        store, schema = self.data.store, self.data.schema
        row = store.row(schema["PermissionSet"], str(set_id)) or {}
        grants.add(self.sources.permission_sets.get(str(row.get("name")), Grants()))
        self._add_rows(grants, str(set_id))
        for name in ("viewalldata", "modifyalldata", "apienabled", "customizeapplication"):
            if row.get(f"permissions{name}"):
                grants.user_permissions.add(name)

    def _add_rows(self, grants: Grants, set_id: str) -> None:
        """Permissions that tests insert as rows: ObjectPermissions, FieldPermissions and kin."""
        store, schema = self.data.store, self.data.schema
        for row in self._written("ObjectPermissions", set_id):
            allowed = {mark for word, mark in _WORDS.items() if row.get(f"permissions{word}")}
            grants.objects.setdefault(str(row.get("sobjecttype")).lower(), set()).update(allowed)
        for row in self._written("FieldPermissions", set_id):
            allowed = {mark for word, mark in (("read", "r"), ("edit", "e"))
                       if row.get(f"permissions{word}")}  # fmt: skip
            grants.fields.setdefault(str(row.get("field")).lower(), set()).update(allowed)
        for row in self._written("SetupEntityAccess", set_id):
            entity = store.row(schema["CustomPermission"], str(row.get("setupentityid")))
            if entity:
                grants.custom_permissions.add(str(entity["developername"]).lower())

    def _members(self, group_id: Any) -> list[Row]:
        """Permission sets that were put into a group as rows."""
        owner = self.data.schema["PermissionSetGroupComponent"]
        if group_id is None or owner.key not in self.data.store.tables:
            return []
        return self.data.store.rows_where(owner, '"permissionsetgroupid" = ?', [group_id])

    def _written(self, name: str, set_id: str) -> list[Row]:
        """Rows of a table of permissions; a table that nobody used yet is left alone."""
        owner = self.data.schema[name]
        if owner.key not in self.data.store.tables:
            return []
        return self.data.store.rows_where(owner, '"parentid" = ?', [set_id])

"""What the profile of a user brings along: the user's type and a permission set."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sfgen.apex.store.org_data import OrgData
    from sfgen.apex.store.store import Row

__all__ = ["assign_profile"]


def assign_profile(data: OrgData, user: Row) -> None:
    """A user has the type of the profile and is assigned to the permission set that it owns.

    Object Reference, User: UserType; PermissionSet: "Every profile is associated with a
    permission set".
    """
    store, schema = data.store, data.schema
    if user.get("profileid") is None:
        return
    kind = (store.row(schema["Profile"], str(user["profileid"])) or {}).get("usertype")
    if kind is not None and kind != user.get("usertype"):
        user["usertype"] = kind
        store.update(schema["User"], user["id"], {"usertype": kind})
    sets = store.rows_where(
        schema["PermissionSet"], '"profileid" = ? AND "isownedbyprofile"', [user["profileid"]]
    )
    owner = schema["PermissionSetAssignment"]
    known = store.rows_where(owner, '"assigneeid" = ?', [user["id"]])
    if not sets or any(each["permissionsetid"] == sets[0]["id"] for each in known):
        return
    for each in known:
        former = store.row(schema["PermissionSet"], each["permissionsetid"]) or {}
        if former.get("isownedbyprofile"):
            store.update(owner, each["id"], {"permissionsetid": sets[0]["id"]})
            return
    row = {"id": store.new_id(owner), "permissionsetid": sets[0]["id"], "assigneeid": user["id"]}
    store.insert(owner, {**row, "isactive": True})

"""Setup and other objects may not be saved in one transaction (DM06, DM07)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.per_transaction import PerTransaction
from sfgen.apex.terms.dml_results import DmlError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.apex.runtime.values import SObject
    from sfgen.apex.schema.schema import ObjectType
    from sfgen.apex.store.org_data import OrgData

__all__ = ["mixed_error"]

# Apex Developer Guide, "sObjects That Can't Be Used Together in DML Operations"; a Group may be
# inserted and updated along with others.
_SETUP = frozenset(
    "fieldpermissions groupmember objectpermissions permissionset permissionsetassignment "
    "permissionsetgroup permissionsetgroupcomponent queuesobject setupentityaccess user "
    "userrole".split()
)


# An update of a User counts as one of setup only with one of these fields (ibid.).
_SETUP_FIELDS = frozenset(
    "userroleid isactive forecastenabled isportalenabled username profileid".split()
)


def _updates_setup(user: SObject) -> bool:
    return bool(user.fields.get("id")) and not _SETUP_FIELDS.isdisjoint(user.fields)


def _is_setup(owner: ObjectType, records: Sequence[SObject]) -> bool:
    if owner.key == "user":
        return any(each.fields.get("userroleid") or _updates_setup(each) for each in records)
    return owner.key in _SETUP


_SAVED: PerTransaction[dict[tuple[str, bool, bool], dict[str, str]]] = PerTransaction(dict)
"""What the transaction has saved so far, by user and by what the test has done."""


def mixed_error(data: OrgData, owner: ObjectType, records: Sequence[SObject]) -> DmlError | None:
    """MIXED_DML_OPERATION when the other kind was saved before in the same context.

    `Test.startTest` and `Test.stopTest` open a context of their own. Blocks of `System.runAs` may
    mix (Apex Developer Guide, "Mixed DML Operations in Test Methods").
    """
    execution = current()
    if (
        execution.run_as
        or owner.kind == "event"
        or owner.setting
        or owner.key == "group"
        or (owner.key == "user" and not _is_setup(owner, records))
    ):
        return None
    context = (data.user_id, execution.test.started, execution.test.stopped)
    kind = "setup" if _is_setup(owner, records) else "plain"
    seen = _SAVED.get().setdefault(context, {})
    other = seen.get("plain" if kind == "setup" else "setup")
    if other is not None:
        setup = "setup" if kind == "setup" else "non-setup"
        before = "non-setup" if kind == "setup" else "setup"
        return DmlError(
            "MIXED_DML_OPERATION",
            f"DML operation on {setup} object is not permitted after you have updated a {before} "
            f"object (or vice versa): {owner.name}, original object: {other}",
        )
    seen.setdefault(kind, owner.name)
    return None

"""Security, FeatureManagement and Label (Apex Reference Guide, classes of those names)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.database import find_database, org_database
from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.data_objects import data_class
from sfgen.apex.library.declarations.registry import platform_enum, platform_members
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.per_transaction import PerTransaction
from sfgen.apex.runtime.values import ApexList, ApexMap, ApexSet, SObject
from sfgen.apex.store.org_data import org_data
from sfgen.apex.types.model import INTEGER, STRING, set_of

if TYPE_CHECKING:
    from sfgen.apex.library.declarations.data_objects import DataObject
    from sfgen.apex.runtime.values import ApexEnum

SECURITY = platform_members("Security")
ACCESS_TYPES = platform_enum("AccessType", "CREATABLE READABLE UPDATABLE UPSERTABLE")
DECISION = data_class(
    "SObjectAccessDecision",
    "List<SObject> records; Set<Integer> modifiedIndexes; Map<String, Set<String>> removedFields",
    "List<SObject> getRecords() = records; Set<Integer> getModifiedIndexes() = modifiedIndexes;"
    "Map<String, Set<String>> getRemovedFields() = removedFields",
    constructor=False,
)
_LETTERS = {"READABLE": "r", "CREATABLE": "c", "UPDATABLE": "e", "UPSERTABLE": "ce"}


class _Stripper:
    """Copies records without the fields that the running user may not reach."""

    def __init__(self, access: str) -> None:
        self.letters = _LETTERS[access]
        self.removed: dict[str, set[str]] = {}
        self.permissions = org_database().permissions
        self.schema = org_data().schema

    def copy(self, record: SObject) -> tuple[SObject, bool]:
        """The copy, and whether something was left out."""
        owner = self.schema.find(record.type_name)
        made = SObject(record.type_name)
        made.queried = None if record.queried is None else set(record.queried)
        changed = False
        for name, value in record.fields.items():
            kept, cut = self._field(owner, name, value)
            changed = changed or cut or not kept
            if kept:
                made.fields[name] = self._inside(value)
            elif made.queried is not None:
                made.queried.discard(name)
        for name in sorted((record.queried or set()) - record.fields.keys()):
            kept, cut = self._field(owner, name, None)
            changed = changed or cut or not kept
            if not kept and made.queried is not None:
                made.queried.discard(name)
        return made, changed

    def _field(self, owner: Any, name: str, value: Any) -> tuple[bool, bool]:
        field = owner.find(name) if owner is not None else None
        if field is None and isinstance(value, ApexList) and owner is not None:
            return self._children(owner, name), False
        if field is None or name == "id":
            return True, False
        if self._allowed(owner, field):
            return True, False
        del value
        self.removed.setdefault(owner.name, set()).add(field.name)
        return False, True

    def _children(self, owner: Any, name: str) -> bool:
        """Whether child records may be seen at all."""
        link = self.schema.child(owner.name, name)
        child = self.schema.find(link.child) if link is not None else None
        if link is None or child is None or self.permissions.object_allows(child, "r"):
            return True
        self.removed.setdefault(owner.name, set()).add(link.name or name)
        return False

    def _allowed(self, owner: Any, field: Any) -> bool:
        if self.letters == "r":
            return bool(self.permissions.field_allows(owner, field, "r"))
        writable = any(
            field.createable if letter == "c" else field.updateable for letter in self.letters
        )
        return bool(writable and self.permissions.field_allows(owner, field, "e"))

    def _inside(self, value: Any) -> Any:
        if isinstance(value, SObject):
            return self.copy(value)[0]
        if isinstance(value, ApexList):
            return ApexList((self._inside(each) for each in value), value.element_type)
        return value


def _strip(access: ApexEnum | None, records: ApexList | None, *, root: bool) -> DataObject:
    known, name = required(records), required(access).name
    if any(record.type_name == "AggregateResult" for record in known):
        text = "AggregateResult SObject types are not supported"
        raise raise_apex("IllegalArgumentException", text)
    stripper = _Stripper(name)
    if root:
        for each in {record.type_name for record in known}:
            owner = stripper.schema.find(each)
            if owner is not None and not all(
                stripper.permissions.object_allows(owner, letter) for letter in stripper.letters
            ):
                raise raise_apex("NoAccessException", "No access to entity")
    pairs = [stripper.copy(record) for record in known]
    changed = (place for place, (_, cut) in enumerate(pairs) if cut)
    removed = ((each, ApexSet(sorted(fields), STRING)) for each, fields in stripper.removed.items())
    return DECISION(
        records=ApexList((copied for copied, _ in pairs), known.element_type),
        modifiedIndexes=ApexSet(changed, INTEGER),
        removedFields=ApexMap(removed, STRING, set_of(STRING)),
    )


@SECURITY.static("SObjectAccessDecision stripInaccessible(AccessType accessCheckType, List<SObject> sourceRecords)")  # fmt: skip # noqa: E501 - one signature
def strip_inaccessible(access: ApexEnum | None, records: ApexList | None) -> DataObject:
    """Records without the fields the user may not reach. NoAccessException for the object."""
    return _strip(access, records, root=True)


@SECURITY.static("SObjectAccessDecision stripInaccessible(AccessType accessCheckType, List<SObject> sourceRecords, Boolean enforceRootObjectCRUD)")  # fmt: skip # noqa: E501 - one signature
def strip_inaccessible_root(
    access: ApexEnum | None,
    records: ApexList | None,
    root: bool | None,  # noqa: FBT001 - Apex's parameter
) -> DataObject:
    """Records without the fields the user may not reach; the object's rights count if `root`."""
    return _strip(access, records, root=bool(root))


FEATURES = platform_members("FeatureManagement")


@FEATURES.static("Boolean checkPermission(String apiName)")
def check_permission(name: str | None) -> bool:
    """Whether the user has the custom permission."""
    return bool(org_database().permissions.has_custom_permission(required(name)))


def _values() -> dict[str, Any]:
    """The parameters' values: the packages' own, and what this transaction has set."""
    return _PARAMETERS.get()


def _declared() -> dict[str, Any]:
    database = find_database()
    return dict(database.feature_parameters) if database is not None else {}


_PARAMETERS = PerTransaction(_declared)


for _kind, _none in (("Boolean", False), ("Date", None), ("Integer", 0)):

    @FEATURES.static(f"{_kind} checkPackage{_kind}Value(String apiName)")
    def check_value(name: str | None, none: Any = _none) -> Any:
        """A feature parameter's value."""
        return _values().get(required(name).lower(), none)

    @FEATURES.static(f"void setPackage{_kind}Value(String apiName, {_kind} value)")
    def set_value(name: str | None, value: Any) -> None:
        """Set a feature parameter. NoDataFoundException for one that no package declares."""
        known = _values()
        if required(name).lower() not in known:
            raise raise_apex("NoDataFoundException", f"Feature parameter not found: {name}")
        known[required(name).lower()] = value


LABEL = platform_members("Label")


def _label(name: str) -> str:
    labels = current().project.labels
    for known, value in labels.items():
        if known.lower() == name.lower():
            return str(value)
    raise raise_apex(
        "IllegalArgumentException", f"Label with name {name} does not exist in this organization"
    )


@LABEL.static("String get(String namespace, String label)")
def get_label(namespace: str | None, label: str | None) -> str:
    """A custom label's text."""
    del namespace
    return _label(required(label).rpartition(".")[2])


@LABEL.static("String get(String namespace, String label, String language)")
def get_label_in(namespace: str | None, label: str | None, language: str | None) -> str:
    """A custom label's text; translations are not kept here."""
    del namespace
    required(language)
    return _label(required(label))


@LABEL.static("Boolean translationExists(String namespace, String label, String language)")
def translation_exists(namespace: str | None, label: str | None, language: str | None) -> bool:
    """Only the labels' own language is known."""
    del namespace, label, language
    return False

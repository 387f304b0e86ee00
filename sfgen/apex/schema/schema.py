"""The schema: objects, fields and relationships, looked up as Apex does, without case."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sfgen.apex.schema.fields import (
    Field,
    FieldSet,
    PicklistValue,
    RecordType,
    Summary,
    ValidationRule,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_WITH_PERMISSIONS = frozenset({"profile", "permissionset"})

__all__ = [
    "ChildRelationship",
    "Field",
    "FieldSet",
    "ObjectType",
    "PicklistValue",
    "RecordType",
    "Schema",
    "Summary",
    "ValidationRule",
]


@dataclass(frozen=True, slots=True)
class ChildRelationship:
    """A list of child records as seen from the parent."""

    child: str
    field: str
    name: str | None
    on_delete: str


@dataclass(frozen=True)
class ObjectType:
    """An object. `kind`: standard, custom, list_setting, hierarchy_setting, metadata or event."""

    name: str
    label: str
    plural: str
    prefix: str
    kind: str = "standard"
    fields: Mapping[str, Field] = field(default_factory=dict)
    sharing: str = "ReadWrite"
    record_types: tuple[RecordType, ...] = ()
    rules: tuple[ValidationRule, ...] = ()
    field_sets: tuple[FieldSet, ...] = ()
    flags: frozenset[str] = frozenset()
    visibility: str = "Public"
    publish: str = "PublishAfterCommit"

    @property
    def key(self) -> str:
        """The name in lower case."""
        return self.name.lower()

    @property
    def custom(self) -> bool:
        """Whether it is one of the project's own objects."""
        return self.name.endswith(("__c", "__mdt", "__e", "__b", "__x"))

    @property
    def setting(self) -> bool:
        """Whether it is a custom setting."""
        return self.kind in {"list_setting", "hierarchy_setting"}

    @property
    def setup(self) -> bool:
        """Whether it is a setup object for the mixed DML rule."""
        return "setup" in self.flags

    @functools.cached_property
    def name_field(self) -> Field | None:
        """The field that names a record: mostly Name, Subject of a Task, CaseNumber of a Case."""
        return next((each for each in self.fields.values() if each.name_field), None)

    @functools.cached_property
    def required(self) -> tuple[Field, ...]:
        """Fields that a save needs a value for; checkboxes and auto numbers have one always."""
        return tuple(
            each
            for each in self.fields.values()
            if each.required
            and each.type != "BOOLEAN"
            and each.auto_number is None
            and not each.calculated
        )

    @functools.cached_property
    def checkboxes(self) -> tuple[Field, ...]:
        """Boolean fields."""
        return tuple(each for each in self.fields.values() if each.type == "BOOLEAN")

    @functools.cached_property
    def with_default(self) -> tuple[Field, ...]:
        """Stored fields that have a default value."""
        return tuple(
            each for each in self.fields.values() if each.default is not None and each.stored
        )

    @functools.cached_property
    def by_relationship(self) -> Mapping[str, Field]:
        """Reference fields by lower-case relationship name: `account`, `parent__r`."""
        return {
            each.relationship.lower(): each for each in self.fields.values() if each.relationship
        }

    def find(self, name: str) -> Field | None:
        """The field of that API name.

        Profile and PermissionSet have hundreds of `Permissions...` checkboxes; those that the
        table leaves out are made up when they are asked for.
        """
        found = self.fields.get(name.lower())
        if found is None and self.key in _WITH_PERMISSIONS and name.lower().startswith("permis"):
            return Field(name, "BOOLEAN", name, createable=False, updateable=False)
        return found


# The rows of grouped queries have a describe, but no table and no fields of their own.
_AGGREGATE = ObjectType("AggregateResult", "Aggregate Result", "Aggregate Results", "")


class Schema:
    """All objects of the org; `namespace` is the project's own and may be left out in names."""

    def __init__(self, objects: Iterable[ObjectType], namespace: str = "") -> None:
        self.objects = {each.key: each for each in objects}
        self.namespace = namespace
        self.code: Mapping[str, str] = {}

    @functools.cached_property
    def missing_packages(self) -> frozenset[str]:
        """Namespaces of packages that the project's classes need and that are not here."""
        from sfgen.apex.schema.missing_packages import find_missing

        return find_missing(self, self.code.values())

    def __iter__(self) -> Iterator[ObjectType]:
        return iter(self.objects.values())

    def find(self, name: str) -> ObjectType | None:
        """The object of that API name, `Schema.` allowed, or None."""
        found = self.objects.get(name.lower().removeprefix("schema."))
        if found is None and self.namespace and name.lower().startswith(f"{self._prefix}"):
            return self.objects.get(name.lower()[len(self._prefix) :])
        return found

    @property
    def _prefix(self) -> str:
        return f"{self.namespace.lower()}__"

    def __getitem__(self, name: str) -> ObjectType:
        found = self.find(name)
        if found is None and name == _AGGREGATE.name:
            return _AGGREGATE
        if found is None:
            raise KeyError(name)
        return found

    @functools.cached_property
    def by_prefix(self) -> Mapping[str, ObjectType]:
        """Objects by the first three characters of their Ids."""
        return {each.prefix: each for each in self.objects.values() if each.prefix}

    def of_id(self, record_id: str) -> ObjectType | None:
        """The object that an Id belongs to, by its key prefix."""
        return self.by_prefix.get(record_id[:3])

    @functools.cached_property
    def _children(self) -> Mapping[str, tuple[ChildRelationship, ...]]:
        found: dict[str, list[ChildRelationship]] = {}
        for child in self.objects.values():
            for each in child.fields.values():
                for parent in each.reference_to:
                    found.setdefault(parent.lower(), []).append(
                        ChildRelationship(
                            child.name, each.name, each.child_relationship, each.on_delete
                        )
                    )
        return {name: tuple(children) for name, children in found.items()}

    def summing(self, child: str) -> list[ObjectType]:
        """The objects that have a roll-up summary over `child`."""
        return self._summing.get(child.lower(), [])

    @functools.cached_property
    def _summing(self) -> Mapping[str, list[ObjectType]]:
        found: dict[str, list[ObjectType]] = {}
        for owner in self.objects.values():
            names = {each.summary.child for each in owner.fields.values() if each.summary}
            for name in names:
                found.setdefault(name.lower(), []).append(owner)
        return found

    def children(self, name: str) -> tuple[ChildRelationship, ...]:
        """Every reference to the object, named or not."""
        return self._children.get(name.lower(), ())

    def child(self, name: str, relationship: str) -> ChildRelationship | None:
        """The child relationship of that name: `Contacts`, `Messages__r`."""
        wanted = relationship.lower()
        return next(
            (each for each in self.children(name) if each.name and each.name.lower() == wanted),
            None,
        )

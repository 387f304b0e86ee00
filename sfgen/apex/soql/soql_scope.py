"""Names of one SELECT: field paths resolved to SQL expressions, parents joined as needed."""
# ruff: noqa: S608 - names in the SQL come from the schema, values are parameters

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.schema.known_objects import refuse_unbuilt
from sfgen.apex.schema.missing_packages import refuse_missing
from sfgen.apex.schema.schema import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.apex.schema.schema import ObjectType, Summary
    from sfgen.apex.store.store import Store

__all__ = ["Resolved", "Scope", "Statement", "query_problem"]

_MANY, _MOST = 6, 40
"""From how many possible parents on only tables with rows are joined; SQLite joins 64 at most."""
_COMMON_PERMISSIONS = frozenset(
    "submitmacrosallowed massinlineedit runreports exportreport chatterinternaluser "
    "lightningexperienceuser edittask editevent apienabled".split()
)
_NAMED = {"profile": "name", "permissionset": "label"}
"""Where standard profiles show their names."""
_HINT = "Please reference your WSDL or the describe call for the appropriate names."


def query_problem(message: str) -> Exception:
    """A QueryException with the platform's text."""
    return raise_apex("QueryException", message)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A field path: its SQL, the field it ends at, and the object that has it."""

    sql: str
    field: Field
    owner: ObjectType


class Statement:
    """What the scopes of one query share: the store, parameters, aliases and fields touched."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.schema = store.schema
        self.aliases = 0
        self.touched: dict[tuple[str, str], tuple[ObjectType, Field]] = {}

    def alias(self) -> str:
        """A new table alias."""
        self.aliases += 1
        return f"t{self.aliases}"

    def object(self, name: str) -> ObjectType:
        """The object of FROM; QueryException if there is none."""
        found = self.schema.find(name)
        if found is None:
            refuse_missing(self.schema, name)
            refuse_unbuilt(name)
            raise query_problem(
                f"sObject type '{name}' is not supported. If you are attempting to use a custom "
                f"object, be sure to append the '__c' after the entity name. {_HINT}"
            )
        return found


class Scope:
    """One object in FROM with the parents joined to it."""

    def __init__(self, statement: Statement, owner: ObjectType, alias: str | None = None) -> None:
        self.statement = statement
        self.owner = owner
        self.names = {owner.key, (alias or "").lower()}
        self.base = statement.alias()
        self.joins: dict[tuple[str, str, str], str] = {}
        self.join_sql: list[str] = []

    @property
    def from_sql(self) -> str:
        """The FROM clause with its joins."""
        table = self.statement.store.table(self.owner)
        return f"{table} {self.base} {' '.join(self.join_sql)}"

    def resolve(self, parts: Sequence[str]) -> Resolved:
        """The path's field; QueryException for what the schema doesn't have."""
        if len(parts) > 1 and parts[0].lower() in self.names:
            known = self.owner.by_relationship.get(parts[0].lower())
            parts = parts if known else parts[1:]
        places = [(self.base, self.owner)]
        for part in parts[:-1]:
            places = self.parents(places, part)
        return self.column(places, parts[-1])

    def parents(
        self, places: Sequence[tuple[str, ObjectType]], name: str
    ) -> list[tuple[str, ObjectType]]:
        """The parents that a relationship leads to: several if it is polymorphic."""
        found: list[tuple[str, ObjectType]] = []
        for alias, owner in places:
            field = owner.by_relationship.get(name.lower())
            if field is not None:
                self._touch(owner, field)
                found.extend(
                    (self._join(alias, owner, field, target), target)
                    for target in self._targets(field)
                )
        if not found:
            refuse_missing(self.statement.schema, name)
            raise query_problem(
                f"Didn't understand relationship '{name}' in field path. If you are attempting to "
                "use a custom relationship, be sure to append the '__r' after the custom "
                f"relationship name. {_HINT}"
            )
        return found

    def _targets(self, field: Field) -> list[ObjectType]:
        known = [self.statement.schema.find(name) for name in field.reference_to]
        found = [each for each in known if each is not None]
        if len(found) <= _MANY:
            return found
        used = [each for each in found if each.key in self.statement.store.tables]
        return used[:_MOST] or found[:1]

    def _join(self, alias: str, owner: ObjectType, field: Field, target: ObjectType) -> str:
        key = (alias, field.key, target.key)
        if key not in self.joins:
            joined = self.statement.alias()
            table = self.statement.store.table(target)
            reference = self.expression(alias, owner, field)
            if field.controlling:
                # A field's row is known by its object and its name.
                named = self.expression(alias, owner, owner.fields[field.controlling])
                reference = f"({named} || '.' || {reference}) COLLATE NOCASE"
            self.join_sql.append(f'LEFT JOIN {table} {joined} ON {joined}."id" = {reference}')
            self.joins[key] = joined
        return self.joins[key]

    def column(self, places: Sequence[tuple[str, ObjectType]], name: str) -> Resolved:
        """A field of the places; over several parents the first that has a value."""
        found = [
            (alias, owner, field)
            for alias, owner in places
            if (field := owner.find(name)) is not None
        ]
        if not found:
            return self._type_of(places, name)
        for _, owner, field in found:
            self._touch(owner, field)
        pieces = [self.expression(*each) for each in found]
        sql = pieces[0] if len(pieces) == 1 else f"COALESCE({', '.join(pieces)})"
        return Resolved(sql, found[0][2], found[0][1])

    def _type_of(self, places: Sequence[tuple[str, ObjectType]], name: str) -> Resolved:
        """`What.Type`: the name of the parent's object."""
        if name.lower() == "type" and len(places) > 1:
            cases = " ".join(
                f"WHEN {alias}.\"id\" IS NOT NULL THEN '{owner.name}'" for alias, owner in places
            )
            return Resolved(f"CASE {cases} END", Field("Type", "STRING", "Type", 40), places[0][1])
        refuse_missing(self.statement.schema, name)
        raise query_problem(
            f"No such column '{name}' on entity '{places[0][1].name}'. If you are attempting to "
            f"use a custom field, be sure to append the '__c' after the custom field name. {_HINT}"
        )

    def expression(self, alias: str, owner: ObjectType, field: Field) -> str:
        """The SQL of one field of a joined table."""
        if field.formula is not None:
            return f"formula_value('{owner.key}', '{field.key}', {alias}.\"id\")"
        if field.summary is not None:
            return self._summary(alias, field.summary)
        if not field.stored:
            return "NULL"
        if field.key not in owner.fields:
            return _permission(alias, owner, field.key)
        if owner.key in _NAMED and field.key == _NAMED[owner.key]:
            return _profile_name(alias, owner)
        return f'{alias}."{field.key}"'

    def _summary(self, alias: str, summary: Summary) -> str:
        """A roll-up: an aggregate over the children that are not in the recycle bin."""
        child = self.statement.schema.find(summary.child)
        if child is None:
            return "NULL"
        inner = Scope(self.statement, child)
        value = "*"
        if summary.summarized:
            value = inner.resolve((summary.summarized,)).sql
        where = [
            f'{inner.base}."{summary.foreign_key.lower()}" = {alias}."id"',
            f'{inner.base}."isdeleted" = 0',
        ]
        for name, operation, wanted in summary.filters:
            where.append(_summary_filter(inner.resolve((name,)), operation, wanted))
        function = summary.operation.upper()
        sql = f"(SELECT {function}({value}) FROM {inner.from_sql} WHERE {' AND '.join(where)})"
        return f"COALESCE({sql}, 0)" if function in {"COUNT", "SUM"} else sql

    def _touch(self, owner: ObjectType, field: Field) -> None:
        self.statement.touched[owner.key, field.key] = (owner, field)


def _profile_name(alias: str, owner: ObjectType) -> str:
    """A profile's name in the running user's language; its own permission set's label, too."""
    if owner.key == "profile":
        return f'profile_name({alias}."name")'
    label = f'{alias}."label"'
    return f'CASE WHEN {alias}."isownedbyprofile" THEN profile_name({label}) ELSE {label} END'


def _permission(alias: str, owner: ObjectType, key: str) -> str:
    """A permission that no column holds: the common ones are on but for Minimum Access."""
    name = f'{alias}."name"'
    if owner.key == "permissionset":  # a profile's own set has the profile's name as its label
        name = f'CASE WHEN {alias}."isownedbyprofile" THEN {alias}."label" ELSE \'Minimum\' END'
    if key.removeprefix("permissions") in _COMMON_PERMISSIONS:
        return f"({name} NOT LIKE 'Minimum%')"
    return "0" if "privacy" in key else f"({name} = 'System Administrator')"


def _summary_filter(place: Resolved, operation: str, wanted: str) -> str:
    """One filter of a roll-up summary; several values are separated by commas."""
    values = [_quoted(place.field, each.strip()) for each in wanted.split(",")]
    signs = {"lessThan": "<", "greaterThan": ">", "lessOrEqual": "<=", "greaterOrEqual": ">="}
    if operation in signs:
        return f"{place.sql} {signs[operation]} {values[0]}"
    if operation in {"contains", "notContain", "startsWith"}:
        text = wanted.replace("'", "''")
        pattern = f"'{text}%'" if operation == "startsWith" else f"'%{text}%'"
        sense = "= 0" if operation == "notContain" else "= 1"
        return f"apex_like({place.sql}, {pattern}) {sense}"
    sign = "NOT IN" if operation == "notEqual" else "IN"
    return f"IFNULL({place.sql}, '') {sign} ({', '.join(values)})"


def _quoted(field: Field, text: str) -> Any:
    if field.type == "BOOLEAN":
        return "1" if text.lower() == "true" else "0"
    if field.numeric and text.replace(".", "", 1).lstrip("-").isdigit():
        return text
    quoted = text.replace("'", "''")
    return f"'{quoted}'"

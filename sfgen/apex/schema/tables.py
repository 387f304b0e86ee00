"""An object's table: its SQL and what turns stored rows into Apex values, worked out once."""
# ruff: noqa: S608 - names in the SQL come from the schema

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sfgen.apex.schema.encoding import decoder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sfgen.apex.schema.schema import Field, ObjectType

__all__ = ["Table", "table_of"]

_TEXT = frozenset(
    "STRING TEXTAREA PHONE EMAIL URL PICKLIST MULTIPICKLIST COMBOBOX ENCRYPTEDSTRING".split()
)


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` maps the stored fields' keys to their decoders; `creation` and `selection` are SQL.

    Every table has a column `isdeleted`; it is no field of settings and metadata.
    """

    columns: dict[str, Callable[[Any], Any] | None]
    creation: str
    selection: str

    def decode(self, values: Sequence[Any]) -> dict[str, Any]:
        """A row as Apex values; nulls are left out."""
        return {
            key: change(value) if change else value
            for (key, change), value in zip(self.columns.items(), values, strict=True)
            if value is not None
        }


def table_of(owner: ObjectType) -> Table:
    """The table of an object."""
    stored = [each for each in owner.fields.values() if each.stored]
    columns: dict[str, Callable[[Any], Any] | None] = {each.key: decoder(each) for each in stored}
    definitions = ['"id" PRIMARY KEY', *map(_column, stored[1:])]
    if "isdeleted" not in columns:
        columns["isdeleted"] = bool
        definitions.append('"isdeleted"')
    names = ", ".join(f'"{key}"' for key in columns)
    return Table(
        columns=columns,
        creation=f'CREATE TABLE "{owner.key}" ({", ".join(definitions)})',
        selection=f'SELECT {names} FROM "{owner.key}" WHERE ',
    )


def _column(field: Field) -> str:
    collation = " COLLATE apex" if field.type in _TEXT and not field.case_sensitive else ""
    return f'"{field.key}"{collation}'

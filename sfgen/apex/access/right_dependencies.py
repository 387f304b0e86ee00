"""Which object permissions need which others (Object Reference, ObjectPermissions).

The words are those of public deploy logs; that a save of ObjectPermissions says them as
FIELD_INTEGRITY_EXCEPTION is known from public tests that save permission sets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sfgen.apex.terms.dml_results import DmlError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sfgen.apex.store.org_data import OrgData
    from sfgen.apex.store.store import Row

__all__ = ["BELONGS", "missing_rights", "permission_errors"]

#: A right by its letter: its name in messages, and the rights on the same object that it needs.
_RIGHTS: Final = {
    "r": ("Read", ""),
    "c": ("Create", "r"),
    "e": ("Edit", "r"),
    "d": ("Delete", "re"),
    "v": ("View All", "r"),
    "m": ("Modify All", "redv"),
    "f": ("View All Fields", "r"),
}
BELONGS: Final = {
    "contact": ("Account",),
    "contract": ("Account",),
    "opportunity": ("Account",),
    "order": ("Account",),
    "messagingsession": ("MessagingEndUser",),
    "productcategory": ("ProductCatalog",),
}
"""Standard objects that belong to others: to read one takes to read those."""
_WORDS: Final = {"create": "c", "read": "r", "edit": "e", "delete": "d",
                 "viewallrecords": "v", "modifyallrecords": "m", "viewallfields": "f"}  # fmt: skip


def missing_rights(name: str, letters: set[str] | frozenset[str]) -> Iterator[str]:
    """What an org says of rights on an object that lack others on it, a sentence each."""
    for letter, (label, needed) in _RIGHTS.items():
        missing = [f"{_RIGHTS[each][0]} {name}" for each in needed if each not in letters]
        if letter in letters and missing:
            yield f"Permission {label} {name} depends on permission(s): {', '.join(missing)}"


def permission_errors(data: OrgData, rows: Sequence[Row]) -> Iterator[tuple[int, DmlError]]:
    """Errors of ObjectPermissions rows that are saved, by the row's place."""
    for place, row in enumerate(rows):
        name, letters = str(row.get("sobjecttype")), _letters(row)
        problems = list(missing_rights(name, letters))
        if letters:
            problems += [
                f"Permission Read {name} depends on permission(s): Read {master}"
                for master in _masters(data, name)
                if not _reads(data, rows, str(row.get("parentid")), master)
            ]
        for problem in problems[:1]:
            yield place, DmlError("FIELD_INTEGRITY_EXCEPTION", problem)


def _letters(row: Row) -> set[str]:
    return {letter for word, letter in _WORDS.items() if row.get(f"permissions{word}")}


def _masters(data: OrgData, name: str) -> Iterator[str]:
    owner = data.schema.find(name)
    yield from BELONGS.get(name.lower(), ())
    for field in owner.fields.values() if owner is not None else ():
        if field.master_detail and field.reference_to:
            yield field.reference_to[0]


def _reads(data: OrgData, rows: Sequence[Row], parent: str, master: str) -> bool:
    """Whether the permission set may read the master: by the same save, a row, or the project."""
    saved = data.store.rows_where(data.schema["ObjectPermissions"], '"parentid" = ?', [parent])
    return any(
        str(row.get("sobjecttype")).lower() == master.lower()
        and str(row.get("parentid")) == parent
        and row.get("permissionsread")
        for row in [*rows, *saved]
    )

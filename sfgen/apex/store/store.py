"""The org's rows in SQLite: a table per object, Ids and numbers, savepoints."""
# ruff: noqa: S608 - names in the SQL come from the schema, values are parameters

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.exceptions import Unsupported, raise_apex
from sfgen.apex.runtime.ids import Id, long_id
from sfgen.apex.runtime.surrogates import storable
from sfgen.apex.schema.encoding import encode
from sfgen.apex.schema.tables import Table, table_of
from sfgen.apex.store import sql_functions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sfgen.apex.schema.schema import ObjectType, Schema

__all__ = ["Row", "Store"]

Row = dict[str, Any]
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_POD = "Qy0"
_PREPARED = 1024
"""Statements that SQLite keeps prepared; wide tables take long to prepare."""

_TOO_COMPLICATED = (
    "Query is either selecting too many fields or the filter conditions are too complicated."
)


class Store:
    """One SQLite database, in memory or in a file. Rows are dicts by lower-case field name."""

    def __init__(self, schema: Schema, path: str = ":memory:") -> None:
        self.formula_failure: BaseException | None = None
        self.schema = schema
        self.in_memory = path == ":memory:"
        # Savepoints are set here alone; any thread may come, one at a time (the host has a lock).
        self.connection = sqlite3.connect(
            path, isolation_level=None, check_same_thread=False, cached_statements=_PREPARED
        )
        # A power cut may cost what a local org saved last: no row is worth a wait for the disk.
        self.connection.execute("PRAGMA synchronous = OFF")
        self.connection.execute("PRAGMA case_sensitive_like = ON")
        sql_functions.register(self.connection)
        self.tables: set[str] = set()
        self.fillers: dict[str, Callable[[], None]] = {}
        self.unfilled: frozenset[str] = frozenset()
        self._numbers: dict[str, int] = {}
        self._points = 0
        self._plans: dict[str, Table] = {}
        self._rows: dict[tuple[str, str], Row] = {}
        self._lost: dict[str, ObjectType] = {}
        self._made: dict[str, tuple[object, str, list[list[Any]]]] = {}
        self._see_tables()

    def _see_tables(self) -> None:
        found = self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        self.tables = {name for (name,) in found}

    def put_in_bin(self, place: str, record_id: str, root: str, parent: str | None = None) -> None:
        """Note that a row was deleted, or let go of `parent`, along with `root`."""
        if "recycle bin" not in self.tables:
            self.connection.execute('CREATE TABLE "recycle bin" (place, id, root, parent)')
            self.tables.add("recycle bin")
        self.connection.execute(
            'INSERT INTO "recycle bin" VALUES (?, ?, ?, ?)', [place, record_id, root, parent]
        )

    def in_bin(self, record_id: str) -> bool:
        """Whether the deleted record can still be undeleted."""
        if "recycle bin" not in self.tables:
            return False
        sql = 'SELECT 1 FROM "recycle bin" WHERE id = ? LIMIT 1'
        return self.connection.execute(sql, [record_id]).fetchone() is not None

    def take_from_bin(self, root: str) -> list[tuple[str, str, str | None]]:
        """What went with `root`, as (place, Id, parent); it is out of the bin then."""
        if "recycle bin" not in self.tables:
            return []
        sql = 'SELECT place, id, parent FROM "recycle bin" WHERE root = ?'
        found = self.connection.execute(sql, [root]).fetchall()
        self.connection.execute('DELETE FROM "recycle bin" WHERE root = ?', [root])
        return found

    def table(self, owner: ObjectType) -> str:
        """The quoted name of the object's table, which is made when it is first needed."""
        if owner.key in self.unfilled:
            raise Unsupported(f"the rows of {owner.name}")
        if owner.key not in self.tables:
            self.connection.execute(self._plan(owner).creation)
            self.tables.add(owner.key)
            if owner.key in self.fillers:
                self.fillers[owner.key]()
            else:
                self._lost.setdefault(owner.key, owner)
        return f'"{owner.key}"'

    def _plan(self, owner: ObjectType) -> Table:
        found = self._plans.get(owner.key)
        if found is None:
            found = self._plans[owner.key] = table_of(owner)
        return found

    def expect(self, names: Iterable[str]) -> None:
        """Have `renew_tables` make the tables of these objects, by lower-case name.

        A table that is made inside a savepoint makes SQLite read its whole schema again at every
        later rollback; tables that rows of a catalogue fill are left until they are asked for.
        """
        for name in names:
            owner = self.schema.find(name)
            if owner is not None and not {owner.key} & (self.fillers.keys() | self.unfilled):
                self._lost.setdefault(owner.key, owner)

    def renew_tables(self) -> None:
        """Make the tables again that rollbacks took away: every test would make them anew."""
        for key, owner in self._lost.items():
            if key not in self.tables:
                self.table(owner)

    def new_id(self, owner: ObjectType) -> Id:
        """The next Id of the object; never given twice, also after a rollback."""
        number = self.next_number(f"id {owner.key}")
        text = ""
        for _ in range(9):
            number, digit = divmod(number, 62)
            text = _DIGITS[digit] + text
        return Id(long_id(owner.prefix + _POD + text))

    def next_number(self, name: str) -> int:
        """Count `name` up by one; a store in a file goes on where it stopped."""
        if name not in self._numbers and name.startswith("id "):
            self._numbers[name] = self._highest(name.removeprefix("id "))
        self._numbers[name] = self._numbers.get(name, 0) + 1
        return self._numbers[name]

    def _highest(self, key: str) -> int:
        if key not in self.tables:
            return 0
        (found,) = self.connection.execute(
            f'SELECT COALESCE(MAX(rowid), 0) FROM "{key}"'
        ).fetchone()
        return int(found)

    def insert(self, owner: ObjectType, row: Mapping[str, Any]) -> None:
        """Add one row; `row` holds Apex values by lower-case name and an Id."""
        sql, values = self._insertion(owner, row)
        self.connection.execute(sql, values)

    def _insertion(self, owner: ObjectType, row: Mapping[str, Any]) -> tuple[str, list[Any]]:
        table = self.table(owner)
        columns = self._plan(owner).columns
        stored = {key: encode(value) for key, value in row.items() if key in columns}
        stored.setdefault("isdeleted", 0)
        names = ", ".join(f'"{name}"' for name in stored)
        marks = ", ".join("?" * len(stored))
        return f"INSERT INTO {table} ({names}) VALUES ({marks})", list(stored.values())

    def insert_made(
        self, owner: ObjectType, state: object, make: Callable[[], Iterable[Mapping[str, Any]]]
    ) -> None:
        """Add rows of one shape that follow from `state`; after a rollback as they were before."""
        known = self._made.get(owner.key)
        if known is None or known[0] != state:
            made = [self._insertion(owner, each) for each in make()]
            sql = made[0][0] if made else ""
            known = self._made[owner.key] = (state, sql, [values for _, values in made])
        if known[2]:
            self.connection.executemany(known[1], known[2])

    def update(self, owner: ObjectType, record_id: str, changes: Mapping[str, Any]) -> None:
        """Write the changed fields of one row."""
        columns = self._plan(owner).columns
        stored = {key: encode(value) for key, value in changes.items() if key in columns}
        if not stored:
            return
        self._rows.pop((owner.key, str(record_id)), None)
        pairs = ", ".join(f'"{name}" = ?' for name in stored)
        self.connection.execute(
            f'UPDATE {self.table(owner)} SET {pairs} WHERE "id" = ?',
            [*stored.values(), storable(record_id)],
        )

    def remove(self, owner: ObjectType, record_id: str) -> None:
        """Delete the row for good."""
        self._rows.pop((owner.key, str(record_id)), None)
        sql = f'DELETE FROM {self.table(owner)} WHERE "id" = ?'
        self.connection.execute(sql, [storable(record_id)])

    def row(self, owner: ObjectType, record_id: str) -> Row | None:
        """The row with that Id, deleted or not."""
        place = (owner.key, str(record_id))
        known = self._rows.get(place)
        if known is None:
            found = self.rows_where(owner, '"id" = ?', [record_id])
            if not found:
                return None
            known = self._rows[place] = found[0]
        return known.copy()  # saves change the rows that they are given

    def rows_where(self, owner: ObjectType, where: str, values: Sequence[Any]) -> list[Row]:
        """Rows by a condition in SQL, oldest first, as Apex values; nulls are left out."""
        self.table(owner)
        plan = self._plan(owner)
        found = self.connection.execute(
            f"{plan.selection}{where} ORDER BY rowid", [encode(value) for value in values]
        ).fetchall()
        return list(map(plan.decode, found))

    def select(self, sql: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
        """Rows of SQL that the SOQL compiler wrote."""
        try:
            given = [storable(each) if isinstance(each, str) else each for each in values]
            return self.connection.execute(storable(sql), given).fetchall()
        except sqlite3.OperationalError as problem:
            # SQLite hides what a formula raised inside the query.
            failure, self.formula_failure = self.formula_failure, None
            if failure is not None:
                raise failure from None
            if "too large" in str(problem) or "too many" in str(problem):
                raise raise_apex("QueryException", _TOO_COMPLICATED) from None
            raise

    def savepoint(self) -> str:
        """Open a savepoint; answers its name."""
        self._points += 1
        name = f"p{self._points}"
        self.connection.execute(f"SAVEPOINT {name}")
        return name

    def rollback(self, name: str) -> None:
        """Undo everything since the savepoint; it stays open, unless an older one was undone."""
        with contextlib.suppress(sqlite3.OperationalError):
            self.connection.execute(f"ROLLBACK TO {name}")
        # SQLite doesn't say which rows and tables went back.
        self._rows.clear()
        self._see_tables()

    def release(self, name: str) -> None:
        """Close the savepoint and all opened after it; what was done stays.

        One that a rollback to an older savepoint has closed already is no fault.
        """
        with contextlib.suppress(sqlite3.OperationalError):
            self.connection.execute(f"RELEASE {name}")

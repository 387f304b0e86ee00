"""Records of the previewed project's org: samples for record pages, and reading one by its id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sfgen.errors import SfgenError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.apex.host import ApexHost
    from sfgen.preview.workspace import Workspace

SAMPLES: Final = 2
_ID: Final = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")
_TEXT_REQUIRED: Final = {
    "Account": ("Name",),
    "Case": ("Subject",),
    "Contact": ("FirstName", "LastName"),
    "Lead": ("FirstName", "LastName", "Company"),
    "Opportunity": ("Name",),
}


class SampleRecords:
    """Queries and inserts records.

    Args:
        runtime: holds them.
        workspace: names the objects of its record pages, and its own.
    """

    def __init__(self, runtime: ApexHost, workspace: Workspace) -> None:
        self._runtime = runtime
        self._workspace = workspace

    def read(self, record_id: str) -> dict[str, Any] | None:
        """Return a record with all its fields."""
        if not _ID.fullmatch(record_id):
            return None
        for name in self._objects():
            rows = self.query(_select("FIELDS(ALL)", name, f"WHERE Id = '{record_id}'"))
            if rows:
                fields = {key: value for key, value in rows[0].items() if key != "attributes"}
                shown = fields.get("Name") or fields.get("Subject") or record_id
                return {"type": name, "name": shown, "fields": fields}
        return None

    def list_ids(self, object_name: str) -> list[str]:
        """Return the ids of an object's first records, inserted if there are none."""
        query = _select("Id", object_name, "ORDER BY CreatedDate, Id", SAMPLES)
        rows = self.query(query)
        if not rows:
            for number in range(1, SAMPLES + 1):
                self._insert_sample(object_name, number)
            rows = self.query(query)
        return [str(row["Id"]) for row in rows]

    def query(self, query: str) -> list[dict[str, Any]]:
        """Run SOQL; an object that the org doesn't have has no rows."""
        try:
            return self._runtime.query(query)
        except SfgenError:
            return []

    def insert(self, object_name: str, values: Mapping[str, Any]) -> None:
        """Insert a record; one that the org refuses is left out."""
        self._runtime.insert(object_name, values)

    def _objects(self) -> list[str]:
        own = list(self._workspace.source.of_type("CustomObject"))
        return [page.object_name for page in self._workspace.layout.pages if page.object_name] + own

    def _insert_sample(self, object_name: str, number: int) -> None:
        names = _TEXT_REQUIRED.get(object_name, ("Name",))
        values = dict.fromkeys(names, f"Client {number}")
        if "FirstName" in values:
            values |= {"FirstName": "Client", "LastName": str(number)}
        self.insert(object_name, values)


def _select(fields: str, object_name: str, rest: str, limit: int = 1) -> str:
    return f"SELECT {fields} FROM {object_name} {rest} LIMIT {limit}"  # noqa: S608 - names of the project's own metadata

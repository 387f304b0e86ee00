"""VisualEditor: the values of a picklist of a component in App Builder.

Apex Reference Guide, "VisualEditor Namespace".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.data_objects import DataObject, data_class
from sfgen.apex.library.declarations.registry import platform_interface, platform_members
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.keys import key_of
from sfgen.apex.runtime.values import ApexList
from sfgen.apex.types.model import ApexType

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__: list[str] = []

_ROW = ApexType("VisualEditor.DataRow")
ROW = data_class(
    "VisualEditor.DataRow",
    "String label; Object value; Boolean selected",
    "String getLabel() = label; void setLabel(String value) = label;"
    "Object getValue() = value; void setValue(Object value) = value;"
    "Boolean isSelected() = selected; void setSelected(Boolean value) = selected",
    constructor=False,
)
ROW_MEMBERS = platform_members("VisualEditor.DataRow")
ROWS = data_class("VisualEditor.DynamicPickListRows", "Boolean all", constructor=False)
ROWS_MEMBERS = platform_members("VisualEditor.DynamicPickListRows")
platform_interface(
    "VisualEditor.DynamicPickList",
    "VisualEditor.DataRow getDefaultValue()",
    "VisualEditor.DynamicPickListRows getValues()",
    "Boolean isValid(Object value)",
    "String getLabel(Object value)",
)
data_class("VisualEditor.DesignTimePageContext", "String entityName; String pageType")


@ROW_MEMBERS.constructor("DataRow(String label, Object value)")
def new_row(label: str | None, value: Any) -> DataObject:
    """A row that isn't selected."""
    return ROW(label=label, value=value, selected=False)


@ROW_MEMBERS.constructor("DataRow(String label, Object value, Boolean selected)")
def new_selected_row(label: str | None, value: Any, selected: Any) -> DataObject:
    """A row."""
    return ROW(label=label, value=value, selected=selected)


@ROW_MEMBERS.method("Integer compareTo(VisualEditor.DataRow other)")
def compare(row: DataObject, other: DataObject) -> int:
    """Order by label."""
    mine, theirs = row.get("label") or "", other.get("label") or ""
    return (mine > theirs) - (mine < theirs)


@ROW_MEMBERS.method("Object clone()")
def clone(row: DataObject) -> DataObject:
    """A row with the same values."""
    return ROW(**row.values)


def _rows(rows: Iterable[Any], *, everything: bool) -> DataObject:
    made = ROWS(all=everything)
    made.values["rows"] = ApexList(rows, _ROW)
    return made


@ROWS_MEMBERS.constructor("DynamicPickListRows()")
def new_rows() -> DataObject:
    """No rows yet."""
    return _rows((), everything=False)


@ROWS_MEMBERS.constructor("DynamicPickListRows(List<VisualEditor.DataRow> rows)")
def new_given_rows(rows: ApexList | None) -> DataObject:
    """These rows."""
    return _rows(rows or (), everything=False)


@ROWS_MEMBERS.constructor(
    "DynamicPickListRows(List<VisualEditor.DataRow> rows, Boolean containsAllRows)"
)
def new_all_rows(rows: ApexList | None, everything: Any) -> DataObject:
    """These rows; with whether there are no others."""
    return _rows(rows or (), everything=bool(everything))


@ROWS_MEMBERS.method("void addRow(VisualEditor.DataRow row)")
def add_row(rows: DataObject, row: Any) -> None:
    """Put a row at the end."""
    rows.get("rows").append(row)


@ROWS_MEMBERS.method("void addAllRows(List<VisualEditor.DataRow> rows)")
def add_all_rows(rows: DataObject, others: ApexList | None) -> None:
    """Put rows at the end."""
    rows.get("rows").extend(others or ())


@ROWS_MEMBERS.method("Boolean containsAllRows()")
def contains_all_rows(rows: DataObject) -> Any:
    """Whether there are no others."""
    return rows.get("all")


@ROWS_MEMBERS.method("void setContainsAllRows(Boolean containsAllRows)")
def set_contains_all_rows(rows: DataObject, everything: Any) -> None:
    """Say whether there are no others."""
    rows.values["all"] = everything


@ROWS_MEMBERS.method("VisualEditor.DataRow get(Integer i)")
def get_row(rows: DataObject, place: int) -> Any:
    """The row at a place. ListException beyond the last."""
    found = rows.get("rows")
    if not 0 <= place < len(found):
        raise raise_apex("ListException", f"List index out of bounds: {place}")
    return found[place]


@ROWS_MEMBERS.method("List<VisualEditor.DataRow> getDataRows()")
def get_data_rows(rows: DataObject) -> Any:
    """The rows."""
    return rows.get("rows")


@ROWS_MEMBERS.method("Integer size()")
def size(rows: DataObject) -> int:
    """How many rows there are."""
    return len(rows.get("rows"))


@ROWS_MEMBERS.method("void sort()")
def sort(rows: DataObject) -> None:
    """Order the rows by their labels."""
    rows.get("rows").sort(key=lambda row: (row.get("label") or "", repr(key_of(row.get("value")))))

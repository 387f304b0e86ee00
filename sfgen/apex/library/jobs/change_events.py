"""The header of change events (Apex Reference Guide, "ChangeEventHeader Class")."""

from __future__ import annotations

from sfgen.apex.library.declarations.data_objects import data_class

__all__: list[str] = []

data_class(
    "EventBus.ChangeEventHeader",
    "List<String> changedfields; String changeorigin; String changetype; Long commitnumber;"
    "Long committimestamp; String commituser; List<String> difffields; String entityname;"
    "List<String> nulledfields; List<String> recordids; Integer sequencenumber;"
    "String transactionkey",
)

"""Names of packages that are not here, met by code at run time."""

from __future__ import annotations

from sfgen.apex.schema.missing_packages import refuse_missing
from sfgen.apex.store.org_data import find_data

__all__ = ["refuse_package"]


def refuse_package(name: str) -> None:
    """Raises Unsupported for a custom name of a package that the project needs and lacks."""
    data = find_data()
    if data is not None:
        refuse_missing(data.schema, name)

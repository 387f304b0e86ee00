"""Names of packages that are not here, met by code at run time."""

from __future__ import annotations

from sfgen.apex.runtime.execution import current
from sfgen.apex.schema.missing_packages import refuse_missing

__all__ = ["refuse_package"]


def refuse_package(name: str) -> None:
    """Raises Unsupported for a custom name of a package that the project needs and lacks."""
    schema = getattr(current().database, "schema", None)
    if schema is not None:
        refuse_missing(schema, name)

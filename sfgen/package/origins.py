"""Maps a line of a package's file back to its source file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sfgen.package.building import Package

#: Prefixes that orgs and tools put before the names of a package's files.
_WRAPPERS = ("unpackaged/", "zip/", "metadata/")


def locate(
    package: Package, file: str, line: int | None, component: tuple[str, str] | None = None
) -> tuple[str, int] | None:
    """Return the source path and line of ``file``:``line``, or nothing when it has no source.

    Args:
        package: the package that was deployed.
        file: the name an org's answer shows, as ``objects/Invoice__c.object``.
        line: the line it shows, from 1.
        component: type and full name, which find a child when the line doesn't.
    """
    for wrapper in _WRAPPERS:
        file = file.removeprefix(wrapper)
    if component in package.origins and not line:
        return package.origins[component], 1
    if file in package.spans:
        return _in_merged(package, file, line or 1)
    if file in package.files:
        return package.files[file], line or 1
    # Answers name what an XML-only file is called without its folder's prefix, or a bundle.
    inside = sorted(name for name in package.files if name.startswith(f"{file}/"))
    if inside:
        return package.files[inside[0]], line or 1
    if component is not None and component in package.origins:
        return package.origins[component], line or 1
    return None


def _in_merged(package: Package, file: str, line: int) -> tuple[str, int] | None:
    spans = package.spans[file]
    for span in spans:
        if span.first <= line <= span.last and span.last < 1 << 30:
            # A child's file has two lines before its first element; its group's tag is one.
            return span.path, line - span.first + 2
    return (spans[-1].path, line) if spans else None

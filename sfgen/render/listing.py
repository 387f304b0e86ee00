"""``manifest/package.xml`` of a generated project, made from the files that it holds.

A manifest written by hand forgets types, and ``sf project deploy start --manifest`` then leaves
their components out without a word. The hook of the pack does the same for bare cookiecutter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sfgen.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sfgen.plan import Plan

MANIFEST_PATH: Final = "manifest/package.xml"
#: Laid out as Prettier lays XML out, since the project's own formatting check reads it.
_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n'
    '<Package xmlns="http://soap.sforce.com/2006/04/metadata">\n'
)
_TYPE: Final = "    <types>\n        <members>*</members>\n        <name>{}</name>\n    </types>\n"
_END: Final = "    <version>{}</version>\n</Package>\n"


def list_metadata(plan: Plan, paths: Iterable[str]) -> bytes:
    """Return a manifest that names each type with a file in the package directory.

    Below ``main`` stand the integration's folder, an area of it, and a folder for each type.

    Raises:
        TemplateError: a folder whose metadata type the pack doesn't tell.
    """
    source = f"{plan.context['package_dir']}/main/"
    folders = {path[len(source) :].split("/")[2] for path in paths if path.startswith(source)}
    if unknown := folders - plan.metadata.keys():
        raise TemplateError(f"cookiecutter.json: _metadata has no type for {min(unknown)}")
    names = sorted(plan.metadata[folder] for folder in folders)
    types = "".join(_TYPE.format(name) for name in names)
    return f"{_HEAD}{types}{_END.format(plan.context['api_version'])}".encode()

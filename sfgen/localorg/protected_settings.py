"""Protected custom settings, which only a production org refuses.

Source: Salesforce Help, custom settings' visibility; sfdx-hardis' deploy tips have the words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sfgen.localorg.component_rows import file_of
from sfgen.localorg.jobs import ComponentResult
from sfgen.metadata.visibility import is_protected_setting

if TYPE_CHECKING:
    from sfgen.apex.host import OrgKind
    from sfgen.check import Subject
    from sfgen.project import Component

REFUSED: Final = (
    "You can't set the visibility for a Custom Setting to Protected unless you are in a "
    "developer, sandbox, or scratch org."
)


def refuse_protected(
    component: Component, subject: Subject, kind: OrgKind
) -> ComponentResult | None:
    """Return the failure of a Protected custom setting, if the org is a production org.

    What is deployed has no namespace: a managed package is installed, never deployed.
    """
    if kind.takes_protected_settings or component.type.name != "CustomObject":
        return None
    root = subject.tree(component.meta)
    if root is None or not is_protected_setting(root):
        return None
    path = file_of(component, subject.project)
    return ComponentResult("CustomObject", component.name, path, REFUSED, "Error", 1, 1)

"""Global variables of Visualforce pages: ``$Label``, ``$CurrentPage``, ``$RemoteAction``, ..."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.preview.apex.project_apex import read_remote_actions
from sfgen.preview.current_user import USER_ID
from sfgen.visualforce import VisualforceError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.preview.project.source import Source


class PageGlobals:
    """Reads the global variables of one request.

    Args:
        source: the project.
        parameters: of the page's address.
    """

    def __init__(self, source: Source, parameters: Mapping[str, str]) -> None:
        self._source = source
        self._parameters = parameters

    def members(self) -> dict[str, Any]:
        """Return each global's reader, by the global's name in lower case."""
        return {
            "$api": self._api,
            "$currentpage": self._current_page,
            "$label": self._label,
            "$organization": self._fixed(id="00D000000000001AAA", name="sfgen preview"),
            "$remoteaction": self._remote_action,
            "$site": self._fixed(prefix="", name=""),
            "$user": self._fixed(id=USER_ID, firstname="", lastname="Advisor", email=""),
        }

    @staticmethod
    def _fixed(**values: str) -> Any:
        def read(path: tuple[str, ...]) -> object:
            if len(path) == 1 and path[0].lower() in values:
                return values[path[0].lower()]
            raise VisualforceError(f"{'.'.join(path)} is not supported by the preview")

        return read

    def _api(self, path: tuple[str, ...]) -> object:
        raise VisualforceError(
            f"$Api.{'.'.join(path)} is not given to pages: a session id does not belong there"
        )

    def _current_page(self, path: tuple[str, ...]) -> object:
        first = path[0].lower() if path else ""
        if first == "parameters":
            return self._parameters.get(path[1], "") if len(path) > 1 else dict(self._parameters)
        raise VisualforceError(f"$CurrentPage.{'.'.join(path)} is not supported by the preview")

    def _label(self, path: tuple[str, ...]) -> object:
        labels = self._source.labels
        if not path or path[-1] not in labels:
            raise VisualforceError(f"label {'.'.join(path)} is not in this project")
        return labels[path[-1]]

    def _remote_action(self, path: tuple[str, ...]) -> object:
        name = ".".join(path)
        if len(path) < 2:
            raise VisualforceError(f"$RemoteAction.{name} names no method")
        actions = read_remote_actions(self._source, path[-2])
        if path[-1] not in {action.name for action in actions}:
            raise VisualforceError(f"{name} is no @RemoteAction of this project")
        return name

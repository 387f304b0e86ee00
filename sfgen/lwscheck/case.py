"""One page load of the check, and its reported outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sfgen.lwscheck.script import knows_authorization

if TYPE_CHECKING:
    from sfgen.lws.packages import LwsPackages
    from sfgen.lwscheck.script import Script

STANDARD_SHIM: Final = "window.Pusher.Runtime.getProtocol = () => window.location.protocol;"


@dataclass(frozen=True, slots=True)
class CheckCase:
    """One page load.

    Args:
        form: ``production``, ``debug``, or ``none`` for a page without the sandbox.
        scenario: ``scenario`` (pusher-js in the sandbox) or ``frame`` (a page in a frame).
        version: of pusher-js.
        shim: JavaScript put in before ``new Pusher``, or nothing.
    """

    packages: LwsPackages
    form: str
    scenario: str
    pusher: Script
    shim: str = ""
    scripts: tuple[Script, ...] = ()
    version: str = ""

    @property
    def knows_authorization(self) -> bool:
        """Whether this pusher-js has ``channelAuthorization``: one of unknown version is new."""
        return knows_authorization(self.version)


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What a page reported: steps with ``name``, ``ok`` and ``detail``."""

    results: tuple[dict[str, Any], ...]

    @property
    def passed(self) -> bool:
        """Whether everything was tried and went well."""
        return bool(self.results) and all(result["ok"] for result in self.results)

    @property
    def reason(self) -> str:
        """The first thing that went wrong."""
        for result in self.results:
            if not result["ok"]:
                return f"{result['name']}: {result['detail']}"
        return ""

    def step(self, name: str) -> bool:
        """Whether a step was tried and went well."""
        return any(result["name"] == name and result["ok"] for result in self.results)

"""Hosts of a preview: three origins, separated from each other as Salesforce's are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

#: Browsers resolve every name below localhost to loopback by themselves. The Lightning and the
#: Visualforce host are one site (force.localhost) and two origins, as in the org.
SITE: Final = "force.localhost"
LIGHTNING_HOST: Final = f"sfgen.lightning.{SITE}"
EXTERNAL_HOST: Final = "application.external.localhost"
#: The domain that sfgen's Apex runtime gives its org.
ORG: Final = "sfgen-dev-ed"
#: Of the external application.
LOGIN_PATH: Final = "/oauth/authorize"
LOOPBACK: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Hosts with their ports.

    Args:
        lightning_port: of the shell.
        visualforce_port: of the pages.
        external_port: of the stand-in for the external application.
        pusher_port: of the Pusher server.
        namespace: of the package, which names the Visualforce host.
        key: of this run, without which the application's login page doesn't open.
    """

    lightning_port: int
    visualforce_port: int
    external_port: int
    pusher_port: int
    namespace: str = ""
    key: str = field(default="", repr=False)

    @property
    def lightning_host(self) -> str:
        """What ``DomainCreator.getLightningHostname()`` answers."""
        return f"{LIGHTNING_HOST}:{self.lightning_port}"

    @property
    def visualforce_host(self) -> str:
        """What ``DomainCreator.getVisualforceHostname()`` answers."""
        return f"sfgen--{self.namespace or 'c'}.vf.{SITE}:{self.visualforce_port}"

    @property
    def external_host(self) -> str:
        """Host and port of the external application."""
        return f"{EXTERNAL_HOST}:{self.external_port}"

    @property
    def lightning(self) -> str:
        """Origin of the shell."""
        return f"http://{self.lightning_host}"

    @property
    def visualforce(self) -> str:
        """Origin of the pages."""
        return f"http://{self.visualforce_host}"

    @property
    def external(self) -> str:
        """Origin of the external application."""
        return f"http://{self.external_host}"

    def _hosts(self) -> dict[str, str]:
        return {
            f"{ORG}--{self.namespace or 'c'}.vf.force.com": self.visualforce,
            f"{ORG}.lightning.force.com": self.lightning,
            self.lightning_host: self.lightning,
            self.visualforce_host: self.visualforce,
            self.external_host: self.external,
        }

    def localize(self, value: Any) -> Any:
        """Turn the org's addresses into this preview's, wherever a value holds them.

        The project rightly writes https and the hosts that ``DomainCreator`` names; on loopback
        nobody could trust a certificate.
        """
        if isinstance(value, str):
            for there, here in self._hosts().items():
                value = value.replace(f"https://{there}", here)
            login = f"{self.external}{LOGIN_PATH}?"
            return value.replace(login, f"{login}key={self.key}&") if self.key else value
        return _in_each(self.localize, value)

    def restore(self, value: Any) -> Any:
        """Turn this preview's addresses back into https, as the project knows them.

        What a page was given localized comes back so: the project would refuse its http.
        """
        if isinstance(value, str):
            for here in (self.lightning, self.visualforce, self.external):
                value = value.replace(here, here.replace("http:", "https:", 1))
            return value
        return _in_each(self.restore, value)


def _in_each(turn: Callable[[Any], Any], value: Any) -> Any:
    if isinstance(value, list):
        return [turn(member) for member in value]
    if isinstance(value, dict):
        return {key: turn(member) for key, member in value.items()}
    return value

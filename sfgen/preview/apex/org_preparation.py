"""Sets up the previewed project's org as an administrator would: permissions, settings, login."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlsplit

from sfgen.errors import SfgenError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sfgen.apex.host import ApexHost
    from sfgen.preview.apex.apex_environment import ApexEnvironment
    from sfgen.preview.apex.sample_records import SampleRecords

    Invoke = Callable[[str, str, Mapping[str, Any]], Any]

_ASSIGNED: Final = "SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = '{}'"


class OrgPreparation:
    """The steps after a deployment, taken through the project's own classes.

    Args:
        environment: the project, and what is entered in its settings.
        runtime: executes its Apex.
        records: of the org.
        invoke: calls an ``@AuraEnabled`` method.
    """

    def __init__(
        self,
        environment: ApexEnvironment,
        runtime: ApexHost,
        records: SampleRecords,
        invoke: Invoke,
    ) -> None:
        self._environment = environment
        self._source = environment.workspace.source
        self._runtime = runtime
        self._records = records
        self._invoke = invoke

    def run(self) -> None:
        """Take all steps; one that fails is a warning, and the others follow."""
        self._register_remote_sites()
        self._assign_permission_sets()
        self._configure()
        self._log_in()
        self._name_channels()

    def _register_remote_sites(self) -> None:
        """Register what an administrator does by hand after entering other hosts in the set-up."""
        application = f"https://{self._environment.addresses.external_host}"
        for url in (application, f"https://api-{self._environment.pusher.cluster}.pusher.com"):
            self._runtime.remote_sites.register(url)

    def _assign_permission_sets(self) -> None:
        """Assign every permission set of the project to the preview's user, as its README says."""
        user = self._runtime.user_id
        assigned = {row["PermissionSetId"] for row in self._records.query(_ASSIGNED.format(user))}
        for row in self._records.query("SELECT Id, Name FROM PermissionSet"):
            known = row["Name"] in self._source.of_type("PermissionSet")
            if known and row["Id"] not in assigned:
                values = {"AssigneeId": user, "PermissionSetId": row["Id"]}
                self._records.insert("PermissionSetAssignment", values)

    def _configure(self) -> None:
        """Enter the local app as an administrator does, through the project's own set-up class."""
        target, external = self._environment.pusher, self._environment.addresses.external_host
        wanted = {
            "appKey": target.key,
            "appId": target.app_id,
            "secret": target.secret,
            "cluster": target.cluster,
            "masterKey": self._environment.application.master_key,
            "externalUrl": f"https://{external}",
            "authEndpoint": f"https://{external}/pusher/auth",
            "clientId": "sfgen-preview",
            "clientSecret": "",
        }
        for name in self._source.of_type("ApexClass"):
            if not name.endswith("SetupController"):
                continue
            try:
                known = self._read_settings(name)
                secrets = {field.removesuffix("Set") for field in known if field.endswith("Set")}
                fields = {*known, *secrets} & wanted.keys()
                settings = {field: wanted[field] for field in fields}
                self._invoke(name, "saveSettings", {"settings": settings})
            except SfgenError as error:
                self._environment.warn(f"the settings could not be entered: {error.message}")

    def _read_settings(self, controller: str) -> dict[str, Any]:
        """Return the stored settings; projects of an older sfgen have another method for it."""
        if self._has_method(controller, "getSetup"):
            known: dict[str, Any] = self._invoke(controller, "getSetup", {})["settings"]
        else:
            known = self._invoke(controller, "getSettings", {})
        return known

    def _log_in(self) -> None:
        """Log the advisor in to the application, as the callback page would.

        Always: records outlive a run, and the application's tokens and address don't.
        """
        for name in self._source.of_type("ApexClass"):
            if not name.endswith("LoginController"):
                continue
            try:
                query = dict(parse_qsl(urlsplit(self._begin_login(name)).query))
                if "redirect_uri" not in query:
                    continue  # Salesforce itself keeps this login; its user has logged out.
                code = self._environment.application.oauth.authorize(query)
                self._invoke(name, "complete", {"code": code, "state": query.get("state")})
            except (SfgenError, KeyError, TypeError) as error:
                self._environment.warn(f"nobody is logged in to the application: {error}")

    def _begin_login(self, controller: str) -> str:
        """Return the login page's address; nothing where a named credential keeps the login."""
        if not self._has_method(controller, "complete"):
            return ""
        if not self._has_method(controller, "getLogin"):
            return str(self._invoke(controller, "start", {}))  # a project of an older sfgen
        if self._invoke(controller, "getLogin", {})["isLoggedIn"]:
            self._invoke(controller, "logOut", {})
        return str(self._invoke(controller, "getLogin", {})["loginUrl"])

    def _has_method(self, class_name: str, method: str) -> bool:
        description = self._runtime.org.program.descriptions.get(class_name.lower())
        return description is not None and method.lower() in description["static_methods"]

    def _name_channels(self) -> None:
        """Name the channels that the project's pages subscribe to, for the external application."""
        for name in self._source.of_type("ApexClass"):
            if not name.endswith("BridgeController"):
                continue
            try:
                known = self._invoke(name, "getConfiguration", {})
                found = known.get("userChannel"), known.get("conversationChannel")
                self._environment.application.channels = tuple(dict.fromkeys(filter(None, found)))
            except (SfgenError, AttributeError) as error:
                self._environment.warn(f"new texts are not published: {error}")

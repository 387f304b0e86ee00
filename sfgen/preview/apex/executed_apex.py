"""The project's own Apex, executed by sfgen's Apex runtime, behind the preview's interface."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlsplit

from sfgen.apex.calls import ApexCallError, UnsupportedCallError, transact
from sfgen.apex.host import ApexHost as Runtime
from sfgen.apex.host import HttpReply
from sfgen.apex.runtime.values import SObject
from sfgen.apex.terms.access_mode import DmlOptions
from sfgen.errors import SfgenError
from sfgen.preview.apex.callout_routing import answer_callout
from sfgen.preview.apex.project_apex import ApexError, RestAnswer, UnsupportedApexError
from sfgen.preview.application.user_credential import SiteCredentials

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sfgen.preview.site import Site

SAMPLES: Final = 2
_ASSIGNED: Final = "SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = '{}'"
_TEXT_REQUIRED: Final = {
    "Account": ("Name",),
    "Case": ("Subject",),
    "Contact": ("FirstName", "LastName"),
    "Lead": ("FirstName", "LastName", "Company"),
    "Opportunity": ("Name",),
}


class ExecutingHost:
    """Executes the project's classes, triggers and jobs.

    Args:
        site: gives the addresses and answers callouts.

    Raises:
        ProjectError: there is no Apex to read.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        store = site.wishes.store
        origin = f"https://{site.addresses.external_host}"
        wishes: dict[str, Any] = {
            "callout": self._call_out,
            "credentials": SiteCredentials(site.external.credential, origin),
        }
        if store is not None:
            store.mkdir(parents=True, exist_ok=True)
            wishes["database"] = store / "records.sqlite"
        self._runtime = Runtime.open(site.workspace.root, **wishes)
        for problem in self._runtime.problems:
            site.warn(f"Apex doesn't compile: {problem}")
        # What an administrator registers by hand after entering other hosts in the set-up.
        for url in (origin, f"https://api-{site.pusher.cluster}.pusher.com"):
            self._runtime.remote_sites.register(url)
        self._assign_permission_sets()
        self._configure()
        self._log_in()
        self._name_channels()

    def invoke(self, class_name: str, method: str, arguments: Mapping[str, Any]) -> Any:
        """Call an ``@AuraEnabled`` method."""
        return _translate(lambda: self._runtime.call(class_name, method, dict(arguments)))

    def remote(self, class_name: str, method: str, arguments: list[Any]) -> Any:
        """Call a ``@RemoteAction``."""
        return _translate(lambda: self._runtime.remote(class_name, method, arguments))

    def read_property(self, class_name: str, name: str) -> Any:
        """Read a property of a page's controller."""
        return _translate(lambda: self._runtime.read(class_name, name))

    def rest(self, verb: str, path: str, body: str) -> RestAnswer:
        """Call a ``@RestResource``."""
        headers = {"Content-Type": "application/json"}
        reply = _translate(lambda: self._runtime.rest(verb, path, body, headers=headers))
        return RestAnswer(reply.status, reply.body)

    def record(self, record_id: str) -> dict[str, Any] | None:
        """Return a record with all its fields."""
        if not re.fullmatch(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?", record_id):
            return None
        for name in self._objects():
            rows = self._rows(_select("FIELDS(ALL)", name, f"WHERE Id = '{record_id}'"))
            if rows:
                fields = {key: value for key, value in rows[0].items() if key != "attributes"}
                shown = fields.get("Name") or fields.get("Subject") or record_id
                return {"type": name, "name": shown, "fields": fields}
        return None

    def sample_record(self, object_name: str) -> str:
        """Return the first record of an object, made if there is none."""
        return next(iter(self.sample_records(object_name)), "000000000000000AAA")

    def sample_records(self, object_name: str) -> list[str]:
        """Return the first records of an object, made if there are none."""
        query = _select("Id", object_name, "ORDER BY CreatedDate, Id", SAMPLES)
        rows = self._rows(query)
        if not rows:
            for number in range(1, SAMPLES + 1):
                self._insert(object_name, number)
            rows = self._rows(query)
        return [str(row["Id"]) for row in rows]

    def set_fault(self, name: str, *, on: bool) -> None:
        """Let a limit of the org strike from now on, or no more; no name means all of them."""
        faults = self._runtime.faults
        if on:
            faults.set(name)
        elif name:
            faults.clear(name)
        else:
            faults.clear()

    def active_faults(self) -> tuple[str, ...]:
        """Name the limits that strike."""
        return tuple(self._runtime.faults.active)

    def _objects(self) -> list[str]:
        pages = self._site.workspace.layout.pages
        own = list(self._site.workspace.source.of_type("CustomObject"))
        return [page.object_name for page in pages if page.object_name] + own

    def _rows(self, query: str) -> list[dict[str, Any]]:
        try:
            return self._runtime.query(query)
        except SfgenError:
            return []

    def _insert(self, object_name: str, number: int) -> None:
        names = _TEXT_REQUIRED.get(object_name, ("Name",))
        values = dict.fromkeys(names, f"Client {number}")
        if "FirstName" in values:
            values |= {"FirstName": "Client", "LastName": str(number)}
        self._add(object_name, values)

    def _add(self, object_name: str, values: Mapping[str, Any]) -> None:
        fields = {name.lower(): value for name, value in values.items()}
        record = SObject(object_name, fields.items())
        options, org = DmlOptions(all_or_none=False), self._runtime.org
        transact(org, None, lambda: org.database.insert([record], options))

    def _assign_permission_sets(self) -> None:
        """Give the person at the keyboard every permission set of the project, as README says."""
        user = self._runtime.org.database.user_id
        assigned = {row["PermissionSetId"] for row in self._rows(_ASSIGNED.format(user))}
        for row in self._rows("SELECT Id, Name FROM PermissionSet"):
            known = row["Name"] in self._site.workspace.source.of_type("PermissionSet")
            if known and row["Id"] not in assigned:
                values = {"AssigneeId": user, "PermissionSetId": row["Id"]}
                self._add("PermissionSetAssignment", values)

    def _configure(self) -> None:
        """Enter the local app as an administrator does, through the project's own set-up class."""
        target, external = self._site.pusher, self._site.addresses.external_host
        wanted = {
            "appKey": target.key,
            "appId": target.app_id,
            "secret": target.secret,
            "cluster": target.cluster,
            "masterKey": self._site.external.master_key,
            "externalUrl": f"https://{external}",
            "authEndpoint": f"https://{external}/pusher/auth",
            "clientId": "sfgen-preview",
            "clientSecret": "",
        }
        for name in self._site.workspace.source.of_type("ApexClass"):
            if not name.endswith("SetupController"):
                continue
            try:
                known = self._read_settings(name)
                secrets = {field.removesuffix("Set") for field in known if field.endswith("Set")}
                fields = {*known, *secrets} & wanted.keys()
                settings = {field: wanted[field] for field in fields}
                self.invoke(name, "saveSettings", {"settings": settings})
            except SfgenError as error:
                self._site.warn(f"the settings could not be entered: {error.message}")

    def _read_settings(self, controller: str) -> dict[str, Any]:
        """What the set-up knows; projects of an older sfgen have another method for it."""
        if self._has_method(controller, "getSetup"):
            known: dict[str, Any] = self.invoke(controller, "getSetup", {})["settings"]
        else:
            known = self.invoke(controller, "getSettings", {})
        return known

    def _log_in(self) -> None:
        """Log the advisor in to the application, as the callback page would.

        Always: records outlive a run, and the application's tokens and address don't.
        """
        for name in self._site.workspace.source.of_type("ApexClass"):
            if not name.endswith("LoginController"):
                continue
            try:
                query = dict(parse_qsl(urlsplit(self._begin_login(name)).query))
                if "redirect_uri" not in query:
                    continue  # Salesforce itself keeps this login; its user has logged out.
                code = self._site.external.oauth.authorize(query)
                self.invoke(name, "complete", {"code": code, "state": query.get("state")})
            except (SfgenError, KeyError, TypeError) as error:
                self._site.warn(f"nobody is logged in to the application: {error}")

    def _begin_login(self, controller: str) -> str:
        """Where the advisor logs in; nowhere, where Salesforce itself keeps the login."""
        if not self._has_method(controller, "complete"):
            return ""
        if not self._has_method(controller, "getLogin"):
            return str(self.invoke(controller, "start", {}))  # a project of an older sfgen
        if self.invoke(controller, "getLogin", {})["isLoggedIn"]:
            self.invoke(controller, "logOut", {})
        return str(self.invoke(controller, "getLogin", {})["loginUrl"])

    def _has_method(self, class_name: str, method: str) -> bool:
        description = self._runtime.org.program.descriptions.get(class_name.lower())
        return description is not None and method.lower() in description["static_methods"]

    def _name_channels(self) -> None:
        """Tell the external application which channels the project's browsers listen to."""
        for name in self._site.workspace.source.of_type("ApexClass"):
            if not name.endswith("BridgeController"):
                continue
            try:
                known = self.invoke(name, "getConfiguration", {})
                found = known.get("userChannel"), known.get("conversationChannel")
                self._site.external.channels = tuple(dict.fromkeys(filter(None, found)))
            except (SfgenError, AttributeError) as error:
                self._site.warn(f"new texts are told to no channel: {error}")

    def _call_out(self, request: Any) -> HttpReply:
        started = time.perf_counter()
        answer = answer_callout(self._site, request)
        label = f"{request.method} {request.endpoint.partition('?')[0]}"
        self._site.soon(lambda: self._site.traffic.record("callout", label, answer.status, started))
        body = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
        return HttpReply(answer.status, body, {"Content-Type": "application/json"})


def _select(fields: str, object_name: str, rest: str, limit: int = 1) -> str:
    return f"SELECT {fields} FROM {object_name} {rest} LIMIT {limit}"  # noqa: S608 - names of the project's own metadata


def _translate(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except ApexCallError as error:
        where = error.frames[0] if error.frames else None
        place = f"{where.file}:{where.line}" if where else ""
        raise ApexError(error.client_message, kind=error.type_name, where=place) from error
    except UnsupportedCallError as error:
        raise UnsupportedApexError(f"sfgen's Apex runtime: {error.message}") from error

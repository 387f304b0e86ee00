"""A new org for a project: its schema, and the rows that every org has from the start."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from sfgen.apex.data.database import Database
from sfgen.apex.data.flow_starts import read_flow_starts
from sfgen.apex.data.source_access import read_permissions
from sfgen.apex.data.source_files import parse_xml
from sfgen.apex.data.source_objects import read_schema
from sfgen.apex.data.source_records import read_custom_metadata
from sfgen.apex.runtime.ids import Id
from sfgen.apex.runtime.values import Blob, SObject

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["admin_user", "open_org"]

_MOMENT = dt.datetime(2024, 1, 1, tzinfo=dt.timezone.utc)
# Profiles of a Developer Edition org with their user types.
_PROFILES = {
    "System Administrator": "Standard", "Standard User": "Standard", "Read Only": "Standard",
    "Solution Manager": "Standard", "Marketing User": "Standard", "Contract Manager": "Standard",
    "Standard Platform User": "Standard", "Minimum Access - Salesforce": "Standard",
    "Minimum Access - API Only Integrations": "Standard", "Chatter Free User": "CsnOnly",
    "Chatter External User": "CsnOnly", "Chatter Moderator User": "CsnOnly",
    "Customer Community User": "CspLitePortal", "Partner Community User": "PowerPartner",
    "Customer Community Plus User": "PowerCustomerSuccess",
    "Customer Community Login User": "CspLitePortal", "Guest License User": "Guest",
}  # fmt: skip
_LICENSES = {"Standard": "Salesforce", "CsnOnly": "Chatter Free", "Guest": "Guest User License",
             "CspLitePortal": "Customer Community", "PowerPartner": "Partner Community",
             "PowerCustomerSuccess": "Customer Community Plus"}  # fmt: skip
_NAMED = re.compile(r"(?:.*/)?([^/]+)\.(cls|trigger|page|resource)(?:-meta\.xml)?\Z")
_KINDS = {
    "cls": "ApexClass", "trigger": "ApexTrigger", "page": "ApexPage", "resource": "StaticResource",
}  # fmt: skip
_UNFILLED = {"flow": ("flowdefinitionview", "flowversionview")}
_STAGES = (
    ("Prospecting", 10, False, False), ("Qualification", 10, False, False),
    ("Needs Analysis", 20, False, False), ("Value Proposition", 50, False, False),
    ("Id. Decision Makers", 60, False, False), ("Perception Analysis", 70, False, False),
    ("Proposal/Price Quote", 75, False, False), ("Negotiation/Review", 90, False, False),
    ("Closed Won", 100, True, True), ("Closed Lost", 0, True, False),
)  # fmt: skip


def open_org(files: Mapping[str, bytes], namespace: str = "", path: str = ":memory:") -> Database:
    """The database of an org into which the project was deployed.

    `files` maps paths to contents (`source_files.files_below` reads them). With a `path` to an
    existing file the rows in it are kept. Raises ProjectError for metadata that isn't XML.
    """
    database = Database(read_schema(files, namespace), path)
    database.permissions.sources = read_permissions(files)
    database.namespace = namespace
    database.triggers.flows = read_flow_starts(files)
    database.store.unfilled = _unfilled(files)
    database.class_texts = {
        name: data.decode("utf-8", "replace")
        for name, data in files.items()
        if name.endswith(".cls")
    }
    seed = _Seed(database)
    if database.store.rows_where(database.schema["Organization"], "1", []):
        database.admin_id = str(seed.found("User", "alias", "admin")["id"])
        return database
    seed.write_users(namespace)
    seed.write_permissions()
    seed.write_record_types()
    seed.write_code(files)
    seed.write_metadata(files)
    return database


def _unfilled(files: Mapping[str, bytes]) -> frozenset[str]:
    """Tables whose rows the runtime doesn't have: sites, and the flows of the project."""
    kinds = {path.removesuffix("-meta.xml").rpartition(".")[2] for path in files}
    keys = [key for kind, found in _UNFILLED.items() if kind in kinds for key in found]
    return frozenset(["network", *keys])


def admin_user(database: Database) -> SObject:
    """The running user of tests: a System Administrator."""
    row = database.store.row(database.schema["User"], database.admin_id) or {}
    return SObject("User", row.items())


class _Seed:
    """Writes rows of the platform's own; no trigger, rule or limit sees them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.store = database.store
        self.schema = database.schema

    def add(self, name: str, /, **values: Any) -> Id:
        """One row; fields that the object doesn't have are left out. Answers its Id."""
        owner = self.schema[name]
        row: dict[str, Any] = {"id": self.store.new_id(owner)}
        admin = self.database.admin_id
        moments = ("createddate", "lastmodifieddate", "systemmodstamp")
        row.update(dict.fromkeys(moments, _MOMENT))
        if admin:
            row.update(dict.fromkeys(("createdbyid", "lastmodifiedbyid", "ownerid"), Id(admin)))
        for field in owner.fields.values():
            if field.type == "BOOLEAN" and field.stored:
                row[field.key] = False
        row.update(values)
        self.store.insert(owner, row)
        made: Id = row["id"]
        return made

    def found(self, name: str, key: str, value: str) -> dict[str, Any]:
        """The row with that value."""
        return self.store.rows_where(self.schema[name], f'"{key}" = ?', [value])[0]

    def write_users(self, namespace: str) -> None:
        """Organization, licences, profiles, the administrator and the automated process."""
        org_id = self.add(
            "Organization", name="sfgen", organizationtype="Developer Edition", issandbox=False,
            instancename="LOCAL", defaultlocalesidkey="en_US", languagelocalekey="en_US",
            timezonesidkey="GMT", fiscalyearstartmonth=1, namespaceprefix=namespace or None,
            trialexpirationdate=None,
        )  # fmt: skip
        licenses = {
            name: self.add(
                "UserLicense",
                name=name,
                masterlabel=name,
                licensedefinitionkey=name[:40],
                status="Active",
                totallicenses=10,
                usedlicenses=1,
            )
            for name in _LICENSES.values()
        }
        names = dict(_PROFILES)
        for name in self.database.permissions.sources.profiles:
            names.setdefault("System Administrator" if name == "Admin" else name, "Standard")
        ids = {
            name: self._add_profile(name, kind, licenses[_LICENSES[kind]])
            for name, kind in names.items()
        }
        self.database.admin_id = str(
            self.add(
                "User", username="admin@sfgen.example", lastname="User", firstname="Admin",
                name="Admin User", email="admin@sfgen.example", alias="admin", isactive=True,
                profileid=ids["System Administrator"], usertype="Standard",
                timezonesidkey="GMT", localesidkey="en_US", languagelocalekey="en_US",
                emailencodingkey="UTF-8", communitynickname="admin", companyname="sfgen",
            )
        )  # fmt: skip
        self._sign_first_rows()
        self.add(
            "User", username=f"autoproc@{org_id}", lastname="Automated Process",
            name="Automated Process", alias="autoproc", email="autoproc@sfgen.example",
            isactive=True, usertype="AutomatedProcess", timezonesidkey="GMT",
            localesidkey="en_US", languagelocalekey="en_US", emailencodingkey="UTF-8",
        )  # fmt: skip
        hours = {
            f"{day}{end}time": dt.time(0)
            for day in (
                "monday",
                "tuesday",
                "wednesday",
                "thursday",
                "friday",
                "saturday",
                "sunday",
            )
            for end in ("start", "end")
        }
        self.add(
            "BusinessHours", name="Default", isactive=True, isdefault=True, timezonesidkey="GMT",
            **hours,
        )  # fmt: skip
        self.add("Pricebook2", name="Standard Price Book", isstandard=True, isactive=True)
        for number, (name, probability, closed, won) in enumerate(_STAGES, 1):
            self.add(
                "OpportunityStage", masterlabel=name, apiname=name, isactive=True, sortorder=number,
                isclosed=closed, iswon=won, defaultprobability=probability,
            )  # fmt: skip

    def _sign_first_rows(self) -> None:
        """Rows older than the administrator are the administrator's too."""
        signed = dict.fromkeys(("createdbyid", "lastmodifiedbyid"), Id(self.database.admin_id))
        for name in ("Organization", "Profile", "User"):
            owner = self.schema[name]
            for row in self.store.rows_where(owner, "1", []):
                known = {key: value for key, value in signed.items() if key in owner.fields}
                self.store.update(owner, row["id"], known)

    def _add_profile(self, name: str, kind: str, license_id: Id) -> Id:
        """A profile; the administrator's has every permission."""
        every = name == "System Administrator"
        keys = (key for key in self.schema["Profile"].fields if key.startswith("permissions"))
        given = dict.fromkeys(keys, every)
        return self.add("Profile", name=name, usertype=kind, userlicenseid=license_id, **given)

    def write_permissions(self) -> None:
        """A row per permission set, group and custom permission; profiles own one each."""
        sources = self.database.permissions.sources
        for number, row in enumerate(self.store.rows_where(self.schema["Profile"], "1", [])):
            self.add(
                "PermissionSet", name=f"X00ex{number:012d}", label=row["name"],
                profileid=row["id"], isownedbyprofile=True, type="Profile",
            )  # fmt: skip
        for name, grants in sources.permission_sets.items():
            self.add("PermissionSet", name=name, label=grants.label, iscustom=True, type="Regular")
        for name in sources.groups:
            self.add("PermissionSetGroup", developername=name, masterlabel=name, status="Updated")
        for name, label in sources.custom_permissions.items():
            self.add("CustomPermission", developername=name, masterlabel=label)

    def write_record_types(self) -> None:
        """A row per record type of the project."""
        for owner in self.schema:
            for each in owner.record_types:
                self.add(
                    "RecordType", name=each.label, developername=each.developer_name,
                    sobjecttype=owner.name, isactive=each.active,
                    description=each.description or None,
                )  # fmt: skip

    def write_code(self, files: Mapping[str, bytes]) -> None:
        """Rows of the project's classes, triggers, pages and static resources."""
        bodies = {path for path in files if not path.endswith("-meta.xml")}
        for path in files:
            found = _NAMED.match(path)
            meta = path.endswith("-meta.xml")
            if not found or meta != (found[2] == "resource"):
                continue
            kind = _KINDS[found[2]]
            if kind == "StaticResource":
                stem = str(PurePosixPath(path).with_name(found[1]))
                body = next((files[each] for each in bodies if each.startswith(f"{stem}.")), b"")
                kind_of_content = parse_xml(path, files[path]).text("contentType")
                self.add(
                    kind, name=found[1], body=Blob(body), bodylength=len(body),
                    contenttype=kind_of_content or "application/octet-stream",
                )  # fmt: skip
                continue
            text = files[path].decode("utf-8", "replace")
            self.add(
                kind, name=found[1], status="Active", isvalid=True, apiversion=68, body=text,
                markup=text, masterlabel=found[1], lengthwithoutcomments=len(text),
            )  # fmt: skip

    def write_metadata(self, files: Mapping[str, bytes]) -> None:
        """Custom metadata records; relationships between them by developer name become Ids."""
        rows = list(read_custom_metadata(files, self.schema))
        ids = {
            (name.lower(), row["developername"].lower()): self.add(name, **row)
            for name, row in rows
        }
        for name, row in rows:
            owner = self.schema[name]
            changes = {
                key: ids[field.reference_to[0].lower(), str(value).lower()]
                for key, value in row.items()
                if (field := owner.fields.get(key)) is not None
                and field.type == "REFERENCE"
                and not field.free_reference
                and (field.reference_to[0].lower(), str(value).lower()) in ids
            }
            self.store.update(owner, ids[name.lower(), row["developername"].lower()], changes)

"""Rows of the setup that queries look for: list views, reports, e-mail templates."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sfgen.apex.runtime.ids import Id
from sfgen.apex.schema.source_files import Element, parse_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.apex.store.org_rows import OrgRows

__all__ = ["write_setup"]

_LIST_VIEW = re.compile(r"(?:.*/)?([^/]+)/listViews/([^/]+)\.listView-meta\.xml\Z")
_OBJECT = re.compile(r"(?:.*/)?([^/]+)\.object\Z")
_REPORT = re.compile(r"(?:.*/)?reports/.*?([^/]+)\.report(?:-meta\.xml)?\Z")
_FOLDER = re.compile(
    r"(?:.*/)?(?:email|reports|documents|dashboards)/(?:.*/)?([^/.]+)"
    r"(?:\.(?:email|report|document|dashboard)Folder)?-meta\.xml\Z"
)
_FOLDER_TYPES = {"email": "Email", "reports": "Report", "documents": "Document",
                 "dashboards": "Dashboard"}  # fmt: skip
_CREDENTIAL = re.compile(r"(?:.*/)?([^/]+)\.namedCredential-meta\.xml\Z")
_TEMPLATE = re.compile(r"(?:.*/)?email/.*?([^/]+)\.email-meta\.xml\Z")


def write_setup(rows: OrgRows, files: Mapping[str, bytes]) -> None:
    """A row per list view, report, e-mail template, folder and named credential of the project.

    Source: Metadata API Developer Guide, ListView, Report, EmailTemplate, Folder, NamedCredential.
    """
    for path, data in files.items():
        if found := _FOLDER.match(path):
            _write_folder(rows, path, found[1], parse_xml(path, data))
        elif found := _CREDENTIAL.match(path):
            credential = parse_xml(path, data)
            rows.add(
                "NamedCredential",
                developername=found[1],
                masterlabel=credential.text("label") or found[1],
                endpoint=credential.text("endpoint") or None,
            )
    for path, data in files.items():
        if found := _LIST_VIEW.match(path):
            _write_list_view(rows, found[1], found[2], parse_xml(path, data))
        elif found := _OBJECT.match(path):
            for view in parse_xml(path, data).children.get("listViews", ()):
                _write_list_view(rows, found[1], view.text("fullName"), view)
        elif found := _REPORT.match(path):
            _write_report(rows, path, found[1], parse_xml(path, data))
        elif found := _TEMPLATE.match(path):
            _write_template(rows, path, found[1], parse_xml(path, data))


def _write_folder(rows: OrgRows, path: str, name: str, folder: Element) -> None:
    kinds = [_FOLDER_TYPES[part] for part in PurePosixPath(path).parts if part in _FOLDER_TYPES]
    rows.add(
        "Folder",
        name=folder.text("name") or name,
        developername=name,
        type=kinds[-1],
        accesstype="Public",
    )


def _folder_of(rows: OrgRows, path: str) -> Id | None:
    """The folder whose directory the file lies in."""
    name = PurePosixPath(path).parent.name
    found = rows.store.rows_where(rows.schema["Folder"], '"developername" = ?', [name])
    return Id(found[0]["id"]) if found else None


def _write_list_view(rows: OrgRows, owner: str, name: str, view: Element) -> None:
    rows.add(
        "ListView",
        name=view.text("label") or name,
        developername=name,
        sobjecttype=owner,
        issoqlcompatible=True,
    )


def _write_report(rows: OrgRows, path: str, name: str, report: Element) -> None:
    rows.add(
        "Report",
        name=report.text("name") or name,
        developername=name,
        foldername=PurePosixPath(path).parent.name,
        format=report.text("format") or None,
    )


def _write_template(rows: OrgRows, path: str, name: str, template: Element) -> None:
    rows.add(
        "EmailTemplate",
        name=template.text("name") or name,
        developername=name,
        folderid=_folder_of(rows, path),
        foldername=PurePosixPath(path).parent.name,
        subject=template.text("subject") or None,
        body=template.text("textOnly") or None,
        templatetype=template.text("type") or "text",
        templatestyle=template.text("style") or "none",
        isactive=template.flag("available"),
        description=template.text("description") or None,
    )

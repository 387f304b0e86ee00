"""The Metadata API over SOAP: the operations that deploying clients call."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from aiohttp import web
from lxml import etree

from sfgen.errors import SfgenError
from sfgen.localorg.deploy_results import as_xml, deploy_result
from sfgen.localorg.jobs import DeployJob, DeployOptions
from sfgen.localorg.request_context import ORG, LocalOrg
from sfgen.localorg.retrieval import retrieve
from sfgen.metadata import META_XML, NAMESPACE, types
from sfgen.project import read_packaged

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.metadata import MetadataType

_ENVELOPE: Final = "http://schemas.xmlsoap.org/soap/envelope/"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"


class SoapFaultError(Exception):
    """A SOAP fault with Salesforce's code and message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


async def call(request: web.Request) -> web.Response:
    """``POST /services/Soap/m/…``: find the operation in the body and answer it."""
    org = request.app[ORG]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        envelope = etree.fromstring(await request.read(), parser)
        operation = envelope.find(f"{{{_ENVELOPE}}}Body")[0]  # type: ignore[index]
    except (etree.XMLSyntaxError, TypeError, IndexError):
        return _fault("UNKNOWN_EXCEPTION", "the request is not a SOAP envelope")
    name = str(etree.QName(operation).localname)
    handler = _OPERATIONS.get(name)
    token = envelope.findtext(f".//{{{NAMESPACE}}}SessionHeader/{{{NAMESPACE}}}sessionId") or ""
    if not org.knows(token):
        reason = "Invalid Session ID found in SessionHeader: Illegal Session"
        return _fault("INVALID_SESSION_ID", reason)
    if handler is None:
        return _fault("UNKNOWN_EXCEPTION", f"the local org has no operation {name}")
    try:
        inner = handler(org, operation)
    except SoapFaultError as fault:
        return _fault(fault.code, str(fault))
    return _respond(f"<{name}Response>{inner}</{name}Response>")


def _deploy(org: LocalOrg, operation: etree._Element) -> str:
    try:
        archive = base64.b64decode(_text(operation, "ZipFile"))
    except binascii.Error:
        raise SoapFaultError("INVALID_FIELD", "ZipFile is not base64") from None
    raw: dict[str, object] = {}
    for element in operation.iterfind(f"{{{NAMESPACE}}}DeployOptions/*"):
        name = str(etree.QName(element).localname)
        text = (element.text or "").strip()
        if name == "runTests":
            raw["runTests"] = [*raw.get("runTests", []), text]  # type: ignore[misc]
        elif text and text != "None":  # simple-salesforce writes None for what isn't set
            raw[name] = text
    try:
        job = org.start(archive, DeployOptions.read(raw))
    except SfgenError as error:
        raise SoapFaultError("INVALID_TYPE", error.message) from None
    return as_xml("result", {"done": False, "id": job.id, "state": "Queued"})


def _status(org: LocalOrg, operation: etree._Element) -> str:
    job = _job(org, _text(operation, "asyncProcessId"))
    details = _text(operation, "includeDetails").lower() == "true"
    return as_xml("result", deploy_result(job, org.store.identity, details=details))


def _cancel(org: LocalOrg, operation: etree._Element) -> str:
    # The WSDL calls the element String, jsforce calls it id.
    job = _job(org, _text(operation, "id") or _text(operation, "String"))
    if not job.done:
        org.cancel(job)
    return as_xml("result", {"done": job.done, "id": job.id})


def _quick(org: LocalOrg, operation: etree._Element) -> str:
    job_id = _text(operation, "validationId")
    validated = org.jobs.find(job_id)
    if validated is None or not validated.options.check_only or validated.state != "Succeeded":
        raise SoapFaultError(
            "INVALID_ID_FIELD", f"{job_id} names no successful validation to deploy"
        )
    return as_xml("result", org.start_validated(validated).id)


def _describe(org: LocalOrg, operation: etree._Element) -> str:
    del org, operation
    rows = [_describe_type(kind) for kind in types().by_name.values() if not kind.folder_of]
    value = {
        "metadataObjects": rows,
        "organizationNamespace": "",
        "partialSaveAllowed": True,
        "testRequired": False,
    }
    return as_xml("result", value)


def _describe_type(kind: MetadataType) -> dict[str, object]:
    return {
        "childXmlNames": [child.name for child in kind.children],
        "directoryName": kind.folder,
        "inFolder": kind.in_folder,
        "metaFile": kind.kind in {"content", "resource", "mixed"},
        "suffix": kind.suffix,
        "xmlName": kind.name,
    }


def _list(org: LocalOrg, operation: etree._Element) -> str:
    asked = {(e.text or "").strip() for e in operation.iter(f"{{{NAMESPACE}}}type")}
    found = read_packaged(org.store.metadata)
    rows = []
    for component in found.components:
        if component.type.name in asked:
            path = component.folder or (component.files or (component.meta or "",))[0]
            rows.append(
                {
                    "createdById": org.store.identity.user_id,
                    "createdByName": "Local Admin",
                    "fileName": found.relative(path).removesuffix(META_XML),
                    "fullName": component.name,
                    "manageableState": "unmanaged",
                    "type": component.type.name,
                }
            )
    return as_xml("result", rows)


def _retrieve(org: LocalOrg, operation: etree._Element) -> str:
    done = retrieve(org.store, operation)
    org.retrieved[done.id[:15]] = done
    return as_xml("result", {"done": False, "id": done.id, "state": "Queued"})


def _retrieve_status(org: LocalOrg, operation: etree._Element) -> str:
    job_id = _text(operation, "asyncProcessId")
    found = org.retrieved.get(job_id[:15])
    if found is None:
        raise SoapFaultError("INVALID_CROSS_REFERENCE_KEY", f"invalid cross reference id: {job_id}")
    value: dict[str, object] = {
        "done": True,
        "fileProperties": [
            {"fileName": file, "fullName": name, "manageableState": "unmanaged", "type": kind}
            for kind, name, file in found.rows
        ],
        "id": found.id,
        "messages": [
            {"fileName": "unpackaged/package.xml", "problem": _not_found(kind, name)}
            for kind, name in found.missing
        ],
        "status": "Succeeded",
        "success": True,
    }
    if _text(operation, "includeZip").lower() != "false":
        value["zipFile"] = base64.b64encode(found.archive).decode()
    return as_xml("result", value)


def _not_found(kind: str, name: str) -> str:
    return f"Entity of type '{kind}' named '{name}' cannot be found"


def _job(org: LocalOrg, job_id: str) -> DeployJob:
    job = org.jobs.find(job_id)
    if job is None:
        raise SoapFaultError("INVALID_CROSS_REFERENCE_KEY", f"invalid cross reference id: {job_id}")
    return job


_OPERATIONS: Final[dict[str, Callable[[LocalOrg, etree._Element], str]]] = {
    "deploy": _deploy,
    "checkDeployStatus": _status,
    "cancelDeploy": _cancel,
    "deployRecentValidation": _quick,
    "describeMetadata": _describe,
    "listMetadata": _list,
    "retrieve": _retrieve,
    "checkRetrieveStatus": _retrieve_status,
}


def _text(operation: etree._Element, name: str) -> str:
    return (operation.findtext(f"{{{NAMESPACE}}}{name}") or "").strip()


def _respond(body: str, status: int = 200) -> web.Response:
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<soapenv:Envelope xmlns:soapenv="{_ENVELOPE}" xmlns="{NAMESPACE}" xmlns:xsi="{_XSI}">'
        f"<soapenv:Body>{body}</soapenv:Body></soapenv:Envelope>"
    )
    return web.Response(status=status, text=text, content_type="text/xml")


def _fault(code: str, message: str) -> web.Response:
    body = (
        "<soapenv:Fault>"
        f'<faultcode xmlns="">sf:{code}</faultcode>'
        f'<faultstring xmlns="">{code}: {escape(message)}</faultstring>'
        "</soapenv:Fault>"
    )
    return _respond(body, status=500)

"""The Metadata API over REST: deploy, status, cancel, quick deploy (meta_rest_deploy)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader

from sfgen.errors import SfgenError
from sfgen.localorg.deploy_results import deploy_result
from sfgen.localorg.jobs import DeployJob, DeployOptions
from sfgen.localorg.request_context import ORG, VERSIONS, LocalOrg, answer, fault

if TYPE_CHECKING:
    from aiohttp import web


async def list_versions(request: web.Request) -> web.Response:
    """``GET /services/data``: the API versions."""
    del request
    return answer(
        [
            {"label": label, "url": f"/services/data/v{version}", "version": version}
            for label, version in VERSIONS
        ]
    )


async def list_resources(request: web.Request) -> web.Response:
    """``GET /services/data/vXX.0``: what the version offers."""
    base = f"/services/data/v{request.match_info['version']}"
    names = ("metadata", "query", "sobjects", "tooling")
    return answer({name: f"{base}/{name}" for name in names})


async def answer_unknown(request: web.Request) -> web.Response:
    """Answer 404 for every other resource, as Salesforce does."""
    del request
    return fault(404, "NOT_FOUND", "The requested resource does not exist")


async def start_deploy(request: web.Request) -> web.Response:
    """``POST …/metadata/deployRequest``: a zip with options, or the id of a validated request."""
    org = request.app[ORG]
    if request.content_type == "application/json":
        return _quick(org, request, await request.json())
    archive, options = b"", {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if part.name == "file":
            archive = await part.read()
        elif part.name in {"json", "entity_content"}:
            options = json.loads(await part.text()).get("deployOptions", {})
    try:
        job = org.start(archive, DeployOptions.read(options))
    except SfgenError as error:
        return fault(400, "INVALID_TYPE_ON_FIELD_IN_RECORD", error.message)
    return answer(_envelope(org, request, job, details=False), status=201)


def _quick(org: LocalOrg, request: web.Request, body: dict[str, Any]) -> web.Response:
    job_id = str(body.get("validatedDeployRequestId", ""))
    validated = org.jobs.find(job_id)
    if validated is None or not validated.options.check_only or validated.state != "Succeeded":
        message = f"{job_id or 'no id'} names no successful validation to deploy"
        return fault(400, "INVALID_ID_FIELD", message)
    job = org.start_validated(validated)
    return answer(_envelope(org, request, job, details=False), status=201)


async def show_deploy(request: web.Request) -> web.Response:
    """``GET …/deployRequest/<id>``: the state of the deploy."""
    org = request.app[ORG]
    job = org.jobs.find(request.match_info["id"])
    if job is None:
        return fault(404, "NOT_FOUND", "The requested resource does not exist")
    details = request.query.get("includeDetails", "false").lower() == "true"
    return answer(_envelope(org, request, job, details=details))


async def change_deploy(request: web.Request) -> web.Response:
    """``PATCH …/deployRequest/<id>`` with ``deployResult.status`` Canceling: cancel."""
    org = request.app[ORG]
    job = org.jobs.find(request.match_info["id"])
    if job is None:
        return fault(404, "NOT_FOUND", "The requested resource does not exist")
    body = await request.json()
    if body.get("deployResult", {}).get("status") != "Canceling":
        return fault(400, "INVALID_FIELD", "the only change is to cancel: status Canceling")
    if job.done:
        message = f"Deployment already completed: {job.id}"
        return fault(400, "INVALID_ID_FIELD", message)
    org.cancel(job)
    return answer(_envelope(org, request, job, details=False), status=202)


def _envelope(
    org: LocalOrg, request: web.Request, job: DeployJob, *, details: bool
) -> dict[str, Any]:
    version = request.match_info["version"]
    path = f"/services/data/v{version}/metadata/deployRequest/{job.id}"
    result = deploy_result(job, org.store.identity, details=details)
    return {
        "id": job.id,
        "url": f"{request.url.origin()}{path}",
        "validatedDeployRequestId": job.validated_by,
        "deployOptions": job.options.as_json(),
        "deployResult": result,
    }

"""What every request handler needs: the org, its client key, sessions and jobs."""

from __future__ import annotations

import hmac
import json
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

from sfgen.localorg.deployment import carry_out
from sfgen.localorg.jobs import DeployJob, DeployOptions, Jobs

if TYPE_CHECKING:
    from sfgen.localorg.org_store import OrgStore
    from sfgen.localorg.retrieval import Retrieved

#: The releases the org speaks, newest last (Winter '26 to Winter '27).
VERSIONS: Final = (
    ("Winter '26", "65.0"),
    ("Spring '26", "66.0"),
    ("Summer '26", "67.0"),
    ("Winter '27", "68.0"),
)
ORG: Final[web.AppKey[LocalOrg]] = web.AppKey("org")


@dataclass(frozen=True, slots=True)
class ClientKey:
    """The client of the client-credentials flow, created for each run of the org."""

    id: str = field(default_factory=lambda: f"sfgen-{secrets.token_hex(8)}")
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    def fits(self, client: str, secret: str) -> bool:
        """Whether id and secret are this client's."""
        return _same(client, self.id) & _same(secret, self.secret)


def _same(given: str, known: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), known.encode())


@dataclass(slots=True)
class LocalOrg:
    """The running org.

    Attributes:
        sessions: access tokens given out since the start, besides the store's own.
        retrieved: retrieve requests by the first 15 characters of their Ids.
        refresh: refresh tokens to nothing in particular; any of them gets a new session.
    """

    store: OrgStore
    client: ClientKey = field(default_factory=ClientKey)
    jobs: Jobs = field(default_factory=Jobs)
    sessions: set[str] = field(default_factory=set)
    refresh: set[str] = field(default_factory=set)
    retrieved: dict[str, Retrieved] = field(default_factory=dict)
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "deploy"))

    def knows(self, token: str) -> bool:
        """Whether an access token is valid."""
        return _same(token, self.store.token) or token in self.sessions

    def start(self, archive: bytes, options: DeployOptions) -> DeployJob:
        """Queue a deploy request; requests run one after the other, as in an org."""
        job = DeployJob(self.store.new_id("DeployRequest"), options, archive)
        self.jobs.add(job)
        job.future = self.pool.submit(self._run, job)
        return job

    def start_validated(self, validated: DeployJob) -> DeployJob:
        """Deploy what a check-only request has validated, without running its tests again."""
        options = DeployOptions(rollback_on_error=True, single_package=True)
        job = self.start(validated.archive or b"", options)
        job.validated_by = validated.id
        return job

    def cancel(self, job: DeployJob) -> None:
        """Cancel a request that isn't done."""
        job.ask_to_cancel()
        if job.future is not None and job.future.cancel():
            job.finish("Canceled")

    def _run(self, job: DeployJob) -> None:
        if job.canceled:
            job.finish("Canceled")
            return
        carry_out(job, self.store)


def fault(status: int, code: str, message: str) -> web.Response:
    """Answer as Salesforce's REST resources do: a list with one error."""
    body = json.dumps([{"errorCode": code, "message": message}])
    return web.Response(status=status, text=body, content_type="application/json")


def answer(value: Any, status: int = 200) -> web.Response:
    """Answer with JSON."""
    return web.json_response(value, status=status)

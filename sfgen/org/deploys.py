"""The Metadata REST API's deploy resource: start, status, cancel, quick deploy."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final

from sfgen.errors import OrgError
from sfgen.org.deploy_status import DeployStatus, status_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.org.session import Session

_BOUNDARY: Final = "sfgen-7d1f4c2e9b"


@dataclass(frozen=True, slots=True)
class StartOptions:
    """Options of a deploy."""

    check_only: bool = False
    test_level: str | None = None
    tests: tuple[str, ...] = ()
    rollback_on_error: bool = True
    ignore_warnings: bool = False
    purge_on_delete: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return ``deployOptions``, without options that are left to the org."""
        written: dict[str, Any] = {
            "rollbackOnError": self.rollback_on_error,
            "ignoreWarnings": self.ignore_warnings,
            "checkOnly": self.check_only,
            "singlePackage": True,
            "purgeOnDelete": self.purge_on_delete,
        }
        if self.tests:
            written["runTests"] = list(self.tests)
        if self.test_level:
            written["testLevel"] = self.test_level
        return written


class _Multipart:
    """The two parts of a deploy request, read from the file while they are sent."""

    def __init__(self, archive: IO[bytes], options: StartOptions) -> None:
        body = json.dumps({"deployOptions": options.as_json()})
        self._head = (
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="json"\r\n'
            f"Content-Type: application/json\r\n\r\n{body}\r\n--{_BOUNDARY}\r\n"
            'Content-Disposition: form-data; name="file"; filename="package.zip"\r\n'
            "Content-Type: application/zip\r\n\r\n"
        ).encode()
        self._tail = f"\r\n--{_BOUNDARY}--\r\n".encode()
        self._archive = archive
        self._size = archive.seek(0, os.SEEK_END)

    def __len__(self) -> int:
        return len(self._head) + self._size + len(self._tail)

    def __iter__(self) -> Iterator[bytes]:
        self._archive.seek(0)
        yield self._head
        while chunk := self._archive.read(64 * 1024):
            yield chunk
        yield self._tail


def start_deploy(session: Session, archive: IO[bytes], options: StartOptions) -> str:
    """Send a package and return the id of the deploy request.

    Raises:
        OrgError: refused; ``UncertainError`` when the request may have started all the same.
    """
    body = session.send(
        "POST",
        f"{session.data}/metadata/deployRequest",
        data=_Multipart(archive, options),
        headers={"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"},
    )
    return _id_of(session, body)


def quick_deploy(session: Session, validated_id: str) -> str:
    """Deploy what was validated successfully, and return the new request's id."""
    body = session.send(
        "POST",
        f"{session.data}/metadata/deployRequest",
        json={"validatedDeployRequestId": validated_id},
    )
    return _id_of(session, body)


def cancel_deploy(session: Session, job_id: str) -> None:
    """Ask the org to cancel a request; it may take a while, or be too late."""
    session.send(
        "PATCH",
        f"{session.data}/metadata/deployRequest/{job_id}",
        json={"deployResult": {"status": "Canceling"}},
    )


def read_deploy(session: Session, job_id: str, *, details: bool = True) -> DeployStatus:
    """Return the status of a request.

    Raises:
        OrgError: unknown id, or an answer without a result.
    """
    shown = "true" if details else "false"
    url = f"{session.data}/metadata/deployRequest/{job_id}?includeDetails={shown}"
    body = session.get(url)
    result = body.get("deployResult") if isinstance(body, dict) else None
    if not isinstance(result, dict):
        raise OrgError(f"{session.target}: the org's answer holds no deploy result")
    return status_of(job_id, result)


def _id_of(session: Session, body: Any) -> str:
    job_id = body.get("id") if isinstance(body, dict) else None
    if not isinstance(job_id, str) or not job_id:
        raise OrgError(f"{session.target}: the org's answer names no deploy request")
    return job_id

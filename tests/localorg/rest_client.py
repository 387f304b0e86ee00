from __future__ import annotations

import io
import json
import time
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import requests
from fixtures.small_project import EVERYTHING

from sfgen.localorg import running
from sfgen.package import build_package, write_package
from sfgen.project import read_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DATA = "/services/data/v67.0"


@dataclass
class Client:
    """A plain REST client of the local org."""

    url: str
    token: str
    folder: Path

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        return requests.request(method, self.url + path, headers=headers, timeout=120, **options)

    def start(self, archive: bytes, part: str = "json", **options: Any) -> str:
        body = json.dumps({"deployOptions": {"singlePackage": True, **options}})
        files = {
            "file": ("package.zip", archive, "application/zip"),
            part: (None, body, "application/json"),
        }
        answer = self.call("POST", f"{DATA}/metadata/deployRequest", files=files)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def wait(self, job_id: str) -> dict[str, Any]:
        end = time.monotonic() + 240
        while time.monotonic() < end:
            path = f"{DATA}/metadata/deployRequest/{job_id}?includeDetails=true"
            result: dict[str, Any] = self.call("GET", path).json()["deployResult"]
            if result["done"]:
                return result
            time.sleep(0.02)
        raise AssertionError("the deploy did not end")

    def deploy(self, archive: bytes, **options: Any) -> dict[str, Any]:
        return self.wait(self.start(archive, **options))


def cancel_a_queued(org: Client, archive: bytes, cancel: Callable[[str], None]) -> str:
    """Cancel the last of some requests; return the first. Too short a queue may be done by then."""
    status = ""
    for length in (6, 12, 24, 48):
        jobs = [org.start(archive) for _ in range(length)]
        cancel(jobs[-1])
        status = org.wait(jobs[-1])["status"]
        if status == "Canceled":
            return jobs[0]
    raise AssertionError(f"the last of 48 requests came to {status}")


@pytest.fixture
def org(tmp_path: Path) -> Iterator[Client]:
    folder = tmp_path / "org"
    with running(folder) as address:
        yield Client(address.url, address.token, folder)


def archive_of(root: Path) -> bytes:
    buffer = io.BytesIO()
    write_package(build_package(read_project(root)), buffer)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def everything_zip() -> bytes:
    return archive_of(EVERYTHING)


def zip_of(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def manifest(**members: list[str]) -> str:
    types = "".join(
        "<types>"
        + "".join(f"<members>{m}</members>" for m in names)
        + f"<name>{name}</name></types>"
        for name, names in members.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Package '
        f'xmlns="http://soap.sforce.com/2006/04/metadata">{types}<version>67.0</version></Package>'
    )

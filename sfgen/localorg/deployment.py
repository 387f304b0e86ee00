"""Carries out a deploy request: unpack, check, then put in place or roll back."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from sfgen.check import Subject, check_components
from sfgen.errors import SfgenError
from sfgen.localorg.apex_compilation import compile_apex
from sfgen.localorg.apex_tests import run_tests
from sfgen.localorg.component_rows import missing_members, rows_of
from sfgen.localorg.deployed_zip import unpack
from sfgen.localorg.destructive_changes import destroy
from sfgen.localorg.jobs import ComponentResult
from sfgen.localorg.metadata_merge import join
from sfgen.localorg.protected_settings import refuse_protected
from sfgen.project import read_packaged

if TYPE_CHECKING:
    from sfgen.apex.host import OrgKind
    from sfgen.check import Finding
    from sfgen.localorg.deployed_zip import Unpacked
    from sfgen.localorg.jobs import DeployJob
    from sfgen.localorg.org_store import OrgStore


def carry_out(job: DeployJob, store: OrgStore) -> None:
    """Run a deploy to its end; an error is its result, never an exception."""
    job.begin()
    staging = Path(tempfile.mkdtemp(prefix="staging-", dir=store.folder))
    try:
        with store.lock:
            _deploy(job, store, staging)
    except SfgenError as error:
        job.error = error.message
        job.finish("Failed")
    except Exception as error:  # noqa: BLE001 - a fault of the org must reach its client as one
        job.error = f"UNKNOWN_EXCEPTION: {type(error).__name__}: {error}"
        job.finish("Failed")
    finally:
        job.archive = job.archive if job.options.check_only else None
        # The job is done by now: nobody waits for thousands of files to be deleted.
        shutil.rmtree(staging, ignore_errors=True)
        store.drop_replaced()


def _deploy(job: DeployJob, store: OrgStore, staging: Path) -> None:
    unpacked = unpack(job.archive or b"")
    future = staging / "org"
    _overlay(store.metadata, future)
    gone = destroy(future, unpacked.before)
    # The package itself is never written: its files are judged as they came.
    incoming = staging / "package"
    package = read_packaged(incoming, unpacked.version or "68.0", unpacked.files)
    job.total = len(package.components) + len(gone)
    data = {f"{incoming}/{name}": content for name, content in unpacked.files.items()}
    sound = store.sound_apex()
    known = len(sound)
    subject = Subject(package, read_packaged(future), data=data, sound=sound)
    rows = _check(job, subject, unpacked, store.kind)
    if len(sound) > known:
        store.keep_sound_apex(sound)
    if job.canceled:
        job.finish("Canceled")
        return
    failed = {row.file_name for row in rows if not row.success}
    kept = {n: d for n, d in unpacked.files.items() if not _belongs(n, failed)}
    _write(future, {name: join(future, name, data) for name, data in kept.items()})
    gone += destroy(future, unpacked.after)
    rows = compile_apex(rows, future, unpacked.version or "68.0")
    _take_back(store.metadata, future, {row.file_name for row in rows if not row.success} - failed)
    job.results = [*rows, *gone]
    job.total = len(job.results) - 1
    if not job.failures and job.options.test_level not in {None, "NoTestRun"}:
        run_tests(job, future, unpacked.version or "68.0", store.kind)
    _settle(job, store, future)


def _take_back(before: Path, future: Path, refused: set[str]) -> None:
    """Restore the org's version of files that were refused after they were written."""
    for name in refused:
        for each in (name, f"{name}-meta.xml") if name else ():
            (future / each).unlink(missing_ok=True)
            if (before / each).is_file():
                _link(str(before / each), str(future / each))


def _settle(job: DeployJob, store: OrgStore, future: Path) -> None:
    broken = bool(job.failures) or any(test.message for test in job.tests)
    partial = broken and not job.options.rollback_on_error
    good = any(row.success for row in job.results)
    if (not broken or (partial and good)) and not job.options.check_only:
        store.replace_metadata(future)
    if not broken:
        job.finish("Succeeded")
    else:
        job.finish("SucceededPartial" if partial and good else "Failed")


def _check(
    job: DeployJob, subject: Subject, unpacked: Unpacked, kind: OrgKind
) -> list[ComponentResult]:
    package = subject.project
    findings: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in check_components(subject):
        if finding.component and finding.severity == "error":
            findings[finding.component].append(finding)
    before = subject.surroundings.components if subject.surroundings else ()
    known = {(c.type.name, c.name) for c in before}
    rows = [
        ComponentResult("", "", package.relative(p.path), p.message, "Error", p.line, 1)
        for p in package.problems
    ]
    rows += missing_members(unpacked.members, package)
    rows.append(ComponentResult("", "package.xml", "package.xml", changed=True))
    for component in package.components:
        key = (component.type.name, component.name)
        refused = refuse_protected(component, subject, kind)
        found = findings.pop(key, [])
        rows += (
            [refused] if refused else rows_of(component, subject, found, created=key not in known)
        )
        job.handled += 1
    return rows


def _belongs(name: str, failed: set[str]) -> bool:
    """Say whether a file belongs to a component that failed."""
    return any(name in {f, f"{f}-meta.xml"} or name.startswith(f"{f}/") for f in failed)


def _overlay(source: Path, target: Path) -> None:
    """Copy a tree by hard links, which a later write replaces instead of changing."""
    for folder, _, files in os.walk(source):
        beside = f"{target}{folder[len(str(source)) :]}"
        os.mkdir(beside)
        for name in files:
            _link(f"{folder}/{name}", f"{beside}/{name}")


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """Write files; files of the same content, as most descriptors are, become hard links.

    Making a file costs ten times what a link costs, and a first deploy makes thousands.
    """
    made: set[str] = set()
    first: dict[bytes, str] = {}
    for name, data in files.items():
        path = f"{folder}/{name}"
        parent = os.path.dirname(path)
        if parent not in made:
            os.makedirs(parent, exist_ok=True)
            made.add(parent)
        # A linked file is replaced, never written through; one that says the same may stay.
        if _holds(path, data):
            continue
        if data in first:
            _link(first[data], path)
        else:
            with open(path, "xb") as file:
                file.write(data)
            first[data] = path


def _holds(path: str, data: bytes) -> bool:
    """Say whether a file contains ``data`` already; remove it if it contains anything else."""
    try:
        size = os.stat(path).st_size
    except OSError:
        return False
    if size == len(data):
        with open(path, "rb") as file:
            if file.read() == data:
                return True
    os.unlink(path)
    return False

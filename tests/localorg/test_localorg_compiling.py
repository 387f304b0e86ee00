"""Apex that Salesforce's compiler would refuse fails a deploy to the local org, at its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fixtures.small_project import class_meta, write
from rest_client import archive_of

if TYPE_CHECKING:
    from pathlib import Path

    from rest_client import Client

_SUMS = """public with sharing class Sums {
    public static Integer add(Integer a, Integer b) {
        return a + b;
    }
}
"""
_USER = """public with sharing class SumsUser {
    public static Integer four() {
        return Sums.add(2, 2);
    }
}
"""


def _archive(root: Path, **classes: str) -> bytes:
    files = {f"classes/{name}.cls": text for name, text in classes.items()}
    files |= {f"classes/{name}.cls-meta.xml": class_meta() for name in classes}
    return archive_of(write(root, files))


def test_a_class_that_does_not_compile_fails_at_its_line(org: Client, tmp_path: Path) -> None:
    result = org.deploy(_archive(tmp_path, Sums=_SUMS.replace("a + b", "'four'")))
    assert (result["status"], result["success"]) == ("Failed", False)
    (failure,) = result["details"]["componentFailures"]
    assert (failure["componentType"], failure["fullName"]) == ("ApexClass", "Sums")
    assert failure["problem"] == "Illegal conversion from String to Integer"
    assert (failure["lineNumber"], failure["columnNumber"]) == (3, 16)
    assert not (org.folder / "metadata/classes").exists()


def test_a_change_that_breaks_a_class_of_the_org_fails(org: Client, tmp_path: Path) -> None:
    both = org.deploy(_archive(tmp_path / "one", Sums=_SUMS, SumsUser=_USER))
    assert both["status"] == "Succeeded"
    result = org.deploy(_archive(tmp_path / "two", Sums=_SUMS.replace("add(", "total(")))
    assert result["status"] == "Failed"
    (failure,) = result["details"]["componentFailures"]
    assert failure["fullName"] == "SumsUser"
    assert failure["problem"].startswith("Dependent class is invalid and needs recompilation")
    assert "void add(Integer, Integer) from the type Sums" in failure["problem"]


def test_without_rollback_a_refused_class_stays_as_it_was(org: Client, tmp_path: Path) -> None:
    org.deploy(_archive(tmp_path / "one", Sums=_SUMS))
    broken = _archive(
        tmp_path / "two", Sums=_SUMS.replace("a + b", "c"), Fine="public class Fine { }"
    )
    result = org.deploy(broken, rollbackOnError=False)
    assert result["status"] == "SucceededPartial"
    kept = org.folder / "metadata/classes"
    assert (kept / "Sums.cls").read_text() == _SUMS
    assert (kept / "Fine.cls").exists()

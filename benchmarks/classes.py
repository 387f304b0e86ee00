"""Writes SFDX projects of many Apex classes, each about 650 bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_META = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata">\n'
    "    <apiVersion>67.0</apiVersion>\n    <status>Active</status>\n</ApexClass>\n"
)
_PROJECT = (
    '{"packageDirectories": [{"path": "force-app", "default": true}], "name": "classes", '
    '"sfdcLoginUrl": "https://login.salesforce.com", "sourceApiVersion": "67.0"}\n'
)
_IGNORE = "package.xml\n**/jsconfig.json\n**/.eslintrc.json\n**/__tests__/**\nnode_modules/\n"


def write_classes(root: Path, count: int) -> Path:
    """Write a project of ``count`` classes and return it."""
    folder = root / "force-app/main/default/classes"
    folder.mkdir(parents=True)
    (root / "sfdx-project.json").write_text(_PROJECT)
    (root / ".forceignore").write_text(_IGNORE)
    for number in range(count):
        name = f"C{number:05d}"
        methods = "".join(
            f"    public static Integer m{i}(Integer a) {{ return a + {number} * {i}; }}\n"
            for i in range(9)
        )
        (folder / f"{name}.cls").write_text(f"public with sharing class {name} {{\n{methods}}}\n")
        (folder / f"{name}.cls-meta.xml").write_text(_META)
    return root

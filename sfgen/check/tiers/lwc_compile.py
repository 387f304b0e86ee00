"""Tier 0: compiles a project's Lightning web components with the platform's compiler."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sfgen.check.findings import Finding, rule
from sfgen.check.inventory import child_text
from sfgen.check.metadata_xml import parse
from sfgen.check.tiers.tier import TOOL, Tier
from sfgen.errors import ToolError
from sfgen.tools.lwc_compiler import LwcCompiler, Options

if TYPE_CHECKING:
    from sfgen.project import Component, Project

COMPILES: Final = rule("lwc-compile", "Lightning web components compile")
_NAME: Final = "0: Lightning web components (the platform's compiler in V8)"
_COMPILED: Final = (".js", ".html", ".css")


def compile_components(project: Project) -> tuple[Tier, list[Finding]]:
    """Compile every bundle; a compiler that fails is a skipped tier and a finding."""
    bundles = [c for c in project.components if c.type.name == "LightningComponentBundle"]
    if not bundles:
        return Tier(_NAME, ran=False, reason="the project has no Lightning web components"), []
    compiler = LwcCompiler()
    findings: list[Finding] = []
    try:
        for bundle in bundles:
            findings.extend(_compile_bundle(compiler, bundle))
    except ToolError as error:
        failure = Finding(str(project.root), 1, 1, TOOL, error.message, hint=error.hint)
        return Tier(_NAME, ran=False, reason=error.message), [*findings, failure]
    finally:
        compiler.close()
    return Tier(_NAME, ran=True), findings


def _compile_bundle(compiler: LwcCompiler, bundle: Component) -> list[Finding]:
    options = Options("c", bundle.name, _release(bundle))
    findings: list[Finding] = []
    for path in bundle.files:
        if not path.endswith(_COMPILED) or "__tests__" in path or "__mocks__" in path:
            continue
        file = Path(path)
        source = file.read_text(encoding="utf-8", errors="replace")
        error = compiler.compile(source, file.name, options).error
        if error is not None:
            place = (error.line or 1, error.column or 1)
            message = error.message.strip().splitlines()[0]
            findings.append(Finding(path, *place, COMPILES, message))
    return findings


def _release(bundle: Component) -> int:
    root, _ = parse(Path(bundle.meta).read_bytes()) if bundle.meta else (None, [])
    text = child_text(root, "apiVersion") if root is not None else ""
    return int(float(text)) if text.replace(".", "", 1).isdigit() else 68

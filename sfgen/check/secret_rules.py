"""Rules: no secrets in files, and no settings that a security review refuses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sfgen.check.findings import rule
from sfgen.check.inventory import child_text
from sfgen.check.places import at_element, at_offset
from sfgen.metadata import NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.check.findings import Finding
    from sfgen.check.subject import Subject

PLANTED: Final = rule("secret-in-file", "No file contains a secret")
INSECURE: Final = rule("insecure-endpoint", "Endpoints are encrypted and checked")

_PATTERNS: Final = (
    ("a private key", re.compile(r"-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----")),
    ("an access token", re.compile(r"\b00D[0-9A-Za-z]{12,15}![0-9A-Za-z._-]{60,}")),
    ("an sfdx authorization URL", re.compile(r"force://[^:\s]*:[^:\s]*:[^@\s]{20,}@")),
    ("a JWT", re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}")),
)
_ASSIGNED: Final = re.compile(
    r"(?i)\b\w*(?:app_?secret|client_?secret|master_?key|password|private_?key|refresh_?token)\w*"
    r"\s*[:=]\s*(['\"])(?P<value>[A-Za-z0-9+/=_.!-]{16,})\1"
)
_TEXT: Final = (".cls", ".trigger", ".page", ".component", ".js", ".ts", ".html", ".cmp", ".xml")


def check_secrets(subject: Subject) -> Iterator[Finding]:
    """Look for secrets in every text file; test classes may contain made-up ones."""
    for component in subject.project.components:
        made_up = component.type.name == "ApexClass" and is_apex_test(subject, component.files[0])
        if component.type.name == "StaticResource":
            continue
        paths = [p for p in (*component.files, component.meta or "") if p.endswith(_TEXT)]
        for path in paths:
            text = subject.text(path)
            for name, pattern in _PATTERNS:
                for found in pattern.finditer(text):
                    what = (PLANTED, f"this looks like {name}")
                    hint = "take it out and revoke it: it is in the history of the repository"
                    yield at_offset(subject, component, path, found.start(), what, hint)
            for found in () if made_up else _ASSIGNED.finditer(text):
                what = (PLANTED, "a secret is written into the code")
                hint = "keep it in a protected custom setting or a named credential"
                yield at_offset(subject, component, path, found.start("value"), what, hint)


def is_apex_test(subject: Subject, path: str) -> bool:
    """Say whether a class is a test class."""
    return re.search(r"@istest\b", subject.text(path), re.IGNORECASE) is not None


def check_endpoints(subject: Subject) -> Iterator[Finding]:
    """Check remote sites and trusted URLs."""
    for component in subject.project.components:
        tag = {"RemoteSiteSetting": "url", "CspTrustedSite": "endpointUrl"}.get(component.type.name)
        root = subject.tree(component.meta) if tag else None
        if root is None or tag is None:
            continue
        path = component.meta or ""
        url = child_text(root, tag)
        element = root.find(f"{{{NAMESPACE}}}{tag}")
        if element is not None and not url.startswith(("https://", "wss://")):
            what = (INSECURE, f"{url} is not encrypted")
            yield at_element(subject, component, path, element, what, "use https or wss")
        if child_text(root, "disableProtocolSecurity") == "true":
            what = (INSECURE, "disableProtocolSecurity lets secure pages call insecure addresses")
            yield at_element(subject, component, path, root, what)

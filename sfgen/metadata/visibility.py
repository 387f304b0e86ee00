"""Protected custom settings, which a production org takes from an installed package only.

Source: Salesforce Help, "Define Custom Settings" (visibility Protected: developer, sandbox and
scratch orgs).
"""

from __future__ import annotations

from lxml import etree

from sfgen.metadata import NAMESPACE


def is_protected_setting(data: bytes) -> bool:
    """Say whether an object's file, merged or not, is a protected custom setting."""
    if b"customSettingsType" not in data or b"Protected" not in data:
        return False
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return False  # said elsewhere
    kind = root.findtext(f"{{{NAMESPACE}}}customSettingsType")
    visibility = (root.findtext(f"{{{NAMESPACE}}}visibility") or "").strip()
    return kind is not None and visibility == "Protected"

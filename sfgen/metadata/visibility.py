"""Protected custom settings, which a production org takes from an installed package only.

Source: Salesforce Help, "Define Custom Settings" (visibility Protected: developer, sandbox and
scratch orgs).
"""

from __future__ import annotations

from lxml import etree

from sfgen.metadata import NAMESPACE


def holds_protected_setting(data: bytes) -> bool:
    """Say whether an object's file, merged or not, is a Protected custom setting."""
    if b"customSettingsType" not in data or b"Protected" not in data:
        return False
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return False  # said elsewhere
    return is_protected_setting(root)


def is_protected_setting(root: etree._Element) -> bool:
    """Say whether an object is a custom setting whose visibility is Protected."""
    return bool(_text(root, "customSettingsType")) and _text(root, "visibility") == "Protected"


def _text(root: etree._Element, name: str) -> str:
    return (root.findtext(f"{{{NAMESPACE}}}{name}") or "").strip()

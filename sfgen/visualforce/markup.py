"""Reads a page's markup: Visualforce is XML that borrows habits from HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.entities import name2codepoint

from lxml import etree

from sfgen.visualforce.errors import VisualforceError

APEX = "apex"
_PREFIXES = ("apex", "c", "chatter", "flow", "knowledge", "liveAgent", "site", "topics")
_RAW = re.compile(r"(<(script|style)\b[^>]*?(?<!/)>)(.*?)(</\2\s*>)", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tag:
    """An element as a renderer needs it: what it holds is text and elements in their order.

    Args:
        prefix: ``apex``, ``c`` ..., or nothing for HTML.
        line: in the page's source, from 1.
    """

    prefix: str
    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    content: tuple[str | Tag, ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute as written."""
        return self.attributes.get(name, default)


def parse_markup(text: str) -> Tag:
    """Parse a page into its ``apex:page`` element.

    Raises:
        VisualforceError: it is not well-formed, or no ``apex:page`` stands around it.
    """
    text = _DOCTYPE.sub("", text)
    text = _RAW.sub(_protect, text)
    text = _ENTITY.sub(_number_entity, text)
    spaces = " ".join(f'xmlns:{prefix}="{prefix}"' for prefix in _PREFIXES)
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        # On one line with the page's first, so that line numbers stay the author's.
        root = etree.fromstring(f"<page {spaces}>{text}</page>".encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        reason = str(error).partition(", line")[0]
        raise VisualforceError(f"the page is not well-formed: {reason}", line=line) from error
    pages = [child for child in _read(root).content if isinstance(child, Tag)]
    if len(pages) != 1 or (pages[0].prefix, pages[0].name) != (APEX, "page"):
        raise VisualforceError("a page is one <apex:page> element")
    return pages[0]


def _read(element: etree._Element) -> Tag:
    content: list[str | Tag] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            content.append(_read(child))
        content.append(child.tail or "")
    name = etree.QName(element)
    attributes = {str(key): str(value) for key, value in element.items()}
    line: int = getattr(element, "sourceline", None) or 0
    return Tag(name.namespace or "", name.localname, line, attributes, tuple(content))


def _protect(match: re.Match[str]) -> str:
    opening, _, content, closing = match.groups()
    if "<![CDATA[" in content or not re.search(r"[<&]", content):
        return match.group(0)
    return f"{opening}<![CDATA[{content.replace(']]>', ']]]]><![CDATA[>')}]]>{closing}"


def _number_entity(match: re.Match[str]) -> str:
    name = match.group(1)
    if name in {"amp", "lt", "gt", "quot", "apos"} or name not in name2codepoint:
        return match.group(0)
    return f"&#{name2codepoint[name]};"

"""Renders one page; tags outside the subset are refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sfgen.formula import FormulaError, Node, as_text, evaluate
from sfgen.visualforce.context import PageContext, Rendered
from sfgen.visualforce.errors import VisualforceError
from sfgen.visualforce.functions import encode_html
from sfgen.visualforce.markup import APEX, Tag, parse_markup
from sfgen.visualforce.merge_fields import is_encoded, split_text
from sfgen.visualforce.page_scope import PageScope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_VOID: Final = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)
_RAW: Final = frozenset({"script", "style"})


def render_page(text: str, context: PageContext) -> Rendered:
    """Render the source of a page.

    Raises:
        VisualforceError: something in it is unknown or wrong; the line is the page's.
    """
    return _Renderer(context).render(parse_markup(text))


class _Renderer:
    def __init__(self, context: PageContext) -> None:
        self._context = context
        self._scope = PageScope(context)
        self._rendered = Rendered()
        self._head_done = False

    def render(self, page: Tag) -> Rendered:
        """Render the whole page."""
        own_html = self._scope.truth(self._value(page, page.get("applyHtmlTag", "true")))
        body = self._content(page)
        self._rendered.content_policy = page.get("cspHeader", "").lower() == "true"
        self._rendered.has_header = page.get("showHeader", "").lower() != "false"
        if content_type := page.get("contentType"):
            self._rendered.content_type = content_type.partition(";")[0].partition("#")[0]
        if not self._head_done:
            body = self._context.head + body
        if own_html:
            title = encode_html(self._text(page, page.get("title", ""), encode=False))
            body = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
        self._rendered.html = f"<!DOCTYPE html>\n{body}"
        return self._rendered

    def _content(self, tag: Tag) -> str:
        raw = tag.name in _RAW
        return "".join(
            self._text(tag, part, encode=not raw) if isinstance(part, str) else self._tag(part)
            for part in tag.content
        )

    def _tag(self, tag: Tag) -> str:
        if not tag.prefix:
            return self._html(tag)
        draw = _TAGS.get(tag.name) if tag.prefix == APEX else None
        if draw is None:
            raise VisualforceError(
                f"<{tag.prefix}:{tag.name}> is not supported by the preview", line=tag.line
            )
        if not self._scope.truth(self._value(tag, tag.get("rendered", "true"))):
            return ""
        return draw(self, tag)

    def _html(self, tag: Tag) -> str:
        name = tag.name
        attributes = self._attributes(tag, {key: key for key in tag.attributes})
        if name.lower() in _VOID:
            return f"<{name}{attributes}>"
        content = self._content(tag)
        if name in {"head", "body"} and not self._head_done:
            self._head_done = True
            content = self._context.head + content
        return f"<{name}{attributes}>{content}</{name}>"

    def _attributes(self, tag: Tag, kept: Mapping[str, str]) -> str:
        return "".join(
            f' {kept[key]}="{self._attribute(tag, value)}"'
            for key, value in tag.attributes.items()
            if key in kept
        )

    def _attribute(self, tag: Tag, text: str) -> str:
        return "".join(
            encode_html(part if isinstance(part, str) else self._evaluate(tag, part))
            for part in split_text(text)
        )

    def _text(self, tag: Tag, text: str, *, encode: bool) -> str:
        """Fill the merge fields of a text; the page's own characters are kept as written."""
        parts: list[str] = []
        script = tag.name in _RAW
        for part in split_text(text):
            if isinstance(part, str):
                parts.append(encode_html(part).replace("&#39;", "'") if encode else part)
                continue
            value = as_text(self._evaluate(tag, part))
            if script and not is_encoded(part):
                self._rendered.warnings.append(
                    f"line {tag.line}: a merge field in <{tag.name}> without JSENCODE"
                )
            parts.append(encode_html(value) if encode else value)
        return "".join(parts)

    def _value(self, tag: Tag, text: str) -> object:
        """Evaluate an attribute: a lone expression keeps its type."""
        parts = split_text(text)
        if len(parts) == 1 and not isinstance(parts[0], str):
            return self._evaluate(tag, parts[0])
        return self._text(tag, text, encode=False)

    def _evaluate(self, tag: Tag, node: Node) -> object:
        try:
            return evaluate(node, self._scope)
        except (FormulaError, VisualforceError) as error:
            if isinstance(error, VisualforceError) and error.line is not None:
                raise
            raise VisualforceError(error.message, line=tag.line) from error

    # The tags.

    def _include_script(self, tag: Tag) -> str:
        return f'<script src="{self._attribute(tag, tag.get("value", ""))}"></script>'

    def _stylesheet(self, tag: Tag) -> str:
        address = self._attribute(tag, tag.get("value", ""))
        return f'<link rel="stylesheet" href="{address}">'

    def _output_text(self, tag: Tag) -> str:
        value = as_text(self._value(tag, tag.get("value", "")))
        escape = tag.get("escape", "true").lower() != "false"
        return encode_html(value) if escape else value

    def _output_panel(self, tag: Tag) -> str:
        name = "div" if tag.get("layout") == "block" else "span"
        kept = {"id": "id", "styleClass": "class", "style": "style", "title": "title"}
        attributes = self._attributes(tag, kept)
        return f"<{name}{attributes}>{self._content(tag)}</{name}>"

    def _output_link(self, tag: Tag) -> str:
        kept = {"value": "href", "id": "id", "styleClass": "class", "target": "target"}
        attributes = self._attributes(tag, kept)
        return f"<a{attributes}>{self._content(tag)}</a>"

    def _image(self, tag: Tag) -> str:
        kept = {"value": "src", "url": "src", "alt": "alt", "id": "id", "styleClass": "class"}
        attributes = self._attributes(tag, kept)
        return f"<img{attributes}>"

    def _variable(self, tag: Tag) -> str:
        self._scope.variables[tag.get("var", "")] = self._value(tag, tag.get("value", ""))
        return self._content(tag)

    def _slds(self, tag: Tag) -> str:
        del tag
        return '<link rel="stylesheet" href="/asset/slds.css">'

    def _fragment(self, tag: Tag) -> str:
        return self._content(tag)


_TAGS: Final[dict[str, Callable[[_Renderer, Tag], str]]] = {
    "form": _Renderer._fragment,  # noqa: SLF001 - the table of this module's own methods
    "image": _Renderer._image,  # noqa: SLF001
    "includeScript": _Renderer._include_script,  # noqa: SLF001
    "outputLink": _Renderer._output_link,  # noqa: SLF001
    "outputPanel": _Renderer._output_panel,  # noqa: SLF001
    "outputText": _Renderer._output_text,  # noqa: SLF001
    "slds": _Renderer._slds,  # noqa: SLF001
    "stylesheet": _Renderer._stylesheet,  # noqa: SLF001
    "variable": _Renderer._variable,  # noqa: SLF001
}

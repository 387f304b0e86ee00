from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfgen.visualforce import PageContext, VisualforceError, render_page
from sfgen.visualforce.expression import parse_expression

EVIL = "</script><script>alert('1')</script>"


def render(body: str, attributes: str = "", **properties: Any) -> Any:
    def read(name: str) -> object:
        if name not in properties:
            raise VisualforceError(f"unknown property {name}")
        return properties[name]

    def address(name: str, path: str) -> str:
        if name != "Own":
            raise VisualforceError(f"static resource {name} is not in this project")
        return f"/resource/1/{name}" + (f"/{path}" if path else "")

    context = PageContext(
        globals={"$currentpage": lambda path: EVIL if path[0] == "parameters" else ""},
        read_property=read,
        resource_address=address,
        head="<!--head-->",
    )
    return render_page(f"<apex:page {attributes}>{body}</apex:page>", context)


def test_a_merge_field_in_text_and_attribute_is_encoded_for_html() -> None:
    html = render('<p title="{!text}">{!text}</p>', text="<b> & \"'").html
    assert '<p title="&lt;b&gt; &amp; &quot;&#39;">&lt;b&gt; &amp; &quot;&#39;</p>' in html


def test_jsencode_keeps_a_parameter_inside_its_string() -> None:
    html = render("<script>const x = '{!JSENCODE($CurrentPage.parameters.x)}';</script>").html
    assert "</script><script>alert" not in html
    assert "\\u003C\\/script\\u003E" in html
    assert "\\'1\\'" in html


def test_a_script_without_jsencode_is_warned_about() -> None:
    page = render("<script>const x = '{!text}';</script>", text="1")
    assert page.warnings == ["line 1: a merge field in <script> without JSENCODE"]


def test_scripts_keep_their_signs() -> None:
    assert "if (a < 1 && b) {}" in render("<script>if (a < 1 && b) {}</script>").html


def test_an_unknown_tag_is_named_with_its_line() -> None:
    with pytest.raises(VisualforceError, match=r"<apex:pageBlock> is not supported .*\(line 3\)"):
        render("\n<p/>\n<apex:pageBlock/>")


def test_an_unknown_resource_is_named_with_its_line() -> None:
    with pytest.raises(VisualforceError, match=r"static resource Other .*\(line 2\)"):
        render('\n<script src="{!$Resource.Other}"></script>')


def test_urlfor_finds_a_file_in_a_resource() -> None:
    html = render("<script src=\"{!URLFOR($Resource.Own, 'a.js')}\"></script>").html
    assert 'src="/resource/1/Own/a.js"' in html


def test_the_platforms_head_comes_first_in_the_page() -> None:
    body = "<html><head><title>T</title></head><body></body></html>"
    html = render(body, 'applyHtmlTag="false" applyBodyTag="false"').html
    assert html.startswith("<!DOCTYPE html>\n<html><head><!--head--><title>")


def test_rendered_false_leaves_a_tag_out() -> None:
    assert (
        "hidden" not in render('<apex:outputText rendered="{!no}" value="hidden"/>', no=False).html
    )


def test_output_text_escapes_unless_told() -> None:
    assert "&lt;b&gt;" in render('<apex:outputText value="{!x}"/>', x="<b>").html
    assert "<b>" in render('<apex:outputText escape="false" value="{!x}"/>', x="<b>").html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", "7"),
        ("'a' & 'b' + 1", "ab1"),
        ("IF(ISBLANK(empty), 'none', empty)", "none"),
        ("AND(true, NOT(false))", "true"),
        ("1 = 1 && 'x' != 'y'", "true"),
        ("LEN('four') >= 4", "true"),
        ("map.name", "value"),
        ("map['name']", "value"),
        ("CASE(2, 1, 'one', 2, 'two', 'many')", "two"),
        ("SUBSTITUTE('a-b', '-', '+')", "a+b"),
        ("-2 ^ 2", "4"),
        ("BLANKVALUE(empty, 'x')", "x"),
    ],
)
def test_expressions_mean_what_formulas_mean(text: str, expected: str) -> None:
    html = render(
        f'<apex:outputText value="{{!{text.replace("&", "&amp;").replace(">", "&gt;")}}}"/>',
        empty=None,
        map={"Name": "value"},
    ).html
    assert f"<body>{expected}</body>" in html.replace("<!--head-->", "")


@pytest.mark.parametrize(
    "text", ["", "1 +", "a.b(", "f(1", "'x", "a b", "getToken()", "((((1)", "1 ? 2"]
)
def test_what_is_no_expression_is_refused(text: str) -> None:
    if text == "getToken()":
        with pytest.raises(VisualforceError, match="function GETTOKEN is not supported"):
            render("{!getToken()}")
        return
    with pytest.raises(VisualforceError, match="is no expression"):
        parse_expression(text)


@given(st.text(alphabet=st.sampled_from("ab$.,()[]'\"!&|=<>+-*/^ 01\\{}"), max_size=60))
def test_no_text_crashes_the_parser(text: str) -> None:
    with contextlib.suppress(VisualforceError):
        parse_expression(text)


@given(st.text(max_size=80))
def test_no_page_crashes_the_renderer(text: str) -> None:
    with contextlib.suppress(VisualforceError):
        render(text, text="x")


def test_deep_nesting_is_refused_not_overflowed() -> None:
    with pytest.raises(VisualforceError, match="nested too deeply"):
        parse_expression("(" * 100 + "1" + ")" * 100)
    with pytest.raises(VisualforceError, match="nested too deeply"):
        parse_expression("!" * 100 + "x")


@pytest.mark.parametrize(
    "text",
    ["1" + "+1" * 5_000, "f(1)" + ".a" * 5_000, "9" * 5_000, "a" + " & a" * 5_000, "(" * 20_000],
    ids=["sum", "members", "digits", "texts", "brackets"],
)
def test_what_is_endless_is_refused(text: str) -> None:
    with pytest.raises(VisualforceError, match=r"too long|is no expression"):
        parse_expression(text)


def test_the_longest_expression_is_worked_out() -> None:
    text = "1" + "+1" * 399
    assert "<body>400</body>" in render(f'<apex:outputText value="{{!{text}}}"/>').html.replace(
        "<!--head-->", ""
    )

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fixtures.small_project import class_meta, write, xml

from sfgen.check.binding_rules import check_bindings
from sfgen.check.subject import Subject
from sfgen.project import read_project

if TYPE_CHECKING:
    from pathlib import Path

BASE = """public virtual with sharing class Base {
    public String inherited { get; set; }
}
"""
CONTROLLER = """public with sharing class Greeter extends Base {
    public Row first { get; private set; }
    public List<Row> rows { get; set; }
    public Boolean getReady() {
        return true;
    }
    public PageReference save() {
        return null;
    }
    public class Row {
        public String label { get; set; }
    }
}
"""
EXTENSION = """public with sharing class More {
    public More(Greeter greeter) {
    }
    public Integer count { get { return 1; } }
}
"""
SOUND = """{!inherited} {!INHERITED} {!ready && NOT(first.label = 'gone.by')} {!$Label.gone} {!count + 1}
<apex:form><apex:commandButton action="{!save}" value="{!IF(ready, "gone", $User.Id)}"/></apex:form>
<apex:repeat value="{!rows}" var="row"><apex:outputText value="{!row.anything}"/></apex:repeat>
<apex:variable var="mine" value="{!rows[0].anything}"/>{!mine} {!rows.size}
<!-- {!gone} --> {!true} {!null} {!first.label} {!$CurrentPage.parameters.gone} {!JSENCODE(inherited)}
"""


def problems(
    root: Path, body: str, head: str = 'controller="Greeter" extensions="More"'
) -> list[tuple[int, int, str]]:
    files = {"Base": BASE, "Greeter": CONTROLLER, "More": EXTENSION}
    written = {f"classes/{name}.cls": text for name, text in files.items()}
    written |= {f"classes/{name}.cls-meta.xml": class_meta() for name in files}
    written["pages/P.page"] = f"<apex:page {head}>\n{body}</apex:page>\n"
    written["pages/P.page-meta.xml"] = xml(
        "ApexPage", "<apiVersion>67.0</apiVersion>\n<label>P</label>"
    )
    project = read_project(write(root, written))
    return [(f.line, f.column, f.message) for f in check_bindings(Subject(project))]


def test_sound_expressions_pass(tmp_path: Path) -> None:
    assert problems(tmp_path, SOUND) == []


@pytest.mark.parametrize(
    ("body", "column", "missing"),
    [
        ("{!gone}", 3, "Greeter.gone"),
        ('<apex:outputText value="{!NOT(gone)}"/>', 31, "Greeter.gone"),
        ("{!first.gone}", 3, "Row.gone"),
        ("{!rows[gone].label}", 8, "Greeter.gone"),
        ('<apex:form><apex:commandLink action="{!sav}"/></apex:form>', 40, "Greeter.sav"),
        ("{!'it' & gone & \"}\"}", 10, "Greeter.gone"),
    ],
)
def test_an_unknown_name_is_found_at_its_place(
    tmp_path: Path, body: str, column: int, missing: str
) -> None:
    assert problems(tmp_path, body) == [(2, column, f"Unknown property '{missing}'")]


@pytest.mark.parametrize(
    "head",
    [
        'standardController="Account" extensions="More"',
        'controller="NotHere"',
        'controller="their__Greeter"',
        "",
    ],
)
def test_a_page_whose_controller_is_not_known_whole_is_not_judged(
    tmp_path: Path, head: str
) -> None:
    assert problems(tmp_path, "{!gone}", head) == []


def test_a_controller_with_a_foreign_parent_is_not_judged(tmp_path: Path) -> None:
    (tmp_path / "force-app").mkdir()
    foreign = {
        "classes/Odd.cls": "public with sharing class Odd extends their.Base {\n}\n",
        "classes/Odd.cls-meta.xml": class_meta(),
    }
    write(tmp_path, foreign)
    assert problems(tmp_path, "{!gone}", 'controller="Odd"') == []


def test_attributes_of_a_component_are_names(tmp_path: Path) -> None:
    component = (
        '<apex:component controller="Greeter">\n'
        '<apex:attribute name="size" type="Integer" description="size"/>\n'
        "{!size} {!gone}\n</apex:component>\n"
    )
    meta = "<apiVersion>67.0</apiVersion>\n<label>C</label>"
    files = {
        "components/C.component": component,
        "components/C.component-meta.xml": xml("ApexComponent", meta),
    }
    write(tmp_path, files)
    assert problems(tmp_path, "") == [(3, 11, "Unknown property 'Greeter.gone'")]

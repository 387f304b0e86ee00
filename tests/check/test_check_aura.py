"""What Aura's markup and scripts name, held to what the project has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fixtures.small_project import DEFAULT, everything

from sfgen.check import check_project
from sfgen.project import read_project

if TYPE_CHECKING:
    from pathlib import Path

META = """<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>67.0</apiVersion>
    {more}
</{root}>
"""
FILES = {
    "aura/Step/Step.evt": """<aura:event type="COMPONENT" description="A step">
    <aura:attribute name="by" type="Integer" />
</aura:event>
""",
    "aura/Field/Field.cmp": """<aura:component description="A field">
    <aura:attribute name="text" type="String" />
    <aura:registerEvent name="step" type="c:Step" />
    <p aura:id="line">{!v.text}</p>
</aura:component>
""",
    "aura/Field/FieldController.js": """({
    go: function (component) {
        component.set('v.text', $A.get('$Label.c.Title'));
        component.getEvent('step').fire();
        component.find('line').getElement().focus();
    }
});
""",
    "aura/Page/Page.cmp": """<aura:component description="A page">
    <!-- <c:Nobody text="{!v.nothing}" /> {!$Label.c.Nothing} -->
    <aura:handler name="init" value="{!this}" action="{!c.go}" />
    <c:sums aura:id="sums" />
    <c:choice text="{!$Label.c.Title}" class="wide" onchoose="{!c.go}" />
    <c:Field aura:id="field" text="x" step="{!c.go}" />
    <lightning:input label="{!$Label.other.Text}" />
</aura:component>
""",
    "aura/Page/PageController.js": """({
    go: function (component) {
        component.find('sums').add(2);
        component.find('sums').subtract(2);
        component.find('field').getElement();
    }
});
""",
    "lwc/sums/sums.js": """const subtract = (n) => -n;
export function add(n) {
    return n;
}
export { subtract };
""",
    "lwc/choice/choice.js": """import { LightningElement, api } from 'lwc';

export default class Choice extends LightningElement {
    @api text;
}
""",
    "lwc/choice/choice.html": "<template><p>{text}</p></template>\n",
}

#: What is changed (file, old text, new text), and what is told (rule, file, line).
MUTANTS = {
    "label": ("aura/Page/Page.cmp", "Label.c.Title", "Label.c.Gone", "aura-reference", 5),
    "script-label": ("aura/Field/FieldController.js", "c.Title", "c.Gone", "aura-reference", 3),
    "given": ("aura/Page/Page.cmp", 'text="x"', 'words="x"', "aura-reference", 6),
    "given-event": ("aura/Page/Page.cmp", 'step="', 'leap="', "aura-reference", 6),
    "given-lwc": ("aura/Page/Page.cmp", 'choice text="', 'choice words="', "aura-reference", 5),
    "given-module": ("aura/Page/Page.cmp", 'id="sums"', 'id="sums" text="x"', "aura-reference", 4),
    "event": ("aura/Field/FieldController.js", "'step'", "'leap'", "aura-reference", 4),
    "event-type": ("aura/Field/Field.cmp", '"c:Step"', '"c:Leap"', "aura-reference", 3),
    "value": ("aura/Field/FieldController.js", "'v.text'", "'v.words'", "aura-reference", 3),
    "id": ("aura/Field/FieldController.js", "'line'", "'lines'", "aura-reference", 5),
    "export": ("aura/Page/PageController.js", ".add(", ".plus(", "aura-reference", 3),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = everything(tmp_path / "p")
    for file, text in FILES.items():
        path = folder / DEFAULT / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        if file.endswith((".cmp", ".evt")):
            more = "<description>x</description>"
            meta = META.format(root="AuraDefinitionBundle", more=more)
            path.with_name(f"{path.name}-meta.xml").write_text(meta)
        elif file.startswith("lwc/") and file.endswith(".js"):
            meta = META.format(root="LightningComponentBundle", more="<isExposed>false</isExposed>")
            path.with_name(f"{path.name}-meta.xml").write_text(meta)
    return folder


def findings(root: Path) -> list[tuple[str, str, int]]:
    project = read_project(root)
    return [
        (f.rule, project.relative(f.path).removeprefix(f"{DEFAULT}/"), f.line)
        for f in check_project(project)
    ]


def test_what_is_declared_is_no_finding(root: Path) -> None:
    assert findings(root) == []


@pytest.mark.parametrize("name", sorted(MUTANTS))
def test_what_nothing_declares_is_found_where_it_is(root: Path, name: str) -> None:
    file, old, new, rule, line = MUTANTS[name]
    path = root / DEFAULT / file
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    assert findings(root) == [(rule, file, line)]

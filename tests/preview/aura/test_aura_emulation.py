"""What the preview's emulator makes of Aura bundles that are no part of a template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from chat_window import is_ready
from fixture_apex import FixtureApex
from playwright.sync_api import expect
from running_site import RunningSite

from sfgen.preview.modules.aura_components import AuraProblem, read_component
from sfgen.preview.options import PreviewOptions
from sfgen.preview.project.source import read_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Show = Callable[..., Any]

PAGE = """<FlexiPage xmlns="http://soap.sforce.com/2006/04/metadata">
    <flexiPageRegions>
        <itemInstances>
            <componentInstance><componentName>{name}</componentName></componentInstance>
        </itemInstances>
        <name>main</name>
        <type>Region</type>
    </flexiPageRegions>
    <masterLabel>Aura</masterLabel>
    <template><name>flexipage:defaultAppHomeTemplate</name></template>
    <type>AppPage</type>
</FlexiPage>
"""
META = """<AuraDefinitionBundle xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>68.0</apiVersion>
    <description>x</description>
</AuraDefinitionBundle>
"""


def write_bundle(root: Path, name: str, markup: str, **scripts: str) -> None:
    kind = "evt" if markup.startswith("<aura:event") else "cmp"
    folder = root / "force-app/main/default/aura" / name
    folder.mkdir(parents=True)
    (folder / f"{name}.{kind}").write_text(markup)
    (folder / f"{name}.{kind}-meta.xml").write_text(META)
    for script, text in scripts.items():
        suffix = ".css" if script == "style" else f"{script.title()}.js"
        (folder / f"{name}{suffix}").write_text(text)


def write_lwc(root: Path, name: str, script: str, template: str = "") -> None:
    folder = root / "force-app/main/default/lwc" / name
    folder.mkdir(parents=True)
    (folder / f"{name}.js").write_text(script)
    if template:
        (folder / f"{name}.html").write_text(template)
    (folder / f"{name}.js-meta.xml").write_text(
        '<LightningComponentBundle xmlns="http://soap.sforce.com/2006/04/metadata">'
        "<apiVersion>68.0</apiVersion></LightningComponentBundle>"
    )


@pytest.fixture
def show(project: Path, page: Any) -> Iterator[Show]:
    """Show a component, whose bundle may be written by the call, on a page of its own."""
    started: list[RunningSite] = []

    def show(markup: str, **scripts: str) -> Any:
        write_bundle(project, "Subject", markup, **scripts)
        pages = project / "force-app/main/default/flexipages"
        (pages / "Aura.flexipage-meta.xml").write_text(PAGE.format(name="Subject"))
        running = RunningSite(project, FixtureApex, PreviewOptions())
        started.append(running)
        page.goto(running.address)
        page.goto(running.site.addresses.lightning + "/lightning/n/Aura")
        is_ready(page)
        return page.locator("main")

    yield show
    for running in started:
        running.stop()


@pytest.mark.browser
def test_expressions_have_the_guides_operators_and_functions(show: Show) -> None:
    cases = {
        "{!1 + 2 * 3}": "7",
        "{!(1 + 2) * 3 - 10 % 4}": "7",
        "{!'a' + v.none + 'b'}": "ab",
        "{!v.flag ? 'yes' : 'no'}": "yes",
        "{!v.flag &amp;&amp; !v.none ? 'both' : 'one'}": "both",
        "{!v.none || 'else'}": "else",
        "{!v.count == 2}": "true",
        "{!v.none == null}": "true",
        "{!v.count &lt; 3}": "true",
        "{!not(v.flag)}": "false",
        "{!and(v.flag, v.count > 1)}": "true",
        "{!empty(v.none)}": "true",
        "{!if(v.count > 5, 'many', 'few')}": "few",
        "{!join(', ', 'a', 'b')}": "a, b",
        "{!format('{0} of {1}', v.count, 9)}": "2 of 9",
        "{!v.list.length}": "2",
        "{!v.map.deep.text}": "found",
        "{!$Label.c.FeedTitle}": "Live feed",
        "before {!v.count} after": "before 2 after",
        "{!v.html}": "<b>no markup</b>",
    }
    paragraphs = "".join(f"<p>{text}</p>" for text in cases)
    main = show(
        f"""<aura:component implements="flexipage:availableForAllPageTypes">
            <aura:attribute name="flag" type="Boolean" default="true" />
            <aura:attribute name="count" type="Integer" default="2" />
            <aura:attribute name="none" type="String" />
            <aura:attribute name="html" type="String" default="&lt;b>no markup&lt;/b>" />
            <aura:attribute name="list" type="String[]" default='["a", "b"]' />
            <aura:attribute name="map" type="Map" default='{{"deep": {{"text": "found"}}}}' />
            {paragraphs}
        </aura:component>"""
    )
    expect(main.locator("p")).to_have_text(list(cases.values()))


EVENT = """<aura:event type="COMPONENT"><aura:attribute name="by" type="Integer" /></aura:event>"""
SHOUT = """<aura:event type="APPLICATION">
    <aura:attribute name="text" type="String" /></aura:event>"""


@pytest.mark.browser
def test_events_methods_and_changes_connect_components(
    show: Show, project: Path, page: Any
) -> None:
    write_bundle(project, "Step", EVENT)
    write_bundle(project, "Shout", SHOUT)
    write_bundle(
        project,
        "Button",
        """<aura:component>
            <aura:attribute name="count" type="Integer" />
            <aura:attribute name="log" type="String" default="-" />
            <aura:registerEvent name="step" type="c:Step" />
            <aura:handler name="change" value="{!v.count}" action="{!c.note}" />
            <aura:handler name="destroy" value="{!this}" action="{!c.leave}" />
            <aura:method name="double"><aura:attribute name="times" type="Integer" default="2" />
            </aura:method>
            <button id="step" onclick="{!c.step}">{!v.count}</button><i>{!v.log}</i>{!v.body}
        </aura:component>""",
        controller="""({
            step: function (component) {
                var step = component.getEvent('step');
                step.setParams({ by: 3 });
                step.fire();
            },
            note: function (component, event) {
                component.set('v.log', event.getParam('oldValue') + '>' + event.getParam('value'));
            },
            leave: function () { $A.get('e.c:Shout').setParams({ text: 'gone' }).fire(); },
            double: function (component, event, helper) {
                return helper.multiply(component.get('v.count'), event.getParam('arguments').times);
            }
        })""",
        helper="({ multiply: function (one, other) { return one * other; } })",
    )
    main = show(
        """<aura:component implements="flexipage:availableForAllPageTypes">
            <aura:attribute name="count" type="Integer" default="1" />
            <aura:attribute name="result" type="Integer" />
            <aura:attribute name="heard" type="String" />
            <aura:attribute name="shown" type="Boolean" default="true" />
            <aura:handler event="c:Shout" action="{!c.hear}" />
            <aura:if isTrue="{!v.shown}">
                <c:Button aura:id="button" count="{!v.count}" step="{!c.add}"><u>inside</u></c:Button>
                <aura:set attribute="else"><p id="else">else</p></aura:set>
            </aura:if>
            <button id="ask" onclick="{!c.ask}">ask</button>
            <button id="hide" onclick="{!c.hide}">hide</button>
            <p id="result">{!v.result}</p><p id="heard">{!v.heard}</p>
        </aura:component>""",
        controller="""({
            add: function (component, event) {
                component.set('v.count', component.get('v.count') + event.getParam('by'));
            },
            ask: function (component) {
                component.set('v.result', component.find('button').double(5));
            },
            hide: function (component) { component.set('v.shown', false); },
            hear: function (component, event) {
                var button = component.find('button');
                component.set('v.heard', event.getParam('text') + (button.isValid() ? '!' : '?'));
            }
        })""",
    )
    main.locator("#step").click()
    expect(main.locator("#step")).to_have_text("4")
    expect(main.locator("i")).to_have_text("1>4")
    expect(main.locator("u")).to_have_text("inside")
    main.locator("#ask").click()
    expect(main.locator("#result")).to_have_text("20")
    main.locator("#hide").click()
    expect(main.locator("#else")).to_have_text("else")
    expect(main.locator("#step")).to_have_count(0)
    expect(main.locator("#heard")).to_have_text("gone!")
    assert page.noise == []


@pytest.mark.browser
def test_iterations_keep_the_rows_that_stay(show: Show) -> None:
    main = show(
        """<aura:component implements="flexipage:availableForAllPageTypes">
            <aura:attribute name="rows" type="List" />
            <aura:handler name="init" value="{!this}" action="{!c.start}" />
            <ul><aura:iteration items="{!v.rows}" var="row" indexVar="index">
                <li class="{!row.kind}">{!index}: {!row.text}</li>
            </aura:iteration></ul>
            <button onclick="{!c.more}">more</button>
        </aura:component>""",
        controller="""({
            start: function (component) {
                component.set('v.rows', [{ kind: 'one', text: 'a' }]);
            },
            more: function (component) {
                var rows = component.get('v.rows');
                rows[0].text = 'changed';
                component.set('v.rows', rows.concat({ kind: 'two', text: 'b' }));
            }
        })""",
    )
    first = main.locator("li").first
    expect(first).to_have_text("0: a")
    first.evaluate("(element) => { element.dataset.kept = 'yes'; }")
    main.locator("button").click()
    expect(main.locator("li")).to_have_text(["0: changed", "1: b"])
    expect(main.locator("li[data-kept].one")).to_have_count(1)
    expect(main.locator("li.two")).to_have_count(1)


@pytest.mark.browser
def test_a_callback_outside_the_framework_is_drawn_by_the_next_cycle(show: Show, page: Any) -> None:
    main = show(
        """<aura:component implements="flexipage:availableForAllPageTypes">
            <aura:attribute name="text" type="String" default="before" />
            <p>{!v.text}</p>
            <button id="bare" onclick="{!c.bare}">bare</button>
            <button id="wrapped" onclick="{!c.wrapped}">wrapped</button>
        </aura:component>""",
        controller="""({
            bare: function (component) {
                window.setTimeout(function () {
                    component.set('v.text', 'late');
                    document.body.dataset.passed = 'yes';
                });
            },
            wrapped: function (component) {
                window.setTimeout($A.getCallback(function () { component.set('v.text', 'drawn'); }));
            }
        })""",
    )
    main.locator("#bare").click()
    page.wait_for_selector("body[data-passed]")
    assert main.locator("p").inner_text() == "before"
    main.locator("#wrapped").click()
    main.locator("p:text-is('drawn')").wait_for()


@pytest.mark.browser
def test_apex_actions_lightning_web_components_and_modules(
    show: Show, project: Path, page: Any
) -> None:
    write_lwc(project, "adder", "let sum = 0;\nexport function add(n) { sum += n; return sum; }\n")
    write_lwc(
        project,
        "chooser",
        """import { LightningElement, api } from 'lwc';
        export default class Chooser extends LightningElement {
            @api text;
            choose() { this.dispatchEvent(new CustomEvent('choose', { detail: { what: 'tea' } })); }
        }""",
        "<template><button onclick={choose}>{text}</button></template>",
    )
    main = show(
        """<aura:component controller="FeedController"
                implements="flexipage:availableForAllPageTypes">
            <aura:attribute name="word" type="String" default="hello" />
            <aura:attribute name="said" type="String" />
            <c:adder aura:id="adder" />
            <c:chooser text="{!v.word}" onchoose="{!c.choose}" />
            <lightning:input label="Word" value="{!v.word}" />
            <lightning:button label="Shout" name="loud" onclick="{!c.ask}" />
            <button id="fail" onclick="{!c.fail}">fail</button>
            <p>{!v.said}</p>
        </aura:component>""",
        controller="""({
            choose: function (component, event) {
                var sum = component.find('adder').add(2);
                component.set('v.said', event.getParam('what') + sum);
            },
            ask: function (component, event, helper) {
                helper.call(component, component.get('v.word'));
            },
            fail: function (component, event, helper) { helper.call(component, null); }
        })""",
        helper="""({
            call: function (component, text) {
                var action = component.get('c.shout');
                action.setParams({ text: text });
                action.setCallback(this, function (response) {
                    var error = response.getError()[0];
                    var value = error ? error.message : response.getReturnValue();
                    component.set('v.said', response.getState() + ' ' + value);
                });
                $A.enqueueAction(action);
            }
        })""",
    )
    main.locator("c-chooser button").click()
    expect(main.locator("p")).to_have_text("tea2")
    main.locator("input").fill("quiet")
    main.locator("c-chooser button", has_text="quiet").wait_for()
    main.locator("button", has_text="Shout").click()
    main.locator("p:text-is('SUCCESS QUIET')").wait_for()
    main.locator("#fail").click()
    main.locator("p:has-text('ERROR Attempt to de-reference')").wait_for()


@pytest.mark.browser
def test_what_is_unknown_is_named_in_its_place(show: Show, project: Path) -> None:
    main = show(
        """<aura:component implements="flexipage:availableForAllPageTypes">
    <p>stands</p>
    <ltng:require scripts="x" />
    <c:nobody />
    <p>{!rot13(v.text)}</p>
    <p>{!v.text}</p>
    <lightning:pillContainer />
    <button onclick="{!c.gone}">press</button>
</aura:component>""",
        controller="({ go: function () {} })",
    )
    expect(main.locator("p").first).to_have_text("stands")
    told = "\n".join(main.locator(".preview-failure").all_inner_texts())
    file = "force-app/main/default/aura/Subject/Subject.cmp"
    assert f"{file}:3: <ltng:require> is not emulated" in told
    assert f"{file}:4: c:nobody is not in this project" in told
    assert "the function rot13() is not emulated" in told
    assert "c:Subject has no attribute text" in told
    assert "lightning/pillContainer is not in the preview" in told
    main.locator("button").click()
    main.locator(".preview-failure", has_text="has no action gone").wait_for()


def test_a_bundle_that_is_not_well_formed_is_refused(project: Path) -> None:
    write_bundle(project, "Crooked", "<aura:component><p></aura:component>")
    write_bundle(project, "Event", EVENT)
    source = read_source(project)
    with pytest.raises(AuraProblem, match=r"Crooked\.cmp: .*mismatch"):
        read_component(source, "Crooked")
    with pytest.raises(AuraProblem, match="c:Event is no Aura component of this project"):
        read_component(source, "Event")

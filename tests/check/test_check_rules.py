from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fixtures.small_project import DEFAULT, EVERYTHING, everything

from sfgen.check import RULES, check_project
from sfgen.project import read_project

if TYPE_CHECKING:
    from pathlib import Path


def findings(root: Path) -> list[tuple[str, str, int]]:
    project = read_project(root)
    return [
        (f.rule, project.relative(f.path).removeprefix(f"{DEFAULT}/"), f.line)
        for f in check_project(project)
    ]


def test_a_sound_project_has_no_findings() -> None:
    assert findings(EVERYTHING) == []


def test_the_generated_project_has_no_findings(tmp_path: Path) -> None:
    from sfgen.cli import run

    assert run(["init", str(tmp_path / "p"), "--defaults"]) == 0
    assert findings(tmp_path / "p") == []


#: What is changed (file, old text, new text), and the one finding that follows (rule, file, line).
MUTANTS = {
    "class-name": ("classes/text/Words.cls", "class Words", "class Sentences", "apex-name", 1),
    "class-syntax": ("classes/text/Words.cls", "return text", "return return text", "apex-syntax", 3),
    "class-sharing": ("classes/text/Words.cls", "inherited sharing ", "", "apex-sharing", 1),
    "class-object": ("classes/text/Words.cls", "Integer count", "Bill__c count", "apex-reference", 2),
    "trigger-field": ("triggers/InvoiceNumber.trigger", "Note__c", "Not__c", "apex-reference", 3),
    "page-controller": ("pages/Greeting.page", '"Greeter"', '"Gone"', "visualforce-controller", 1),
    "page-component": ("pages/Greeting.page", "<c:Badge", "<c:Gone", "visualforce-reference", 2),
    "page-resource": ("pages/Greeting.page", "$Resource.toolkit", "$Resource.gone", "visualforce-reference", 3),
    "page-syntax": ("pages/Greeting.page", "</apex:page>", "</apex:pag>", "visualforce-syntax", 4),
    "lwc-method": ("lwc/hello/hello.js", "Greeter.greet", "Greeter.gone", "lwc-import", 2),
    "lwc-not-enabled": ("classes/Greeter.cls", "@AuraEnabled(cacheable=true)", "", "lwc-import", 2),
    "lwc-class": ("lwc/hello/hello.js", "apex/Greeter.greet", "apex/Gone.greet", "lwc-import", 2),
    "lwc-label": ("lwc/hello/hello.js", "label/c.Title", "label/c.Gone", "lwc-import", 3),
    "lwc-resource": ("lwc/hello/hello.js", "resourceUrl/toolkit", "resourceUrl/gone", "lwc-import", 4),
    "lwc-channel": ("lwc/hello/hello.js", "News__c'", "Gone__c'", "lwc-import", 5),
    "lwc-field": ("lwc/hello/hello.js", "Invoice__c.Note__c", "Invoice__c.Gone__c", "lwc-import", 6),
    "lwc-object": ("lwc/hello/hello.js", "Invoice__c.Note__c", "Gone__c.Note__c", "lwc-import", 6),
    "lwc-parameter": ("lwc/hello/hello.js", "{ name: 'world' }", "{ nam: 'world' }", "lwc-apex-parameter", 12),
    "lwc-target": ("lwc/hello/hello.js-meta.xml", "lightning__HomePage", "lightning__HousePage", "lwc-target", 8),
    "lwc-tag": ("lwc/hello/hello.html", "<p>", "<c-gone></c-gone><p>", "lwc-import", 2),
    "aura-controller": ("aura/Shell/Shell.cmp", '"Greeter"', '"Gone"', "aura-controller", 1),
    "aura-action": ("aura/Shell/Shell.cmp", "{!c.start}", "{!c.begin}", "aura-action", 3),
    "aura-attribute": ("aura/Shell/Shell.cmp", "{!v.text}", "{!v.words}", "aura-reference", 4),
    "aura-helper": ("aura/Shell/ShellController.js", "helper.load", "helper.fetch", "aura-action", 3),
    "aura-apex": ("aura/Shell/ShellHelper.js", "c.greet", "c.hail", "aura-action", 3),
    "set-class": ("permissionsets/Billing.permissionset-meta.xml", ">Greeter<", ">Gone<", "permission-reference", 3),
    "set-page": ("permissionsets/Billing.permissionset-meta.xml", ">Greeting<", ">Gone<", "permission-reference", 27),
    "set-field": ("permissionsets/Billing.permissionset-meta.xml", "Invoice__c.Note__c", "Invoice__c.Gone__c", "permission-reference", 11),
    "set-object": ("permissionsets/Billing.permissionset-meta.xml", "<object>Invoice__c", "<object>Gone__c", "permission-reference", 18),
    "set-tab": ("permissionsets/Billing.permissionset-meta.xml", "<tab>Invoice__c", "<tab>Gone__c", "permission-reference", 31),
    "set-permission": ("permissionsets/Billing.permissionset-meta.xml", ">Approve<", ">Gone<", "permission-reference", 7),
    "set-required": ("objects/Invoice__c/fields/Note__c.field-meta.xml", "<required>false", "<required>true", "permission-required-field", 11),
    "group": ("permissionsetgroups/Office.permissionsetgroup-meta.xml", ">Billing<", ">Gone<", "permission-group", 5),
    "flexipage": ("flexipages/Billing_Utility_Bar.flexipage-meta.xml", "<componentName>hello", "<componentName>gone", "lightning-reference", 5),
    "app-bar": ("applications/Billing.app-meta.xml", "Billing_Utility_Bar", "Gone_Bar", "lightning-reference", 15),
    "tab-page": ("tabs/Greeting.tab-meta.xml", "<page>Greeting", "<page>Gone", "lightning-reference", 5),
    "action": ("quickActions/Invoice__c.Remind.quickAction-meta.xml", ">hello<", ">gone<", "lightning-reference", 5),
    "credential": ("namedCredentials/Bank.namedCredential-meta.xml", ">Bank</externalCredential", ">Gone</externalCredential", "lightning-reference", 14),
    "field-name": ("objects/Invoice__c/fields/Note__c.field-meta.xml", "<fullName>Note__c", "<fullName>Text__c", "api-name", 2),
    "field-length": ("objects/Invoice__c/fields/Note__c.field-meta.xml", ">255<", ">256<", "custom-field", 2),
    "field-scale": ("objects/Invoice__c/fields/Amount__c.field-meta.xml", "<scale>2", "<scale>19", "custom-field", 2),
    "field-lookup": ("objects/Invoice__c/fields/Account__c.field-meta.xml", ">Account<", ">Gone__c<", "custom-field", 2),
    "setting-type": ("objects/Setting__c/fields/Host__c.field-meta.xml", ">Text<", ">LongTextArea<", "custom-setting", 2),
    "layout": ("layouts/Invoice__c-Invoice Layout.layout-meta.xml", "Note__c", "Gone__c", "object-reference", 9),
    "element": ("remoteSiteSettings/Bank.remoteSite-meta.xml", "isActive", "active", "metadata-schema", 4),
    "enum": ("cspTrustedSites/Socket.cspTrustedSite-meta.xml", ">LEX<", ">MARS<", "metadata-schema", 3),
    "boolean": ("remoteSiteSettings/Bank.remoteSite-meta.xml", "<isActive>true", "<isActive>yes", "metadata-schema", 4),
    "wrong-root": ("tabs/Greeting.tab-meta.xml", "CustomTab", "CustomTabb", "metadata-schema", 2),
    "malformed": ("tabs/Greeting.tab-meta.xml", "</label>", "</lable>", "malformed-xml", 3),
    "http": ("remoteSiteSettings/Bank.remoteSite-meta.xml", "https://", "http://", "insecure-endpoint", 5),
    "secret": ("lwc/hello/hello.js", "title = TITLE;", "title = TITLE; appSecret = 'a8f0c2d94b7e61f35a9c';", "secret-in-file", 9),
    "channel": ("lwc/hello/hello.js", "title = TITLE;", "title = TITLE; channel = 'private-a/b';", "pusher-channel", 9),
    "key": ("classes/text/Words.cls", "return", "// -----BEGIN PRIVATE KEY-----\n        return", "secret-in-file", 3),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(MUTANTS))
def test_one_defect_is_found_where_it_is(tmp_path: Path, name: str) -> None:
    file, old, new, rule, line = MUTANTS[name]
    root = everything(tmp_path / "p")
    path = root / DEFAULT / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    found = findings(root)
    assert (rule, line) in {(found_rule, at) for found_rule, _, at in found}, found


def test_every_rule_that_fires_is_in_the_catalogue() -> None:
    assert {rule for _, _, _, rule, _ in MUTANTS.values()} <= set(RULES)


def test_a_namespaces_own_things_are_left_alone(tmp_path: Path) -> None:
    root = everything(tmp_path / "p")
    path = root / DEFAULT / "classes/text/Words.cls"
    path.write_text(path.read_text().replace("Integer count", "acme__Bill__c count"))
    assert findings(root) == []


def test_texts_and_comments_name_nothing(tmp_path: Path) -> None:
    root = everything(tmp_path / "p")
    path = root / DEFAULT / "classes/text/Words.cls"
    path.write_text(
        path.read_text().replace(
            "return text", "// Gone__c\n        String x = 'Gone__c';\n        return text"
        )
    )
    assert findings(root) == []


HELLO = "lwc/hello/hello.js"


@pytest.mark.parametrize(
    ("code", "rules"),
    [
        ("pusher.subscribe('my channel')", ["pusher-channel"]),
        ("pusher.subscribe('')", ["pusher-channel"]),
        ("pusher.subscribe('my-channel')", []),
        ("channel = `private-chat-${id}`", []),
        ("channel = `private-chat:${id}`", ["pusher-channel"]),
        ("channel = 'presence-%s'" % ("x" * 192), ["pusher-channel"]),
        ("channel = 'presence-%s'" % ("x" * 191), []),
        ("text = 'private-sector channels'", []),
        ("prefixes = ['private-', 'presence-']; channel = 1", []),
        ("this.pusher.channel(name).trigger('typing', {})", ["pusher-event"]),
        ("channel.trigger('client-typing', {})", []),
        ("channel.trigger('client-%s', {})" % ("x" * 194), ["pusher-event"]),
        ("jQuery(node).trigger('click'); channel = 'private-a'", []),
    ],
)
def test_pusher_names_keep_to_pushers_limits(tmp_path: Path, code: str, rules: list[str]) -> None:
    root = everything(tmp_path / "p")
    path = root / DEFAULT / HELLO
    path.write_text(
        path.read_text().replace("title = TITLE;", f"title = TITLE; run() {{ {code}; }}")
    )
    assert [rule for rule, _, _ in findings(root)] == rules

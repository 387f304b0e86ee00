from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest
from fixtures.small_project import DEFAULT, EVERYTHING, class_meta, one_class, write, xml

from sfgen.caching import keep
from sfgen.check.schema_facts import describe_schema
from sfgen.check.subject import Subject
from sfgen.check.tiers.deep import compile_deeply
from sfgen.cli import run
from sfgen.errors import ToolError
from sfgen.plan.lock import LOCK_PATH, describe_lock
from sfgen.project import read_project
from sfgen.tools import apex_ls, front_end

CAPTURE = pytest.CaptureFixture[str]
HERE = Path(__file__).parent
OBJECT = xml(
    "CustomObject",
    """
<deploymentStatus>Deployed</deploymentStatus>
<label>Invoice</label>
<nameField><label>Name</label><type>Text</type></nameField>
<pluralLabel>Invoices</pluralLabel>
<sharingModel>ReadWrite</sharingModel>
""",
)
LABEL = """<labels>
    <fullName>Known</fullName>
    <language>en_US</language>
    <protected>true</protected>
    <shortDescription>Known</shortDescription>
    <value>known</value>
</labels>"""
PAGE = '<apex:page id="p">\n</apex:page>\n'
BROKEN = """public with sharing class Broken {
    void columns(Id i) {
        List<Invoice__c> found = [SELECT Id, Buyer__r.Name FROM Invoice__c WHERE Id = :i];
        found = [SELECT Id, Totl__c FROM Invoice__c WHERE Buyer__r.Nme = 'x' ORDER BY Total__c];
        found = [SELECT Id FROM Invoice__c WHERE Buyer__c IN (SELECT Idd FROM Account)];
        Decimal total = found[0].Total__c;
    }
    void visible() {
        Hidden.secret();
    }
    void assigned() {
        Integer one = 1;
        Boolean other = Math.max(one, 2);
    }
    @AuraEnable
    public static void annotated() {
        HttpRequest request = new HttpRequest();
        request.setEndpoin('callout:Pusher');
    }
    void taken() {
        System.debug(System.Label.Known + Label.Known + Page.Greeting.getUrl());
        try {
            Schema.SObjectField field = Invoice__c.Total__c;
            System.debug(Invoice__c.SObjectType.getDescribe().getName() + field);
        } catch (DmlException error) {
            throw new AuraHandledException(error.getMessage() + error.getStackTraceString());
        }
    }
}
"""
NO_METHOD = "Method does not exist or incorrect signature:"
#: A Java that makes the driver, and then says nothing that is its end.
COMPILING = """case "$*" in
*javac*) for f; do case "$d" in -d) mkdir -p "$f"; touch "$f/FrontEnd.class";; esac; d="$f"; done;;
*) echo problem;;
esac"""
HIDDEN = "public with sharing class Hidden {\n    private static void secret() {\n    }\n}\n"


def seeded(root: Path) -> Path:
    """Write a project with one defect of each kind that only the compiler sees."""
    lookup = (
        "<fullName>Buyer__c</fullName>\n<label>Buyer</label>\n<referenceTo>Account</referenceTo>"
    )
    number = "<fullName>Total__c</fullName>\n<label>Total</label>\n<precision>9</precision>"
    fields = "objects/Invoice__c/fields/{}.field-meta.xml"
    write(
        root,
        {
            "classes/Broken.cls": BROKEN,
            "classes/Broken.cls-meta.xml": class_meta(),
            "classes/Hidden.cls": HIDDEN,
            "classes/Hidden.cls-meta.xml": class_meta(),
            "objects/Invoice__c/Invoice__c.object-meta.xml": OBJECT,
            fields.format("Buyer__c"): xml("CustomField", f"{lookup}\n<type>Lookup</type>"),
            fields.format("Total__c"): xml("CustomField", f"{number}\n<type>Number</type>"),
            "pages/Greeting.page": PAGE,
            "pages/Greeting.page-meta.xml": xml(
                "ApexPage", "<apiVersion>67.0</apiVersion>\n<label>Greeting</label>"
            ),
            "labels/CustomLabels.labels-meta.xml": xml("CustomLabels", LABEL),
        },
    )
    return root


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the real compiler at hand: fetched once, beside the other tools of the tests."""
    sys.path.insert(0, str(HERE.parent / "tools"))
    from network import insist  # type: ignore[import-not-found]

    tools = os.environ.get("SFGEN_TEST_TOOLS", str(HERE.parents[1] / ".cache" / "tools"))
    jars = apex_ls.find_jars(EVERYTHING)
    assert jars is not None, "node_modules has it: run tests/run.py --setup"
    monkeypatch.setenv("SFGEN_APEX_LS", str(jars))
    monkeypatch.setenv("XDG_CACHE_HOME", tools)
    monkeypatch.setattr(apex_ls, "fetch_jars", lambda: jars)

    def fetch() -> str | None:
        try:
            front_end.fetch_front_end()
        except ToolError as error:
            return error.message
        return None

    assert insist(fetch) is None


@pytest.mark.java
@pytest.mark.slow
def test_the_compiler_sees_what_nothing_else_does_and_nothing_that_is_not_there(
    tmp_path: Path, compiler: None
) -> None:
    tier, findings = compile_deeply(read_project(seeded(tmp_path / "seeded")))
    assert tier.ran, tier.reason
    assert {finding.severity for finding in findings} == {"warning"}
    assert [(f.line, f.message) for f in sorted(findings, key=lambda f: f.place)] == [
        (4, "No such column 'Totl__c' on entity 'Invoice__c'"),
        (4, "No such column 'Nme' on entity 'Account'"),
        (5, "No such column 'Idd' on entity 'Account'"),
        (9, "Method is not visible: void Hidden.secret()"),
        (13, "Illegal assignment from Integer to Boolean"),
        (15, "Annotation does not exist: AuraEnable"),
        (18, f"{NO_METHOD} void setEndpoin(String) from the type System.HttpRequest"),
    ]
    generated = tmp_path / "generated"
    assert run(["init", str(generated), "--defaults"]) == 0
    tier, findings = compile_deeply(read_project(generated))
    assert (tier.ran, findings) == (True, [])


def test_it_says_how_to_get_the_compiler(
    tmp_path: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_fake_java(tmp_path, monkeypatch, "exit 0")
    assert run(["check", str(one_class(tmp_path / "p")), "--deep"]) == 2
    shown = capsys.readouterr()
    assert "error: Salesforce's compiler front end is not there" in shown.err
    assert "hint: fetch it with: sfgen check --deep --fetch" in shown.err
    assert not shown.out


def test_deep_is_not_fast(tmp_path: Path, capsys: CAPTURE) -> None:
    assert run(["check", str(one_class(tmp_path / "p")), "--deep", "--fast"]) == 2
    assert "--deep and --fast can't be used together" in capsys.readouterr().err


def test_a_compiler_with_other_bytes_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_fake_java(tmp_path, monkeypatch, "exit 0")
    npm = tmp_path / "npm"
    npm.write_text('#!/bin/sh\nfor last; do :; done\necho forged > "$last/package.tgz"\n')
    npm.chmod(0o755)
    monkeypatch.setattr(apex_ls, "fetch_jars", lambda: None)
    with pytest.raises(ToolError, match="is not the package that sfgen was built with"):
        front_end.fetch_front_end()
    assert not list((tmp_path / "cache").rglob("*.jar"))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("exit 0", "can't be driven"),
        ('case "$*" in *javac*) echo "error: no module" >&2; exit 1;; esac', "no module"),
        (COMPILING, "front end failed"),
    ],
)
def test_a_compiler_that_does_not_come_to_its_end_is_never_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, said: str
) -> None:
    with_fake_java(tmp_path, monkeypatch, body)
    front_end.JARS.cache.mkdir(parents=True)
    keep(front_end.JARS.cache / "digests.json", b"{}")
    tier, (finding,) = compile_deeply(read_project(one_class(tmp_path / "p")))
    assert not tier.ran
    assert said in finding.message
    assert finding.severity == "error"


def with_fake_java(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    java = folder / "java"
    java.write_text(
        '#!/bin/sh\nif [ "$1" = "-version" ]; then echo \'openjdk version "17.0.1"\' >&2; exit 0; '
        f"fi\n{body}\n"
    )
    java.chmod(0o755)
    jars = folder / "jars"
    jars.mkdir()
    (jars / "apex-ls_2.13-6.0.2.jar").write_bytes(b"")
    monkeypatch.setenv("PATH", f"{folder}:/bin:/usr/bin")
    monkeypatch.setenv("SFGEN_APEX_LS", str(jars))
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    monkeypatch.delenv("JAVA_HOME", raising=False)


def test_an_untouched_file_of_sfgens_is_an_error_and_an_edited_one_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sfgen.check.tiers import deep

    root = one_class(one_class(tmp_path / "p", "Ours"), "Theirs")
    names = [f"{DEFAULT}/classes/{name}.cls" for name in ("Ours", "Theirs")]
    (root / LOCK_PATH).parent.mkdir()
    (root / LOCK_PATH).write_bytes(
        describe_lock("1", "p", [(name, (root / name).read_bytes()) for name in names])
    )
    (root / names[1]).write_text("public with sharing class Theirs {\n    Integer edited;\n}\n")
    monkeypatch.setattr(
        deep,
        "compile_project",
        lambda root, request: [
            front_end.CompilerProblem(path, 1, 1, "Invalid type: Gone")
            for kind, path, *_ in request
            if kind == "source"
        ],
    )
    _, findings = compile_deeply(read_project(root))
    assert [(Path(f.path).stem, f.severity) for f in findings] == [
        ("Ours", "error"),
        ("Theirs", "warning"),
    ]
    assert hashlib.sha256((root / names[0]).read_bytes()).hexdigest() in (
        root / LOCK_PATH
    ).read_text(encoding="utf-8")


def test_the_compiler_is_told_of_objects_and_their_fields(tmp_path: Path) -> None:
    rows = describe_schema(Subject(read_project(seeded(tmp_path / "p"))))
    assert ["object", "Invoice__c", "custom"] in rows
    assert ["field", "Invoice__c", "Buyer__c", "id", "Buyer__r", "account"] in rows
    assert ["field", "Invoice__c", "Total__c", "decimal", "", ""] in rows
    assert ["field", "Invoice__c", "OwnerId", "id", "Owner", "user"] in rows


def test_the_compiler_is_told_of_what_apex_names(tmp_path: Path) -> None:
    rows = describe_schema(Subject(read_project(EVERYTHING)))
    kinds = {row[0] for row in rows}
    assert {"object", "field", "page", "resource", "component", "label"} <= kinds

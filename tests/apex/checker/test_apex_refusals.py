"""What the platform's compiler refuses is a problem at its line; what it takes is none."""

from __future__ import annotations

import pytest

from sfgen.apex.compiler.units import compile_sources
from sfgen.apex.library import load_library

_PROJECT = {
    "Shape.cls": """
        public abstract class Shape {
            public static final Integer SIDES = 4;
            private static Integer hidden = 1;
            @TestVisible private static Integer shown = 1;
            protected Integer inherited = 2;
            public String name;
            private String secret() { return name; }
            public virtual String label() { return name; }
            public String fixed() { return name; }
            public abstract Integer area();
        }""",
    "Named.cls": "public interface Named { String getName(); void rename(String name, Id owner); }",
    "Sized.cls": """
        public virtual class Sized {
            public Sized(Integer size) { }
            public static void take(String text) { }
            public static void take(Sized other) { }
            public static Integer count(List<String> texts) { return texts.size(); }
            public void nothing() { }
        }""",
    "Level.cls": "public enum Level { LOW, HIGH }",
    "MistakeException.cls": "public class MistakeException extends Exception { }",
}


@pytest.fixture(autouse=True)
def library() -> None:
    load_library()


def _problems(name: str, text: str) -> list[tuple[str, int, str]]:
    units = compile_sources({**_PROJECT, name: text})
    return [(each.file, each.line, each.message) for unit in units for each in unit.problems]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("Integer i = 'a';", "Illegal assignment from String to Integer"),
        ("Integer i; i = 1.5;", "Illegal assignment from Decimal to Integer"),
        ("Integer i = 5L;", "Illegal assignment from Long to Integer"),
        ("Boolean b = 1 + 2;", "Illegal assignment from Integer to Boolean"),
        ("String s = 1;", "Illegal assignment from Integer to String"),
        ("String s = new Sized(1);", "Illegal assignment from Sized to String"),
        ("Level l = 'LOW';", "Illegal assignment from String to Level"),
        ("Sized s = new Set<Id>();", "Illegal assignment from Set<Id> to Sized"),
        ("Note__c n = 'Acme';", "Illegal assignment from String to Note__c"),
        (
            "List<String> l = new List<Integer>();",
            "Illegal assignment from List<Integer> to List<String>",
        ),
        ("MistakeException m = new Sized(1);", "Illegal assignment from Sized to MistakeException"),
        ("Integer i = text();", "Illegal assignment from String to Integer"),
        ("Integer i = new Sized(1).nothing();", "Illegal assignment from void to Integer"),
        ("Integer i = 1; Integer I = 2;", "Duplicate variable: I"),
        ("Integer i; for (Integer i = 0; i < 1; i++) { }", "Duplicate variable: i"),
        ("for (String p : new List<String>()) { }", "Duplicate variable: p"),
        ("return; Integer i;", "Unreachable statement"),
        ("while (true) { break; Integer i; }", "Unreachable statement"),
        ("return 1;", "Void method must not return a value"),
        ("if (1) { }", "Condition expression must be of type Boolean: Integer"),
        ("while ('x') { }", "Condition expression must be of type Boolean: String"),
        (
            "Sized.take(1);",
            "Method does not exist or incorrect signature: void take(Integer) from the type Sized",
        ),
        (
            "Sized.take();",
            "Method does not exist or incorrect signature: void take() from the type Sized",
        ),
        (
            "new Sized(1).grow('x', null);",
            (
                "Method does not exist or incorrect signature: void grow(String, null) from the type "
                "Sized"
            ),
        ),
        (
            "text(true);",
            "Method does not exist or incorrect signature: void text(Boolean) from the type Odd",
        ),
        ("Object o = new Sized('x');", "Constructor not defined: [Sized].<Constructor>(String)"),
        ("Object o = new Odd(1);", "Constructor not defined: [Odd].<Constructor>(Integer)"),
        ("Object o = new Sized(1).size;", "Variable does not exist: size"),
        ("Object o = Shape.corners;", "Variable does not exist: Shape.corners"),
        ("Object o = Level.MIDDLE;", "Variable does not exist: Level.MIDDLE"),
        ("Object o = Shape.hidden;", "Variable is not visible: Shape.hidden"),
        ("Shape.hidden = 2;", "Variable is not visible: Shape.hidden"),
        ("Shape s; s.secret();", "Method is not visible: String Shape.secret()"),
        (
            "Shape.SIDES = 5;",
            (
                "Final members can only be assigned in their declaration, init blocks, or "
                "constructors: SIDES"
            ),
        ),
    ],
)
def test_a_statement_that_the_platform_refuses_is_a_problem(code: str, message: str) -> None:
    text = (
        "public class Odd {\n"
        "static String text() { return 'x'; }\n"
        f"static void run(Integer p) {{\n{code}\n}}\n}}"
    )
    assert _problems("Odd.cls", text) == [("Odd.cls", 4, message)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "public class A { Integer f() { if (true) { return 1; } } }",
            "Missing return statement required return type: Integer",
        ),
        (
            "public class A { String f(Boolean b) { for (Integer i = 0; i < 2; i++) { return 'x'; } } }",
            "Missing return statement required return type: String",
        ),
        (
            "public class A { String f() { return; } }",
            "Missing return statement required return type: String",
        ),
        (
            "public class A { Integer f() { return 'x'; } }",
            "Illegal conversion from String to Integer",
        ),
        ("public class A { Integer f; String F; }", "Duplicate field: F"),
        (
            "public class A { void f(Integer i) { } Integer f(Integer j) { return j; } }",
            "Method already defined: f Integer A.f(Integer) from the type A",
        ),
        (
            "public class A implements Named { public String getName() { return ''; } }",
            "Class A must implement the method: void Named.rename(String, Id)",
        ),
        (
            "public class A extends Shape { }",
            "Class A must implement the abstract method: Integer Shape.area()",
        ),
        (
            "public class A implements Queueable { }",
            (
                "Class A must implement the method: "
                "void System.Queueable.execute(System.QueueableContext)"
            ),
        ),
        (
            "public class A extends Sized { }",
            "No default constructor available in super type: Sized",
        ),
        (
            "public class A extends Sized { public A() { Integer i = 1; } }",
            "No default constructor available in super type: Sized",
        ),
        (
            "public class A extends Sized { public A() { super('x'); } }",
            "Constructor not defined: [Sized].<Constructor>(String)",
        ),
        (
            "public class A { class B extends A { } }",
            "Non-virtual and non-abstract type cannot be extended: A",
        ),
        (
            "public abstract class A extends Shape { public String label() { return ''; } }",
            "Method must use the override keyword: String A.label()",
        ),
        (
            "public abstract class A extends Shape { public String fixed() { return ''; } }",
            "Non-virtual, non-abstract methods cannot be overridden: String Shape.fixed()",
        ),
        (
            "public class A { final Integer i = 1; void f() { i = 2; } }",
            (
                "Final members can only be assigned in their declaration, init blocks, or "
                "constructors: i"
            ),
        ),
    ],
)
def test_a_declaration_that_the_platform_refuses_is_a_problem(text: str, message: str) -> None:
    assert _problems("A.cls", text) == [("A.cls", 1, message)]


@pytest.mark.parametrize(
    "code",
    [
        "Decimal d = 1; Double e = 1.5; Decimal f = e; Long l = 1;",
        "Id i = 'x'; String s = i; Object o = 1; SObject r = new Account();",
        "String s = 'a' + 1 + true; s += 1;",
        "Account a = [SELECT Id FROM Account LIMIT 1]; List<SObject> l = new List<Account>();",
        "MistakeException m = new MistakeException('x', new MistakeException()); m.setMessage('y'); throw m;",
        "Sized.take(null); Sized.take(Beyond.thing()); Integer i = (Integer) Beyond.value;",
        "Iterable<String> i = new List<String>(); List<Object> l = new List<String>();",
        "for (Integer i = 0; i < 1; i++) { } for (Integer i = 0; i < 1; i++) { }",
        "{ Integer i = 1; } { String i = ''; }",
        "try { Integer e = 1; } catch (Exception e) { String s = e.getMessage(); }",
        "if (p == 1) { return; } else { throw new MistakeException(); }",
        "if (p == 1) { throw new MistakeException(); return; } return; return;",
        "if (p == 1) { throw new MistakeException(); p = 2; }",
        "for (Integer i = 0; i < 1; i) { i = 2; }",
        "Boolean b = new Sized(1).equals(null) || Level.LOW == Level.HIGH; String s = '' + b;",
        "Integer i = Level.LOW.ordinal(); List<Level> l = Level.values(); String n = Level.LOW.name();",
        "new Sized(1).toString(); new Sized(1).hashCode();",
        "Unknown__Thing t = new Unknown__Thing(); t.grow(1); Integer i = t.size;",
        "Date d = Date.today(); Datetime t = d; Time z = t.time();",
        "Set<String> s = new Set<String>{ 'a' }; Map<Id, Account> m = new Map<Id, Account>();",
    ],
)
def test_a_statement_that_the_platform_takes_is_no_problem(code: str) -> None:
    text = f"public class Odd {{ static void run(Integer p) {{\n{code}\n}} }}"
    assert _problems("Odd.cls", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "public class A { Integer f() { while (true) { } } Integer g() { throw new MistakeException(); } }",
        (
            "public class A { Integer f(Level l) { switch on l { when LOW { return 1; } "
            "when else { return 2; } } } }"
        ),
        "public class A { Integer f() { try { return 1; } catch (Exception e) { throw e; } } }",
        "public class A { Integer f() { try { Integer i = 1; } finally { return 1; } } }",
        (
            "public class A { final Integer i; final Integer j = 2; static final Integer K; "
            "static { K = 1; } { j = 3; } public A() { i = 1; } }"
        ),
        "public class A { public Integer value { get; set { Integer v = value; value = v; } } }",
        (
            "public class A extends Beyond { void f() { grow(size, this.width); A.make(); } "
            "public Integer g() { return inherited; } }"
        ),
        "public abstract class A extends Shape implements Named { }",
        "public class A extends Shape { public override Integer area() { return inherited; } }",
        "public class A extends Sized { public A() { super(1); } public A(Integer i) { this(); } }",
        "public class A extends Sized { public A() { SUPER(1); } }",
        "public class A { class B { private Integer i; } Integer f() { return new B().i; } }",
        "@IsTest private class A { @IsTest static void f() { Integer i = Shape.shown; } }",
        (
            "public class A implements Named { public String getName() { return null; } "
            "public void rename(String n, Id o) { } }"
        ),
        "public class A implements Beyond.Thing { }",
        "public class A { final Integer p { get { p = 1; return p; } private set; } }",
    ],
)
def test_a_declaration_that_the_platform_takes_is_no_problem(text: str) -> None:
    assert _problems("A.cls", text) == []


def test_code_that_is_refused_leaves_the_rest_running() -> None:
    units = compile_sources({"A.cls": "public class A { Integer i = 'x'; void f() { nope(); } }"})
    assert [len(unit.problems) for unit in units] == [2]
    assert units[0].code is not None

"""Wrong programs and what the platform's compiler says of them; right ones that look alike.

The messages are those of the platform's compiler, as its language server's message table has them.
"""

from __future__ import annotations

from typing import Any

import pytest

from sfgen.apex.compiler.units import compile_sources
from sfgen.apex.library import load_library
from sfgen.apex.opening import open_org

_PROJECT = {
    "Helper.cls": """
        public class Helper {
            private Helper() { }
            public Helper(String s) { }
            private Integer p;
            public final Integer q = 1;
            public Integer n;
            public static Integer s;
            public void inst() { }
            public static void stat() { }
            private class Hid { }
            protected void prot() { }
            public static void nothing() { }
        }""",
    "Face.cls": "public interface Face { void go(); }",
    "Abs.cls": "public abstract class Abs { public abstract void m(); public virtual void v() { } }",
    "Col.cls": "public enum Col { RED, GREEN }",
}
_METHOD = """public class W {{ Integer inst; static Integer stat; void im() {{ }} static void sm() {{ }}
static void run(Integer p, Object o, Account a, List<String> ls) {{
{code}
}} }}"""


@pytest.fixture(scope="module")
def schema() -> Any:
    load_library()
    return open_org({}, "").schema


def _problems(text: str, schema: Any) -> list[str]:
    units = compile_sources({**_PROJECT, "W.cls": text}, schema)
    return [each.message for unit in units for each in unit.problems]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("Strng x = 'a';", "Invalid type: Strng"),
        ("Helper.Nope x;", "Invalid type: Helper.Nope"),
        ("p = undefinedVar;", "Variable does not exist: undefinedVar"),
        ("undefinedVar = 1;", "Variable does not exist: undefinedVar"),
        (
            "'a'.foo();",
            "Method does not exist or incorrect signature: void foo() from the type String",
        ),
        (
            "String.foo('a');",
            "Method does not exist or incorrect signature: void foo(String) from the type String",
        ),
        (
            "ls.push('a');",
            "Method does not exist or incorrect signature: void push(String) from the type List<String>",
        ),
        (
            "Map<Id, Account> m; m.contains('x');",
            "Method does not exist or incorrect signature: void contains(String) from the type Map<Id,Account>",
        ),
        (
            "p.foo();",
            "Method does not exist or incorrect signature: void foo() from the type Integer",
        ),
        (
            "Math.nope(1);",
            "Method does not exist or incorrect signature: void nope(Integer) from the type Math",
        ),
        (
            "String s = 'a'.substring('x');",
            "Method does not exist or incorrect signature: void substring(String) from the type String",
        ),
        (
            "String s = 'a'.left();",
            "Method does not exist or incorrect signature: void left() from the type String",
        ),
        (
            "nope(1);",
            "Method does not exist or incorrect signature: void nope(Integer) from the type W",
        ),
        (
            "Helper.nope();",
            "Method does not exist or incorrect signature: void nope() from the type Helper",
        ),
        ("p = inst;", "Variable does not exist: inst"),
        ("im();", "Non static method cannot be referenced from a static context: void W.im()"),
        (
            "Helper.inst();",
            "Non static method cannot be referenced from a static context: void Helper.inst()",
        ),
        (
            "Helper h; h.stat();",
            "Static method cannot be referenced from a non static context: void Helper.stat()",
        ),
        (
            "Helper h; p = h.s;",
            "Static field cannot be referenced from a non static context: s from the type Helper",
        ),
        (
            "p = Helper.n;",
            "Non static field cannot be referenced from a static context: n from the type Helper",
        ),
        ("Object t = this;", "This cannot be referenced in a static context"),
        ("Helper h = new Helper();", "Constructor is not visible: [Helper].<Constructor>()"),
        ("Helper h; p = h.p;", "Variable is not visible: Helper.p"),
        ("Helper h; h.prot();", "Method is not visible: void Helper.prot()"),
        ("Helper h = new Helper(1);", "Constructor not defined: [Helper].<Constructor>(Integer)"),
        (
            "Helper h; h.q = 2;",
            "Final members can only be assigned in their declaration, init blocks, or constructors: q",
        ),
        ("Boolean b = 1 == 'a';", "Comparison arguments must be compatible types: Integer, String"),
        ("Boolean b = 'a' == p;", "Comparison arguments must be compatible types: String, Integer"),
        ("Boolean b = 'a' < 1;", "Comparison arguments must be compatible types: String, Integer"),
        (
            "Integer x = 'a' - 1;",
            "Arithmetic expressions must use numeric arguments: String, Integer",
        ),
        (
            "Integer x = 'a' * 2;",
            "Arithmetic expressions must use numeric arguments: String, Integer",
        ),
        (
            "Integer x = true + 1;",
            "Arithmetic expressions must use numeric arguments: Boolean, Integer",
        ),
        ("Boolean b = true && 1;", "Logical operator can only be applied to Boolean"),
        ("if (p && true) { p = 1; }", "Logical operator can only be applied to Boolean"),
        (
            "String s = 'a'; s++;",
            "Unary postfix increment/decrement can only be applied to numeric expressions: String",
        ),
        ("Integer x = -'a';", "Unary negation must use a numeric argument"),
        ("Boolean b = true < false;", "Inequality operator not allowed for this type: Boolean"),
        (
            "Integer x = (Integer) 'a';",
            "Incompatible types since an instance of String is never an instance of Integer",
        ),
        (
            "Helper h = (Helper) 'a';",
            "Incompatible types since an instance of String is never an instance of Helper",
        ),
        (
            "Boolean b = 'x' instanceof Integer;",
            "Operation instanceof is always false since an instance of String is never an instance of Integer",
        ),
        ("Integer x = true ? 'a' : 1;", "Incompatible types in ternary operator: String, Integer"),
        ("break;", "Break statement must be in loop"),
        ("continue;", "Continue statement must be in loop"),
        ("throw 'x';", "Throw expression must be of type exception: String"),
        ("insert 'x';", "DML requires SObject or SObject list type: String"),
        ("insert ls;", "DML requires SObject or SObject list type: List<String>"),
        ("for (String s : p) { p = 1; }", "Loop must iterate over collection: Integer"),
        (
            "for (Integer s : ls) { p = 1; }",
            "Invalid loop variable type expected String was Integer",
        ),
        ("p == 1;", "Expression cannot be a statement."),
        ("p + 1;", "Expression cannot be a statement."),
        ("1 = p;", "Expression cannot be assigned"),
        (
            "try { p = 1; } catch (String e) { p = 2; }",
            "Catch block variable must be of type exception: String",
        ),
        ("void x;", "Variables cannot be of type void"),
        ("Integer x = Helper.nothing();", "Illegal assignment from void to Integer"),
        ("Integer x = ls[0];", "Illegal assignment from String to Integer"),
        ("Integer x = ls.get(0);", "Illegal assignment from String to Integer"),
        ("String x = ls.size();", "Illegal assignment from Integer to String"),
        ("Integer x = 'a'.length() + 'b';", "Illegal assignment from String to Integer"),
        ("String x = p + p;", "Illegal assignment from Integer to String"),
        ("Integer x = a.Name;", "Illegal assignment from String to Integer"),
        ("a.Name = 5;", "Illegal assignment from Integer to String"),
        ("Account b = new Account(Name = 5);", "Illegal assignment from Integer to String"),
        ("Contact c = a;", "Illegal assignment from Account to Contact"),
        (
            "ls.add(5);",
            "Method does not exist or incorrect signature: void add(Integer) from the type List<String>",
        ),
        ("String s = ls['a'];", "List index must be of type Integer: String"),
        ("String s = p[0];", "Expression must be a list type: Integer"),
        (
            "List<String> x = new List<String>{1};",
            "Initial expression is of incorrect type, expected: String but was: Integer",
        ),
        (
            "Map<String,Integer> x = new Map<String,Integer>{1 => 1};",
            "Invalid key type Integer for Map<String,Integer>",
        ),
        (
            "List<SObject> x = [SELECT Id FROM Account WHERE Name = :undefinedVar];",
            "Variable does not exist: undefinedVar",
        ),
        ("Abs x = new Abs();", "Abstract classes cannot be constructed: Abs"),
        ("Face x = new Face();", "Type cannot be constructed: Face"),
        (
            "List<Account, Contact> x;",
            "Invalid type argument count for List: expected 1 but found 2",
        ),
        ("Map<String> x;", "Invalid type argument count for Map: expected 2 but found 1"),
        ("Helper<String> x;", "Type arguments provided for a non-parameterized type: Helper"),
        ("Col c = Col.BLUE;", "Variable does not exist: Col.BLUE"),
        ("Date d = '2024-01-01';", "Illegal assignment from String to Date"),
        ("Datetime d = 5;", "Illegal assignment from Integer to Datetime"),
        ("Integer i = Date.today();", "Illegal assignment from Date to Integer"),
        ("String s = System.now();", "Illegal assignment from Datetime to String"),
        ("Decimal d = 'x';", "Illegal assignment from String to Decimal"),
        ("Set<Id> s = new List<Id>();", "Illegal assignment from List<Id> to Set<Id>"),
        ("Integer i = 1L;", "Illegal assignment from Long to Integer"),
        ("return p;", "Void method must not return a value"),
        ("Object x = a.Indutsry;", "Variable does not exist: Indutsry"),
        ("a.Indstry = 'x';", "Variable does not exist: Indstry"),
        ("a = new Account(Industtry = 'x');", "Field does not exist: Industtry on Account"),
    ],
)
def test_a_wrong_statement_is_refused(code: str, message: str, schema: Any) -> None:
    assert _problems(_METHOD.format(code=code), schema) == [message]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "public class W { public override void m() {} }",
            "@Override specified for non-overriding method: void W.m()",
        ),
        ("public class W { void m(); }", "Method must have a body"),
        (
            "public class W extends Exception {}",
            "Classes extending Exception must have a name ending in 'Exception': W",
        ),
        (
            "public class W { class X { static void m() {} } }",
            "static can only be used on methods of a top level type",
        ),
        (
            "public class W { class X { class Y {} } }",
            "Inner types are not allowed to have inner types",
        ),
        (
            "public class W implements Face { void go() {} }",
            "W: Overriding implementations of global or public interface methods must be global or public: void W.go()",
        ),
        ("public class W { void m(Integer x, String x) {} }", "Duplicate variable: x"),
        (
            "@IsTest public class W { @IsTest static void t(Integer i) {} }",
            "Test methods must have no arguments",
        ),
        (
            "public class W { @future static void f(Account a) {} }",
            "Future methods do not support parameter type of Account",
        ),
    ],
)
def test_a_wrong_declaration_is_refused(text: str, message: str, schema: Any) -> None:
    assert _problems(text, schema) == [message]


@pytest.mark.parametrize(
    "code",
    [
        "Foreign x = new Foreign(); x.go(); Foreign.Inner y; IHelper z; Helpers k;",
        "Boolean b = p == 1.5 || a.Id == 'x' || o == 1 || a.Name == null || null != p;",
        "Boolean b = Date.today() < Datetime.now() || 'a' < 'b' || p <= 2L;",
        "Object t = o == null ? 'a' : (Object) 1; Decimal d = p > 1 ? 1 : 2.5;",
        "Integer i = (Integer) o; String s = (String) o; Decimal d = (Decimal) 5; Id x = (Id) 's';",
        "List<Object> l = new List<Object>{ 1, 'a' }; Map<Object, Object> m = new Map<Object, Object>{ 1 => 'a' };",
        "for (SObject r : [SELECT Id FROM Account]) { p = 1; } for (Account r : new List<SObject>()) { p = 1; }",
        "for (String s : new Set<String>()) { if (s == 'x') { break; } else { continue; } }",
        "while (true) { if (p == 1) { break; } } do { switch on p { when 1 { continue; } } } while (p < 2);",
        "insert a; update new List<SObject>{ a }; delete [SELECT Id FROM Account];",
        "p++; ++p; a.NumberOfEmployees++; p += 1; String s = 'a'; s += 1; new Helper('x'); [SELECT Id FROM Account];",
        "String s = 'a'.substring(1) + ls[0] + ls.get(0).left(2); Integer i = ls.size() + 'a'.length();",
        "throw new DmlException('x');",
        "Object x = a.Foreign__c; a.Tier = 'x'; a = new Account(My_Industry__c = 'x');",
        "List<List<String>> x = new List<List<String>>(); x[0][0] = 'a'; Integer[] k = new Integer[]{ 1, 2 };",
        "try { p = 1; } catch (DmlException e) { p = 2; } catch (Exception e) { p = 3; }",
        "stat = 1; sm(); W.sm(); Helper.s = 2; Helper.stat(); W w = new W(); w.im(); w.inst = 1;",
        "List<SObject> l = new List<Account>(); List<Account> k = (List<Account>) l; SObject r = a;",
        "Object s = ls.contains('a') && !ls.isEmpty(); Long n = p; Double d = n; d = p * 1.5;",
        "a.Name.contains('x'); String s = String.valueOf(p) + String.join(ls, ',') + Math.max(p, 2);",
    ],
)
def test_a_right_statement_is_taken(code: str, schema: Any) -> None:
    assert _problems(_METHOD.format(code=code), schema) == []


@pytest.mark.parametrize(
    "text",
    [
        "public class W extends Foreign { public override void m() { gone(); } }",
        "public class W implements Face { public void go() { } }",
        "public class W { public override String toString() { return ''; } public override Integer hashCode() { return 1; } }",
        "public class W extends Abs { public override void m() { } public override void v() { super.v(); } }",
        "public class WException extends Exception { }",
        "public class W { class In { Integer i; void f() { i = 1; } } static void g() { new In().f(); } }",
        "public class W { @future static void f(List<Id> ids, String s) { } }",
        "public class W { static W self { get { if (self == null) { self = new W(); } return self; } set; } private W() { } Integer i = this.j(); Integer j() { return 1; } }",
        "public class W { static Integer f(Account a) { return [SELECT Id FROM Account LIMIT 1].Name.length(); } }",
    ],
)
def test_a_right_declaration_is_taken(text: str, schema: Any) -> None:
    assert _problems(text, schema) == []


@pytest.mark.timeout(60)
def test_a_long_chain_of_calls_is_read_once(schema: Any) -> None:
    fluent = "public class Fluent { public Fluent next(Integer i) { return this; } }"
    chain = "new Fluent()" + ".next(1)" * 40
    texts = "ls[0]" + ".trim()" * 40
    unknown = "Foreign.start()" + ".next(1)" * 40
    code = f"Object f = {chain}; String s = {texts}; Object u = {unknown};"
    sources = {**_PROJECT, "Fluent.cls": fluent, "W.cls": _METHOD.format(code=code)}
    assert [each for unit in compile_sources(sources, schema) for each in unit.problems] == []

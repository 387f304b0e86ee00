"""Shapes of public code that once stopped a whole project from compiling."""

from __future__ import annotations

from typing import Any

from sfgen.apex.compiler.program import Program
from sfgen.apex.compiler.units import compile_sources
from sfgen.apex.library import load_library
from sfgen.apex.runtime.execution import Execution, enter


def run(sources: dict[str, str], function: str) -> Any:
    load_library()
    program = Program(compile_sources(sources))
    assert not program.problems, program.problems
    program.begin()
    with enter(Execution(program=program)):
        return program.namespace[function]()


def test_a_chain_of_150_else_ifs_compiles_and_marks_its_lines() -> None:
    chain = "\n else ".join(f"if (n == {n}) {{ return {n}; }}" for n in range(150))
    text = f"public class Long {{\n public static Object f() {{\n Integer n = 140;\n {chain}\n"
    sources = {"Chain.cls": text.replace("Long", "Chain") + " return -1;\n }\n}"}
    assert run(sources, "chain__m_f") == 140


def test_code_nested_beyond_python_is_a_problem_of_its_file() -> None:
    load_library()
    nest = "if (true) { " * 120 + "n = 1;" + " }" * 120
    sources = {
        "Deep.cls": f"public class Deep {{ public static void f() {{ Integer n; {nest} }} }}",
        "Flat.cls": "public class Flat { public static Object f() { return 1; } }",
    }
    program = Program(compile_sources(sources))
    assert [each.file for each in program.problems] == ["Deep.cls"]
    assert "Nested too deeply" in program.problems[0].message


def test_a_static_method_serves_an_interface() -> None:
    """A public suite (EDA) that runs on the platform depends on it."""
    sources = {
        "Maker.cls": "public interface Maker { Integer made(Integer n); }",
        "Made.cls": "public class Made implements Maker {"
        " public static Integer made(Integer n) { return n + 1; } }",
        "Use.cls": "public class Use { public static Object f() {"
        " Maker m = new Made(); return m.made(3); } }",
    }
    assert run(sources, "use__m_f") == 4


def test_an_unbuilt_exception_type_chooses_an_overload() -> None:
    sources = {
        "Log.cls": "public class Log {"
        " static String put(Exception e) { return 'e'; }"
        " static String put(String s) { return 's'; }"
        " public static Object f() {"
        " try { return put('x'); } catch (Wave.QueryNodeException e) { return put(e); } } }",
    }
    assert run(sources, "log__m_f") == "s"


def test_a_property_named_like_its_enum_leaves_the_values_reachable() -> None:
    sources = {
        "Bind.cls": "public class Bind { public enum Kind { Flow, Apex }"
        " public Kind Kind { get; set; }"
        " public Object all() { return Kind.Apex.name() + Kind; }"
        " public static Object f() { Bind b = new Bind(); b.Kind = Bind.Kind.Flow;"
        " return b.all(); } }",
    }
    assert run(sources, "bind__m_f") == "ApexFlow"


def test_a_final_property_fills_itself_and_an_interface_may_ask_for_to_string() -> None:
    sources = {
        "Told.cls": "public interface Told { String toString(); }",
        "Lazy.cls": "public class Lazy implements Told {"
        " public static final String ONE { get { if (ONE == null) { ONE = 'one'; } return ONE; }"
        " private set; }"
        " public static Object f() { Told t = new Lazy(); return Lazy.ONE; } }",
    }
    assert run(sources, "lazy__m_f") == "one"


def test_a_subclass_s_constructor_fills_an_inherited_final_field() -> None:
    sources = {
        "Base.cls": "public class Base { public abstract class Over { private final String kind; }"
        " public class Under extends Over { Under(String k) { this.kind = k; } }"
        " public static Object f() { return new Under('u').kind; } }",
    }
    assert run(sources, "base__m_f") == "u"

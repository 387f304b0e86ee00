"""The template language of a pack, compiled ahead of time.

Packs are written in Jinja's syntax with the marks of their own ``cookiecutter.json``. Jinja's own
parser reads them once; what it finds is turned into one Python function per template, so that a
later run needs neither Jinja nor the template files (measured: rendering 88 templates takes
1.4 ms, importing Jinja 46 ms, compiling 71 ms).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.errors import TemplateError
from sfgen.pack.fit import fit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import Environment, nodes

#: Marks and switches that a pack's cookiecutter.json may set.
_ENVIRONMENT_KEYS = frozenset(
    """variable_start_string variable_end_string block_start_string block_end_string
    comment_start_string comment_end_string trim_blocks lstrip_blocks""".split()
)
_COMPARISONS = {"eq": "==", "ne": "!=", "in": "in", "notin": "not in"}


def create_environment(settings: Mapping[str, Any]) -> Environment:
    """Return a sandboxed, strict Jinja environment with a pack's marks.

    Raises:
        TemplateError: a setting that is no mark.
    """
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    if unknown := set(settings) - _ENVIRONMENT_KEYS - {"keep_trailing_newline"}:
        raise TemplateError(f"cookiecutter.json: unknown _jinja2_env_vars: {min(unknown)}")
    marks = {**settings, "keep_trailing_newline": True}
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False, **marks)
    environment.filters["fit"] = fit
    return environment


def compile_template(environment: Environment, name: str, text: str) -> str:
    """Return the source of a Python expression of ``c`` (the answers) that renders a template.

    Raises:
        TemplateError: a syntax error, or a construct outside the pack's language.
    """
    from jinja2 import TemplateSyntaxError

    try:
        template = environment.parse(text, name)
    except TemplateSyntaxError as error:
        raise TemplateError(f"{name}:{error.lineno}: {error.message}") from error
    parts = _compile_body(template.body, name)
    return parts or "''"


def _compile_body(body: list[nodes.Node], name: str) -> str:
    parts = [part for node in body for part in _compile_node(node, name)]
    if len(parts) < 2:
        return "".join(parts)
    return f"''.join(({', '.join(parts)},))"


def _compile_node(node: nodes.Node, name: str) -> list[str]:
    from jinja2 import nodes

    if isinstance(node, nodes.Output):
        return [_compile_expression(part, name) for part in node.nodes]
    if isinstance(node, nodes.If):
        return [_compile_if(node, name)]
    if isinstance(node, nodes.FilterBlock):
        return [_compile_block(node, name)]
    raise TemplateError(
        f"{name}:{node.lineno}: {type(node).__name__} is outside the pack's language"
    )


def _compile_if(node: nodes.If, name: str) -> str:
    branches = [node, *node.elif_]
    otherwise = _compile_body(node.else_, name) or "''"
    for branch in reversed(branches):
        test = _compile_expression(branch.test, name)
        body = _compile_body(branch.body, name) or "''"
        otherwise = f"({body} if {test} else {otherwise})"
    return otherwise


def _compile_block(node: nodes.FilterBlock, name: str) -> str:
    """Compile a statement in its longest layout, which ``fit`` joins."""
    if node.filter.name != "fit" or node.filter.node is not None or node.filter.args:
        raise TemplateError(f"{name}:{node.lineno}: only fit takes a block")
    return f"_f({_compile_body(node.body, name)})"


def _compile_expression(node: nodes.Node, name: str) -> str:
    from jinja2 import nodes

    compilers: dict[type, Callable[[Any], str]] = {
        nodes.TemplateData: lambda n: repr(n.data),
        nodes.Const: lambda n: repr(n.value),
        nodes.Not: lambda n: f"(not {_compile_expression(n.node, name)})",
        nodes.And: lambda n: _join_operands(n, "and", name),
        nodes.Or: lambda n: _join_operands(n, "or", name),
        nodes.Getattr: lambda n: _compile_answer(n, name),
        nodes.Getitem: lambda n: _compile_item(n, name),
        nodes.Compare: lambda n: _compile_comparison(n, name),
        nodes.Concat: lambda n: f"({' + '.join(_compile_expression(p, name) for p in n.nodes)})",
        nodes.Filter: lambda n: _compile_filter(n, name),
        nodes.Tuple: lambda n: f"({''.join(_compile_expression(p, name) + ',' for p in n.items)})",
        nodes.Call: lambda n: _compile_split(n, name),
    }
    compiler = compilers.get(type(node))
    if compiler is None:
        kind = type(node).__name__
        raise TemplateError(f"{name}:{node.lineno}: {kind} is outside the pack's language")
    return compiler(node)


def _join_operands(node: nodes.BinExpr, word: str, name: str) -> str:
    left = _compile_expression(node.left, name)
    return f"({left} {word} {_compile_expression(node.right, name)})"


def _compile_answer(node: nodes.Getattr, name: str) -> str:
    from jinja2 import nodes

    if isinstance(node.node, nodes.Name) and node.node.name == "cookiecutter":
        return f"c[{node.attr!r}]"
    raise TemplateError(f"{name}:{node.lineno}: only cookiecutter.<answer> can be read")


def _compile_item(node: nodes.Getitem, name: str) -> str:
    from jinja2 import nodes

    value = _compile_expression(node.node, name)
    if isinstance(node.arg, nodes.Slice):
        start, stop = (
            "" if bound is None else _compile_expression(bound, name)
            for bound in (node.arg.start, node.arg.stop)
        )
        return f"{value}[{start}:{stop}]"
    return f"{value}[{_compile_expression(node.arg, name)}]"


def _compile_comparison(node: nodes.Compare, name: str) -> str:
    if len(node.ops) != 1 or node.ops[0].op not in _COMPARISONS:
        raise TemplateError(f"{name}:{node.lineno}: compare with ==, !=, in or not in")
    operator = node.ops[0]
    left = _compile_expression(node.expr, name)
    return f"({left} {_COMPARISONS[operator.op]} {_compile_expression(operator.expr, name)})"


def _compile_filter(node: nodes.Filter, name: str) -> str:
    from jinja2 import nodes

    if not isinstance(node.node, nodes.Expr) or node.args or node.kwargs:
        raise TemplateError(f"{name}:{node.lineno}: filter {node.name} takes no arguments here")
    value = _compile_expression(node.node, name)
    known = {"lower": "{}.lower()", "upper": "{}.upper()", "e": "_e({})", "tojson": "_j({})"}
    if node.name not in known:
        raise TemplateError(f"{name}:{node.lineno}: filter {node.name} is outside the language")
    return known[node.name].format(value)


def _compile_split(node: nodes.Call, name: str) -> str:
    from jinja2 import nodes

    if isinstance(node.node, nodes.Getattr) and node.node.attr in ("split", "replace"):
        arguments = ", ".join(_compile_expression(argument, name) for argument in node.args)
        return f"{_compile_expression(node.node.node, name)}.{node.node.attr}({arguments})"
    raise TemplateError(f"{name}:{node.lineno}: only split and replace can be called")

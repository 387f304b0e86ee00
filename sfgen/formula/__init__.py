"""Salesforce's formula language: one parser, one meaning, one table of functions.

Formula fields, validation rules and defaults speak it, and the expressions of Visualforce do
("Visualforce pages use the same expression language as formulas", Visualforce Developer Guide,
appendix "Global Variables, Functions, and Expression Operators"). A `Scope` says what a place of
use adds, and what it does otherwise.
"""

from __future__ import annotations

from sfgen.formula.evaluation import evaluate
from sfgen.formula.functions import FUNCTIONS
from sfgen.formula.parser import parse_formula
from sfgen.formula.scope import Scope
from sfgen.formula.tree import (
    Call,
    FormulaError,
    FormulaSyntaxError,
    Index,
    Literal,
    Node,
    Operation,
    Path,
    paths_of,
)
from sfgen.formula.values import as_number, as_text

__all__ = [
    "FUNCTIONS",
    "Call",
    "FormulaError",
    "FormulaSyntaxError",
    "Index",
    "Literal",
    "Node",
    "Operation",
    "Path",
    "Scope",
    "as_number",
    "as_text",
    "evaluate",
    "parse_formula",
    "paths_of",
]

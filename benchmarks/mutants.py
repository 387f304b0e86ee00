"""Breaks a project's Apex on purpose and counts how many breaks its tests notice.

    python benchmarks/mutants.py DIR [--limit 200] [--seed 1] [--show]

A mutant changes one token of one class that is no test: an operator, a number, a Boolean, a text,
a condition, or it takes one statement out. It is killed when a test that passed before doesn't
pass any more or the class doesn't compile as before. Prints the rate and the survivors.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from sfgen.apex.org import open_org
from sfgen.apex.sources import ApexSources, read_sources
from sfgen.apex.syntax.lexer import Token, read_tokens
from sfgen.apex.testing.transactions import TestBench

_SWAPS = {
    "==": "!=",
    "!=": "==",
    "<": "<=",
    "<=": "<",
    ">": ">=",
    ">=": ">",
    "+": "-",
    "-": "+",
    "*": "/",
    "/": "*",
    "&&": "||",
    "||": "&&",
    "++": "--",
    "--": "++",
    "+=": "-=",
    "true": "false",
    "false": "true",
}
_OPENERS = re.compile(r"[;{}]")


@dataclass(frozen=True)
class Mutant:
    file: str
    line: int
    what: str
    text: str


def _replaced(source: str, token: Token, text: str) -> str:
    return source[: token.start] + text + source[token.end :]


def _changes(tokens: list[Token], place: int) -> list[str]:
    token = tokens[place]
    if token.kind in {"mark", "name"} and token.low in _SWAPS:
        before, after = tokens[place - 1], tokens[place + 1]
        if token.low in {"<", ">"} and (before.end == token.start or after.start == token.end):
            return []  # generics stand without blanks, comparisons with them
        if token.low in {"+", "-"} and before.kind == "mark" and before.low not in {")", "]"}:
            return []
        return [_SWAPS[token.low]]
    if token.kind == "integer":
        return [str(int(token.text) + 1)]
    if token.kind == "text" and not token.text.startswith("'''"):
        return ["''" if len(token.text) > 2 else "'x'"]
    if token.low in {"if", "while"} and tokens[place + 1].low == "(":
        return ["negated"]
    return []


def _negated(source: str, tokens: list[Token], place: int) -> str | None:
    """The text with the condition behind `if` turned round."""
    depth = 0
    for token in tokens[place + 1 :]:
        depth += (token.low == "(" and token.kind == "mark") - (token.low == ")")
        if depth == 0:
            start = tokens[place + 1].start
            inner = source[start : token.end]
            return f"{source[:start]}(!{inner}){source[token.end :]}"
    return None


def _without_statement(source: str, tokens: list[Token], place: int) -> str | None:
    """The text without the statement that ends at the `;`, if it is a call or an assignment."""
    start, depth = place - 1, 0
    while start > 0:
        token = tokens[start]
        if token.kind == "mark" and token.low in ")]":
            depth += 1
        elif token.kind == "mark" and token.low in "([":
            depth -= 1
        elif depth == 0 and token.kind == "mark" and _OPENERS.fullmatch(token.low):
            break
        start -= 1
    statement = tokens[start + 1 : place]
    if depth or len(statement) < 3 or statement[0].kind != "name":
        return None
    if statement[0].low in {"return", "throw", "public", "private", "global", "get", "set"}:
        return None
    if statement[1].kind == "name" or statement[1].low in {"<", "["}:
        return None  # a declaration
    return source[: statement[0].start] + source[tokens[place].start :]


def make_mutants(sources: ApexSources, files: set[str]) -> list[Mutant]:
    found: list[Mutant] = []
    for file in sorted(files):
        source = sources.apex[file]
        tokens = read_tokens(source)
        for place, token in enumerate(tokens[:-1]):
            if token.kind == "mark" and token.low == ";":
                text = _without_statement(source, tokens, place)
                if text is not None:
                    found.append(Mutant(file, token.line, "statement removed", text))
                continue
            for change in _changes(tokens, place):
                if token.low in {"if", "while"}:
                    text = _negated(source, tokens, place)
                    what = "condition turned round"
                else:
                    text, what = _replaced(source, token, change), f"{token.text} -> {change}"
                if text is not None and _inside_method(tokens, place):
                    found.append(Mutant(file, token.line, what, text))
    return found


def _inside_method(tokens: list[Token], place: int) -> bool:
    """Annotations' values change nothing that runs."""
    depth = 0
    for token in reversed(tokens[:place]):
        depth += (token.low == ")") - (token.low == "(")
        if depth < 0:
            break
        if token.low in {";", "{", "}"}:
            return True
    before = tokens[max(0, tokens.index(token) - 2) : tokens.index(token)]
    return not (before and before[0].low == "@")


class Judge:
    """Runs the tests against a mutated project, those that touch the file first."""

    def __init__(self, sources: ApexSources) -> None:
        self.sources = sources
        self.touching: dict[str, list[tuple[str, str]]] = {}
        org = open_org(sources)
        bench = TestBench(org, seed=1)
        for unit in org.program.units:
            for test in unit.tests:
                for name, _ in test.methods:
                    self._learn(org, bench, test, name)
        self.files = {
            unit.file
            for unit in org.program.units
            if not unit.is_test and unit.file in self.touching
        }

    def _learn(self, org: object, bench: TestBench, test: object, name: str) -> None:
        marks = org.program.coverage  # type: ignore[attr-defined]
        for each in marks.values():
            each[:] = bytes(len(each))
        result = bench.run_class(test, [name])[0]  # type: ignore[arg-type]
        if result.outcome != "passed":
            return
        for file, each in marks.items():
            if any(each):
                self.touching.setdefault(file, []).append((result.class_name, name))

    def kills(self, mutant: Mutant) -> bool:
        apex = {**self.sources.apex, mutant.file: mutant.text}
        metadata = {**self.sources.metadata, mutant.file: mutant.text.encode()}
        org = open_org(replace(self.sources, apex=apex, metadata=metadata))
        if org.program.problems:
            return True
        tests = {test.name: test for unit in org.program.units for test in unit.tests}
        bench = TestBench(org, seed=1)
        for class_name, name in self.touching[mutant.file]:
            results = bench.run_class(tests[class_name], [name])
            if any(each.outcome != "passed" for each in results):
                return True
        return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("--limit", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        judge = Judge(read_sources(options.root))
        mutants = make_mutants(judge.sources, judge.files)
        random.Random(options.seed).shuffle(mutants)  # noqa: S311 - a repeatable choice
        chosen = mutants[: options.limit]
        survivors = [mutant for mutant in chosen if not judge.kills(mutant)]
    killed = len(chosen) - len(survivors)
    print(f"{killed} of {len(chosen)} mutants killed ({100 * killed / max(len(chosen), 1):.1f} %)")
    for mutant in sorted(survivors, key=lambda each: (each.file, each.line)):
        print(f"  survived {mutant.file}:{mutant.line}: {mutant.what}")


if __name__ == "__main__":
    main()

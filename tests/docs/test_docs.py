"""The documents say what the code does; `python tests/docs/made_pages.py` writes those made of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest
from documents import DOCS, ROOT, name, pages, read
from made_pages import (
    EITHER,
    FIXES,
    PAGES,
    UNREADABLE,
    WARNINGS,
    blamed_rules,
    collect_rules,
    read_help,
    write_pages,
)

from sfgen.cli import group, run
from sfgen.commands import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_made_from_the_code_is_current(page: Path) -> None:
    assert read(page) == PAGES[page](), "python tests/docs/made_pages.py writes it anew"


def test_every_rule_of_check_has_a_fix_and_a_source() -> None:
    rules = collect_rules()
    assert set(FIXES) == set(rules)
    assert set(UNREADABLE) == blamed_rules()
    assert all(fix and source for fix, source in FIXES.values())


def test_the_rules_that_warn_are_those_whose_code_says_so() -> None:
    registered = re.compile(r"\brule\(\s*\"([\w-]+)\"")
    for path in (ROOT / "sfgen" / "check").rglob("*.py"):
        text = read(path)
        rules = set(registered.findall(text))
        if rules:
            says = re.search(r"[,\s]\"warning\"", text) is not None
            assert says == bool(rules & (WARNINGS | EITHER)), path.name


def test_the_readme_names_every_command() -> None:
    readme = read(ROOT / "README.md")
    for command in COMMANDS:
        assert f"`sfgen {command}" in readme


def test_every_command_of_the_table_exists_and_has_help() -> None:
    for each in COMMANDS:
        command = group.get_command(click.Context(group), each)
        assert command is not None, each
        assert command.help


def test_help_fits_80_columns() -> None:
    for command in ["", *COMMANDS]:
        assert max(map(len, read_help(command).splitlines())) <= 80, command


def test_links_of_the_documents_lead_somewhere() -> None:
    for page in pages():
        for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", read(page)):
            aim = page.parent / target if target else page
            assert aim.exists(), f"{name(page)}: {target}"
            if anchor:
                headings = re.findall(r"^#+ (.+)$", read(aim), re.MULTILINE)
                assert anchor in {slug(heading) for heading in headings}, f"{name(page)}: {anchor}"


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_every_page_is_reached_from_the_index() -> None:
    index = read(DOCS / "README.md")
    for page in DOCS.rglob("*.md"):
        if page != DOCS / "README.md":
            assert f"]({page.relative_to(DOCS).as_posix()})" in index, name(page)


def test_every_init_of_the_documents_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n".join(map(read, [*pages(), *ROOT.glob("examples/*/README.md")]))
    lines = set(re.findall(r"^(?:  Example: )?sfgen init (\S+ --[^|\n]+)$", text, re.MULTILINE))
    assert len(lines) >= 8
    monkeypatch.chdir(tmp_path)
    for line in sorted(lines):
        arguments = [word.replace("examples/", f"{ROOT}/examples/") for word in line.split()]
        assert run(["init", *arguments, "--dry-run"]) == 0, line


if __name__ == "__main__":
    write_pages()

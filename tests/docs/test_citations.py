"""What code and tests cite can be found: the facts of Apex in a table, pages in the repository."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from documents import DOCS, ROOT, name, pages, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TABLE: Final = DOCS / "reference" / "apex-semantics.md"
ROW: Final = re.compile(r"^\| ([A-Z]{2}\d\d) \| (.+?) \| (.*) \| ([\w ]+) \|$", re.MULTILINE)
CODE: Final = re.compile(r"\b(?:OP|SW|EX|CL|CO|ST|RX|JS|ID|TY|SQ|DM|TR|LM|TE|CS|SH)\d\d\b")
#: A page's name with what is asked of it: "deploying.md 2.3", "lws.md, section 1.1".
PAGE: Final = re.compile(r"(?<![\w./<{\]%*-])((?:[\w.-]+/)*[\w-]+\.md)\b")
TEXT: Final = frozenset({".py", ".txt", ".mjs", ".js", ".java", ".toml"})
#: Pages that programs write, read or install, or that stand in Pusher's own repository of documents.
ELSEWHERE: Final = re.compile(
    r"^(?:readme|page|s|aside|chat|chat-bridge|pusher|lwc|LICENSE|AGENTS|agents|CLAUDE|-bridge)\.md$|^(?:docs/(?:(?:chat|pusher)(?:-bridge)?|bridge)|lwc/LICENSE)\.md$"
)


def sources() -> Iterator[Path]:
    for folder in ("sfgen", "tests", "benchmarks"):
        for path in (ROOT / folder).rglob("*"):
            kept = "golden" not in path.parts and "node_modules" not in path.parts
            if kept and path.suffix in TEXT and path.name != "test_citations.py":
                yield path


def test_every_fact_that_is_cited_stands_in_the_table() -> None:
    known = {row[0] for row in ROW.findall(read(TABLE))}
    cited = {(code, name(path)) for path in sources() for code in CODE.findall(read(path))}
    assert len({code for code, _ in cited}) >= 200
    assert sorted(each for each in cited if each[0] not in known) == []


def test_every_fact_has_a_source_and_stands_once() -> None:
    rows = ROW.findall(read(TABLE))
    assert len(rows) == len(re.findall(r"^\| [A-Z]{2}\d\d \|", read(TABLE), re.MULTILINE))
    assert len({code for code, *_ in rows}) == len(rows)
    keys = set(re.findall(r"^\| ([A-Z]+\d*)(?:, [A-Z]+\d+)? \| \D", read(TABLE), re.MULTILINE))
    keys |= {"REL67", "fflib", "recipes", "Nebula", "developer.salesforce.com"}
    for code, _, source, confidence in rows:
        first = re.match(r"\[?([\w.]+)", source)
        assert first is not None, code
        assert first[1] in keys, f"{code}: {source}"
        assert confidence in {"sure", "one source", "unconfirmed"}, code


def test_no_page_is_cited_that_the_repository_has_not() -> None:
    missing = []
    for path in [*sources(), *pages()]:
        for line in read(path).splitlines():
            if "pusher/docs" in line or "http" in line or name(path) == "CHANGELOG.md":
                continue
            for cited in PAGE.findall(line):
                found = (ROOT / cited).exists() or (path.parent / cited).exists()
                found = found or cited in {page.name for page in DOCS.rglob("*.md")}
                if not found and not ELSEWHERE.search(cited) and not is_of_pusher(path, cited):
                    missing.append(f"{name(path)}: {cited}")
    assert missing == []


def is_of_pusher(path: Path, cited: str) -> bool:
    """Whether the page is one of github.com/pusher/docs, which the file's head names."""
    folders = ("using_channels/", "server_api/", "library_auth_reference/")
    named = cited.startswith(folders) or cited in {"events.md", "rest-api.md"}
    return named and "pusher/docs" in read(path)


#: What a page names in code: a file of the repository, a module, a file of the Apex runtime.
FILE: Final = re.compile(r"`((?:sfgen|tests|benchmarks|templates|docs|\.ci)/[\w./-]*\w/?)`")
MODULE: Final = re.compile(r"`?python -m (sfgen[\w.]*)|`(sfgen(?:\.[a-z_]+)+)(?:\.[A-Z]\w*)?`")
RUNTIME: Final = re.compile(r"`((?:[a-z]+/)+[a-z_]+\.(?:py|txt))`")


def test_files_and_modules_that_pages_name_exist() -> None:
    missing = []
    for page in pages():
        if page.name == "CHANGELOG.md":
            continue
        text = read(page)
        missing += [
            f"{name(page)}: {each}" for each in FILE.findall(text) if not (ROOT / each).exists()
        ]
        for found in MODULE.finditer(text.replace(".localhost`", "")):
            module = ROOT / (found[1] or found[2]).replace(".", "/")
            if not module.exists() and not module.with_suffix(".py").exists():
                missing.append(f"{name(page)}: {found[0]}")
        for each in RUNTIME.findall(text):
            tried = (ROOT, ROOT / "sfgen" / "apex", ROOT / "sfgen")
            if not any((folder / each).exists() for folder in tried):
                missing.append(f"{name(page)}: {each}")
    assert missing == []

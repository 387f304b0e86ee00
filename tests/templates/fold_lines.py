"""Break the templates' lines as Prettier does, for a prefix of any length.

    python tests/templates/fold_lines.py [NAME...]

Whoever edits a template writes it for the default prefix; this rewrites it with a choice between
layouts wherever Prettier breaks a line by its length and the prefix is part of it. Prints the
places that it can't lay out: those a person rewrites so that their breaks don't depend on answers.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from fnmatch import fnmatchcase
from pathlib import Path

from answer_sets import PACK, cover_pairs
from line_layouts import MARK, FoldError, Layouts, Rendering, fold, number_lines, unfold

from sfgen.answers import complete_answers
from sfgen.answers.questions import PREFIX_LIMIT
from sfgen.pack import find_packs_folder, holds
from sfgen.pack.language import create_environment
from sfgen.pack.manifest import read_manifest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = find_packs_folder() / "pusher"
TOP = next(path for path in FOLDER.iterdir() if path.is_dir())
KINDS = (".cls", ".trigger", ".page", ".cmp", ".js", ".html")
NAMED = re.compile(r"cookiecutter\.(\w+)")
#: Length of the prefix, values of the marks, path in the project, numbered text.
Each = tuple[int, dict[str, str], str, str]
#: A prefix whose characters stand nowhere else in a row.
PREFIX = "Qxjzvkwqxjzvk"
LENGTHS = range(1, PREFIX_LIMIT + 1)
ENVIRONMENT = create_environment(read_manifest(FOLDER).marks)
CACHE = Path(tempfile.gettempdir()) / "sfgen-fold-lines.json"


def find_templates(names: list[str]) -> list[Path]:
    found = sorted(path for path in TOP.rglob("*") if path.suffix in KINDS)
    found = [path for path in found if "staticresources" not in path.parts]
    return [path for path in found if not names or any(name in path.name for name in names)]


def render_each(path: Path, text: str) -> list[Each]:
    """Give length, values of the marks, path in the project and numbered text, each once."""
    name = ENVIRONMENT.from_string(path.relative_to(TOP).as_posix())
    template = ENVIRONMENT.from_string(number_lines(text))
    marks = {mark: ENVIRONMENT.from_string(mark) for mark in set(MARK.findall(text))}
    seen: dict[tuple[int, str], Each] = {}
    # Answers that differ in nothing that the template names give the same text.
    named = sorted(set(NAMED.findall(text)))
    tried: set[tuple[str, ...]] = set()
    for length, context in complete_all():
        where = name.render(cookiecutter=context)
        told = (where, str(length), *(context[each] for each in named))
        if told in tried or not is_wanted(where, context):
            continue
        tried.add(told)
        numbered = template.render(cookiecutter=context)
        if (length, numbered) not in seen:
            values = {mark: each.render(cookiecutter=context) for mark, each in marks.items()}
            seen[(length, numbered)] = (length, values, where, numbered)
    return list(seen.values())


@functools.cache
def complete_all() -> list[tuple[int, dict[str, str]]]:
    """Give all answers for every length of the prefix: the same for each template."""
    return [
        (length, PACK.complete(complete_answers({**each, "prefix": PREFIX[:length]}).as_dict()))
        for each in cover_pairs()
        for length in LENGTHS
    ]


def is_wanted(path: str, context: dict[str, str]) -> bool:
    return all(holds(test, context) for test in find_conditions(path))


@functools.cache
def find_conditions(path: str) -> list[str]:
    return [test for glob, test in PACK.conditions if fnmatchcase(path, glob)]


def format_texts(wanted: list[tuple[str, str]]) -> list[str]:
    """Let Prettier lay out texts, each only once in a lifetime."""
    cache = json.loads(CACHE.read_text()) if CACHE.is_file() else {}
    keys = [hashlib.sha256("\0".join(each).encode()).hexdigest() for each in wanted]
    missing = {key: each for key, each in zip(keys, wanted, strict=True) if key not in cache}
    if missing:
        with tempfile.TemporaryDirectory(dir=ROOT / ".cache") as folder:
            (Path(folder) / ".prettierrc").write_bytes((TOP / ".prettierrc").read_bytes())
            texts = [{"path": path, "text": text} for path, text in missing.values()]
            asked = Path(folder) / "texts.json"
            asked.write_text(json.dumps({"folder": folder, "texts": texts}))
            done = subprocess.run(
                ["node", str(ROOT / "tests/tools/format_texts.mjs"), str(asked)],
                check=True,
                text=True,
                stdout=subprocess.PIPE,
            )
        cache |= dict(zip(missing, json.loads(done.stdout), strict=True))
        keep(cache)
    return [
        text if cache[key] is None else cache[key]
        for key, (_, text) in zip(keys, wanted, strict=True)
    ]


def keep(cache: dict[str, str | None]) -> None:
    """Put the cache in the old one's place at once: another run may read it now."""
    with tempfile.NamedTemporaryFile("w", dir=CACHE.parent, delete=False) as beside:
        json.dump(cache, beside)
    Path(beside.name).replace(CACHE)


@functools.cache
def read_template(path: Path) -> tuple[str, list[Each], list[tuple[str, str]]]:
    """Return a template without its layouts, how it renders, and that as Prettier takes it."""
    text = unfold(path.read_text(encoding="utf-8"))
    each = render_each(path, text)
    plain = [
        (where, "\n".join(row for _, row in Rendering.of(0, numbered, "").rows))
        for _, _, where, numbered in each
    ]
    return text, each, plain


def fold_template(path: Path) -> str:
    """Return the text of a template, folded.

    Raises:
        FoldError: a place that a person has to rewrite.
    """
    text, each, plain = read_template(path)
    renderings = [
        Rendering.of(length, numbered, formatted)
        for (length, _, _, numbered), formatted in zip(each, format_texts(plain), strict=True)
    ]
    layouts = Layouts(text.split("\n"))
    for rendering in renderings:
        layouts.glue(rendering)
    for (_, values, _, _), rendering in zip(each, renderings, strict=True):
        layouts.learn(rendering, values)
    return fold(layouts)


def main() -> None:
    failed = 0
    wanted = find_templates(sys.argv[1:])
    # One start of Prettier for all of them.
    format_texts([text for path in wanted for text in read_template(path)[2]])
    for path in wanted:
        try:
            folded = fold_template(path)
        except FoldError as error:
            sys.stdout.write(f"{path.relative_to(TOP)}: {error}\n")
            failed += 1
            continue
        if folded != path.read_text(encoding="utf-8"):
            path.write_text(folded, encoding="utf-8")
            sys.stdout.write(f"{path.name}: folded\n")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()

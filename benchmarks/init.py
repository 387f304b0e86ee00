"""``sfgen --version`` and ``sfgen init`` beside their floors and their peers.

    python benchmarks/init.py

The peers are cookiecutter on the same pack, copier on a copy of the rendered tree, and
``sf template generate project`` (16 files only) where the sf CLI is installed for the tests.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from peers import sf_case
from processes import Case, measure, show

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
COPY = "import shutil, sys; shutil.copytree(sys.argv[1], sys.argv[2])"


def benchmark_version(work: Path) -> None:
    """Start-up."""
    cases = [
        Case("python -c pass", [sys.executable, "-c", "pass"]),
        Case("sfgen --version", [str(BIN / "sfgen"), "--version"]),
        Case("cookiecutter --version", [str(BIN / "cookiecutter"), "--version"]),
        Case("copier --version", [str(BIN / "copier"), "--version"]),
    ]
    if sf := sf_case("sf --version", ["--version"], work):
        cases.append(sf)
    show("start-up", measure(cases), "python -c pass", {"sfgen --version": 4})


def benchmark_init(work: Path) -> None:
    """A whole project, default answers."""
    out = work / "out"
    tree = work / "tree"

    def clear() -> None:
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()

    sfgen = [str(BIN / "sfgen"), "init", "--defaults"]
    cases = [
        Case("sfgen init --defaults", sfgen, cwd=out, prepare=clear),
    ]
    clear()
    measure(cases, rounds=1)
    shutil.copytree(out / "pusher-messaging", tree)
    copier = work / "copier"
    shutil.copytree(tree, copier)
    (copier / "copier.yml").write_text("_templates_suffix: .none\n")
    files = sum(1 for path in tree.rglob("*") if path.is_file())
    floor = [sys.executable, "-I", "-c", COPY, str(tree), str(out / "copy")]
    cases = [
        Case("python -I copying the tree", floor, cwd=out, prepare=clear),
        Case("sfgen init --defaults", sfgen, cwd=out, prepare=clear),
        Case(
            "cookiecutter on the same pack",
            [str(BIN / "cookiecutter"), "--no-input", str(ROOT / "templates" / "pusher")],
            cwd=out,
            prepare=clear,
        ),
        Case(
            "copier on the rendered tree",
            [str(BIN / "copier"), "copy", "--defaults", "-q", str(copier), str(out / "copy")],
            cwd=out,
            prepare=clear,
        ),
    ]
    name = "sf template generate project (16 files)"
    arguments = ["template", "generate", "project", "-n", "x"]
    if sf := sf_case(name, arguments, work, cwd=out, prepare=clear):
        cases.append(sf)
    bars = {"sfgen init --defaults": 2.5}
    show(f"init, {files} files", measure(cases), "python -I copying the tree", bars)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        benchmark_version(Path(folder))
        benchmark_init(Path(folder))

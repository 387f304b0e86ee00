"""The front end of Salesforce's own Apex compiler, inside npm's ``code-analyzer-sfge-engine``.

Its jar is closed, undocumented and not sfgen's to ship: it is fetched by the user's choice, pinned
by its hash. What drives it (``assets/front-end``) is compiled at the user's side.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sfgen.errors import ToolError
from sfgen.tools import apex_ls
from sfgen.tools.engine_run import run_engine
from sfgen.tools.java import OLDEST, find_java
from sfgen.tools.pinned import PinnedJars

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator, Sequence

NAME: Final = "Salesforce's compiler front end"
JARS: Final = PinnedJars(
    name="front-end-0.25.0",
    title=NAME,
    package="@salesforce/code-analyzer-sfge-engine",
    version="0.25.0",
    sha512="JsGmg/8FlaGrb9w1wG1UvQvEgEBL3IrfeN9db2bDw1ETeMdy11I8vsqVqh8Qkdk6X3U/Htkr4wEANPesESCj1A==",
    prefixes=("apex-jorje-lsp-sfge", "antlr-runtime-3", "guava-", "failureaccess-", "asm-"),
)
_DRIVER: Final = Path(__file__).parent / "assets" / "front-end"
#: The types of the platform and its objects: apex-ls brings them.
_TYPES: Final = ("standard-types-*.jar", "sobject-types-*.jar")
_SECONDS: Final = 300
_FETCH: Final = "fetch it with: sfgen check --deep --fetch"


@dataclass(frozen=True, slots=True)
class CompilerProblem:
    """What the compiler refuses; ``line`` and ``column`` count from 1."""

    path: str
    line: int
    column: int
    message: str


def why_not(root: Path) -> str | None:
    """Say why the compiler can't run here, or nothing when it can."""
    reason = apex_ls.why_not(root)
    if reason is not None:
        return reason.replace("sfgen check --fetch", "sfgen check --deep --fetch")
    if not JARS.is_whole():
        return f"{NAME} is not there: {_FETCH}"
    return None


def fetch_front_end() -> None:
    """Fetch the compiler and the platform's types into the cache, once.

    Raises:
        ToolError: no npm, no network, or bytes that differ from the pinned ones.
    """
    apex_ls.fetch_jars()
    if not JARS.is_whole():
        JARS.fetch()


def compile_project(root: Path, request: Sequence[Sequence[str]]) -> list[CompilerProblem]:
    """Run the compiler over what ``request`` names; its rows are those of ``FrontEnd.java``.

    Raises:
        ToolError: the compiler can't run, crashed, or took too long. Never silence.
    """
    reason = why_not(root)
    if reason is not None:
        raise ToolError(reason)
    java = _java()
    with tempfile.TemporaryDirectory(prefix="sfgen-") as scratch:
        path = Path(scratch) / "request.tsv"
        path.write_text("".join("\t".join(row) + "\n" for row in request), encoding="utf-8")
        place = os.pathsep.join([_class_path(root), str(_driver(root))])
        options = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss8m"]
        command = [java, *options, "-cp", place, "FrontEnd", str(path)]
        done = run_engine(NAME, command, seconds=_SECONDS)
    lines = done.stdout.splitlines()
    if done.returncode or not lines or lines[-1] != "done":
        raise ToolError(f"{NAME} failed: {_last_words(done)}")
    return list(_problems(lines))


def _java() -> str:
    java = find_java()
    if java is None:
        raise ToolError(f"no Java: install Java {OLDEST} or later")
    return str(java[0])


def _class_path(root: Path) -> str:
    types = apex_ls.find_jars(root)
    found = sorted(JARS.folder.glob("*.jar"))
    for pattern in _TYPES:
        found += sorted(types.glob(pattern)) if types is not None else []
    return os.pathsep.join(str(path) for path in found)


def _driver(root: Path) -> Path:
    """Compile what drives the compiler, once for each version of it; return the classes' folder."""
    sources = sorted(_DRIVER.glob("*.java"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    target = JARS.cache / f"driver-{digest[:16]}"
    if (target / "FrontEnd.class").is_file():
        return target
    with tempfile.TemporaryDirectory(dir=JARS.cache) as scratch:
        staged = Path(scratch) / "classes"
        compiler = ["-m", "jdk.compiler/com.sun.tools.javac.Main", "--release", str(OLDEST)]
        place = ["-encoding", "UTF-8", "-cp", _class_path(root), "-d", str(staged)]
        command = [_java(), *compiler, *place, *map(str, sources)]
        done = run_engine(NAME, command, seconds=_SECONDS)
        if done.returncode or not (staged / "FrontEnd.class").is_file():
            hint = "a JDK is needed; a Java runtime without its compiler is not enough"
            raise ToolError(f"{NAME} can't be driven: {_last_words(done)}", hint=hint)
        try:
            staged.rename(target)
        except OSError:
            # Somebody else was faster, and made the same.
            if not (target / "FrontEnd.class").is_file():
                raise
    return target


def _last_words(done: subprocess.CompletedProcess[str]) -> str:
    lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    said = next((line for line in lines if "rror" in line or "xception" in line), None)
    return (said or (lines[-1] if lines else "no reason given"))[:300]


def _problems(lines: Sequence[str]) -> Iterator[CompilerProblem]:
    for line in lines:
        cells = line.split("\t", 4)
        if cells[0] == "problem" and len(cells) == 5:
            yield CompilerProblem(cells[1], int(cells[2]), int(cells[3]), cells[4])

"""Compiles Lightning web components with the platform's own compiler, in V8, without Node."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, TypeVar

from sfgen import assets, folders
from sfgen.caching import keep, prune, read_kept
from sfgen.errors import ToolError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from py_mini_racer import MiniRacer

T = TypeVar("T")
BUNDLE = "lwc-compiler.js"
#: Seconds one file may take on a busy machine; ten files take a quarter of one.
TIME_LIMIT = 30.0
STOP_SECONDS = 0.3
#: What the cache may hold: a dozen of the largest projects that were measured.
KEPT_FILES = 40_000
KEPT_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Why a file did not compile, in the compiler's own words; line and column count from 1."""

    message: str
    code: int | None = None
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Compiled:
    """The module that a file becomes, or the diagnosis; never both.

    Args:
        imports: what it imports, when it was compiled as a function's body.
    """

    code: str = ""
    error: Diagnosis | None = None
    imports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """What a file is compiled as.

    Args:
        namespace: ``c`` for a project's own components.
        name: of the bundle.
        api_version: LWC's, the number of the release; newer ones mean the newest it knows.
        scoped: whether a style sheet is a ``.scoped.css``.
        sandboxed: whether it is compiled for Lightning Web Security: with its transforms, and as
            the body of a function of ``require`` and ``exports``, which its sandbox can evaluate.
    """

    namespace: str
    name: str
    api_version: int = 68
    scoped: bool = False
    sandboxed: bool = False

    def as_json(self) -> str:
        """Write the options in the compiler's words."""
        return json.dumps(
            {
                "namespace": self.namespace,
                "name": self.name,
                "apiVersion": self.api_version,
                "scopedStyles": self.scoped,
                "enableDynamicComponents": True,
                "enableLwcOn": True,
                "enableLightningWebSecurityTransforms": self.sandboxed,
                "asFunction": self.sandboxed,
            }
        )


class LwcCompiler:
    """The compiler; V8 starts with the first file that is not in the cache on disk.

    Args:
        cache: a folder for compiled files, named by what went in; the user's cache by default.
    """

    def __init__(self, cache: Path | None = None) -> None:
        self._cache = cache or folders.cache() / "lwc"
        self._has_kept = False
        self._lock = threading.Lock()
        self._engine: MiniRacer | None = None

    def compile(self, source: str, filename: str, options: Options) -> Compiled:
        """Compile one ``.js``, ``.html`` or ``.css`` file.

        Raises:
            ToolError: V8 could not be started, or ran out of its time.
        """
        kept = self._cache / f"{_digest(source, filename, options)}.json"
        known = read_kept(kept)
        if known is not None:
            return _read(known.decode())
        text = self._call(source, filename, options)
        compiled = _read(text)
        keep(kept, text.encode())
        self._has_kept = True
        return compiled

    def close(self) -> None:
        """Stop V8, if it runs, and remove the cache's oldest entries."""
        if self._has_kept:
            self._has_kept = False
            prune(self._cache, "*.json", files=KEPT_FILES, size=KEPT_BYTES)
        with self._lock:
            if self._engine is not None:
                self._engine.close()
                self._engine = None

    def _call(self, source: str, filename: str, options: Options) -> str:
        words = ",".join(json.dumps(word) for word in (source, filename, options.as_json()))
        # JSON's separators end a line in older grammars of JavaScript.
        words = words.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        with self._lock:
            engine = self._start()
            try:
                return _run_whole(
                    lambda: str(engine.eval(f"compileLwc({words})", None, TIME_LIMIT))
                )
            except Exception as error:
                # A timed-out isolate is not used again; V8 still reports that it stopped.
                self._engine = None
                time.sleep(STOP_SECONDS)
                engine.close()
                raise ToolError(
                    f"the LWC compiler gave up on {filename}: {type(error).__name__}"
                ) from error

    def _start(self) -> MiniRacer:
        if self._engine is None:
            try:
                self._engine = _run_whole(_start_v8)
            except (ImportError, OSError, RuntimeError) as error:
                raise ToolError(
                    "V8 could not be started, so Lightning web components can't be compiled",
                    hint="reinstall mini-racer; it has no wheel for some systems",
                ) from error
            engine, bundle = self._engine, assets.read_packed(BUNDLE).decode()
            _run_whole(lambda: engine.eval(bundle))
        return self._engine


def _run_whole(task: Callable[[], T]) -> T:
    """Finish a call into V8 before a signal ends this run: V8 calls back into Python."""
    with ThreadPoolExecutor(1, thread_name_prefix="v8") as pool:
        return pool.submit(task).result()


def _start_v8() -> MiniRacer:
    """Start V8 so that any thread may use it.

    With memory protection keys, which newer processors have, V8 lets only the thread that started
    it and that thread's own children touch its memory; another thread's first access, ``close``
    included, ends the process (Linux manual, pkeys(7): rights are the thread's own).
    """
    from py_mini_racer import DEFAULT_V8_FLAGS, MiniRacer, init_mini_racer

    flags = (*DEFAULT_V8_FLAGS, "--no-memory-protection-keys")
    init_mini_racer(flags=flags, ignore_duplicate_init=True)
    return MiniRacer()


def _read(text: str) -> Compiled:
    answer = json.loads(text)
    if error := answer.get("error"):
        known = {field: error.get(field) for field in ("message", "code", "line", "column")}
        return Compiled(error=Diagnosis(**known))
    return Compiled(code=str(answer["code"]), imports=tuple(answer.get("imports", ())))


def _digest(source: str, filename: str, options: Options) -> str:
    parts = [_compiler_digest(), source, filename, json.dumps(asdict(options), sort_keys=True)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _compiler_digest() -> str:
    return hashlib.sha256(assets.packed(BUNDLE)).hexdigest()

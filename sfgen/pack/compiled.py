"""Packs compiled to Python, kept in the user's cache until a template changes."""

from __future__ import annotations

import hashlib
import json
import marshal
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sfgen import __version__, folders
from sfgen.caching import keep, prune, read_kept
from sfgen.errors import TemplateError
from sfgen.pack.fit import fit
from sfgen.pack.manifest import read_manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: Raised with every change of the compiled form.
_FORM = 6
#: Forms of one pack that are kept: for two versions of Python and of sfgen.
_KEPT = 4

Renderer = "Callable[[Mapping[str, str]], str]"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a pack.

    Args:
        source: path inside the pack, for error texts.
        conditions: words that must be set for the file to be written, see `holds`.
        path: renders the path inside the project.
        body: renders the text, or the bytes of a file that is copied as it is.
    """

    source: str
    conditions: tuple[str, ...]
    path: Callable[[Mapping[str, str]], str]
    body: Callable[[Mapping[str, str]], str] | bytes


@dataclass(frozen=True, slots=True)
class Pack:
    """A template pack, ready to render."""

    name: str
    derived: tuple[tuple[str, Callable[[Mapping[str, str]], str]], ...]
    metadata: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]

    def complete(self, answers: Mapping[str, str]) -> dict[str, str]:
        """Return the answers followed by the pack's derived values."""
        context = dict(answers)
        for name, derive in self.derived:
            context[name] = derive(context)
        return context


def find_packs_folder() -> Path:
    """Return the folder of sfgen's own packs: inside the wheel, or in a checkout."""
    package = Path(__file__).parents[1]
    for folder in (package / "_templates", package.parent / "templates"):
        if folder.is_dir():
            return folder
    raise TemplateError("sfgen's own templates are missing", hint="reinstall sfgen")


def load_pack(folder: Path) -> Pack:
    """Load a pack from the cache, compiling it first where it is new or has changed.

    Raises:
        TemplateError: the folder is no pack, or a template can't be compiled.
    """
    cache = _find_cache_file(folder)
    known = read_kept(cache)
    if known is not None:
        with suppress(ValueError, EOFError, TypeError):
            return _assemble(folder.name, marshal.loads(known))  # noqa: S302 - our own file in the user's cache
    data = _compile_pack(folder)
    keep(cache, marshal.dumps(data))
    prune(cache.parent, f"{folder.name}-*.pack", files=_KEPT)
    return _assemble(folder.name, data)


def _find_cache_file(folder: Path) -> Path:
    stamp = hashlib.blake2b(
        f"{_FORM} {__version__} {sys.version} {folder.resolve()}".encode(), digest_size=12
    )
    for path, status in _walk(folder):
        stamp.update(f"{path} {status.st_mtime_ns} {status.st_size}\n".encode())
    return folders.cache() / "packs" / f"{folder.name}-{stamp.hexdigest()}.pack"


def _walk(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files of a pack, sorted by path."""
    found: list[tuple[str, os.stat_result]] = []
    stack = [str(folder)]
    root = len(str(folder)) + 1
    while stack:
        with os.scandir(stack.pop()) as items:
            for item in items:
                if item.is_dir(follow_symlinks=False):
                    if item.name != "__pycache__":
                        stack.append(item.path)
                else:
                    found.append((item.path[root:].replace(os.sep, "/"), item.stat()))
    return iter(sorted(found))


def _compile_pack(folder: Path) -> tuple[Any, ...]:
    from sfgen.pack.language import compile_template, create_environment

    manifest = read_manifest(folder)
    environment = create_environment(manifest.marks)
    opening = manifest.marks.get("variable_start_string", "{{")
    tops = [p for p in folder.iterdir() if p.is_dir() and opening in p.name]
    if len(tops) != 1:
        raise TemplateError(f"{folder}: expected one folder named with {opening}")
    sources, bodies = [], []
    for path, _ in _walk(tops[0]):
        name = f"{tops[0].name}/{path}"
        content = (tops[0] / path).read_bytes()
        verbatim = manifest.is_verbatim(name) or b"\0" in content
        body = content if verbatim else content.decode("utf-8")
        sources.append((path, compile_template(environment, path, path)))
        bodies.append(
            body if isinstance(body, bytes) else compile_template(environment, path, body)
        )
    derived = [
        (name, compile_template(environment, name, text)) for name, text in manifest.derived.items()
    ]
    code = _to_code(folder.name, derived, sources, bodies)
    conditions = tuple(manifest.list_conditions(path) for path, _ in sources)
    blobs = tuple(body if isinstance(body, bytes) else None for body in bodies)
    return code, conditions, manifest.metadata, blobs


def _to_code(
    name: str,
    derived: list[tuple[str, str]],
    sources: list[tuple[str, str]],
    bodies: list[str | bytes],
) -> Any:
    lines = ["D = ("]
    lines += [f"({key!r}, lambda c: {expression})," for key, expression in derived]
    lines += [")", "E = ("]
    for (path, expression), body in zip(sources, bodies, strict=True):
        text = "None" if isinstance(body, bytes) else f"lambda c: {body}"
        lines.append(f"({path!r}, lambda c: {expression}, {text}),")
    lines.append(")")
    return compile("\n".join(lines), f"<pack {name}>", "exec", dont_inherit=True, optimize=2)


def _assemble(name: str, data: tuple[Any, ...]) -> Pack:
    code, conditions, metadata, blobs = data
    space: dict[str, Any] = {"_e": _escape, "_f": fit, "_j": _to_json}
    exec(code, space)  # noqa: S102 - compiled by this module from a pack's restricted language
    entries = tuple(
        Entry(source, wanted, path, blob if blob is not None else body)
        for (source, path, body), wanted, blob in zip(space["E"], conditions, blobs, strict=True)
    )
    return Pack(name, space["D"], tuple(metadata), entries)


def _escape(value: str) -> str:
    """Escape for XML and HTML text and attributes, as Jinja's ``e`` does."""
    table = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&#39;", '"': "&#34;"}
    return "".join(table.get(character, character) for character in value)


def _to_json(value: str) -> str:
    """Return a JSON string that is safe inside HTML, as Jinja's ``tojson`` does."""
    text = json.dumps(value)
    for character in "<>&'":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text

"""Rendered projects as their rules see them: files by path, and XML without its namespace."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from lxml import etree
from templates.answer_sets import cover_pairs, render

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = "force-app/main/"


@dataclass(frozen=True)
class Rendered:
    """One project: its answers and its files."""

    answers: dict[str, str]
    files: dict[str, bytes]

    @property
    def prefix(self) -> str:
        return self.answers.get("prefix", "Pusher")

    def text(self, path: str) -> str:
        return self.files[path].decode()

    def find(self, ending: str) -> str:
        """Return the one path below the package directory that ends so."""
        (path,) = [each for each in self.files if each.startswith(SOURCE) and each.endswith(ending)]
        return path

    def texts(self, *endings: str) -> Iterator[tuple[str, str]]:
        for path, content in self.files.items():
            if path.endswith(endings) and not path.endswith(".min.js"):
                yield PurePosixPath(path).name, content.decode()

    def trees(self, folder: str, ending: str = "-meta.xml") -> Iterator[tuple[str, etree._Element]]:
        """Yield (component name, root) of each metadata file below a folder."""
        for path, content in self.files.items():
            if path.startswith(SOURCE) and f"/{folder}/" in path and path.endswith(ending):
                yield PurePosixPath(path).name.split(".")[0], parse(content)

    def objects(self) -> dict[str, etree._Element]:
        return dict(self.trees("objects", ".object-meta.xml"))

    def fields(self) -> dict[str, etree._Element]:
        """Return each custom field by ``Object.Field``."""
        found = {}
        for path, content in self.files.items():
            if path.endswith(".field-meta.xml"):
                owner = PurePosixPath(path).parts[-3]
                root = parse(content)
                found[f"{owner}.{root.findtext('fullName')}"] = root
        return found


def parse(content: bytes) -> etree._Element:
    """Parse metadata and forget the namespace, which every file has."""
    root = etree.fromstring(content)
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = etree.QName(element).localname
    return root


def is_true(element: etree._Element, name: str) -> bool:
    return element.findtext(name) == "true"


@functools.cache
def all_projects() -> tuple[Rendered, ...]:
    """Every pair of answers meets once: all bridges, containers, logins, stores, namespaces."""
    extra = {"pusher_host": "ws.example.com", "pusher_port": "6001", "prefix": "Texting"}
    sets = [*cover_pairs(), extra]
    projects = [Rendered(answers, render(answers)) for answers in sets]
    assert len(projects) >= 12
    return tuple(projects)

"""Reads what an Aura component's markup declares: tags, attributes, events, local ids."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG: Final = re.compile(
    r"<(?P<space>\w+):(?P<name>\w+)(?P<values>(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)"
)
_VALUE: Final = re.compile(r"(?P<name>[\w:.-]+)\s*=\s*(?:\"(?P<one>[^\"]*)\"|'(?P<other>[^']*)')")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_ID: Final = re.compile(r"\baura:id\s*=\s*[\"'](\w+)[\"']")
#: Attributes that every component, or the interfaces it may implement, brings along.
GIVEN: Final = frozenset(
    "body recordId sObjectName utilityId isDirty class size simpleRecord currentRecord "
    "pageReference".split()
)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of a namespace, e.g. ``<c:chat recordId="..">``.

    Args:
        offset: of its name in the file.
        values: what each attribute says, and the attribute's own offset.
    """

    space: str
    name: str
    offset: int
    values: dict[str, tuple[str, int]]

    def value(self, name: str) -> str:
        """Return an attribute's value, or None."""
        return self.values.get(name, ("", 0))[0]


@dataclass(frozen=True, slots=True)
class Markup:
    """What one ``.cmp``, ``.app`` or ``.evt`` declares that other files may name."""

    text: str
    tags: tuple[Tag, ...]

    @property
    def inherits(self) -> bool:
        """Whether the component inherits attributes, events and ids from another one."""
        return any(tag.value("extends") for tag in self.tags)

    @property
    def attributes(self) -> set[str]:
        """The names of its attributes, including those of the platform's interfaces."""
        return self._names("attribute") | GIVEN

    @property
    def events(self) -> set[str]:
        """The names of the events that it registers."""
        return self._names("registerEvent")

    @property
    def ids(self) -> set[str]:
        """Every ``aura:id``."""
        return set(_ID.findall(self.text))

    def find(self, local_id: str) -> Tag | None:
        """Return the tag of a namespace that has a local id."""
        return next((tag for tag in self.tags if tag.value("aura:id") == local_id), None)

    def _names(self, tag_name: str) -> set[str]:
        return {
            tag.value("name") for tag in self.tags if (tag.space, tag.name) == ("aura", tag_name)
        }


def read_markup(text: str) -> Markup:
    """Read markup, ignoring comments."""
    # Comments become blanks, so that offsets stay those of the file.
    plain = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return Markup(plain, tuple(_read_tags(plain)))


def _read_tags(text: str) -> Iterator[Tag]:
    for found in _TAG.finditer(text):
        start = found.start("values")
        values = {
            value["name"]: (value["one"] or value["other"] or "", start + value.start("name"))
            for value in _VALUE.finditer(found["values"])
        }
        yield Tag(found["space"], found["name"], found.start("name"), values)

"""``.forceignore``: which files are not deployed, by git's rules for ignore files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pathspec import GitIgnoreSpec

from sfgen.errors import ProjectError

if TYPE_CHECKING:
    from pathlib import Path

FORCE_IGNORE: Final = ".forceignore"
#: What Salesforce's tools never take along, whatever the file says; dot files go by their name.
_ALWAYS: Final = frozenset({"package2-descriptor.json", "package2-manifest.json"})


class ForceIgnore:
    """Decides whether a path, relative to the project's root with ``/``, is ignored.

    Paths are asked for from the top down, so a file below an ignored folder is never asked for.
    """

    def __init__(self, text: str = "") -> None:
        self._spec = GitIgnoreSpec.from_lines(text.splitlines())
        used = [p for p in self._spec.patterns if p.include is not None]
        self._one: re.Pattern[str] | None = None
        if used and all(p.include for p in used):
            # Without a "!" the order doesn't matter, and one search beats one per pattern.
            sources = [p.regex.pattern for p in used if isinstance(p.regex, re.Pattern)]
            self._one = re.compile("|".join(_anonymous(source) for source in sources))
        self._empty = not used

    def denies(self, path: str, name: str, *, folder: bool) -> bool:
        """Say whether ``path``, whose last part is ``name``, is ignored."""
        if name[0] == "." or name in _ALWAYS or name.endswith(".dup"):
            return True
        if self._empty:
            return False
        asked = path + "/" if folder else path
        if self._one is not None:
            return self._one.match(asked) is not None
        return self._spec.match_file(asked)


def read_force_ignore(root: Path) -> ForceIgnore:
    """Read the project's ``.forceignore``; without one only dot files are ignored.

    Raises:
        ProjectError: a file that can't be read, or a pattern that git would not take.
    """
    path = root / FORCE_IGNORE
    try:
        return ForceIgnore(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return ForceIgnore()
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(f"{path} can't be read: {error}") from None
    except (ValueError, re.error) as error:
        raise ProjectError(f"{path} contains a pattern that makes no sense: {error}") from None


def _anonymous(source: str) -> str:
    """Drop group names, which may not be repeated in a joined pattern."""
    return "(?:" + re.sub(r"\(\?P<[^>]+>", "(?:", source) + ")"

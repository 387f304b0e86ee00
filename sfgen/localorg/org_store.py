"""The local org on disk: its identity, its deployed metadata, its records."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sfgen import folders
from sfgen.apex.host import OrgKind, kind_named
from sfgen.errors import ServerError

#: The key prefixes of the Ids the org gives out (Salesforce's "Object Key Prefixes").
PREFIXES: Final = {
    "Organization": "00D",
    "User": "005",
    "Profile": "00e",
    "PermissionSet": "0PS",
    "PermissionSetAssignment": "0Pa",
    "DeployRequest": "0Af",
    "RetrieveRequest": "09S",
    "Account": "001",
    "Contact": "003",
}
_KEYS: Final = frozenset({"organization", "user", "token", "next", "records"})
#: What was deployed before, until it is deleted.
_REPLACED: Final = "metadata-old"
_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def default_folder() -> Path:
    """Return the local org's folder; ``SFGEN_LOCAL_ORG`` names another."""
    given = os.environ.get("SFGEN_LOCAL_ORG")
    return Path(given) if given else folders.data() / "local-org"


def default_kind() -> OrgKind:
    """Return the kind of org; ``SFGEN_LOCAL_ORG_KIND`` names another.

    Raises:
        UsageError: no kind of org has that name.
    """
    return kind_named(os.environ.get("SFGEN_LOCAL_ORG_KIND") or "developer")


def complete_id(fifteen: str) -> str:
    """Add the three characters that make a case-sensitive Id safe where case is lost."""
    suffix = ""
    for start in (0, 5, 10):
        bits = sum(1 << i for i, c in enumerate(fifteen[start : start + 5]) if "A" <= c <= "Z")
        suffix += _ALPHABET[bits]
    return fifteen + suffix


@dataclass(frozen=True, slots=True)
class Identity:
    """The org and the one user who deploys."""

    organization_id: str
    user_id: str
    username: str


class OrgStore:
    """The org's folder, with locked access for everything that changes it.

    Raises:
        ServerError: the folder can't be made or its files can't be read.
    """

    def __init__(self, folder: Path, kind: OrgKind | None = None) -> None:
        self.folder = folder
        self.kind = kind or default_kind()
        self.metadata = folder / "metadata"
        self.lock = threading.RLock()
        try:
            self._restore_replaced()
            self.metadata.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
            self._data = self._read()
        except (OSError, ValueError) as error:
            hint = f"delete {folder} to start with an empty local org"
            raise ServerError(
                f"the local org in {folder} can't be read: {error}", hint=hint
            ) from None
        self.identity = Identity(
            self._data["organization"], self._data["user"], "admin@local.invalid"
        )

    @property
    def token(self) -> str:
        """The access token that is always valid, in a file that only this user can read."""
        return str(self._data["token"])

    def new_id(self, kind: str) -> str:
        """Return the next Id for an sObject or a request."""
        with self.lock:
            number = self._data["next"] = self._data["next"] + 1
            self.save()
        prefix = PREFIXES.get(kind, "a00")
        return complete_id(f"{prefix}{number:012d}")

    def records(self, sobject: str) -> dict[str, dict[str, Any]]:
        """Return the records of one sObject by Id; change them under ``lock``, then ``save``."""
        table: dict[str, dict[str, Any]] = self._data["records"].setdefault(sobject, {})
        return table

    def sobjects(self) -> list[str]:
        """Name the sObjects that have records."""
        return list(self._data["records"])

    def sound_apex(self) -> set[str]:
        """Return the fingerprints of Apex files that parsed in earlier deploys."""
        try:
            return set((self.folder / "sound-apex").read_text(encoding="ascii").split())
        except OSError:
            return set()

    def keep_sound_apex(self, fingerprints: set[str]) -> None:
        """Store them for the next deploy."""
        text = "\n".join(sorted(fingerprints))
        (self.folder / "sound-apex").write_text(text, encoding="ascii")

    def save(self) -> None:
        """Write identity and records, all or nothing."""
        with self.lock:
            descriptor, name = tempfile.mkstemp(dir=self.folder)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(self._data, file)
            Path(name).replace(self.folder / "org.json")

    def replace_metadata(self, staged: Path) -> None:
        """Replace the deployed metadata by ``staged``; a crash leaves one of the two."""
        with self.lock:
            self.drop_replaced()
            self.metadata.rename(self.folder / _REPLACED)
            staged.rename(self.metadata)

    def drop_replaced(self) -> None:
        """Delete the old metadata that ``replace_metadata`` set aside."""
        with self.lock:
            shutil.rmtree(self.folder / _REPLACED, ignore_errors=True)

    def _restore_replaced(self) -> None:
        """Restore the old metadata if a kill came between the two renames."""
        if not self.metadata.exists():
            with contextlib.suppress(FileNotFoundError):
                (self.folder / _REPLACED).rename(self.metadata)

    def _read(self) -> dict[str, Any]:
        path = self.folder / "org.json"
        if path.exists():
            data = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(data, dict) or not _KEYS.issubset(data):
                raise ValueError(f"{path.name} is not the local org's")
            return data
        organization = complete_id(f"00D{secrets.randbelow(10**12):012d}")
        self._data = {
            "organization": organization,
            "user": complete_id("005000000000001"),
            "token": f"{organization[:15]}!{secrets.token_urlsafe(48)}",
            "next": 1,
            "records": {},
        }
        self.save()
        return self._data

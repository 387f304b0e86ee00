"""Stores the external application's conversations in SQLite.

The shapes are those of the template pack's ``ConversationStore``: conversations, messages and pages
of both, with sequence numbers that count up within a conversation.
"""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS conversation (
    id TEXT PRIMARY KEY, name TEXT, record_id TEXT UNIQUE, read_sequence INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS message (
    id TEXT PRIMARY KEY, conversation TEXT, sequence INTEGER, client_key TEXT UNIQUE,
    direction TEXT, body TEXT, status TEXT, sent_at TEXT, author TEXT,
    UNIQUE (conversation, sequence));
"""
_SHOWN: Final = {
    "id": "id",
    "sequence": "sequence",
    "clientKey": "client_key",
    "direction": "direction",
    "body": "body",
    "status": "status",
    "sentAt": "sent_at",
    "author": "author",
}
MESSAGES: Final = 200


class ConversationStore:
    """One advisor's conversations.

    Args:
        path: the database; ``None`` keeps it in memory.
    """

    def __init__(self, path: Path | None = None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._data = sqlite3.connect(path or ":memory:", check_same_thread=False)
        self._data.row_factory = sqlite3.Row
        self._data.executescript(_TABLES)

    def close(self) -> None:
        """Close the database."""
        self._data.close()

    def clear(self) -> None:
        """Forget everything."""
        with self._data:
            self._data.execute("DELETE FROM message")
            self._data.execute("DELETE FROM conversation")

    def find(self, key: str) -> dict[str, Any] | None:
        """Return a conversation by its id."""
        row = self._row("SELECT * FROM conversation WHERE id = ?", key)
        return self._describe(row) if row else None

    def find_by_record(self, record_id: str) -> dict[str, Any] | None:
        """Return the conversation with the client of a record."""
        row = self._row("SELECT * FROM conversation WHERE record_id = ?", record_id)
        return self._describe(row) if row else None

    def list_page(self, part: str = "", size: int = 50, cursor: str = "") -> dict[str, Any]:
        """Return conversations whose name holds ``part``, the newest first."""
        rows = self._data.execute("SELECT * FROM conversation ORDER BY rowid").fetchall()
        found = [self._describe(row) for row in rows if part.lower() in row["name"].lower()]
        found.sort(key=lambda one: one["lastMessageAt"] or "", reverse=True)
        start = int(cursor) if cursor.isdigit() else 0
        end = start + min(max(size, 1), 100)
        more = str(end) if end < len(found) else None
        page = {"conversations": found[start:end], "cursor": more}
        return {**page, "unread": self.count_unread(), "isUnreadCapped": False}

    def start(self, record_id: str, name: str) -> dict[str, Any]:
        """Return the conversation of a record, made if there is none."""
        found = self.find_by_record(record_id)
        if found:
            return found
        count = self._data.execute("SELECT COUNT(*) FROM conversation").fetchone()[0]
        key = f"a00{count + 1:012d}AAA"
        with self._data:
            self._data.execute(
                "INSERT INTO conversation (id, name, record_id) VALUES (?, ?, ?)",
                (key, name, record_id),
            )
        made = self.find(key)
        assert made is not None  # noqa: S101 - it was stored in the line above
        return made

    def messages_before(self, key: str, before: int | None, size: int) -> dict[str, Any] | None:
        """Return the newest messages below a sequence number, ascending."""
        size = min(max(size, 1), MESSAGES)
        return self._page(
            key, "sequence < ? ORDER BY sequence DESC", before or 2**31, size, newest=True
        )

    def messages_after(self, key: str, after: int) -> dict[str, Any] | None:
        """Return the messages above a sequence number, ascending."""
        return self._page(key, "sequence > ? ORDER BY sequence", after, MESSAGES, newest=False)

    def add(
        self, key: str, body: str, client_key: str, *, inbound: bool, author: str
    ) -> tuple[dict[str, Any], bool]:
        """Store a message once, and say whether it is new."""
        known = self._row("SELECT * FROM message WHERE client_key = ?", client_key)
        if known:
            return _message(known), False
        last = self._data.execute(
            "SELECT COALESCE(MAX(sequence), 0) FROM message WHERE conversation = ?", (key,)
        ).fetchone()[0]
        identity = f"a01{hashlib.sha256(client_key.encode()).hexdigest()[:12]}AAA"
        now = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
        kind = ("Inbound", "Received") if inbound else ("Outbound", "Sent")
        row = (identity, key, last + 1, client_key, kind[0], body, kind[1], now, author)
        with self._data:
            self._data.execute("INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        stored = self._row("SELECT * FROM message WHERE client_key = ?", client_key)
        assert stored is not None  # noqa: S101 - it was stored in the line above
        return _message(stored), True

    def mark_read(self, key: str, sequence: int) -> int:
        """Move the read marker forward, never back, and return it."""
        with self._data:
            self._data.execute(
                "UPDATE conversation SET read_sequence = MAX(read_sequence, ?) WHERE id = ?",
                (sequence, key),
            )
        found = self.find(key)
        return int(found["readSequence"]) if found else 0

    def count_unread(self) -> int:
        """Count what the advisor has not seen."""
        rows = self._data.execute("SELECT * FROM conversation").fetchall()
        return sum(self._describe(row)["unread"] for row in rows)

    def _row(self, query: str, value: str) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._data.execute(query, (value,)).fetchone()
        return row

    def _describe(self, row: sqlite3.Row) -> dict[str, Any]:
        last = self._row(
            "SELECT * FROM message WHERE conversation = ? ORDER BY sequence DESC LIMIT 1", row["id"]
        )
        unread = self._data.execute(
            "SELECT COUNT(*) FROM message"
            " WHERE conversation = ? AND sequence > ? AND direction = 'Inbound'",
            (row["id"], row["read_sequence"]),
        ).fetchone()[0]
        return {
            "id": row["id"],
            "name": row["name"],
            "recordId": row["record_id"],
            "lastMessage": last["body"] if last else None,
            "lastMessageAt": last["sent_at"] if last else None,
            "lastDirection": last["direction"] if last else None,
            "lastSequence": last["sequence"] if last else 0,
            "readSequence": row["read_sequence"],
            "unread": unread,
        }

    def _page(
        self, key: str, condition: str, bound: int, size: int, *, newest: bool
    ) -> dict[str, Any] | None:
        conversation = self.find(key)
        if conversation is None:
            return None
        rows = self._data.execute(
            f"SELECT * FROM message WHERE conversation = ? AND {condition} LIMIT ?",  # noqa: S608
            (key, bound, size + 1),
        ).fetchall()
        more = len(rows) > size
        shown = [_message(row) for row in rows[:size]]
        return {
            "conversation": conversation,
            "messages": shown[::-1] if newest else shown,
            "hasMore": more,
            "lastSequence": conversation["lastSequence"],
            "readSequence": conversation["readSequence"],
        }


def _message(row: sqlite3.Row) -> dict[str, Any]:
    return {name: row[column] for name, column in _SHOWN.items()}

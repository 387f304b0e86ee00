"""The client's phone: the conversation of a record, as the client would see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.errors import SfgenError

if TYPE_CHECKING:
    from sfgen.preview.site import Site


def find_controller(site: Site) -> str:
    """Return the name of the project's class that gives conversations, or nothing."""
    names = site.workspace.source.of_type("ApexClass")
    return next((name for name in names if name.endswith("ConversationController")), "")


def read_phone(site: Site, record_id: str) -> dict[str, Any]:
    """Return a client's name and texts, oldest first; runs in Apex's thread."""
    record = site.apex.record(record_id) or {}
    asked = {"recordId": record_id}
    page: Any = None
    if controller := find_controller(site):
        try:
            page = site.apex.invoke(controller, "getRecordConversation", asked)
        except SfgenError:
            page = None  # the advisor may not see it, or is not logged in: nothing to show
    texts = page.get("messages") if isinstance(page, dict) else None
    return {
        "name": str(record.get("name") or "Client"),
        "texts": [
            {
                "key": text.get("sequence"),
                "own": text.get("direction") == "Inbound",
                "body": text.get("body"),
                "status": text.get("status"),
                "at": text.get("sentAt"),
            }
            for text in texts or ()
        ],
    }

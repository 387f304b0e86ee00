"""What a first run shows: a few texts of clients and the advisor's answers.

They go the way of every text: the client's through the project's REST resource, or the
application; the answers through the project's controller, as the advisor's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sfgen.errors import SfgenError
from sfgen.preview.panel.client_phone import find_controller

if TYPE_CHECKING:
    from sfgen.preview.site import Site


@dataclass(frozen=True, slots=True)
class Example:
    """One text.

    Args:
        client: whether the client wrote it, not the advisor.
        text: what was written.
    """

    client: bool
    text: str


#: One conversation per sample record: the first is answered, the others wait for an answer.
CONVERSATIONS: Final = (
    (
        Example(client=True, text="Good morning, did my form arrive?"),
        Example(client=True, text="I sent it on Friday."),
        Example(client=False, text="Good morning! It did, thank you. You get an answer today."),
        Example(client=True, text="Great, that was quick."),
    ),
    (
        Example(client=True, text="Can we move our appointment to next week?"),
        Example(client=True, text="Tuesday would be best."),
    ),
)


def seed(site: Site) -> None:
    """Let clients and the advisor write; runs in Apex's thread, once the project is loaded."""
    pages = [page for page in site.workspace.layout.pages if page.kind == "RecordPage"]
    if not pages:
        return
    try:
        records = site.apex.sample_records(pages[0].object_name)
        for record_id, texts in zip(records, CONVERSATIONS, strict=False):
            _write(site, record_id, texts)
    except SfgenError as error:
        site.warn(f"the example texts could not be written: {error.message}")


def _write(site: Site, record_id: str, texts: tuple[Example, ...]) -> None:
    controller = find_controller(site)
    conversation = ""
    for number, example in enumerate(texts):
        if example.client:
            site.panel.receive(record_id, example.text)
        elif controller:
            if not conversation:
                begun = site.apex.invoke(controller, "startConversation", {"recordId": record_id})
                conversation = str(begun["id"])
            answer = {"body": example.text, "clientKey": f"example-{record_id}-{number}"}
            values = {"conversationId": conversation, **answer, "socketId": None}
            site.apex.invoke(controller, "sendMessage", values)

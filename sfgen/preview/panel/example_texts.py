"""Example conversations, so that a first run shows what the project is for.

They take the way of every text: the client's through the project's REST resource or the external
application, the advisor's through the project's controller.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sfgen.errors import SfgenError
from sfgen.preview.panel.client import find_conversations_controller

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.preview.apex.project_apex import ProjectApex
    from sfgen.preview.panel.client import Client
    from sfgen.preview.workspace import Workspace


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


class ExampleTexts:
    """Writes the examples. Runs in Apex's thread, once the project is loaded.

    Args:
        workspace: the project.
        apex: sends the advisor's answers.
        client: sends the client's texts.
        warn: takes a line for the terminal.
    """

    def __init__(
        self,
        workspace: Workspace,
        apex: ProjectApex,
        client: Client,
        warn: Callable[[str], None],
    ) -> None:
        self._workspace = workspace
        self._apex = apex
        self._client = client
        self._warn = warn

    def write(self) -> None:
        """Write one conversation for each sample record of the first record page."""
        pages = [page for page in self._workspace.layout.pages if page.kind == "RecordPage"]
        if not pages:
            return
        try:
            records = self._apex.sample_records(pages[0].object_name)
            for record_id, texts in zip(records, CONVERSATIONS, strict=False):
                self._write_conversation(record_id, texts)
        except SfgenError as error:
            self._warn(f"the example texts could not be written: {error.message}")

    def _write_conversation(self, record_id: str, texts: tuple[Example, ...]) -> None:
        controller = find_conversations_controller(self._workspace)
        conversation = ""
        for number, example in enumerate(texts):
            if example.client:
                self._client.send_text(record_id, example.text)
            elif controller:
                if not conversation:
                    asked = {"recordId": record_id}
                    begun = self._apex.invoke(controller, "startConversation", asked)
                    conversation = str(begun["id"])
                answer = {"body": example.text, "clientKey": f"example-{record_id}-{number}"}
                values = {"conversationId": conversation, **answer, "socketId": None}
                self._apex.invoke(controller, "sendMessage", values)

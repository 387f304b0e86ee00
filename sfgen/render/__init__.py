"""Renders the content of every file of a plan, in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sfgen.errors import TemplateError
from sfgen.render.listing import MANIFEST_PATH, list_metadata

if TYPE_CHECKING:
    from sfgen.plan import Plan


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """One file as it will be written: path inside the project, and bytes."""

    path: str
    content: bytes


def render_plan(plan: Plan) -> tuple[RenderedFile, ...]:
    """Render every file of a plan.

    Raises:
        TemplateError: a template reads an answer that does not exist.
    """
    rendered = []
    for file in plan.files:
        body = file.entry.body
        try:
            content = body if isinstance(body, bytes) else body(plan.context).encode()
        except KeyError as error:
            raise TemplateError(f"{file.entry.source}: no answer is called {error}") from error
        rendered.append(RenderedFile(file.path, content))
    if plan.metadata:
        listed = list_metadata(plan, [file.path for file in rendered])
        rendered.append(RenderedFile(MANIFEST_PATH, listed))
        rendered.sort(key=lambda file: file.path)
    return tuple(rendered)

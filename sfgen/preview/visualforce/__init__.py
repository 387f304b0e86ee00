"""A subset of Visualforce: pages as shells, with the platform's own encoding rules."""

from __future__ import annotations

from sfgen.preview.visualforce.context import PageContext, Rendered
from sfgen.preview.visualforce.errors import VisualforceError
from sfgen.preview.visualforce.page import render_page

__all__ = ["PageContext", "Rendered", "VisualforceError", "render_page"]

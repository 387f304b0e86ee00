"""Renders a subset of Visualforce, with the platform's own encoding rules."""

from __future__ import annotations

from sfgen.visualforce.context import PageContext, Rendered
from sfgen.visualforce.errors import VisualforceError
from sfgen.visualforce.page import render_page

__all__ = ["PageContext", "Rendered", "VisualforceError", "render_page"]

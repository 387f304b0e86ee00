"""The login page of the stand-in for the external application."""

from __future__ import annotations

from typing import Final

_HEAD: Final = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Log in to the application</title>
<style>body {{ font: 16px sans-serif; display: grid; place-items: center; min-height: 90vh;
background: #f3f3f3; }} form {{ background: #fff; padding: 2rem; border: 1px solid #c9c9c9;
border-radius: 4px; max-width: 24rem; }} button {{ font: inherit; padding: .5rem 1rem;
background: #0b5cab; color: #fff; border: 0; border-radius: 4px; }}</style></head>
"""
LOGIN: Final = (
    _HEAD
    + """<body><main><form method="post" action="/oauth/authorize?{query}">
<h1>The external application</h1>
<p>This page stands in for the login of the application that your clients text with.</p>
<button>Log in as the advisor</button></form></main></body></html>
"""
)
LOGGED_IN: Final = (
    _HEAD.format()
    + """<body><main><h1>Logged in</h1>
<p>Salesforce would now hold the advisor's token. Close this tab and go back to the other one.</p>
</main></body></html>
"""
)

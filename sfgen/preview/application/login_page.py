"""HTML of the external application's login page."""

from __future__ import annotations

from typing import Final

_HEAD: Final = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>External application | sfgen preview</title>
<style>body {{ font: 16px sans-serif; display: grid; place-items: center; min-height: 90vh;
background: #f3f3f3; }} form {{ background: #fff; padding: 2rem; border: 1px solid #c9c9c9;
border-radius: 4px; max-width: 24rem; }}
h1 {{ margin: 0 0 .75rem; font-size: 1.25rem; }} p {{ margin: 0 0 1.25rem; }}
button {{ font: inherit; padding: .5rem 1rem; background: #0b5cab;
color: #fff; border: 0; border-radius: 4px; }}</style></head>
"""
LOGIN: Final = (
    _HEAD
    + """<body><main><form method="post" action="/oauth/authorize?{query}">
<h1>Log in to the external application</h1>
<p>In production, this is the login page of the application that your clients text with.</p>
<button>Log in as the advisor</button></form></main></body></html>
"""
)
LOGGED_IN: Final = (
    _HEAD.format()
    + """<body><main><h1>Logged in</h1>
<p>Salesforce now has the advisor's token. Close this tab and go back to the other one.</p>
</main></body></html>
"""
)

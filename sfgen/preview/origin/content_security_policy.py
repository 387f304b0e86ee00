"""Content-Security-Policy headers of Lightning and Visualforce pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: What a page may always load, by directive; Trusted URLs add to it.
_OWN_SOURCES: Final = {
    "connect-src": "'self'",
    "font-src": "'self' data:",
    "frame-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "style-src": "'self' 'unsafe-inline'",
}


def lightning_policy(
    trusted: Mapping[str, Iterable[str]], frames: Iterable[str], nonce: str
) -> str:
    """Return a Content-Security-Policy like Lightning Experience's.

    Args:
        trusted: what Trusted URLs allow, by directive.
        frames: origins that may be framed.
        nonce: of the shell's own inline scripts.
    """
    sources = _join_sources(trusted)
    sources["frame-src"] = " ".join([sources["frame-src"], *frames])
    rules = {
        "default-src": "'self'",
        "script-src": f"'self' 'nonce-{nonce}' 'unsafe-eval' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
        **sources,
    }
    return _write(rules)


def visualforce_policy(
    framed_by: Iterable[str], trusted: Mapping[str, Iterable[str]] | None
) -> str:
    """Return the Content-Security-Policy of a Visualforce page.

    Args:
        framed_by: origins besides its own that may frame it.
        trusted: what Trusted URLs allow, by directive; ``None`` for a page without
            ``cspHeader="true"``, which may reach everything.
    """
    rules = {"frame-ancestors": " ".join(["'self'", *framed_by])}
    if trusted is not None:
        rules |= {
            "default-src": "'self'",
            "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
            "object-src": "'none'",
            **_join_sources(trusted),
        }
    return _write(rules)


def _join_sources(trusted: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {name: " ".join([own, *trusted.get(name, ())]) for name, own in _OWN_SOURCES.items()}


def _write(rules: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in rules.items())

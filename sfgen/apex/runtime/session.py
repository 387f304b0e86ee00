"""The running user's own settings: locale, time zone, language."""

from __future__ import annotations

import zoneinfo
from typing import Any

from sfgen.apex.runtime.execution import current, has_current

__all__ = ["user_field", "user_locale", "user_zone", "zone_named"]


def user_field(name: str) -> Any:
    """A field of the running user's record by lower-case name; None outside a transaction."""
    user = current().user if has_current() else None
    return user.fields.get(name) if user is not None else None


def user_locale() -> str:
    """The running user's LocaleSidKey; `en_US` unless set."""
    return user_field("localesidkey") or "en_US"


def zone_named(name: str) -> zoneinfo.ZoneInfo | None:
    """The time zone of that name; None if nobody knows it."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


def user_zone() -> zoneinfo.ZoneInfo:
    """The running user's TimeZoneSidKey; GMT unless set."""
    return zone_named(user_field("timezonesidkey") or "GMT") or zoneinfo.ZoneInfo("GMT")

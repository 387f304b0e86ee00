"""UserInfo (Apex Reference Guide, UserInfo Class): the running user."""

from __future__ import annotations

import zoneinfo
from typing import Any

from sfgen.apex.database import org_database
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.time.datetime_texts import TimeZone
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.session import user_field, user_locale, user_zone
from sfgen.apex.runtime.values import Id
from sfgen.apex.store.org_data import find_data

USER_INFO = platform_members("UserInfo")

_DEFAULT_USER = Id("005000000000001AAA")
_ORGANIZATION = Id("00D000000000001EAA")


def _organization(name: str) -> Any:
    """A field of the org's own row, by lower-case name."""
    data = find_data()
    owner = data.schema.find("Organization") if data is not None else None
    if data is None or owner is None:
        return None
    rows = data.store.rows_where(owner, "1 = 1", [])
    return rows[0].get(name) if rows else None


@USER_INFO.static("String getUserId()")
def get_user_id() -> Id:
    """The user's Id."""
    return user_field("id") or _DEFAULT_USER


@USER_INFO.static("String getProfileId()")
def get_profile_id() -> Id | None:
    """The Id of the user's profile."""
    found: Id | None = user_field("profileid")
    return found


@USER_INFO.static("String getUserRoleId()")
def get_user_role_id() -> Id | None:
    """The Id of the user's role."""
    found: Id | None = user_field("userroleid")
    return found


@USER_INFO.static("String getUserName()")
def get_user_name() -> str:
    """The user's login name."""
    return user_field("username") or "user@example.com"


@USER_INFO.static("String getUserEmail()")
def get_user_email() -> str:
    """The user's email address."""
    return user_field("email") or get_user_name()


@USER_INFO.static("String getFirstName()")
def get_first_name() -> str | None:
    """The user's first name."""
    found: str | None = user_field("firstname")
    return found


@USER_INFO.static("String getLastName()")
def get_last_name() -> str:
    """The user's last name."""
    return user_field("lastname") or "User"


@USER_INFO.static("String getName()")
def get_name() -> str:
    """First and last name."""
    return " ".join(filter(None, (get_first_name(), get_last_name())))


@USER_INFO.static("String getUserType()")
def get_user_type() -> str:
    """The kind of licence."""
    return user_field("usertype") or "Standard"


@USER_INFO.static("String getLanguage()")
def get_language() -> str:
    """The user's language."""
    return user_field("languagelocalekey") or "en_US"


@USER_INFO.static("String getLocale()")
def get_locale() -> str:
    """The user's locale."""
    return user_locale()


@USER_INFO.static("TimeZone getTimeZone()")
def get_time_zone() -> TimeZone:
    """The user's time zone."""
    return TimeZone(zoneinfo.ZoneInfo(user_zone().key))


@USER_INFO.static("String getDefaultCurrency()")
def get_default_currency() -> str:
    """The org's currency."""
    return user_field("defaultcurrencyisocode") or "USD"


@USER_INFO.static("String getOrganizationId()")
def get_organization_id() -> Id:
    """The org's Id."""
    return _organization("id") or _ORGANIZATION


@USER_INFO.static("String getOrganizationName()")
def get_organization_name() -> str:
    """The org's name."""
    return _organization("name") or "sfgen"


@USER_INFO.static("String getSessionId()")
def get_session_id() -> str | None:
    """A test's own word for one; else there is no session: nobody logged in."""
    execution = current()
    if not execution.test.running:
        return None
    return f"{str(org_database().organization_id)[:15]}!ApexTestSession"


@USER_INFO.static("String getUiTheme()")
def get_ui_theme() -> str:
    """Lightning Experience."""
    return "Theme4d"


@USER_INFO.static("String getUiThemeDisplayed()")
def get_ui_theme_displayed() -> str:
    """Lightning Experience in a browser; Apex tests see the classic theme."""
    return "Theme3" if current().test.running else "Theme4d"


@USER_INFO.static("Boolean isMultiCurrencyOrganization()")
def is_multi_currency_organization() -> bool:
    """One currency."""
    return False


@USER_INFO.static("Boolean isCurrentUserLicensed(String namespace)")
def is_current_user_licensed(namespace: str | None) -> bool:
    """Whether the user may use the package: no licences are kept here."""
    return namespace is not None

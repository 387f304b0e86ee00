"""Site (Apex Reference Guide, Site Class): what it answers where no site serves the request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.http.urls import my_domain

if TYPE_CHECKING:
    from collections.abc import Callable

SITE = platform_members("Site")

_NULL = (
    "String getName()",
    "String getMasterLabel()",
    "String getDomain()",
    "String getPrefix()",
    "String getPathPrefix()",
    "Id getSiteId()",
    "String getSiteType()",
    "String getSiteTypeLabel()",
    "String getAdminEmail()",
    "Id getAdminId()",
    "String getErrorDescription()",
    "String getErrorMessage()",
    "String getOriginalUrl()",
    "PageReference getTemplate()",
    "String getAnalyticsTrackingCode()",
    "String getExperienceId()",
    "String getPasswordPolicyStatement()",
    "PageReference login(String username, String password, String startUrl)",
    "PageReference changePassword(String newPassword, String verifyNewPassword)",
    (
        "PageReference changePassword(String newPassword, String verifyNewPassword,"
        " String oldPassword)"
    ),
    "Id createExternalUser(SObject user, String accountId)",
    "Id createExternalUser(SObject user, String accountId, String password)",
    (
        "Id createExternalUser(SObject user, String accountId, String password,"
        " Boolean sendEmailConfirmation)"
    ),
    "Id createPortalUser(SObject user, String accountId, String password)",
    "Id createPersonAccountPortalUser(SObject user, String ownerId, String password)",
    "void validatePassword(SObject user, String password, String confirmPassword)",
    "void setExperienceId(String experienceId)",
)
_FALSE = (
    "Boolean isLoginEnabled()",
    "Boolean isRegistrationEnabled()",
    "Boolean isPasswordExpired()",
    "Boolean isValidUsername(String username)",
    "Boolean forgotPassword(String username)",
    "Boolean forgotPassword(String username, String emailTemplateName)",
)


def _answer(value: Any) -> Callable[..., Any]:
    def answer(*_: Any) -> Any:
        return value

    return answer


for _text in _NULL:
    SITE.static(_text)(_answer(None))
for _text in _FALSE:
    SITE.static(_text)(_answer(value=False))
SITE.static("String getBaseUrl()")(_answer(""))


@SITE.static("String getBaseSecureUrl()")
def get_base_secure_url() -> str:
    """The org's own address."""
    return f"https://{my_domain()}.my.salesforce.com"

"""ConnectApi.NamedCredentials, as far as a per-user credential needs it.

The host of the runtime answers for the authorization server. Tests can't reach it: like every
ConnectApi method that runs against data, these refuse to run in one (Apex Developer Guide,
"Testing ConnectApi Code").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.data_objects import data_class
from sfgen.apex.library.declarations.registry import platform_enum, platform_members
from sfgen.apex.runtime.collections import ApexMap
from sfgen.apex.runtime.exceptions import (
    PLATFORM_EXCEPTIONS,
    ApexException,
    Unsupported,
    exception_class,
)
from sfgen.apex.runtime.execution import current
from sfgen.apex.types.model import OBJECT, STRING, ApexType

if TYPE_CHECKING:
    from sfgen.apex.library.declarations.data_objects import DataObject

CREDENTIALS = platform_members("ConnectApi.NamedCredentials")

platform_enum(
    "ConnectApi.CredentialPrincipalType", "AwsStsPrincipal NamedPrincipal PerUserPrincipal"
)
STATUSES = platform_enum(
    "ConnectApi.CredentialAuthenticationStatus",
    "Configured NotConfigured RefreshExpired Unknown",
)
PROTOCOLS = platform_enum(
    "ConnectApi.CredentialAuthenticationProtocol",
    "AwsSv4 Basic Custom Jwt JwtExchange NoAuthentication OAuth Password",
)
data_class(
    "ConnectApi.OAuthCredentialAuthUrlInput",
    "String externalCredential; ConnectApi.CredentialPrincipalType principalType;"
    "String principalName; List<String> scopes; String returnUrl",
)
AUTH_URL = data_class("ConnectApi.OAuthCredentialAuthUrl", "String authenticationUrl")
CREDENTIAL = data_class(
    "ConnectApi.Credential",
    "ConnectApi.CredentialAuthenticationProtocol authenticationProtocol;"
    "ConnectApi.CredentialAuthenticationStatus authenticationStatus;"
    "Map<String, Object> credentials; String externalCredential; String principalName;"
    "ConnectApi.CredentialPrincipalType principalType",
)
data_class(
    "ConnectApi.CredentialInput",
    "ConnectApi.CredentialAuthenticationProtocol authenticationProtocol;"
    "Map<String, Object> credentials; String externalCredential; String principalName;"
    "ConnectApi.CredentialPrincipalType principalType",
)


def _declare_exception() -> type[ApexException]:
    """ConnectApi.ConnectApiException, with its two getters."""
    name = "ConnectApi.ConnectApiException"
    members: dict[str, Any] = {
        "apex_type": ApexType(name),
        "apex_interfaces": frozenset({"exception", name.lower()}),
        "type_name": property(lambda _: name),
    }
    made = type("ConnectApiException", (ApexException,), members)
    PLATFORM_EXCEPTIONS[name.lower()] = made
    declared = platform_members(name, extends=("Exception",))
    declared.holds(made)
    declared.method("String getErrorCode()")(lambda failure: getattr(failure, "error_code", None))
    return made


CONNECT_EXCEPTION = _declare_exception()


def _host(name: str) -> Any:
    """Who keeps the credentials; a test is refused, and so is code that no host answers."""
    if current().test.running:
        raise exception_class("UnsupportedOperationException")(
            "ConnectApi methods are not supported in data siloed tests. "
            "Please use @IsTest(SeeAllData=true)."
        )
    if current().credentials is None:
        raise Unsupported(f"ConnectApi.NamedCredentials.{name}")
    return current().credentials


@CREDENTIALS.static("ConnectApi.OAuthCredentialAuthUrl getOAuthCredentialAuthUrl(ConnectApi.OAuthCredentialAuthUrlInput requestBody)")  # fmt: skip # noqa: E501 - one signature
def get_oauth_credential_auth_url(body: DataObject | None) -> Any:
    """Where the user signs in."""
    known = required(body)
    host = _host("getOAuthCredentialAuthUrl")
    url = host.authentication_url(required(known.get("externalcredential")))
    return AUTH_URL(authenticationUrl=url)


@CREDENTIALS.static("ConnectApi.Credential getCredential(String externalCredential, String principalName, ConnectApi.CredentialPrincipalType principalType)")  # fmt: skip # noqa: E501 - one signature
def get_credential(external: str | None, principal: str | None, kind: Any) -> Any:
    """The state of a principal's credential."""
    required(external)
    configured = _host("getCredential").is_configured(external, principal or "")
    return CREDENTIAL(
        authenticationProtocol=PROTOCOLS["OAUTH"],
        authenticationStatus=STATUSES["CONFIGURED" if configured else "NOTCONFIGURED"],
        credentials=ApexMap((), STRING, OBJECT),
        externalCredential=external,
        principalName=principal,
        principalType=kind,
    )


@CREDENTIALS.static("void deleteCredential(String externalCredential, String principalName, ConnectApi.CredentialPrincipalType principalType)")  # fmt: skip # noqa: E501 - one signature
def delete_credential(external: str | None, principal: str | None, kind: Any) -> None:
    """Forget a principal's credential."""
    del kind
    required(external)
    _host("deleteCredential").remove(external, principal or "")

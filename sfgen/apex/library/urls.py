"""URL, Uuid and the org's host names (Apex Reference Guide: URL, UUID, DomainCreator)."""

from __future__ import annotations

import re
import urllib.parse
import uuid
from typing import Any, ClassVar

from sfgen.apex.library.arguments import required
from sfgen.apex.library.data_objects import data_class
from sfgen.apex.library.hashes import hash_of
from sfgen.apex.library.registry import (
    constructor,
    method,
    platform_class,
    platform_enum,
    platform_members,
    static,
)
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.types.model import ApexType

__all__ = ["Url", "my_domain"]

_PORTS = {"http": 80, "https": 443, "ftp": 21}


def my_domain() -> str:
    """The org's My Domain name, from the project's snapshot."""
    return getattr(current().project, "my_domain", None) or "sfgen-dev-ed"


@platform_class("Url")
class Url:
    """A URL in its parts."""

    apex_type: ClassVar[ApexType] = ApexType("Url")

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts = urllib.parse.urlsplit(text)
        if not self.parts.scheme:
            raise raise_apex("StringException", f"no protocol: {text}")

    @staticmethod
    @constructor("Url(String spec)")
    def new(text: str | None) -> Url:
        """A URL from its text. StringException without a protocol."""
        return Url(required(text))

    @staticmethod
    @constructor("Url(Url context, String spec)")
    def new_in(context: Url | None, text: str | None) -> Url:
        """A URL seen from another."""
        return Url(urllib.parse.urljoin(required(context).text, required(text)))

    @staticmethod
    @constructor("Url(String protocol, String host, String file)")
    def new_of(protocol: str | None, host: str | None, file: str | None) -> Url:
        """A URL from its parts."""
        return Url(f"{required(protocol)}://{required(host)}{required(file)}")

    @staticmethod
    @constructor("Url(String protocol, String host, Integer port, String file)")
    def new_with_port(
        protocol: str | None, host: str | None, port: int | None, file: str | None
    ) -> Url:
        """A URL from its parts; port -1 is the protocol's own."""
        at = "" if required(port) == -1 else f":{port}"
        return Url(f"{required(protocol)}://{required(host)}{at}{required(file)}")

    @staticmethod
    @static("Url getOrgDomainUrl()")
    def get_org_domain_url() -> Url:
        """The org's own address."""
        return Url(f"https://{my_domain()}.my.salesforce.com")

    @staticmethod
    @static("Url getSalesforceBaseUrl()")
    def get_salesforce_base_url() -> Url:
        """The org's own address."""
        return Url.get_org_domain_url()

    @staticmethod
    @static("Url getCurrentRequestUrl()")
    def get_current_request_url() -> Url:
        """The address of the request."""
        return Url(f"https://{my_domain()}.my.salesforce.com/services/Soap/s/apex")

    @method("String toExternalForm()")
    @method("String toString()")
    def apex_text(self) -> str:
        """The URL's text."""
        return self.text

    def apex_key(self) -> tuple[str, str]:
        """Equal URLs have equal text."""
        return ("url", self.text)

    @method("String getAuthority()")
    def get_authority(self) -> str:
        """Host and port."""
        return self.parts.netloc

    @method("Integer getDefaultPort()")
    def get_default_port(self) -> int:
        """The protocol's port."""
        return _PORTS.get(self.parts.scheme, -1)

    @method("String getFile()")
    def get_file(self) -> str:
        """Path and query."""
        return self.parts.path + (f"?{self.parts.query}" if self.parts.query else "")

    @method("String getHost()")
    def get_host(self) -> str:
        """The host."""
        return self.parts.netloc.rpartition("@")[2].partition(":")[0]

    @method("String getPath()")
    def get_path(self) -> str:
        """The path."""
        return self.parts.path

    @method("Integer getPort()")
    def get_port(self) -> int:
        """The port; -1 if none is written."""
        found = re.search(r":(\d+)\Z", self.parts.netloc)
        return int(found[1]) if found else -1

    @method("String getProtocol()")
    def get_protocol(self) -> str:
        """The protocol."""
        return self.parts.scheme

    @method("String getQuery()")
    def get_query(self) -> str | None:
        """What stands behind `?`."""
        return self.parts.query or None

    @method("String getRef()")
    def get_ref(self) -> str | None:
        """What stands behind `#`."""
        return self.parts.fragment or None

    @method("String getUserInfo()")
    def get_user_info(self) -> str | None:
        """User and password."""
        return self.parts.netloc.rpartition("@")[0] or None

    @method("Boolean sameFile(Url other)")
    def same_file(self, other: Url | None) -> bool:
        """Whether only the part behind `#` differs."""
        return self.text.partition("#")[0] == required(other).text.partition("#")[0]


@platform_class("UUID")
class Uuid:
    """A random identifier of 128 bits."""

    apex_type: ClassVar[ApexType] = ApexType("UUID")

    def __init__(self, value: uuid.UUID) -> None:
        self.value = value

    @staticmethod
    @static("UUID randomUUID()")
    def random() -> Uuid:
        """A new one, from the transaction's source."""
        return Uuid(uuid.UUID(int=current().random.getrandbits(128), version=4))

    @staticmethod
    @static("UUID fromString(String uuidString)")
    def from_string(text: str | None) -> Uuid:
        """One from its text. IllegalArgumentException for what is none."""
        try:
            return Uuid(uuid.UUID(required(text)))
        except ValueError:
            raise raise_apex("IllegalArgumentException", f"Invalid UUID string: {text}") from None

    @method("String toString()")
    def apex_text(self) -> str:
        """32 digits in five groups."""
        return str(self.value)

    def apex_json(self) -> str:
        """Its text."""
        return str(self.value)

    def apex_key(self) -> tuple[str, int]:
        """Equal identifiers have equal bits."""
        return ("uuid", self.value.int)

    @method("Boolean equals(Object other)")
    def equals(self, other: Any) -> bool:
        """Whether the other is the same."""
        return isinstance(other, Uuid) and other.value == self.value

    @method("Integer hashCode()")
    def hash_code(self) -> int:
        """The hash."""
        return hash_of(str(self.value))


DOMAIN_TYPES = platform_enum(
    "DomainType",
    "CONTENT_DOMAIN EXPERIENCE_CLOUD_SITES_BUILDER_DOMAIN EXPERIENCE_CLOUD_SITES_DOMAIN"
    " LIGHTNING_CONTAINER_COMPONENT_DOMAIN LIGHTNING_DOMAIN ORG_MY_DOMAIN"
    " SALESFORCE_SITES_DOMAIN SETUP_DOMAIN VISUALFORCE_DOMAIN",
)
DOMAIN = data_class(
    "Domain",
    "DomainType domainType; String myDomainName; String packageName; String sandboxName;"
    "String sitesSubdomainName",
    "DomainType getDomainType() = domainType; String getMyDomainName() = myDomainName;"
    "String getPackageName() = packageName; String getSandboxName() = sandboxName;"
    "String getSitesSubdomainName() = sitesSubdomainName",
    constructor=False,
)

# Enhanced domains (Salesforce Help, "My Domain URL Formats").
_HOSTS = {
    "OrgMyDomainHostname": "{0}.my.salesforce.com",
    "LightningHostname": "{0}.lightning.force.com",
    "ContentHostname": "{0}.file.force.com",
    "SetupHostname": "{0}.my.salesforce-setup.com",
    "ExperienceCloudSitesHostname": "{0}.my.site.com",
    "ExperienceCloudSitesBuilderHostname": "{0}.builder.salesforce-experience.com",
    "ExperienceCloudSitesPreviewHostname": "{0}.preview.salesforce-experience.com",
    "ExperienceCloudSitesLivePreviewHostname": "{0}.live-preview.salesforce-experience.com",
    "SalesforceSitesHostname": "{0}.my.salesforce-sites.com",
}
_SUFFIXES = {
    ".my.salesforce.com": "ORG_MY_DOMAIN",
    ".lightning.force.com": "LIGHTNING_DOMAIN",
    ".vf.force.com": "VISUALFORCE_DOMAIN",
    ".file.force.com": "CONTENT_DOMAIN",
    ".my.salesforce-setup.com": "SETUP_DOMAIN",
    ".my.site.com": "EXPERIENCE_CLOUD_SITES_DOMAIN",
    ".my.salesforce-sites.com": "SALESFORCE_SITES_DOMAIN",
}
CREATOR = platform_members("DomainCreator")


def _host(pattern: str) -> Any:
    def host() -> str:
        return pattern.format(my_domain())

    return host


for _name, _pattern in _HOSTS.items():
    CREATOR.static(f"String get{_name}()")(_host(_pattern))


@CREATOR.static("String getVisualforceHostname(String packageName)")
def get_visualforce_hostname(package: str | None) -> str:
    """The host of Visualforce pages, of a package if one is named (`c` is the org's own)."""
    return f"{my_domain()}--{package or 'c'}.vf.force.com"


@CREATOR.static("String getLightningContainerComponentHostname(String packageName)")
def get_container_hostname(package: str | None) -> str:
    """The host of Lightning container components."""
    return f"{my_domain()}--{package or 'c'}.container.force.com"


@platform_members("DomainParser").static("Domain parse(String hostname)")
def parse_domain(host: str | None) -> Any:
    """What a host name of the org says. InvalidParameterValueException for another's."""
    known = required(host).lower()
    for suffix, kind in _SUFFIXES.items():
        if known.endswith(suffix):
            name, _, package = known.removesuffix(suffix).partition("--")
            return DOMAIN(
                domainType=DOMAIN_TYPES[kind], myDomainName=name, packageName=package or None
            )
    raise raise_apex("InvalidParameterValueException", f"Invalid hostname: {host}")


@platform_members("DomainParser").static("Domain parse(Url url)")
def parse_domain_url(url: Url | None) -> Any:
    """What a URL's host says."""
    return parse_domain(required(url).get_host())

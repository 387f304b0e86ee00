"""The org's host names (Apex Reference Guide: DomainCreator, DomainParser)."""

from __future__ import annotations

from typing import Any

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.data_objects import data_class
from sfgen.apex.library.declarations.registry import platform_enum, platform_members
from sfgen.apex.library.http.urls import Url, my_domain
from sfgen.apex.runtime.exceptions import raise_apex

__all__: list[str] = []

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

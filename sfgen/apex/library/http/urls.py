"""URL and Uuid (Apex Reference Guide: URL, UUID)."""

from __future__ import annotations

import re
import urllib.parse
import uuid
from typing import Any, ClassVar

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import (
    constructor,
    method,
    platform_class,
    static,
)
from sfgen.apex.library.numbers.hashes import hash_of
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.types.model import ApexType

__all__ = ["Url", "my_domain"]

_PORTS = {"http": 80, "https": 443, "ftp": 21}


def my_domain() -> str:
    """The org's My Domain name."""
    return "sfgen-dev-ed"


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

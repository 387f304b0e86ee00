"""HttpRequest and HttpResponse (Apex Reference Guide, classes of those names)."""

from __future__ import annotations

from typing import ClassVar

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import constructor, method, platform_class
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.values import ApexList, Blob
from sfgen.apex.types.model import STRING, ApexType

__all__ = ["HttpRequest", "HttpResponse"]


class _Message:
    """What requests and responses share: headers by name in any case, and a body."""

    def __init__(self) -> None:
        self.headers: dict[str, tuple[str, str]] = {}
        self.body: bytes | None = None

    def put_header(self, name: str | None, value: str | None) -> None:
        """Set a header."""
        self.headers[required(name).lower()] = (required(name), required(value))

    def header(self, name: str | None) -> str | None:
        """A header's value."""
        found = self.headers.get(required(name).lower())
        return found[1] if found else None

    def text(self) -> str:
        """The body as text; empty when there is none."""
        return (self.body or b"").decode("utf-8", "replace")

    @method("String getHeader(String key)")
    def get_header(self, name: str | None) -> str | None:
        """A header's value."""
        return self.header(name)

    @method("void setHeader(String key, String value)")
    def set_header(self, name: str | None, value: str | None) -> None:
        """Set a header."""
        self.put_header(name, value)

    @method("String getBody()")
    def get_body(self) -> str:
        """The body as text."""
        return self.text()

    @method("void setBody(String body)")
    def set_body(self, body: str | None) -> None:
        """Set the body, sent in UTF-8."""
        self.body = required(body).encode("utf-8", "replace")

    @method("Blob getBodyAsBlob()")
    def get_body_as_blob(self) -> Blob:
        """The body's bytes."""
        return Blob(self.body or b"")

    @method("void setBodyAsBlob(Blob body)")
    def set_body_as_blob(self, body: Blob | None) -> None:
        """Set the body's bytes."""
        self.body = required(body).data


@platform_class("HttpRequest")
class HttpRequest(_Message):
    """A request to another system."""

    apex_type: ClassVar[ApexType] = ApexType("HttpRequest")

    def __init__(self) -> None:
        super().__init__()
        self.endpoint: str | None = None
        self.verb: str | None = None
        self.compressed = False
        self.timeout = 10_000
        self.certificate: str | None = None

    @staticmethod
    @constructor("HttpRequest()")
    def new() -> HttpRequest:
        """An empty request."""
        return HttpRequest()

    @method("String toString()")
    def apex_text(self) -> str:
        """`System.HttpRequest[Endpoint=..., Method=GET]`."""
        return f"System.HttpRequest[Endpoint={self.endpoint}, Method={self.verb}]".replace(
            "None", "null"
        )

    @method("String getEndpoint()")
    def get_endpoint(self) -> str | None:
        """Where it goes."""
        return self.endpoint

    @method("void setEndpoint(String endpoint)")
    def set_endpoint(self, endpoint: str | None) -> None:
        """Say where it goes: a URL or `callout:Name/path`."""
        self.endpoint = endpoint

    @method("String getMethod()")
    def get_method(self) -> str | None:
        """GET, POST ..."""
        return self.verb

    @method("void setMethod(String method)")
    def set_method(self, verb: str | None) -> None:
        """GET, POST, PUT, PATCH, DELETE, HEAD, TRACE."""
        self.verb = verb

    @method("Boolean getCompressed()")
    def get_compressed(self) -> bool:
        """Whether the body is sent compressed."""
        return self.compressed

    @method("void setCompressed(Boolean compressed)")
    def set_compressed(self, compressed: bool | None) -> None:  # noqa: FBT001 - Apex's parameter
        """Send the body compressed."""
        self.compressed = bool(compressed)

    @method("void setTimeout(Integer timeout)")
    def set_timeout(self, timeout: int | None) -> None:
        """Milliseconds to wait, 1 to 120,000. CalloutException for others."""
        if not 1 <= required(timeout) <= 120_000:
            raise raise_apex("CalloutException", f"Invalid timeout: {timeout}")
        self.timeout = required(timeout)

    @method("void setClientCertificateName(String certDevName)")
    def set_client_certificate_name(self, name: str | None) -> None:
        """The certificate to authenticate with."""
        self.certificate = name


@platform_class("HttpResponse")
class HttpResponse(_Message):
    """What another system answered."""

    apex_type: ClassVar[ApexType] = ApexType("HttpResponse")

    def __init__(self) -> None:
        super().__init__()
        self.status: str | None = None
        self.status_code = 0

    @staticmethod
    @constructor("HttpResponse()")
    def new() -> HttpResponse:
        """An empty response, as mocks make them."""
        return HttpResponse()

    @method("String toString()")
    def apex_text(self) -> str:
        """`System.HttpResponse[Status=OK, StatusCode=200]`."""
        status = "null" if self.status is None else self.status
        return f"System.HttpResponse[Status={status}, StatusCode={self.status_code}]"

    @method("String getStatus()")
    def get_status(self) -> str | None:
        """The status's words."""
        return self.status

    @method("void setStatus(String status)")
    def set_status(self, status: str | None) -> None:
        """Set the status's words."""
        self.status = status

    @method("Integer getStatusCode()")
    def get_status_code(self) -> int:
        """The status's number."""
        return self.status_code

    @method("void setStatusCode(Integer statusCode)")
    def set_status_code(self, code: int | None) -> None:
        """Set the status's number."""
        self.status_code = required(code)

    @method("List<String> getHeaderKeys()")
    def get_header_keys(self) -> ApexList:
        """The headers' names, sorted: public suites rely on it."""
        return ApexList(sorted(name for name, _ in self.headers.values()), STRING)

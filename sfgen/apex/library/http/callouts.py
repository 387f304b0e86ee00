"""Http and its mocks: nothing leaves the machine from Apex."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, ClassVar

from sfgen.apex.database import find_database
from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import (
    constructor,
    method,
    platform_class,
    platform_interface,
)
from sfgen.apex.library.http.http_messages import HttpRequest, HttpResponse
from sfgen.apex.runtime.exceptions import ApexException, Unsupported, raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.surrogates import encodable
from sfgen.apex.runtime.values import find_method
from sfgen.apex.types.model import ApexType

__all__ = ["Http", "check_endpoint", "check_transaction", "static_resource"]

platform_interface("HttpCalloutMock", "HttpResponse respond(HttpRequest request)")
platform_interface(
    "WebServiceMock",
    "void doInvoke(Object stub, Object request, Map<String, Object> response, String endpoint,"
    " String soapAction, String requestName, String responseNS, String responseName,"
    " String responseType)",
)


def _refused(message: str) -> ApexException:
    return raise_apex("CalloutException", message)


def static_resource(name: str) -> bytes:
    """A static resource of the project. CalloutException for one it doesn't have."""
    resources = current().project.resources
    for known, data in resources.items():
        if known.lower() == name.lower():
            return bytes(data)
    raise _refused(f"Static resource not found: {name}")


def check_transaction() -> None:
    """Refuse a callout after uncommitted work (TE10, TE12, TE13)."""
    governor = current().governor
    if governor.spent("dml_rows") or governor.spent("uncommitted"):
        raise _refused(
            "You have uncommitted work pending. Please commit or rollback before calling out"
        )
    if governor.spent("open_savepoints"):
        raise _refused("All active Savepoints must be released before making callouts.")


def check_endpoint(endpoint: str) -> None:
    """Refuse an address that is neither of a remote site nor of a named credential."""
    scheme, mark, rest = endpoint.partition(":")
    if scheme.lower() == "callout":
        return
    if not mark or not rest.startswith("//"):
        raise _refused(f"no protocol: {endpoint}")
    database = find_database()
    if database is not None and not database.remote_sites.allow(endpoint):
        raise _refused(
            "Unauthorized endpoint, please check Setup->Security->Remote site settings. "
            f"endpoint = {endpoint}"
        )


@platform_class("Http")
class Http:
    """Sends requests: to the test's mock, or to what the host answers with."""

    apex_type: ClassVar[ApexType] = ApexType("Http")

    @staticmethod
    @constructor("Http()")
    def new() -> Http:
        """A sender."""
        return Http()

    @method("HttpResponse send(HttpRequest request)")
    def send(self, request: HttpRequest | None) -> Any:
        """Send a request.

        Raises CalloutException after uncommitted work, without an endpoint, in tests without a
        mock (TE09, TE10), and for a host that is no remote site. A mock is asked for any host.
        """
        known = required(request)
        execution = current()
        execution.governor.count("callouts")
        check_transaction()
        mock = execution.test.mocks.get("httpcalloutmock")
        if mock is not None:  # a mock is asked even without an endpoint (public suites)
            return _respond(mock, known)
        known.verb = known.verb or "GET"
        if not known.endpoint:
            raise _refused("Missing required parameter: endpoint")
        if execution.test.running:
            raise _refused("Methods defined as TestMethod do not support Web service callouts")
        check_endpoint(known.endpoint)
        if execution.callout is None:
            raise Unsupported("callouts outside of a test without an answering host")
        return _answered(execution.callout, known)

    @method("String toString()")
    def apex_text(self) -> str:
        """`Http:[]`."""
        return "Http:[]"


def _answered(callout: Any, request: HttpRequest) -> HttpResponse:
    """What the host answers (`host.HttpReply`). CalloutException when it can't be reached."""
    asked = SimpleNamespace(
        method=request.verb,
        endpoint=request.endpoint,
        headers=dict(request.headers.values()),
        body=request.text(),
    )
    try:
        reply = callout(asked)
    except ConnectionError as failure:
        raise _refused(str(failure) or "Unable to tunnel through proxy") from None
    response = HttpResponse()
    response.status_code, response.status = reply.status, reply.reason
    response.body = encodable(reply.body).encode() if isinstance(reply.body, str) else reply.body
    for name, value in (reply.headers or {}).items():
        response.put_header(name, value)
    return response


def _respond(mock: Any, request: HttpRequest) -> Any:
    own = getattr(mock, "respond_to", None)
    if own is not None:
        return own(request)
    respond = find_method(mock, "respond", 1)
    if respond is None:
        raise raise_apex("TypeException", "Supplied type is not an interface")
    return respond(request)


class _ResourceMock:
    """A response made of static resources."""

    def __init__(self) -> None:
        self.response = HttpResponse()
        self.response.status_code = 200

    def answer(self, data: bytes) -> HttpResponse:
        """A response with that body."""
        made = HttpResponse()
        made.headers = dict(self.response.headers)
        made.status, made.status_code = self.response.status, self.response.status_code
        made.body = data
        return made

    @method("void setStatusCode(Integer code)")
    def set_status_code(self, code: int | None) -> None:
        """The status's number."""
        self.response.status_code = required(code)

    @method("void setStatus(String status)")
    def set_status(self, status: str | None) -> None:
        """The status's words."""
        self.response.status = status

    @method("void setHeader(String key, String value)")
    def set_header(self, name: str | None, value: str | None) -> None:
        """A header."""
        self.response.put_header(name, value)


@platform_class("StaticResourceCalloutMock", extends=("HttpCalloutMock",))
class StaticResourceCalloutMock(_ResourceMock):
    """Answers with one static resource."""

    apex_type: ClassVar[ApexType] = ApexType("StaticResourceCalloutMock")

    def __init__(self) -> None:
        super().__init__()
        self.resource: str | None = None

    @staticmethod
    @constructor("StaticResourceCalloutMock()")
    def new() -> StaticResourceCalloutMock:
        """A mock without a resource yet."""
        return StaticResourceCalloutMock()

    def respond_to(self, _: HttpRequest) -> HttpResponse:
        """The resource."""
        return self.answer(static_resource(required(self.resource)))

    @method("void setStaticResource(String resourceName)")
    def set_static_resource(self, name: str | None) -> None:
        """Which resource."""
        self.resource = required(name)


@platform_class("MultiStaticResourceCalloutMock", extends=("HttpCalloutMock",))
class MultiStaticResourceCalloutMock(_ResourceMock):
    """Answers with a static resource per endpoint."""

    apex_type: ClassVar[ApexType] = ApexType("MultiStaticResourceCalloutMock")

    def __init__(self) -> None:
        super().__init__()
        self.resources: dict[str, str] = {}

    @staticmethod
    @constructor("MultiStaticResourceCalloutMock()")
    def new() -> MultiStaticResourceCalloutMock:
        """A mock without resources yet."""
        return MultiStaticResourceCalloutMock()

    def respond_to(self, request: HttpRequest) -> HttpResponse:
        """The endpoint's resource. CalloutException for an endpoint without one."""
        found = self.resources.get(request.endpoint or "")
        if found is None:
            raise _refused(f"No static resource set for endpoint: {request.endpoint}")
        return self.answer(static_resource(found))

    @method("void setStaticResource(String endpoint, String resourceName)")
    def set_static_resource(self, endpoint: str | None, name: str | None) -> None:
        """Which resource for which endpoint."""
        self.resources[required(endpoint)] = required(name)

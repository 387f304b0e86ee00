"""RestContext, RestRequest and RestResponse (Apex Reference Guide, RestContext Class)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.data_objects import data_class
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.values import ApexMap
from sfgen.apex.types.model import STRING

if TYPE_CHECKING:
    from sfgen.apex.library.declarations.data_objects import DataObject

__all__ = ["REQUEST", "RESPONSE"]

CONTEXT = platform_members("RestContext")
REQUEST = data_class(
    "RestRequest",
    "Map<String, String> headers; String httpMethod; Map<String, String> params;"
    "String remoteAddress; Blob requestBody; String requestURI; String resourcePath",
    constructor=False,
)
RESPONSE = data_class(
    "RestResponse",
    "Map<String, String> headers; Blob responseBody; Integer statusCode",
    constructor=False,
)


def _texts() -> ApexMap:
    return ApexMap((), STRING, STRING)


@platform_members("RestRequest").constructor("RestRequest()")
def new_request() -> DataObject:
    """An empty request, as tests make them."""
    return REQUEST(headers=_texts(), params=_texts())


@platform_members("RestResponse").constructor("RestResponse()")
def new_response() -> DataObject:
    """An empty response."""
    return RESPONSE(headers=_texts())


@platform_members("RestRequest").method("void addHeader(String name, String value)")
@platform_members("RestResponse").method("void addHeader(String name, String value)")
def add_header(message: DataObject, name: str | None, value: str | None) -> None:
    """Set a header."""
    message.get("headers").put(required(name), value)


@platform_members("RestRequest").method("void addParameter(String name, String value)")
def add_parameter(request: DataObject, name: str | None, value: str | None) -> None:
    """Set a parameter."""
    request.get("params").put(required(name), value)


@CONTEXT.static_getter("RestRequest request")
def get_request() -> Any:
    """The request that is answered."""
    return current().rest_request


@CONTEXT.setter("RestRequest request")
def set_request(request: Any) -> None:
    """Set the request, in tests."""
    current().rest_request = request


@CONTEXT.static_getter("RestResponse response")
def get_response() -> Any:
    """The response that is made."""
    return current().rest_response


@CONTEXT.setter("RestResponse response")
def set_response(response: Any) -> None:
    """Set the response, in tests."""
    current().rest_response = response

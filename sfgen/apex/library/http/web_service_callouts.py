"""WebServiceCallout: what classes generated from a WSDL call; answered by a test's mock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.http.callouts import check_endpoint, check_transaction
from sfgen.apex.runtime.exceptions import Unsupported, raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.values import find_method

if TYPE_CHECKING:
    from sfgen.apex.runtime.values import ApexList, ApexMap

__all__: list[str] = []

WEB_SERVICE_CALLOUT = platform_members("WebServiceCallout")
_MOCK_PARAMETERS = 9


@WEB_SERVICE_CALLOUT.static(
    "void invoke(Object stub, Object request, Map<String, Object> response, List<String> info)"
)
def invoke(stub: Any, request: Any, response: ApexMap, info: ApexList) -> None:
    """Call a SOAP service: `info` is endpoint, action, request's namespace and name and so on.

    Raises CalloutException after uncommitted work and in tests without a mock (Apex Developer
    Guide, "Test Web Service Callouts").
    """
    execution = current()
    execution.governor.count("callouts")
    check_transaction()
    mock = execution.test.mocks.get("webservicemock")
    if mock is None and execution.test.running:
        raise raise_apex(
            "CalloutException", "Methods defined as TestMethod do not support Web service callouts"
        )
    if mock is None:
        check_endpoint(str(required(info)[0]))
        raise Unsupported("SOAP callouts outside of a test")
    answer = find_method(mock, "doInvoke", _MOCK_PARAMETERS)
    if answer is None:
        raise raise_apex("TypeException", "Supplied type is not an interface")
    endpoint, action, _, name, namespace, reply, kind = list(required(info))
    answer(stub, request, response, endpoint, action, name, namespace, reply, kind)

"""Apex REST: which resource answers for a path, and the call of its method."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sfgen.apex.library.http.rest import REQUEST, new_response
from sfgen.apex.library.json.json_class import serialize
from sfgen.apex.rest_bodies import BadBodyError, read_arguments
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.surrogates import encodable
from sfgen.apex.runtime.values import ApexMap, Blob
from sfgen.apex.types.model import STRING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.apex.org import Org

__all__ = ["call_resource"]

_PREFIX = "/services/apexrest"


def _fits(mapping: str, path: str) -> bool:
    """Whether a urlMapping answers for a path; `*` at its end stands for anything."""
    if mapping.endswith("*"):
        return path.lower().startswith(mapping[:-1].rstrip("/").lower())
    return path.rstrip("/").lower() == mapping.rstrip("/").lower()


def _find(org: Org, path: str) -> dict[str, Any] | None:
    """The description of the resource with the longest mapping that fits."""
    found = [
        (description["rest"], description)
        for description in org.program.descriptions.values()
        if description.get("rest") and _fits(description["rest"], path)
    ]
    return max(found, key=lambda each: len(each[0]))[1] if found else None


def call_resource(
    org: Org,
    verb: str,
    path: str,
    request: tuple[str, Mapping[str, str], Mapping[str, str]],
) -> tuple[int, str, dict[str, str]]:
    """Call the resource's method for `verb` inside a transaction: status, body, headers.

    404 without a resource for the path, 405 without a method for the verb, 400 for a body that
    doesn't fit the method's parameters.
    """
    path = path.removeprefix(_PREFIX)
    description = _find(org, path)
    if description is None:
        return _refusal(404, "NOT_FOUND", f"Could not find a match for URL {path}")
    entry = description["rest_methods"].get(verb.lower())
    if entry is None:
        return _refusal(405, "METHOD_NOT_ALLOWED", f"HTTP Method '{verb}' not allowed.")
    function, kinds, names, result = entry
    body, headers, parameters = request
    try:
        arguments = read_arguments(kinds, names, body)
    except BadBodyError as bad:
        return _refusal(400, "JSON_PARSER_ERROR", str(bad))
    asked = REQUEST(
        headers=ApexMap(headers.items(), STRING, STRING),
        params=ApexMap(parameters.items(), STRING, STRING),
        httpmethod=verb.upper(),
        requesturi=path,
        # What was read into parameters isn't there a second time ("Apex REST Methods").
        requestbody=Blob(b"" if kinds else encodable(body).encode()),
        resourcepath=f"{_PREFIX}{description['rest']}",
    )
    answer = new_response()
    execution = current()
    execution.rest_request, execution.rest_response = asked, answer
    execution.quiddity = "REST"
    value = org.program.namespace[function](*arguments)
    sent = {str(key): str(text) for key, text in answer.get("headers").pairs()}
    status = answer.get("statuscode") or 200
    own = answer.get("responsebody")
    if result == "void":
        return int(status), own.data.decode("utf-8", "replace") if own is not None else "", sent
    return int(status), encodable(str(serialize(value))), sent


def _refusal(status: int, code: str, message: str) -> tuple[int, str, dict[str, str]]:
    body = json.dumps([{"errorCode": code, "message": message}])
    return status, body, {"Content-Type": "application/json"}

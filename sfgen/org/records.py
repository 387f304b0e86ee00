"""Records of an org: query, create, upsert, assign a permission set; through simple-salesforce.

simple-salesforce leaves the headers of a deploy on its session (simple-salesforce, issue 779), and
knows no plain HTTP, so each ``Records`` has a client of its own that never deploys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import requests
from requests.adapters import HTTPAdapter

from sfgen.errors import OrgError
from sfgen.org.session import TIMEOUT
from sfgen.secret import mask

if TYPE_CHECKING:
    from simple_salesforce.api import Salesforce

    from sfgen.org.session import Session

_QUOTED: Final = str.maketrans({"\\": "\\\\", "'": "\\'"})


class _Adapter(HTTPAdapter):
    """Adds a time limit to every request, and allows plain HTTP to an org on loopback."""

    def __init__(self, *, plain: bool) -> None:
        super().__init__()
        self._plain = plain

    def send(
        self, request: requests.PreparedRequest, *given: Any, **options: Any
    ) -> requests.Response:
        if self._plain and request.url:
            request.url = request.url.replace("https://", "http://", 1)
        options["timeout"] = options.get("timeout") or TIMEOUT
        return super().send(request, *given, **options)


class Records:
    """The records of the org that ``session`` is open with."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._client = _connect(session)

    def close(self) -> None:
        """Close the connections."""
        self._client.session.close()

    def query(self, soql: str) -> list[dict[str, Any]]:
        """Return the records a query finds, without their ``attributes``.

        Raises:
            OrgError: the org refuses, with its reason.
        """
        answer = self._ask(lambda: self._client.query_all(soql))
        return [
            {name: value for name, value in row.items() if name != "attributes"}
            for row in answer["records"]
        ]

    def create(self, sobject: str, fields: dict[str, Any]) -> str:
        """Create a record and return its Id."""
        answer = self._ask(lambda: self._table(sobject).create(fields))
        return str(answer["id"])

    def update(self, sobject: str, record_id: str, fields: dict[str, Any]) -> None:
        """Change a record."""
        self._ask(lambda: self._table(sobject).update(record_id, fields))

    def assign_permission_set(self, name: str) -> bool:
        """Assign a permission set to the session's user; return whether it wasn't assigned already.

        Raises:
            OrgError: the org has no such permission set.
        """
        where = f"Name = '{quote(name)}'"
        sets = self.query(f"SELECT Id FROM PermissionSet WHERE {where}")  # noqa: S608 - quoted
        if not sets:
            raise OrgError(f"{self._session.target}: no permission set is called {name}")
        user = self._session.get(f"{self._session.instance_url}/services/oauth2/userinfo")
        pair = {"PermissionSetId": sets[0]["Id"], "AssigneeId": user["user_id"]}
        where = " AND ".join(f"{field} = '{quote(value)}'" for field, value in pair.items())
        if self.query(f"SELECT Id FROM PermissionSetAssignment WHERE {where}"):  # noqa: S608 - quoted
            return False
        self.create("PermissionSetAssignment", pair)
        return True

    def _table(self, sobject: str) -> Any:
        # The client makes an attribute for each sObject; two of its own have other types.
        return getattr(self._client, sobject)

    def _ask(self, ask: Any) -> Any:
        from simple_salesforce.exceptions import SalesforceError

        try:
            return ask()
        except SalesforceError as error:
            raise OrgError(_reason(self._session, error)) from None
        except requests.RequestException as error:
            kind = type(error).__name__
            raise OrgError(f"{self._session.target}: the org can't be reached ({kind})") from None


def quote(text: str) -> str:
    """Escape a text for a SOQL literal (SOQL Reference, Quoted String Escape Sequences)."""
    return text.translate(_QUOTED)


def _connect(session: Session) -> Salesforce:
    from simple_salesforce.api import Salesforce

    http = requests.Session()
    http.trust_env = session.http.trust_env
    plain = session.instance_url.startswith("http://")
    http.mount("https://", _Adapter(plain=plain))
    return Salesforce(
        instance_url=session.instance_url,
        session_id=session.token.reveal(),
        version=session.api_version,
        session=http,
    )


def _reason(session: Session, error: Any) -> str:
    """Return the org's error code and message only; the rest may contain secrets."""
    content = getattr(error, "content", None)
    first = content[0] if isinstance(content, list) and content else {}
    text = f"{first.get('message', 'refused')} ({first.get('errorCode', type(error).__name__)})"
    return mask(f"{session.target}: {text}", session.token)

"""PageReference and Cookie (Apex Reference Guide, PageReference Class)."""

from __future__ import annotations

import urllib.parse
from typing import Any, ClassVar

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.data_objects import DataObject, data_class
from sfgen.apex.library.declarations.registry import (
    constructor,
    method,
    platform_class,
    platform_members,
)
from sfgen.apex.runtime.values import ApexMap, SObject
from sfgen.apex.types.model import STRING, ApexType

__all__ = ["PageReference"]

COOKIE = data_class(
    "Cookie",
    "String name; String value; String path; Integer maxAge; Boolean secure; String sameSite;"
    "Boolean httpOnly; String domain",
    "String getName() = name; String getValue() = value; String getPath() = path;"
    "Integer getMaxAge() = maxAge; Boolean isSecure() = secure; String getSameSite() = sameSite;"
    "Boolean isHttpOnly() = httpOnly; String getDomain() = domain",
    constructor=False,
)
_COOKIE = (
    "String name, String value, String path, Integer maxAge, Boolean isSecure, String sameSite,"
    " Boolean isHttpOnly"
).split(", ")


def _new_cookie(*values: Any) -> DataObject:
    names = ("name", "value", "path", "maxAge", "secure", "sameSite", "httpOnly")
    return COOKIE(**dict(zip(names, values, strict=False)))


for _count in (5, 6, 7):
    platform_members("Cookie").constructor(f"Cookie({', '.join(_COOKIE[:_count])})")(_new_cookie)


class ParameterMap(ApexMap):
    """A page's parameters: their names are looked up in any case, and kept as they were put."""

    __slots__ = ()

    def _known(self, key: Any) -> Any:
        if not isinstance(key, str) or key in self.values_by_key:
            return key
        wanted = key.lower()
        return next((each for each in self.values_by_key if str(each).lower() == wanted), key)

    def __contains__(self, key: object) -> bool:
        return super().__contains__(self._known(key))

    def get(self, key: Any) -> Any:
        """The value of the parameter of that name in any case."""
        return super().get(self._known(key))

    def put(self, key: Any, value: Any) -> Any:
        """Set the parameter of that name in any case."""
        return super().put(self._known(key), value)

    def remove(self, key: Any) -> Any:
        """Take the parameter out."""
        return super().remove(self._known(key))


@platform_class("PageReference")
class PageReference:
    """A page, its parameters, and whether to go there by redirect."""

    apex_type: ClassVar[ApexType] = ApexType("PageReference")

    def __init__(self, url: str) -> None:
        path, _, anchor = url.partition("#")
        self.path, _, query = path.partition("?")
        self.anchor = anchor
        self.redirect = False
        self.redirect_set = False
        pairs = urllib.parse.parse_qsl(query, keep_blank_values=True)
        self.parameters = ParameterMap(pairs, STRING, STRING)
        self.headers = ApexMap((), STRING, STRING)
        self.cookies = ApexMap((), STRING, COOKIE.apex_type)

    @staticmethod
    @constructor("PageReference(String partialURL)")
    def new(url: str | None) -> PageReference:
        """A page by its address inside the org, or any other."""
        return PageReference(required(url))

    @staticmethod
    @constructor("PageReference(SObject record)")
    def new_of_record(record: SObject | None) -> PageReference:
        """The page of a record."""
        return PageReference(f"/{required(record).fields.get('id') or ''}")

    @method("String toString()")
    def apex_text(self) -> str:
        """`System.PageReference[/apex/mypage]`."""
        return f"System.PageReference[{self.get_url()}]"

    def apex_key(self) -> tuple[str, int]:
        """Every page reference is its own."""
        return ("page", id(self))

    @method("String getUrl()")
    def get_url(self) -> str:
        """The address with its parameters and anchor."""
        pairs = [(key, value) for key, value in self.parameters.pairs() if value is not None]
        query = urllib.parse.urlencode(pairs, errors="replace")
        anchor = f"#{self.anchor}" if self.anchor else ""
        return f"{self.path}{'?' if query else ''}{query}{anchor}"

    @method("String getAnchor()")
    def get_anchor(self) -> str | None:
        """What stands behind `#`."""
        return self.anchor or None

    @method("PageReference setAnchor(String anchor)")
    def set_anchor(self, anchor: str | None) -> PageReference:
        """Set what stands behind `#`."""
        self.anchor = anchor or ""
        return self

    @method("Map<String, String> getParameters()")
    def get_parameters(self) -> ApexMap:
        """The parameters, to read and to change."""
        return self.parameters

    @method("Map<String, String> getHeaders()")
    def get_headers(self) -> ApexMap:
        """The request's headers."""
        return self.headers

    @method("Map<String, Cookie> getCookies()")
    def get_cookies(self) -> ApexMap:
        """The cookies by name."""
        return self.cookies

    @method("void setCookies(List<Cookie> cookies)")
    def set_cookies(self, cookies: list[DataObject] | None) -> None:
        """Set cookies."""
        for each in required(cookies):
            self.cookies.put(each.get("name"), each)

    @method("Boolean getRedirect()")
    def get_redirect(self) -> bool:
        """Whether to go there by redirect."""
        return self.redirect

    @method("PageReference setRedirect(Boolean redirect)")
    def set_redirect(self, redirect: bool | None) -> PageReference:  # noqa: FBT001 - Apex's parameter
        """Say whether to go there by redirect."""
        self.redirect = bool(redirect)
        return self

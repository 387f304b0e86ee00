"""Users that an authentication provider brings (Apex Reference Guide, "Auth Namespace")."""

from __future__ import annotations

from typing import Any

from sfgen.apex.library.declarations.data_objects import DataObject, data_class
from sfgen.apex.library.declarations.registry import platform_interface, platform_members

__all__: list[str] = []

_NAMES = (
    "identifier firstName lastName fullName email link userName locale provider siteLoginUrl"
).split()
_PROPERTIES = "; ".join(f"String {name}" for name in _NAMES)
_PARAMETERS = ", ".join(f"String {name}" for name in _NAMES)

USER_DATA = data_class(
    "Auth.UserData",
    f"{_PROPERTIES}; Map<String, String> attributeMap",
    constructor=False,
)
USER_DATA_MEMBERS = platform_members("Auth.UserData")
platform_interface(
    "Auth.RegistrationHandler",
    "User createUser(Id portalId, Auth.UserData data)",
    "void updateUser(Id userId, Id portalId, Auth.UserData data)",
)


@USER_DATA_MEMBERS.constructor(f"UserData({_PARAMETERS}, Map<String, String> attributeMap)")
def new_user_data(*values: Any) -> DataObject:
    """What the provider tells of a user."""
    return USER_DATA(**dict(zip([*_NAMES, "attributeMap"], values, strict=True)))

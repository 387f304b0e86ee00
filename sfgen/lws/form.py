"""The two forms of Lightning Web Security: the published files are the debug one.

An org's pages run the production form, which detaches the frame that a sandbox's realm is made of;
the debug form keeps it, and hides what fails without it (Lightning Components Security Guide,
"LWS Debug Limitations"; docs/explanation/lws.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sfgen.lws.packages import VERSION, CouldNotRunError

if TYPE_CHECKING:
    from sfgen.lws.packages import LwsPackages

#: What the published files ask to know whether they are minified, and how often.
FLAG: Final = ".includes('LOCKER_UNMINIFIED_FLAG')"
PRODUCTION_FLAG: Final = ".includes('LOCKER_PROD_MODE')"
FLAGS: Final = 3


def read_module(packages: LwsPackages, name: str, form: str = "production") -> str | None:
    """Return a module of the sandbox in the form asked for, ``production`` or ``debug``."""
    file = packages.address_map().get(name)
    if file is None:
        return None
    text = file.read_text(encoding="utf-8")
    return text.replace(FLAG, PRODUCTION_FLAG) if form == "production" else text


def import_addresses(packages: LwsPackages) -> dict[str, str]:
    """Map what a page imports to where it is served, for an import map."""
    # The version is part of the address: browsers keep what they have read.
    return {name: f"/lws/{packages.version}/{name}" for name in packages.address_map()}


def check_forms(packages: LwsPackages) -> None:
    """Make sure that the production form can be had from these files.

    Raises:
        CouldNotRunError: the flag is not where it is expected.
    """
    texts = [file.read_text(encoding="utf-8") for file in packages.address_map().values()]
    found = sum(text.count(FLAG) for text in texts)
    # The pinned version is known to the letter; the form of any is checked again while it runs.
    if found != FLAGS and (packages.version == VERSION or not found):
        raise CouldNotRunError(
            f"Lightning Web Security {packages.version} names its form {found} times, not {FLAGS}"
        )

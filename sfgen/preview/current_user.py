"""The user whom every page is shown to: an advisor, the administrator of the Apex runtime's org."""

from __future__ import annotations

from typing import Final

USER_ID: Final = "005Qy0000000001IAA"

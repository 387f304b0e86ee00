"""A script of a static resource, pusher-js above all."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Script:
    """A script of a static resource.

    Args:
        place: its file as seen from the project's root; ``archive!member`` in a zip.
        text: of it.
    """

    place: str
    text: str


def knows_authorization(version: str) -> bool:
    """Whether a version of pusher-js has ``channelAuthorization``, as 7.1 and later do."""
    numbers = re.match(r"(\d+)\.(\d+)", version)
    return numbers is None or (int(numbers[1]), int(numbers[2])) >= (7, 1)

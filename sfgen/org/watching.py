"""Polls a deploy request until it is done."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from sfgen.org.deploys import read_deploy

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from sfgen.org.deploy_status import DeployStatus
    from sfgen.org.session import Session

#: Seconds between looks: quick at first, for the many small deploys, then calm.
_SHORTEST: Final = 0.025
_LONGEST: Final = 5.0
#: What a look may come too late by, as a share of the time that the deploy took.
_LATE: Final = 0.15


def watch_deploy(
    session: Session,
    job_id: str,
    on_change: Callable[[DeployStatus], None],
    *,
    seconds: float,
    stop: threading.Event | None = None,
) -> DeployStatus:
    """Poll the request until it is done or ``seconds`` are over.

    ``on_change`` hears of every status that differs from the one before. When ``stop`` is set the
    last status seen is returned, done or not.
    """
    began = time.monotonic()
    seen: tuple[object, ...] = ()
    while True:
        status = read_deploy(session, job_id, details=False)
        if status.done:
            status = read_deploy(session, job_id)
        now = (status.status, status.components_done, status.component_errors, status.tests_done)
        if now != seen:
            seen = now
            on_change(status)
        passed = time.monotonic() - began
        left = seconds - passed
        if status.done or left <= 0 or (stop is not None and stop.is_set()):
            return status
        pause = min(max(passed * _LATE, _SHORTEST), _LONGEST, left)
        if stop is not None:
            stop.wait(pause)
        else:
            session.sleep(pause)

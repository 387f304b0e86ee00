"""Talks to orgs: sessions, deploys over the Metadata REST API, records."""

from __future__ import annotations

from sfgen.org.deploy_status import DeployRow, DeployStatus
from sfgen.org.deploys import (
    StartOptions,
    cancel_deploy,
    quick_deploy,
    read_deploy,
    start_deploy,
)
from sfgen.org.login import open_session, require_target
from sfgen.org.session import Session, UncertainError
from sfgen.org.watching import watch_deploy

__all__ = [
    "DeployRow",
    "DeployStatus",
    "Session",
    "StartOptions",
    "UncertainError",
    "cancel_deploy",
    "open_session",
    "quick_deploy",
    "read_deploy",
    "require_target",
    "start_deploy",
    "watch_deploy",
]

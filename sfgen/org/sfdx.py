"""Reads the logins of the sf CLI by asking sf itself."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any, Final

from sfgen.children import run_child
from sfgen.errors import OrgError, ToolError, UnknownOrgError
from sfgen.secret import Secret

_SECONDS: Final = 60


def read_login(target: str) -> tuple[str, Secret, str | None]:
    """Return instance URL, access token and username of an org that sf is logged in to.

    Since May 2026 ``sf org display`` hides the token and ``sf org auth show-access-token`` gives
    it (forcedotcom/cli, issue 3560).

    Raises:
        ToolError: there is no sf.
        UnknownOrgError: sf knows no such org, or its session is gone.
        OrgError: sf does not answer.
    """
    program = shutil.which("sf")
    if program is None:
        raise ToolError(
            f"the org {target!r} is looked up with the sf CLI, which is not installed",
            hint="install it, or set SFGEN_ACCESS_TOKEN and SFGEN_INSTANCE_URL",
        )
    shown = _ask(program, ["org", "display"], target)
    token = str(shown.get("accessToken", ""))
    if not token or token.startswith("[REDACTED]"):
        given = _ask(program, ["org", "auth", "show-access-token"], target)
        token = str(given.get("accessToken", ""))
    if not token or not shown.get("instanceUrl"):
        raise UnknownOrgError(
            f"sf gives no session for {target!r}", hint="log in with: sf org login web"
        )
    username = shown.get("username")
    return str(shown["instanceUrl"]).rstrip("/"), Secret(token), username


def _ask(program: str, words: list[str], target: str) -> dict[str, Any]:
    try:
        completed = run_child(
            [program, *words, "--target-org", target, "--json"],
            seconds=_SECONDS,
            extra={"NO_COLOR": "1", "SF_DISABLE_TELEMETRY": "true"},
        )
    except subprocess.TimeoutExpired:
        raise OrgError(f"sf did not answer within {_SECONDS} s") from None
    start = completed.stdout.find("{")
    try:
        answer = json.loads(completed.stdout[start:]) if start >= 0 else {}
    except json.JSONDecodeError:
        answer = {}
    result = answer.get("result")
    if completed.returncode != 0 or not isinstance(result, dict):
        # sf's message names the org and the way out; its output may hold more than that.
        message = str(answer.get("message", "sf gave no answer that can be read"))
        raise UnknownOrgError(f"sf: {message}", hint="see: sf org list")
    return result

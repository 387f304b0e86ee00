"""One deploy in one org: from opening the session to the outcome."""

from __future__ import annotations

import contextlib
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sfgen.deploy.order import LOCAL
from sfgen.errors import SfgenError
from sfgen.org import cancel_deploy, watch_deploy
from sfgen.report.deploy import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.deploy.progress import Progress
    from sfgen.org import DeployStatus, Session

#: How an org begins the problem of a class that a deploy breaks without holding it.
_DEPENDENT: Final = "Dependent class is invalid"


@dataclass(frozen=True, slots=True)
class Task:
    """What is done in every org that is deployed to.

    Attributes:
        start: starts the deploy request, and returns its id.
        api_version: of the requests.
        seconds: how long the deploy is watched.
        assign: permission sets to assign to the user afterwards.
        judge: sees the org before anything is sent to it, and raises to stop there.
    """

    start: Callable[[Session], str]
    api_version: str
    seconds: float
    assign: tuple[str, ...] = ()
    judge: Callable[[Session], None] = lambda _: None


@dataclass(slots=True)
class Job:
    """A task in one org. It runs in a thread of its own; another one cancels or leaves it.

    Attributes:
        open: opens a session with the org.
        refusal: why no session could be opened at all.
    """

    target: str
    task: Task
    open: Callable[[], Session]
    refusal: SfgenError | None = None
    _session: Session | None = None
    _id: str | None = None
    _stop: threading.Event = field(default_factory=threading.Event)
    _canceled: bool = False

    def run(self, progress: Progress) -> Outcome:
        """Deploy, watch, and assign the permission sets."""
        began = time.monotonic()
        try:
            session = self._open()
            self.task.judge(session)
            self._id = self.task.start(session)
            status = watch_deploy(
                session,
                self._id,
                lambda status: progress.show(self.target, status),
                seconds=self.task.seconds,
                stop=self._stop,
            )
        except SfgenError as error:
            hint = error.hint or self._how_to_go_on()
            return self._outcome(None, error.message, hint, time.monotonic() - began)
        finally:
            if self._session is not None:
                # A later cancel opens a connection anew.
                self._session.close()
        problem = self._assign(session, status, progress)
        hint = self._how_to_start_afresh(status)
        return self._outcome(status, problem, hint, time.monotonic() - began)

    def cancel(self, progress: Progress) -> None:
        """Cancel the deploy in the org; the second time, leave it running."""
        if self._canceled:
            self.leave()
            return
        self._canceled = True
        if self._session is None or self._id is None:
            return
        progress.say(f"canceling {self._id} (Ctrl-C again leaves it running)")
        with contextlib.suppress(SfgenError):
            cancel_deploy(self._session, self._id)

    def leave(self) -> None:
        """Stop watching; the deploy goes on in the org."""
        self._stop.set()

    def _open(self) -> Session:
        try:
            self._session = self.open()
        except SfgenError as error:
            self.refusal = error
            raise
        return self._session

    def _outcome(
        self, status: DeployStatus | None, error: str | None, hint: str | None, seconds: float
    ) -> Outcome:
        return Outcome(
            self.target, status, error=error, hint=hint, seconds=seconds, interrupted=self._canceled
        )

    def _assign(self, session: Session, status: DeployStatus, progress: Progress) -> str | None:
        """Assign permission sets after a deploy that changed the org; return what went wrong."""
        if not self.task.assign or not status.success or status.check_only:
            return None
        from sfgen.org.records import Records

        try:
            with contextlib.closing(Records(session)) as records:
                for name in self.task.assign:
                    new = records.assign_permission_set(name)
                    done = "assigned" if new else "is assigned already"
                    progress.say(f"{self.target}: permission set {name} {done}")
        except SfgenError as error:
            return error.message
        finally:
            session.close()
        return None

    def _how_to_go_on(self) -> str | None:
        if self._id is None:
            return None
        return f"the deploy may go on in the org: sfgen deploy resume --job-id {self._id}"

    def _how_to_start_afresh(self, status: DeployStatus) -> str | None:
        """What helps where a class that an earlier deploy left in the local org is in the way."""
        left = [row for row in status.rows if (row.problem or "").startswith(_DEPENDENT)]
        if self.target != LOCAL or not left:
            return None
        from sfgen.localorg import default_folder

        return (
            "the local org keeps what was deployed before; to start with an empty one, "
            f"delete {default_folder()}"
        )

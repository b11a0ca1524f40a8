"""On which devices somebody is signed in, and signing out on one of them from another."""

from uuid import UUID

from service.domain.errors import Fault
from service.domain.people_refusals import SessionUnknown
from service.domain.powers import Officer
from service.domain.sessions import DeviceSession
from service.domain.words import Words
from service.operations.ports import Work


def own_sessions(officer: Officer, work: Work) -> list[DeviceSession]:
    """The person's sessions that are open, the last used first; a system has none."""
    return work.sessions.of_user(officer.id, work.now)


def end_own_session(id: UUID, *, officer: Officer, work: Work) -> None:
    """Sign out on a device; nothing happens to a session that has ended.

    Raises: SessionUnknown (or somebody else's: which of these is not told).
    """
    session = work.sessions.get(id)
    if session is None or session.user_id != officer.id:
        raise SessionUnknown(
            Fault(
                "/session_id",
                Words("没有这个登录会话", "you have no such session"),
                Words("请选用/v1/me/sessions所列的会话", "choose one of /v1/me/sessions"),
            )
        )
    work.sessions.end(id, work.now)

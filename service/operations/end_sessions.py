"""Cut a person off on every device at once, for a lost phone or somebody who left."""

from uuid import UUID

from service.domain.powers import Officer
from service.domain.sessions import SessionsEnded
from service.operations.manage_people import managed_user
from service.operations.ports import Work

STREAM = "sessions"


def end_sessions(user_id: UUID, *, officer: Officer, work: Work) -> SessionsEnded:
    """End every session of a person of the administrator's; that stays on record.

    Raises: Forbidden, Unknown.
    """
    managed_user(user_id, pointer="/user_id", officer=officer, work=work)
    event = SessionsEnded(ended=work.sessions.end_all(user_id, work.now))
    before = len(work.events.names(STREAM, user_id))
    work.events.append(STREAM, user_id, [event], expected=before, officer_id=officer.id)
    return event

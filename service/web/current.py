"""What a request works with: the database, the settings, the officer."""

from contextlib import suppress
from typing import cast
from uuid import UUID

from flask import Response, current_app, g, request

from service.domain.errors import Fault, Unauthenticated, Unavailable
from service.domain.powers import Officer
from service.domain.words import Words
from service.operations.ports import Drawings, PhotoRoom, Transactions, Work
from service.operations.sign_in import hash_of
from service.settings import Settings

COOKIE = "handback-session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def transactions() -> Transactions:
    """The database of this app."""
    return cast(Transactions, current_app.extensions["handback-database"])


def photo_room() -> PhotoRoom:
    """Where this app's photos lie, and what looks at them."""
    return cast(PhotoRoom, current_app.extensions["handback-photos"])


def drawings() -> Drawings:
    """What reads plans' files for this app."""
    return cast(Drawings, current_app.extensions["handback-drawings"])


def settings() -> Settings:
    """The settings of this app."""
    return cast(Settings, current_app.extensions["handback-settings"])


def presented_token() -> str | None:
    """The bearer token; for reading only, the page's cookie will do (SameSite=Strict)."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token
    return request.cookies.get(COOKIE) if request.method in SAFE else None


def signed_in(work: Work) -> Officer:
    """Who is asking: somebody by their session, or a system by its key.

    Raises: Unauthenticated.
    """
    token = hash_of(presented_token() or "")
    holder = work.sessions.holder(token, work.now)
    officer = holder.officer if holder else work.system_keys.officer(token, work.now)
    if officer is None:
        raise Unauthenticated(
            Fault(
                "/authorization",
                Words("没有登录，或登录已过期", "not signed in, or the sign-in has ended"),
                Words("请在/v1/sessions登录", "sign in at /v1/sessions"),
            )
        )
    g.officer, g.officer_id = officer, officer.id
    if holder is not None:
        g.session_id = holder.session_id
        g.use_to_be_noted = holder.is_to_be_noted(work.now)
    return officer


def own_session_id() -> UUID | None:
    """The session of whoever is signed in; a system has none."""
    found: UUID | None = g.get("session_id")
    return found


def note_use(response: Response) -> Response:
    """Write down that a session is in use, once an hour; where that cannot be, another time."""
    if g.pop("use_to_be_noted", False):
        with suppress(Unavailable):
            transactions().write(lambda work: work.sessions.note_use(g.session_id, work.now))
    return response

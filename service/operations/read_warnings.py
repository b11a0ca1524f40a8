"""What is late, or about to be, at a post and below: scenes, registrations, procedures, terms."""

from datetime import datetime
from uuid import UUID

from service.domain.deadlines import Warned, hours_of, warnings_at
from service.domain.due import DueItem, DueKind, WarnedOf, WarningsPage
from service.domain.history import present
from service.domain.powers import Officer, Operation, must_be_allowed
from service.domain.route_deadlines import (
    investigation_dues,
    procedure_dues,
    registration_dues,
    told_at,
)
from service.operations.manage_people import read_post
from service.operations.ports import Work

PAGE = 50


def read_warnings(
    *,
    post_id: UUID | None,
    after: tuple[datetime, UUID] | None,
    officer: Officer,
    work: Work,
) -> WarningsPage:
    """A page of what is late at a post (the own one unless named) and below.

    Raises: Forbidden, Unknown.
    """
    must_be_allowed(officer, Operation.SUPERVISE, at=None)
    place = post_id or officer.post_id
    post = read_post(place, pointer="/post_id", officer=officer, work=work)
    found = work.dues.under(
        post.path,
        scenes_by=work.now,
        routes_by=work.now + hours_of(work.rules.terms, "due_notice", on=work.now),
        after=after,
        at_most=PAGE,
    )
    warned = (WarnedOf(item=item, warnings=_warnings(item, work)) for item in found)
    return WarningsPage(
        items=tuple(each for each in warned if each.warnings),
        next=(found[-1].due_at, found[-1].id) if len(found) == PAGE else None,
    )


def _warnings(item: DueItem, work: Work) -> tuple[Warned, ...]:
    if item.kind is DueKind.SCENE:
        scene = work.scenes.get(item.id)
        stands = scene and present(scene, work.now)
        return warnings_at(stands, terms=work.rules.terms, now=work.now) if stands else ()
    notice = hours_of(work.rules.terms, "due_notice", on=work.now)
    return told_at(_dues(item, work), now=work.now, notice=notice)


def _dues(item: DueItem, work: Work) -> tuple[Warned, ...]:
    if item.kind is DueKind.REGISTRATION:
        registration = work.registrations.get(item.id)
        return registration_dues(registration) if registration else ()
    if item.kind is DueKind.PROCEDURE:
        procedure = work.procedures.get(item.id)
        return procedure_dues(procedure) if procedure else ()
    investigation = work.investigations.get(item.id)
    return investigation_dues(investigation) if investigation else ()

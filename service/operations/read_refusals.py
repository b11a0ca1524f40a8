"""What people of a post tried without the power to (越权), and how that comes on record."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from service.domain.powers import Officer, Operation, must_be_allowed
from service.domain.refused import RefusalRecord, RefusalsPage
from service.operations.manage_people import read_post
from service.operations.ports import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRefusals:
    """Those at this post and below (None: the own), older than `before`."""

    post_id: UUID | None
    before: tuple[datetime, UUID] | None
    limit: int


def record_refusal(officer: Officer, *, operation: str, why: str, route: str, work: Work) -> None:
    """Put on record that something was refused as unauthorised."""
    work.refusals.add(
        RefusalRecord(
            id=uuid4(),
            at=work.now,
            officer_id=officer.id,
            role=officer.role.value,
            post_id=officer.post_id,
            operation=operation,
            why=why,
            route=route,
        )
    )


def read_refusals(query: ReadRefusals, *, officer: Officer, work: Work) -> RefusalsPage:
    """A page of what was refused at a post of the supervisor's part of the tree, and below it.

    Raises: Forbidden, Unknown (no such post).
    """
    must_be_allowed(officer, Operation.SUPERVISE, at=None)
    within = officer.post_path
    if query.post_id is not None:
        within = read_post(query.post_id, pointer="/post_id", officer=officer, work=work).path
    found = work.refusals.under(within, before=query.before, at_most=query.limit + 1)
    page = tuple(found[: query.limit])
    more = len(found) > query.limit
    return RefusalsPage(refusals=page, next=(page[-1].at, page[-1].id) if more else None)

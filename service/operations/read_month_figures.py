"""What seals have cost at a post and below in a month, beside seals that never shrank."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from service.domain.calendar import month_of
from service.domain.figures import MonthFigures, figures, total
from service.domain.powers import Officer, Operation, must_be_allowed
from service.operations.manage_people import read_post
from service.operations.ports import Work
from service.operations.scene_desk import happened

AT_ONCE = 100


def read_month_figures(
    month: date, *, post_id: UUID | None, officer: Officer, work: Work
) -> MonthFigures:
    """Sum a month's figures, drills left out; a month under way counts until now.

    Without `post_id`, at the own post. Raises: Forbidden, Unknown.
    """
    must_be_allowed(officer, Operation.SUPERVISE, at=None)
    place = post_id or officer.post_id
    post = read_post(place, pointer="/post_id", officer=officer, work=work)
    since, end = month_of(month)
    until = max(since, min(end, work.now))
    found = [
        figures(happened(id, work=work), since=since, until=until)
        for id in _scenes(post.path, since=since, work=work)
    ]
    counted = [each for each in found if each.sealed_m2_hours or each.extensions]
    return MonthFigures(
        post_id=post.id,
        month=month,
        scenes=len(counted),
        figures=total(counted, since=since, until=until),
    )


def _scenes(path: str, *, since: datetime, work: Work) -> Iterator[UUID]:
    """The scenes that may have been sealed since then; no drills."""
    after: UUID | None = None
    while page := work.scenes.under(path, incident_id=None, after=after, at_most=AT_ONCE):
        for each in page:
            incident = work.incidents.get(each.incident_id)
            drill = incident is not None and incident.drill
            if not drill and (each.sealed or each.changed_at >= since):
                yield each.id
        after = page[-1].id

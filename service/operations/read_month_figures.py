"""What seals have cost at a post and below in a month, beside seals that never shrank."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from service.domain.calendar import month_of
from service.domain.figures import MonthFigures, total
from service.domain.powers import Officer, Operation, must_be_allowed
from service.domain.seal_cost import SealCost, Sums, counted
from service.operations.manage_people import read_post
from service.operations.ports import Work
from service.operations.scene_desk import happened


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
        cost.until(until).get(month, Sums())
        for cost in _costs(post.path, since=since, until=until, work=work)
    ]
    counting = [each for each in found if each.sealed_m2_hours or each.extensions]
    return MonthFigures(
        post_id=post.id,
        month=month,
        scenes=len(counting),
        figures=total(counting, since=since, until=until),
    )


def _costs(path: str, *, since: datetime, until: datetime, work: Work) -> Iterator[SealCost]:
    """What the seals cost that may have stood in a time; counted from events where none is kept."""
    for scene_id, cost in work.seal_costs.counting(path, since=since, until=until):
        yield cost or counted(happened(scene_id, work=work))[0]

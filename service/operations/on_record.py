"""Officers and photos that somebody names by id must be on record."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from service.domain.errors import Fault
from service.domain.words import Words
from service.operations.ports import Work


def officer_faults(pointer: str, ids: Iterable[UUID], *, work: Work) -> Iterator[Fault]:
    """A fault for each id of nobody who serves; `pointer` takes the place of it as {n}."""
    for n, id in enumerate(ids):
        user = work.people.user(id)
        if user is None or not user.active:
            yield Fault(
                pointer.format(n=n),
                Words("没有这名在职人员", "nobody who serves has this id"),
                Words("请填写实际办理的人员", "name the officers who did it"),
            )


def photo_faults(
    pointer: str, ids: Iterable[UUID], *, incident_id: UUID, work: Work
) -> Iterator[Fault]:
    """A fault for each id of no photo of the incident, or of a report joined to it."""
    kept = _photos(incident_id, work)
    for n, id in enumerate(ids):
        if id not in kept:
            yield Fault(
                pointer.format(n=n),
                Words("该火灾没有这张照片", "the incident has no such photo"),
                Words("请先上传照片", "send the photo first"),
            )


def _photos(incident_id: UUID, work: Work) -> set[UUID]:
    incident = work.incidents.get(incident_id)
    fires = (incident_id, *(incident.joined if incident else ()))
    return {id for fire in fires for id, _, _ in work.photos.digests(fire)}

"""Evidence rests on people and photos that are on record, not on any id somebody sends."""

from collections.abc import Iterator
from uuid import UUID

from service.domain.errors import Fault
from service.domain.findings import EvidenceTaken
from service.domain.scene_refusals import EvidenceNotOnRecord
from service.domain.words import Words
from service.operations.ports import Work


def must_be_on_record(taken: EvidenceTaken, incident_id: UUID, *, work: Work) -> None:
    """Each officer serves; each photo is the incident's, or that of a report joined to it.

    Raises: EvidenceNotOnRecord, with every fault.
    """
    faults = [*_officers(taken, work), *_photos(taken, incident_id, work)]
    if faults:
        raise EvidenceNotOnRecord(*faults)


def _officers(taken: EvidenceTaken, work: Work) -> Iterator[Fault]:
    for n, id in enumerate(taken.officer_ids):
        user = work.people.user(id)
        if user is None or not user.active:
            yield Fault(
                f"/officer_ids/{n}",
                Words("没有这名在职人员", "nobody who serves has this id"),
                Words("请填写实际提取人员", "name the officers who took it"),
            )


def _photos(taken: EvidenceTaken, incident_id: UUID, work: Work) -> Iterator[Fault]:
    incident = work.incidents.get(incident_id)
    fires = (incident_id, *(incident.joined if incident else ()))
    kept = {id for fire in fires for id, _, _ in work.photos.digests(fire)}
    for n, id in enumerate(taken.photo_ids):
        if id not in kept:
            yield Fault(
                f"/photo_ids/{n}",
                Words("该火灾没有这张照片", "the incident has no such photo"),
                Words("请先上传提取时的照片", "send the photo of the taking first"),
            )

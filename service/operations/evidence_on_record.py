"""Evidence rests on people and photos that are on record, not on any id somebody sends."""

from uuid import UUID

from service.domain.findings import EvidenceTaken
from service.domain.scene_refusals import EvidenceNotOnRecord
from service.operations.on_record import officer_faults, photo_faults
from service.operations.ports import Work


def must_be_on_record(taken: EvidenceTaken, incident_id: UUID, *, work: Work) -> None:
    """Each officer serves; each photo is the incident's, or that of a report joined to it.

    Raises: EvidenceNotOnRecord, with every fault.
    """
    faults = [
        *officer_faults("/officer_ids/{n}", taken.officer_ids, work=work),
        *photo_faults("/photo_ids/{n}", taken.photo_ids, incident_id=incident_id, work=work),
    ]
    if faults:
        raise EvidenceNotOnRecord(*faults)

"""Record one finding at a scene, exactly once an id, and answer what it changed."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.answering import answer
from service.domain.deciding import decide, power_for
from service.domain.errors import Fault, PreconditionMissing
from service.domain.finding_times import check_times
from service.domain.findings import (
    ONLY_CLEAR,
    EvidenceTaken,
    Finding,
    PartiesCertified,
    PartyNotReached,
    made_on,
    placed,
)
from service.domain.powers import Officer
from service.domain.recorded_finding import RecordedFinding
from service.domain.scene import Scene
from service.domain.scene_refusals import BasedOnToCome, FindingIdUsed
from service.domain.words import Words
from service.operations.evidence_on_record import must_be_on_record
from service.operations.last_word import as_said
from service.operations.outcome import Created
from service.operations.ports import Work
from service.operations.scene_desk import Making, begin_on, keep, load, must_be_current


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFinding:
    """A finding with its shape in WGS 84; `sent` is the body as it came, canonical JSON.

    `if_match` is the scene's version it must meet; `based_on` the one it was made on.
    """

    scene_id: UUID
    finding: Finding
    sent: str
    making: Making
    if_match: int | None = None
    based_on: int | None = None


def record_finding(
    command: RecordFinding, *, officer: Officer, work: Work
) -> RecordedFinding | Created[RecordedFinding]:
    """Record the finding; under a used id the same body gets the same answer.

    Raises: Forbidden, SceneUnknown, FindingIdUsed, PreconditionMissing, BasedOnToCome,
    SceneStale, and whatever the decision raises (see service/domain/deciding.py).
    """
    scene = load(command.scene_id, power_for(command.finding), officer=officer, work=work)
    known = work.scenes.finding(command.finding.id)
    if known is not None:
        if known.scene_id != command.scene_id or known.sent != command.sent:
            raise FindingIdUsed.at("/id")
        return known
    _must_be_weighed(command, scene, work=work)
    said = as_said(command.finding, command.making.observed_at, scene=scene, work=work)
    if isinstance(command.finding, EvidenceTaken):
        must_be_on_record(command.finding, scene.record.incident_id, work=work)
    if isinstance(command.finding, EvidenceTaken | PartyNotReached):
        incident = work.incidents.get(scene.record.incident_id)
        called_at = incident.called_at if incident else None
        check_times(command.finding, called_at=called_at, now=work.now)
    known_version = command.based_on if command.if_match is None else None
    finding = made_on(placed(said, plane=scene.record.plane), known_version)
    course = decide(begin_on(scene, officer=officer, work=work), [finding])
    keep(scene, course, work=work, making=command.making)
    recorded = RecordedFinding(
        id=finding.id,
        version=course.scene.record.version,
        scene_id=command.scene_id,
        sent=command.sent,
        officer_id=officer.id,
        observed_at=command.making.observed_at or course.now,
        recorded_at=course.now,
        answer=answer(scene, course),
    )
    work.scenes.put_finding(recorded)
    return Created(recorded)


def _must_be_weighed(command: RecordFinding, scene: Scene, *, work: Work) -> None:
    """What opens, extends or releases meets the present version; what only clears names its own.

    So does a list of parties where there is one: an older list never takes the place of a newer.
    """
    if command.if_match is not None or type(command.finding) not in ONLY_CLEAR:
        must_be_current(scene, command.if_match, work=work)
    elif command.based_on is None:
        raise PreconditionMissing(
            Fault(
                "/based_on",
                Words("须写明所依据的现场版本", "say which version of the scene it is based on"),
                Words("请填写based_on，或带If-Match", "send based_on, or If-Match"),
            )
        )
    elif command.based_on > scene.record.version:
        raise BasedOnToCome.at("/based_on", based_on=command.based_on, version=scene.record.version)
    elif isinstance(command.finding, PartiesCertified) and scene.record.parties is not None:
        must_be_current(scene, command.based_on, work=work)

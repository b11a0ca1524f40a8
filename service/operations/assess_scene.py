"""Assess a scene, revise the assessment, and read it with what it would seal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from service.domain.assessing import Told, assess
from service.domain.assessment import Assessment
from service.domain.assessment_answers import Spot, Where, placed
from service.domain.assessment_refusals import AssessmentExists, AssessmentUnknown
from service.domain.course import Course
from service.domain.errors import Fault
from service.domain.holds import HoldKind
from service.domain.incident import Incident
from service.domain.located import FixedBy
from service.domain.plane import to_plane
from service.domain.powers import Officer, Operation
from service.domain.proposing import OnRecord
from service.domain.scene import Scene
from service.domain.scene_refusals import EvidenceNotOnRecord
from service.domain.seal_foreseen import Foreseen, foresee
from service.domain.statement import Objection
from service.operations.on_record import photo_faults
from service.operations.outcome import Created, Precondition
from service.operations.ports import Work
from service.operations.read_scene import read_scene, read_scene_at
from service.operations.scene_desk import Making, begin_on, keep, load, must_be_current


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessScene:
    """Answers, and the outcome so far, with their shapes in WGS 84; If-Match: the scene's."""

    scene_id: UUID
    told: Told
    precondition: Precondition
    making: Making


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """The assessment as it stands, and what it would seal; None: the plan has changed since."""

    scene: Scene
    assessment: Assessment
    foreseen: Foreseen | None

    @property
    def version(self) -> int:
        """The scene's version: it becomes the ETag."""
        return self.scene.version


def assess_scene(
    command: AssessScene, *, officer: Officer, work: Work
) -> Assessed | Created[Assessed]:
    """Assess the scene; saying again what stands changes nothing.

    Raises: Forbidden, SceneUnknown, SceneStale, AssessmentUnknown, AssessmentExists,
    EvidenceNotOnRecord, SceneReleased, and those of service/domain/assessing.py.
    """
    scene = load(command.scene_id, Operation.ASSESS_SCENE, officer=officer, work=work)
    before = scene.record.assessment
    if not command.precondition.create:
        if before is None:
            raise AssessmentUnknown.at("")
        must_be_current(scene, command.precondition.version, work=work)
    _must_have_photos(command.told, scene, work=work)
    begun = begin_on(scene, officer=officer, work=work)
    told = placed(command.told, plane=scene.record.plane)
    course = assess(begun, told, rules=work.rules.assessment, on_record=_known(scene, work=work))
    if course.scene.record.assessment is before:
        return _assessed(begun)
    if before is not None and command.precondition.create:
        raise AssessmentExists.at("/headers/If-None-Match", revision=before.revision)
    keep(scene, course, work=work, making=command.making)
    found = _assessed(course)
    return found if before is not None else Created(found)


def read_assessment(
    scene_id: UUID, *, at: datetime | None = None, officer: Officer, work: Work
) -> Assessed:
    """The assessment as it stands, or as it stood at a time.

    Raises: Forbidden, SceneUnknown, SceneNotOpenThen, SceneNotThereYet, AssessmentUnknown.
    """
    if at is None:
        scene = read_scene(scene_id, officer=officer, work=work)
    else:
        scene = read_scene_at(scene_id, at, officer=officer, work=work)
    return _assessed(Course(scene=scene, by=officer, now=at or work.now))


def _assessed(course: Course) -> Assessed:
    assessment = course.scene.record.assessment
    if assessment is None:
        raise AssessmentUnknown.at("")
    return Assessed(scene=course.scene, assessment=assessment, foreseen=foresee(course, assessment))


def _must_have_photos(told: Told, scene: Scene, *, work: Work) -> None:
    faults = list(_photo_faults(told, scene, work=work))
    if faults:
        raise EvidenceNotOnRecord(*faults)


def _photo_faults(told: Told, scene: Scene, *, work: Work) -> Iterator[Fault]:
    for n, seen in enumerate(told.answers.evidence):
        pointer = f"/answers/evidence/{n}/photo_ids/{{n}}"
        yield from photo_faults(
            pointer, seen.photo_ids, incident_id=scene.record.incident_id, work=work
        )


def _known(scene: Scene, *, work: Work) -> OnRecord:
    """What the incident says already: nothing is asked twice."""
    incident = work.incidents.get(scene.record.incident_id)
    assert incident is not None  # noqa: S101 - a scene is opened for an incident on record
    objects = any(each.is_open for each in scene.record.objections.values())
    return OnRecord(reported=_reported(incident, scene), disputed=objects or _is_disputed(incident))


def _reported(incident: Incident, scene: Scene) -> Spot | None:
    """The burned area as reported; one drawn on a map or a plan is taken as drawn."""
    area = incident.burned_area
    if area is None:
        return None
    drawn = area.fixed_by in (FixedBy.MAP, FixedBy.PLAN)
    where = Where(
        shape=to_plane(area.geometry, plane=scene.record.plane),
        levels=(scene.plan.ground_level,),
        accuracy_m=0.0 if drawn else area.accuracy_m,
    )
    return Spot(id=uuid5(incident.id, HoldKind.BURNED_AREA), where=where)


def _is_disputed(incident: Incident) -> bool:
    stated = any(each.objection is Objection.OBJECTION for each in incident.statements)
    return stated or bool(incident.liability_disputed) or bool(incident.facts_disputed)

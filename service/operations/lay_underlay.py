"""Lay a photographed evacuation plan under a level of a scene, and look at those laid."""

from dataclasses import dataclass, replace
from typing import Self
from uuid import UUID

from service.domain.errors import Fault, RecordStale
from service.domain.photo import Photo
from service.domain.photo_refusals import PhotoUnknown
from service.domain.plan_control_points import PointGiven
from service.domain.plan_fitting import FitKind
from service.domain.plan_refusals import UnderlayUnknown
from service.domain.plan_underlay import Underlay, UnderlayLaid, fitted
from service.domain.plane import Plane
from service.domain.powers import Officer, Operation
from service.domain.scene import Scene
from service.domain.words import Words
from service.operations.outcome import Created, Precondition
from service.operations.ports import Work
from service.operations.scene_desk import load

STREAM = "underlay"


@dataclass(frozen=True, slots=True, kw_only=True)
class LayUnderlay:
    """An underlay as it shall lie."""

    scene_id: UUID
    id: UUID
    photo_id: UUID
    level: str
    kind: FitKind
    points: tuple[PointGiven, ...]
    precondition: Precondition


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderlayAnswer:
    """An underlay, and the plane it lies on."""

    underlay: Underlay
    plane: Plane

    @property
    def version(self) -> int:
        """The underlay's: it becomes the ETag."""
        return self.underlay.version

    @classmethod
    def of(cls, underlay: Underlay, scene: Scene) -> Self:
        """The answer for a scene."""
        return cls(underlay=underlay, plane=scene.record.plane)


def lay_underlay(
    command: LayUnderlay, *, officer: Officer, work: Work
) -> UnderlayAnswer | Created[UnderlayAnswer]:
    """Lay it; the same again changes nothing. Plan and seal stay as they are.

    Raises: Forbidden, SceneUnknown, LevelUnknown, PhotoUnknown, UnderlayUnknown, RecordStale,
    PlanTooFar, PointsTooFew, PointsCoincide, PointsCollinear, PointsMirrored.
    """
    scene = load(command.scene_id, Operation.PLAN_SCENE, officer=officer, work=work)
    before = _before(command, scene, work=work)
    scene.plan.on(command.level)
    photo = _photo(command.photo_id, scene, work=work)
    laid = Underlay(
        id=command.id,
        version=before.version if before else 0,
        scene_id=command.scene_id,
        photo_id=photo.id,
        width_px=photo.width_px,
        height_px=photo.height_px,
        level=command.level,
        points=command.points,
        fit=fitted(command.points, kind=command.kind, plane=scene.record.plane),
    )
    if laid == before:
        return UnderlayAnswer.of(before, scene)
    if before is not None and command.precondition.version != before.version:
        raise _stale(before, scene)
    previous = laid.version
    laid = replace(laid, version=previous + 1)
    event = UnderlayLaid(underlay=laid)
    work.events.append(STREAM, laid.id, [event], expected=previous, officer_id=officer.id)
    work.underlays.put(laid, previous=previous)
    answer = UnderlayAnswer.of(laid, scene)
    return answer if before else Created(answer)


def read_underlay(
    scene_id: UUID, underlay_id: UUID, *, officer: Officer, work: Work
) -> UnderlayAnswer:
    """One underlay. Raises: SceneUnknown, UnderlayUnknown, Forbidden."""
    scene = load(scene_id, Operation.READ_SCENE, officer=officer, work=work)
    found = work.underlays.get(underlay_id)
    if found is None or found.scene_id != scene_id:
        raise _unknown()
    return UnderlayAnswer.of(found, scene)


def list_underlays(
    scene_id: UUID, *, level: str | None, officer: Officer, work: Work
) -> list[UnderlayAnswer]:
    """The underlays of a scene, of one level or of all, by id. Raises: SceneUnknown, Forbidden."""
    scene = load(scene_id, Operation.READ_SCENE, officer=officer, work=work)
    found = work.underlays.of_scene(scene_id)
    return [UnderlayAnswer.of(each, scene) for each in found if level in (None, each.level)]


def _before(command: LayUnderlay, scene: Scene, *, work: Work) -> Underlay | None:
    """What lies there now. Raises: UnderlayUnknown, where it is another scene's or none."""
    before = work.underlays.get(command.id)
    elsewhere = before is not None and before.scene_id != scene.record.id
    if elsewhere or (before is None and not command.precondition.create):
        raise _unknown()
    return before


def _photo(photo_id: UUID, scene: Scene, *, work: Work) -> Photo:
    """The photo, one of the incident's. Raises: PhotoUnknown."""
    photo = work.photos.get(photo_id)
    if photo is None or photo.incident_id != scene.record.incident_id:
        raise PhotoUnknown(
            Fault(
                "/photo_id",
                Words("该火情没有这张照片", "the incident has no such photo"),
                Words("请先上传疏散图的照片", "send the photo of the evacuation plan first"),
            )
        )
    return photo


def _unknown() -> UnderlayUnknown:
    return UnderlayUnknown(
        Fault(
            "/underlay_id",
            Words("该现场没有此底图", "the scene has no such underlay"),
            Words("请核对编号；新建请带If-None-Match: *", "check the id; to lay one send *"),
        )
    )


def _stale(before: Underlay, scene: Scene) -> RecordStale:
    return RecordStale(
        Fault(
            "/headers/If-Match",
            Words(f"底图现为第{before.version}版", f"the underlay is at version {before.version}"),
            Words("请查看现状后重新提交", "look at it as it is now, then send it again"),
        ),
        present=UnderlayAnswer.of(before, scene),
    )

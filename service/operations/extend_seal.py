"""Ask for an extension of the seal, and approve one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from service.domain.answering import Answer, answer
from service.domain.course import Course
from service.domain.extensions import Asking, approve_extension, ask_extension
from service.domain.findings import Remedy
from service.domain.holds import Hold
from service.domain.plane import to_plane
from service.domain.powers import Officer, Operation
from service.domain.scene import Extension, Scene
from service.operations.outcome import Created
from service.operations.ports import Work
from service.operations.scene_desk import Making, begin_on, keep, load, must_be_current


@dataclass(frozen=True, slots=True, kw_only=True)
class AskExtension:
    """More to be sealed, on the present version.

    `hold` has the members of a new Hold, save who opens it and when; its `shape` is in WGS 84.
    """

    scene_id: UUID
    extension_id: UUID
    reason: str
    hold_id: UUID | None
    hold: dict[str, Any] | None
    at_once: bool
    remedies: tuple[Remedy, ...]
    if_match: int | None
    making: Making


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveExtension:
    """A second officer agrees, on the present version."""

    scene_id: UUID
    extension_id: UUID
    ground: str
    remedies: tuple[Remedy, ...]
    if_match: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionAnswer:
    """An extension as it stands, and what it changed now."""

    version: int
    extension: Extension
    answer: Answer


def ask_for_extension(
    command: AskExtension, *, officer: Officer, work: Work
) -> ExtensionAnswer | Created[ExtensionAnswer]:
    """Ask for an extension; a hazard at once joins at once, provisionally.

    Raises: Forbidden, SceneUnknown, SceneStale, PreconditionMissing, and those of
    service/domain/extensions.py.
    """
    scene = load(command.scene_id, Operation.ASK_EXTENSION, officer=officer, work=work)
    must_be_current(scene, command.if_match, work=work)
    asking = Asking(
        id=command.extension_id,
        reason=command.reason,
        hold_id=command.hold_id,
        hold=_hold(command, scene, officer=officer, now=work.now),
        at_once=command.at_once,
        remedies=command.remedies,
    )
    course = ask_extension(begin_on(scene, officer=officer, work=work), asking)
    keep(scene, course, work=work, making=command.making)
    return Created(_answer(scene, course, asking.id))


def approve_an_extension(
    command: ApproveExtension, *, officer: Officer, work: Work
) -> ExtensionAnswer:
    """Approve an extension: its cells join.

    Raises: Forbidden, SceneUnknown, SceneStale, PreconditionMissing, ExtensionUnknown,
    ExtensionClosed, OwnExtension, ShutsIn.
    """
    scene = load(command.scene_id, Operation.APPROVE_EXTENSION, officer=officer, work=work)
    must_be_current(scene, command.if_match, work=work)
    course = begin_on(scene, officer=officer, work=work)
    course = approve_extension(
        course, command.extension_id, ground=command.ground, remedies=command.remedies
    )
    keep(scene, course, work=work)
    return _answer(scene, course, command.extension_id)


def _hold(command: AskExtension, scene: Scene, *, officer: Officer, now: datetime) -> Hold | None:
    """The new hold in the scene's plane, under the extension's id."""
    if command.hold is None:
        return None
    members = {name: value for name, value in command.hold.items() if name != "shape"}
    return Hold(
        id=command.extension_id,
        shapes=to_plane(command.hold["shape"], plane=scene.record.plane),
        opened_by=officer.id,
        opened_at=now,
        **members,
    )


def _answer(before: Scene, course: Course, extension_id: UUID) -> ExtensionAnswer:
    return ExtensionAnswer(
        version=course.scene.record.version,
        extension=course.scene.extension(extension_id),
        answer=answer(before, course),
    )

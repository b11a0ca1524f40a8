"""What every operation around a seal begins and ends with: scene and custody, and keeping it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from service.domain.access import Access, Escort
from service.domain.custody import Custody
from service.domain.custody_refusals import CustodyNotOnRecord
from service.domain.errors import Fault, PreconditionMissing
from service.domain.history import present
from service.domain.powers import POWERS, Officer, Operation
from service.domain.scene import Scene
from service.domain.words import Words
from service.operations.case import Versioned, advance, is_repeat
from service.operations.on_record import officer_faults, photo_faults
from service.operations.outcome import Precondition
from service.operations.ports import Work
from service.operations.scene_desk import load

STREAM = "scene-custody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A scene as it stands now, and what goes on around its seal."""

    scene: Scene
    custody: Custody


def open_desk(scene_id: UUID, operation: Operation, *, officer: Officer, work: Work) -> Desk:
    """The scene with its custody, if this officer may do this there.

    Raises: SceneUnknown, Forbidden.
    """
    return desk_of(load(scene_id, operation, officer=officer, work=work), work=work)


def desk_of(scene: Scene, *, work: Work) -> Desk:
    """A scene as it stands now, with its custody: empty before anything was recorded."""
    custody = work.custodies.get(scene.record.id) or Custody(id=scene.record.id)
    return Desk(scene=present(scene, work.now), custody=custody)


def waiting(custody: Custody | None, *, officer: Officer) -> tuple[Access, ...]:
    """The accesses that wait for an answer, where this officer's role may read of them."""
    may = officer.role in POWERS[Operation.READ_CUSTODY]
    return custody.waiting if custody and may else ()


def record(desk: Desk, event: Any, *, officer: Officer | None, work: Work) -> Custody:
    """Append the event to the custody's own stream and keep what follows. Raises: Stale."""
    return advance(
        STREAM,
        work.custodies,
        desk.custody,
        [event],
        apply=Custody.apply,
        officer=officer,
        work=work,
    )


def is_made(precondition: Precondition, known: Versioned | None, *, repeats: bool) -> bool:
    """Whether what is only ever made, never corrected, was made already with the same content.

    Raises: PreconditionMissing, Stale when it was made with another.
    """
    if not precondition.create:
        raise PreconditionMissing(
            Fault(
                "/headers/If-None-Match",
                Words("该记录只能新建，不能更正", "this record is made, and never corrected"),
                Words("请带If-None-Match: *", "send If-None-Match: *"),
            )
        )
    return is_repeat(precondition, known, repeats=repeats)


def escort(pointer: str, id: UUID, *, work: Work) -> Escort:
    """The officer of that id. Raises: CustodyNotOnRecord."""
    must_serve(pointer, id, work=work)
    user = work.people.user(id)
    return Escort(id=id, name=user.name if user else "")


def must_serve(pointer: str, id: UUID, *, work: Work) -> None:
    """Raises: CustodyNotOnRecord unless an officer of that id serves."""
    faults = [*officer_faults(pointer, [id], work=work)]
    if faults:
        raise CustodyNotOnRecord(*faults)


def must_be_photographed(pointer: str, *ids: UUID, desk: Desk, work: Work) -> None:
    """Raises: CustodyNotOnRecord unless each photo is on record of the incident."""
    incident_id = desk.scene.record.incident_id
    faults = [*photo_faults(pointer, ids, incident_id=incident_id, work=work)]
    if faults:
        raise CustodyNotOnRecord(*faults)

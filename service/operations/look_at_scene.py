"""A scene at one step of its history, with all that a page over it shows."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.access import Access
from service.domain.assessment import Assessment
from service.domain.custody import Custody
from service.domain.history import HEADS, Entry
from service.domain.incident import Incident
from service.domain.posted_notice import PostedNotice
from service.domain.powers import Officer, Operation
from service.domain.reasons import StillSealed, still_sealed
from service.domain.scene import Scene
from service.domain.scene_words import names_of
from service.domain.seal_tapes import SealCheck, SealTape
from service.operations.custody_desk import waiting
from service.operations.ports import Work
from service.operations.scene_desk import STREAM, entries_after, load, scene_after

SHOWN = 50
"""So many entries are shown at once, those around the step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hanging:
    """A seal tape that hangs there, and what was found of it last."""

    tape: SealTape
    seen: SealCheck | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request to be let in that waits for an answer: into which units, by name, and of whom."""

    access: Access
    units: tuple[str, ...]
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The scene as it stood after entry `step` (from 1) of `last`; `entries` begin at `first`.

    Who waits to be let in, the assessment, the notices (the last posted first) and the tapes are
    those of now.
    """

    scene: Scene
    address: str
    entries: tuple[Entry, ...]
    first: int
    step: int
    last: int
    sealed: tuple[StillSealed, ...]
    asked: tuple[Asked, ...]
    assessment: Assessment | None
    notices: tuple[PostedNotice, ...]
    tapes: tuple[Hanging, ...]

    @property
    def now(self) -> Entry:
        """The entry it stood after."""
        return self.entries[self.step - self.first]


def look_at_scene(scene_id: UUID, *, step: int | None, officer: Officer, work: Work) -> Look:
    """The scene after so many steps; beyond its ends, the nearest one.

    Raises: SceneUnknown, Forbidden.
    """
    present = load(scene_id, Operation.READ_SCENE, officer=officer, work=work)
    record = present.record
    incident = work.incidents.get(record.incident_id)
    began = [version for version, name in work.events.names(STREAM, scene_id) if name in HEADS]
    ends = [0, *(version - 1 for version in began[1:]), record.version]
    last = len(began)
    at = min(max(step or last, 1), last)
    first = max(min(at - SHOWN // 2, last - SHOWN + 1), 1)
    scene = scene_after(scene_id, ends[at], work=work)
    custody = work.custodies.get(scene_id) or Custody(id=scene_id)
    return Look(
        scene=scene,
        address=incident.place.address if incident else "",
        entries=entries_after(scene_id, ends[first - 1], at_most=SHOWN, work=work),
        first=first,
        step=at,
        last=last,
        sealed=still_sealed(scene),
        asked=tuple(
            _asked(each, present, incident, work=work) for each in waiting(custody, officer=officer)
        ),
        assessment=record.assessment,
        notices=custody.notices[::-1][:SHOWN],
        tapes=_hanging(custody),
    )


def _asked(access: Access, scene: Scene, incident: Incident | None, *, work: Work) -> Asked:
    """The party, or the officer who wrote it down for the service."""
    party = incident.party(access.party_id) if incident and access.party_id else None
    officer = work.people.user(access.asked_by) if access.asked_by else None
    who = party or officer
    return Asked(
        access=access,
        units=names_of(scene.parts(access.unit_ids), scene),
        who=who.name if who else "",
    )


def _hanging(custody: Custody) -> tuple[Hanging, ...]:
    seen = {each.tape_id: each for each in custody.checks}
    up = (tape for tape in custody.tapes if tape.taken_down is None)
    return tuple(Hanging(tape=tape, seen=seen.get(tape.id)) for tape in up)

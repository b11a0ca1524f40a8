"""A scene: everything on its record, and the seal that follows from it. Values, never changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from service.domain.assessment import Assessment
from service.domain.claims import Question
from service.domain.findings import Condition, ListedParty, Remedy, Stage
from service.domain.holds import Hold, HoldKind
from service.domain.mending import Mend
from service.domain.plan import Plan
from service.domain.plane import Plane
from service.domain.scene_events import Outside, Why
from service.domain.scene_refusals import (
    ExtensionUnknown,
    HoldCleared,
    HoldOfAnotherKind,
    HoldUnknown,
    ObjectionUnknown,
    SealNotSet,
)
from service.domain.seal import Seal
from service.domain.way_out import NOT_KNOWN, WayOut
from service.domain.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """When a hold ended, and why."""

    at: datetime
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRecord:
    """A hold with what became of it; `since` is the scene's version at which it was opened."""

    hold: Hold
    since: int
    questions: tuple[Question, ...] = ()
    outside: Outside = field(default_factory=dict)
    claims_nothing: bool = False
    cleared: Cleared | None = None

    @property
    def live(self) -> bool:
        """Whether it still keeps something shut, or would."""
        return self.cleared is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """A survey that excluded the origin: units named, or a zone (levels → area), at a version."""

    version: int
    stage: Stage
    units: tuple[str, ...]
    zone: Outside


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """An objection: open until it is decided or withdrawn; `dispute` is the hold kept for it.

    `raised_at` is when it was recorded, `said_at` when it was said (None: then too).
    """

    id: UUID
    party_id: UUID
    version: int
    raised_at: datetime
    text: str
    decided: bool = False
    withdrawn: bool = False
    dispute: UUID | None = None
    said_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it stands undecided: origin-only cannot apply."""
        return not (self.decided or self.withdrawn)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """An extension asked for; `cells` are those that joined and are still sealed.

    `before` is what the holds that joined claimed beyond the seal until then.
    """

    id: UUID
    reason: str
    asked_by: UUID
    asked_at: datetime
    hold_id: UUID | None
    hold: Hold | None
    lapses_at: datetime | None
    approved_by: UUID | None = None
    approved_at: datetime | None = None
    lapsed: bool = False
    cells: tuple[int, ...] = ()
    area_m2: float = 0.0
    before: dict[UUID, Outside] = field(default_factory=dict)
    remedies: tuple[Remedy, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether it is in force only until it lapses."""
        return self.lapses_at is not None and self.approved_by is None and not self.lapsed


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The release record: when, who handed over, who received, in which condition."""

    at: datetime
    released_by: UUID
    received_by: str
    condition: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneRecord:
    """All of a scene but its seal; `version` counts the events, from 1.

    `working` is the plan that findings are decided on; `divided` maps a unit to its parts.
    `stated` and `not_reached` map a party to the version at which it was recorded. `way_out` is
    as last found; once a provisional extension has lapsed it is to be found again.
    """

    id: UUID
    version: int
    incident_id: UUID
    post_path: str
    lead_officer_id: UUID
    opened_at: datetime
    changed_at: datetime
    plane: Plane
    after_registration: bool = False
    assessment: Assessment | None = None
    plan: Plan
    working: Plan
    plan_version: int = 0
    divided: dict[str, tuple[str, ...]] = field(default_factory=dict)
    mends: tuple[Mend, ...] = ()
    notes: tuple[Words, ...] = ()
    sealed_at: datetime | None = None
    demands: str = ""
    planned_release_at: datetime | None = None
    next_cell: int = 1
    holds: dict[UUID, HoldRecord] = field(default_factory=dict)
    surveyed: tuple[Excluded, ...] = ()
    parties: tuple[ListedParty, ...] | None = None
    stated: dict[UUID, int] = field(default_factory=dict)
    not_reached: dict[UUID, int] = field(default_factory=dict)
    objections: dict[UUID, Objection] = field(default_factory=dict)
    extensions: dict[UUID, Extension] = field(default_factory=dict)
    released: Release | None = None
    way_out: WayOut = NOT_KNOWN
    way_out_is_old: bool = False
    remedies: tuple[Remedy, ...] = ()
    reviewed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One fire's place: its record and its seal (fire scene 火灾现场)."""

    record: SceneRecord
    seal: Seal

    @property
    def version(self) -> int:
        """How many events there are; findings are based on it."""
        return self.record.version

    @property
    def is_sealed(self) -> bool:
        """Whether a seal has been set; it may have shrunk to nothing since."""
        return self.record.sealed_at is not None

    @property
    def plan(self) -> Plan:
        """The plan that findings are decided on."""
        return self.record.working

    def holds(self) -> list[HoldRecord]:
        """Every hold, live or over, in the order they were opened."""
        return sorted(self.record.holds.values(), key=lambda each: each.since)

    def live(self, *kinds: HoldKind) -> Iterator[HoldRecord]:
        """The live holds, of the given kinds or of any, in the order they were opened."""
        return (
            each for each in self.holds() if each.live and (not kinds or each.hold.kind in kinds)
        )

    def live_hold(self, hold_id: UUID, *kinds: HoldKind) -> HoldRecord:
        """Return one live hold. Raises: HoldUnknown, HoldCleared, HoldOfAnotherKind."""
        found = self.record.holds.get(hold_id)
        if found is None:
            raise HoldUnknown.at("/hold_id", hold_id=hold_id)
        if not found.live:
            raise HoldCleared.at("/hold_id", hold_id=hold_id)
        if kinds and found.hold.kind not in kinds:
            raise HoldOfAnotherKind.at("/hold_id", kind=found.hold.kind.value)
        return found

    def objection(self, objection_id: UUID) -> Objection:
        """Return one objection. Raises: ObjectionUnknown."""
        if objection_id not in self.record.objections:
            raise ObjectionUnknown.at("/objection_id", objection_id=objection_id)
        return self.record.objections[objection_id]

    def extension(self, extension_id: UUID) -> Extension:
        """Return one extension. Raises: ExtensionUnknown."""
        if extension_id not in self.record.extensions:
            raise ExtensionUnknown.at("/id", extension_id=extension_id)
        return self.record.extensions[extension_id]

    def parts(self, unit_ids: Iterable[str]) -> tuple[str, ...]:
        """The units as they are divided now, in order."""
        divided = self.record.divided
        return tuple(
            part
            for id in unit_ids
            for part in (self.parts(divided[id]) if id in divided else (id,))
        )

    def must_be_sealed(self) -> None:
        """Refuse what makes sense inside a seal only. Raises: SealNotSet."""
        if not self.is_sealed:
            raise SealNotSet.at("/seal")

    @property
    def origin_is_established(self) -> bool:
        """Whether an area of origin stands."""
        return any(True for _ in self.live(HoldKind.AREA_OF_ORIGIN))

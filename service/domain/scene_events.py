"""What follows from findings, as the log keeps it. Replay decides nothing and asks no geometry."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shapely.geometry.base import BaseGeometry

from service.domain.assessment import Assessment
from service.domain.cell import Cell, Split
from service.domain.claims import Question
from service.domain.findings import FINDINGS, Remedy
from service.domain.holds import Hold
from service.domain.mending import Mend
from service.domain.plan import Plan, Unit
from service.domain.plane import Plane
from service.domain.seal import Clearing
from service.domain.way_out import WayOut
from service.domain.words import Words

Outside = dict[str, BaseGeometry]
"""What a hold claims beyond the seal: unit id → plane metres, a closed unit whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneOpened:
    """A scene is opened for an incident, with the bare ground for a plan."""

    NAME: ClassVar[str] = "scene-opened"
    VERSION: ClassVar[int] = 1

    scene_id: UUID
    incident_id: UUID
    post_path: str
    lead_officer_id: UUID
    plane: Plane
    plan: Plan
    after_registration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneAssessed:
    """The scene is assessed, or assessed again: it changes nothing of the seal by itself.

    `sent` is the body that the assessment was made from, canonical JSON.
    """

    NAME: ClassVar[str] = "scene-assessed"
    VERSION: ClassVar[int] = 1

    assessment: Assessment
    sent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadChanged:
    """Another officer leads the survey now."""

    NAME: ClassVar[str] = "lead-changed"
    VERSION: ClassVar[int] = 1

    lead_officer_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneTransferred:
    """Another post of the brigade tree has the scene now."""

    NAME: ClassVar[str] = "scene-transferred"
    VERSION: ClassVar[int] = 1

    post_path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSet:
    """A version of the plan; `working` is the one findings are decided on from now.

    A level that has been sealed stays in `working` as it was when it was sealed.
    """

    NAME: ClassVar[str] = "plan-set"
    VERSION: ClassVar[int] = 1

    plan: Plan
    working: Plan
    mends: tuple[Mend, ...] = ()
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldPlaced:
    """A hold as opened, or as it is after an answer: its questions, and what lies outside."""

    NAME: ClassVar[str] = "hold-placed"
    VERSION: ClassVar[int] = 1

    hold: Hold
    questions: tuple[Question, ...] = ()
    outside: Outside = field(default_factory=dict)
    claims_nothing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SealDrawn:
    """The cells of the seal when it is set."""

    NAME: ClassVar[str] = "seal-drawn"
    VERSION: ClassVar[int] = 1

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellsSplit:
    """Cells made, split and joined; `hold_id` is the hold that the `joined` cells gain."""

    NAME: ClassVar[str] = "cells-split"
    VERSION: ClassVar[int] = 1

    split: Split
    hold_id: UUID | None = None


class Why(StrEnum):
    """Why a hold left cells."""

    SURVEY = "survey"
    CAUSE_EXCLUDED = "cause-excluded"
    EVIDENCE_TAKEN = "evidence-taken"
    ORIGIN_ONLY = "origin-only"
    WITHDRAWN = "objection-withdrawn"
    DECIDED = "dispute-decided"
    SAFE = "hazard-cleared"
    RELEASED = "whole-released"
    LAPSED = "extension-lapsed"
    REPLACED = "hold-replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldsLeft:
    """Holds leave cells, and cells left by their last hold are released.

    `cleared` are the holds that are over; `outside` replaces what the holds named in it still
    claim beyond the seal.
    """

    NAME: ClassVar[str] = "holds-left"
    VERSION: ClassVar[int] = 1

    why: Why
    clearing: Clearing
    cleared: tuple[UUID, ...] = ()
    outside: dict[UUID, Outside] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDivided:
    """In the working plan, parts take the place of a unit."""

    NAME: ClassVar[str] = "plan-divided"
    VERSION: ClassVar[int] = 1

    unit_id: str
    parts: tuple[Unit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionAsked:
    """More is to be sealed: for a new hold, for a live hold's part outside, or (neither) the seal
    itself, after a simplified registration.

    A hazard taken `at_once` is provisional until `lapses_at`.
    """

    NAME: ClassVar[str] = "extension-asked"
    VERSION: ClassVar[int] = 1

    id: UUID
    reason: str
    hold_id: UUID | None
    hold: Hold | None
    lapses_at: datetime | None = None
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionApproved:
    """A second officer of higher role agrees."""

    NAME: ClassVar[str] = "extension-approved"
    VERSION: ClassVar[int] = 1

    id: UUID
    ground: str
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SealExtended:
    """Cells join the seal; `outside` is what the holds named still claim beyond it."""

    NAME: ClassVar[str] = "seal-extended"
    VERSION: ClassVar[int] = 1

    extension_id: UUID
    hold_id: UUID
    split: Split
    outside: dict[UUID, Outside]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionLapsed:
    """Nobody agreed in time: the cells that joined leave again."""

    NAME: ClassVar[str] = "extension-lapsed"
    VERSION: ClassVar[int] = 1

    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOutFound:
    """Whom the seal shuts in from now on, and what blocks them."""

    NAME: ClassVar[str] = "way-out-found"
    VERSION: ClassVar[int] = 1

    way_out: WayOut


SCENE_EVENTS: tuple[type, ...] = (
    *FINDINGS,
    SceneOpened,
    SceneAssessed,
    LeadChanged,
    SceneTransferred,
    PlanSet,
    HoldPlaced,
    SealDrawn,
    CellsSplit,
    HoldsLeft,
    PlanDivided,
    ExtensionAsked,
    ExtensionApproved,
    SealExtended,
    ExtensionLapsed,
    WayOutFound,
)

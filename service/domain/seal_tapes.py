"""Seal tapes 封条: put up by number, looked at, found broken, taken down."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shapely.geometry.base import BaseGeometry


class PlaceKind(StrEnum):
    """What a tape is put on."""

    UNIT = "unit"
    DOOR = "door"
    EDGE = "edge"


class Found(StrEnum):
    """How a tape was found."""

    INTACT = "intact"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class TapePlace:
    """Where a tape is: on a unit, on a door between units, or along the edge of a taped shape.

    `shape` is a point or a line in plane metres, for an edge only; `text` says it for people.
    """

    kind: PlaceKind
    unit_ids: tuple[str, ...]
    door_id: str | None = None
    shape: BaseGeometry | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenDown:
    """When a tape or a notice came down, and why."""

    at: datetime
    by: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealTape:
    """One numbered tape; its number stands once at a scene."""

    id: UUID
    version: int
    number: str
    place: TapePlace
    photo_id: UUID
    put_up_at: datetime
    put_up_by: UUID
    taken_down: TakenDown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A broken tape: what was seen, and what was done about it."""

    seen: str
    done: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealCheck:
    """One look at a tape; a broken one comes with its breach. It is never changed."""

    id: UUID
    version: int
    tape_id: UUID
    found: Found
    seen_at: datetime
    seen_by: UUID
    photo_ids: tuple[UUID, ...] = ()
    breach: Breach | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TapePutUp:
    """A tape was put up."""

    NAME: ClassVar[str] = "tape-put-up"
    VERSION: ClassVar[int] = 1
    tape: SealTape


@dataclass(frozen=True, slots=True, kw_only=True)
class TapeTakenDown:
    """A tape came down."""

    NAME: ClassVar[str] = "tape-taken-down"
    VERSION: ClassVar[int] = 1
    tape_id: UUID
    taken_down: TakenDown


@dataclass(frozen=True, slots=True, kw_only=True)
class TapeChecked:
    """A tape was looked at."""

    NAME: ClassVar[str] = "tape-checked"
    VERSION: ClassVar[int] = 1
    check: SealCheck


EVENTS = (TapePutUp, TapeTakenDown, TapeChecked)

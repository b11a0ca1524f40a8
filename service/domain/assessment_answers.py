"""What the officer answers for the assessment 现场封闭评估 of a scene, before anything is sealed.

Shapes are plane metres once `placed`. Each thing told of carries an id of its maker's: it becomes
the id of the hold proposed for it, so that a revised answer revises the same proposal.
"""

from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar, cast
from uuid import UUID

from shapely.geometry.base import BaseGeometry

from service.domain.incident import CauseKind
from service.domain.plane import Plane, to_plane


class OriginKnown(StrEnum):
    """How well the area of origin is known."""

    CLEAR = "clear"
    PROBABLE = "probable"
    UNKNOWN = "unknown"


class CausePart(StrEnum):
    """What of an installation bears on a cause."""

    PANEL = "panel"
    CABLE_RUN = "cable_run"
    FAULT = "fault"
    GAS_RUN = "gas_run"
    FLUE = "flue"
    APPLIANCE = "appliance"
    STORE = "store"
    PLACE = "place"


class GasState(StrEnum):
    """How the gas stands."""

    NONE = "none"
    SHUT = "shut"
    ON = "on"
    LEAKING = "leaking"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place drawn on its levels (`accuracy_m` 0: on the plan), units named, or both."""

    shape: BaseGeometry | None = None
    levels: tuple[str, ...] = ()
    accuracy_m: float = 0.0
    named_units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Something at a place, by an id of its own; evidence may name its photos."""

    id: UUID
    where: Where
    label: str = ""
    photo_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginAnswer:
    """Is the origin known, and where."""

    known: OriginKnown = OriginKnown.UNKNOWN
    spot: Spot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CausePlace:
    """One part that bears on a cause: the panel, the run, the flue."""

    part: CausePart
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseConsidered:
    """A cause that is being considered, and the parts that bear on it."""

    id: UUID
    kind: CauseKind
    label: str = ""
    places: tuple[CausePlace, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explosion:
    """Where it went off, and where the thrown pieces lie."""

    id: UUID
    seat: Where
    thrown: tuple[Where, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GasAnswer:
    """How the gas stands; a leak is somewhere."""

    state: GasState = GasState.UNKNOWN
    leak: Spot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """All that was asked; `burned` empty means: as reported of the incident.

    `dispute_likely` None is not known yet.
    """

    burned: tuple[Spot, ...] = ()
    origin: OriginAnswer = OriginAnswer()
    causes: tuple[CauseConsidered, ...] = ()
    explosion: Explosion | None = None
    gas: GasAnswer = GasAnswer()
    structure: tuple[Spot, ...] = ()
    live_power: tuple[Spot, ...] = ()
    evidence: tuple[Spot, ...] = ()
    dispute_likely: bool | None = None
    dispute: str = ""

    def ids(self) -> list[tuple[str, UUID]]:
        """Every id that was made for an answer, with its JSON pointer."""
        lists = ("burned", "causes", "structure", "live_power", "evidence")
        found = [
            (f"/answers/{name}/{n}/id", each.id)
            for name in lists
            for n, each in enumerate(getattr(self, name))
        ]
        singles = (
            ("origin/spot", self.origin.spot),
            ("explosion", self.explosion),
            ("gas/leak", self.gas.leak),
        )
        return found + [(f"/answers/{name}/id", each.id) for name, each in singles if each]

    def places(self) -> list[tuple[str, Where]]:
        """Every place that was told of, with its JSON pointer."""
        return list(_places("/answers", self))


T = TypeVar("T")


def placed(value: T, *, plane: Plane) -> T:
    """Project every shape in answers, or in a part of them, from WGS 84 to plane metres."""
    found: Any = value
    if isinstance(found, BaseGeometry):
        found = to_plane(found, plane=plane)
    elif isinstance(found, tuple):
        found = tuple(placed(each, plane=plane) for each in found)
    elif is_dataclass(found) and not isinstance(found, type):
        members = {each.name: getattr(found, each.name) for each in fields(found)}
        found = replace(found, **{k: placed(v, plane=plane) for k, v in members.items()})
    return cast(T, found)


def _places(pointer: str, value: Any) -> list[tuple[str, Where]]:
    if isinstance(value, Where):
        return [(pointer, value)]
    if isinstance(value, tuple):
        members = [(str(n), each) for n, each in enumerate(value)]
    elif is_dataclass(value):
        members = [(each.name, getattr(value, each.name)) for each in fields(value)]
    else:
        members = []
    return [found for name, each in members for found in _places(f"{pointer}/{name}", each)]

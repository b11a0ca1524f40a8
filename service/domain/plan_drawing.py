"""A drawing (DXF) as its reader hands it over: rings and texts in metres, nothing decided yet."""

from dataclasses import dataclass

from service.domain.words import Words

FLATTENED_WITHIN_M = 0.005
"""An arc is replaced by chords that stray from it by no more than this."""
CLOSED_WITHIN_M = 0.05
"""A polyline whose ends are nearer than this is taken as closed, and that is said."""
VERTEX_LIMIT = 200_000
DOOR_M = (0.4, 6.0)
"""A line no shorter and no longer than this can be a door."""
DOORS_LIMIT = 20_000
UNITS_M = {"mm": 0.001, "cm": 0.01, "dm": 0.1, "m": 1.0, "in": 0.0254, "ft": 0.3048}
"""Metres in each unit that a plan is drawn in."""
UNIT_OF_CODE = {1: "in", 2: "ft", 4: "mm", 5: "cm", 6: "m", 14: "dm"}
"""$INSUNITS; 0 says nothing, and nobody draws a room in the others (miles, parsecs)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRing:
    """A closed polyline on a layer; `xy` metres, arcs flattened, the first corner not repeated.

    `gap_m` is how far its ends were apart where it was not closed.
    """

    handle: str
    layer: str
    xy: tuple[tuple[float, float], ...]
    gap_m: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLine:
    """A single straight line that is as long as doors are wide; metres."""

    handle: str
    layer: str
    xy: tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnText:
    """A text and where it is set, metres."""

    text: str
    layer: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Things on a layer that are no closed polyline, or lie on a layer that is off."""

    layer: str
    what: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What of a drawing a plan can use; `unit` is the word in UNITS_M that its numbers had."""

    unit: str
    rings: tuple[DrawnRing, ...] = ()
    texts: tuple[DrawnText, ...] = ()
    lines: tuple[DrawnLine, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[Words, ...] = ()

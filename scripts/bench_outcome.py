"""What the service's seal spares people: at least 500 simulated fires on a plan.

    scripts/bench outcome [--plan FILE] [--fires N] [--seed N] [--foreknown] [--json]

Closed unit·hours and sealed m²·hours of the service's seal, shrinking finding by finding in its
own survey order, beside (a) the same first seal that never shrinks until the inquiry ends, and
(b) one that opens only whole units, each when all work in it is done, in the order listed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import shapely

from scripts.market_plan import SAMPLE
from scripts.outcome_course import Sealed, divide, no_way_in, run, set_seal
from scripts.outcome_fires import ASSUMPTIONS, Fire, draw_fire
from scripts.outcome_survey import ends_of, own_order, steps_for
from scripts.plan_file import as_sent
from service.domain.holds import HoldKind
from service.domain.mending import mend_plan
from service.domain.plan import Plan, UnitKind
from service.domain.plan_import import import_geojson, import_imdf
from service.domain.plane import Plane, plane_around
from service.domain.scene import Scene
from service.domain.way_out import find_way_out

FIRES, SEED, GROUPS = 500, 2026, 7
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a seal costs: sealed m²·hours, closed unit·hours, and these with those shut in."""

    m2_hours: float
    unit_hours: float
    lost_hours: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """Figures by name, and the words that belong beside them."""

    figures: dict[str, dict[str, object]]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One fire's seals, with (b) in the service's own order too.

    The hours of the fire's own room, shut to the end in each of them, are told apart; `checks`
    decisions were held to the laws.
    """

    ours: Cost
    never: Cost
    rooms: Cost
    rooms_in_order: Cost
    own_room_hours: float
    events: tuple[tuple[datetime, Any], ...]
    checks: int


def simulate(plan: Plan, plane: Plane, fire: Fire, *, foreknown: bool = False) -> Told:
    """One fire, with the service's seal and with the others."""
    sealed = set_seal(plan, plane, fire)
    first = sealed.scene
    listed = steps_for(sealed.scene, fire)
    in_turn = ends_of(fire, listed, tuple(step.id for step in listed))
    in_order = ends_of(fire, listed, own_order(first, fire, listed))
    stays = divide(sealed)
    steps = steps_for(sealed.scene, fire)
    known = stays if foreknown else frozenset()
    order = own_order(sealed.scene, fire, steps, known=known)
    end = run(sealed, steps, ends_of(fire, steps, order), stays)
    return Told(
        ours=_ours(sealed, end),
        never=_priced(first, fire, dict.fromkeys(_shut(first), end)),
        rooms=_priced(first, fire, _room_by_room(first, fire, in_turn, end)),
        rooms_in_order=_priced(first, fire, _room_by_room(first, fire, in_order, end)),
        own_room_hours=(end - fire.sealed_at) / HOUR,
        events=tuple(sealed.events),
        checks=sealed.checks,
    )


def _ours(sealed: Sealed, end: datetime) -> Cost:
    seen = [each for each in sealed.seen if each.at <= end]
    until = [*(each.at for each in seen[1:]), end]
    hours = [(after - each.at) / HOUR for each, after in zip(seen, until, strict=True)]
    return Cost(
        sum(each.area_m2 * h for each, h in zip(seen, hours, strict=True)),
        sum(each.closed_units * h for each, h in zip(seen, hours, strict=True)),
        sum((x.closed_units + x.no_way_in) * h for x, h in zip(seen, hours, strict=True)),
    )


def _shut(scene: Scene) -> list[str]:
    return sorted({cell.unit for cell in scene.seal.cells})


def _priced(first: Scene, fire: Fire, opened: dict[str, datetime]) -> Cost:
    """The cost of the first seal when each unit opens, whole, at its time."""
    area = units = 0.0
    closed = set()
    for cell in first.seal.cells:
        hours = (opened[cell.unit] - fire.sealed_at) / HOUR
        area += cell.area_m2 * hours
        if cell.kind is UnitKind.CLOSED and not cell.crumb and cell.unit not in closed:
            closed.add(cell.unit)
            units += hours
    return Cost(area, units, units + _no_way_in(first, fire, opened))


def _no_way_in(first: Scene, fire: Fire, opened: dict[str, datetime]) -> float:
    """Unit·hours of those not shut whose way in the first seal blocks, as its units open."""
    lost, since = 0.0, fire.sealed_at
    outlines = {
        unit: shape for x in first.plan.levels for unit, shape in first.seal.outline(x.id).items()
    }
    for at in sorted(set(opened.values())):
        if at > since:
            left = {unit for unit, until in opened.items() if until > since}
            way = find_way_out(first.plan, {unit: outlines[unit] for unit in left})
            lost += no_way_in(first, way, left) * ((at - since) / HOUR)
            since = at
    return lost


def _room_by_room(
    first: Scene, fire: Fire, ends: dict[str, datetime], end: datetime
) -> dict[str, datetime]:
    """When each unit opens: its survey excludes the origin, and all else in it is over."""
    opened: dict[str, datetime] = dict.fromkeys(_shut(first), fire.sealed_at)
    for cell in first.seal.cells:
        unit = cell.unit
        surveyed = ends.get(unit, end) if unit not in fire.not_excluded else end
        for id in cell.holds:
            kind = first.record.holds[id].hold.kind
            over = surveyed
            if kind is HoldKind.EVIDENCE:
                over = ends[str(id)]
            elif kind is HoldKind.HAZARD:
                over = fire.sealed_at + fire.hazard_for
            opened[unit] = max(opened[unit], over)
    return opened


def read(file: Path) -> tuple[Plan, Plane]:
    """A plan as a client would send it, mended as the service mends it."""
    sent = as_sent(file)
    documents = sent["imdf"].values() if "imdf" in sent else [sent["geojson"]]
    shapes = [
        shapely.geometry.shape(feature["geometry"])
        for document in documents
        for feature in document.get("features", ())
        if feature.get("geometry")
    ]
    plane = plane_around(shapes)
    take = import_imdf if "imdf" in sent else import_geojson
    imported = take(sent.get("imdf") or sent["geojson"], plane=plane)
    return mend_plan(imported.plan)[0], plane


def told_of(
    plan: Plan, plane: Plane, *, fires: int, seed: int, foreknown: bool = False
) -> list[Told]:
    """Every fire, in order."""
    drawn = (draw_fire(plan, n, seed=seed) for n in range(fires))
    return [simulate(plan, plane, fire, foreknown=foreknown) for fire in drawn]


def bench(
    plan_file: Path = SAMPLE, *, fires: int = FIRES, seed: int = SEED, foreknown: bool = False
) -> Outcome:
    """The figures, each in m²·hours or unit·hours a fire, and what must be told with them.

    `foreknown`: the service is told which rooms will not be excluded, to see what an order that
    knew would spare.
    """
    plan, plane = read(plan_file)
    told = told_of(plan, plane, fires=fires, seed=seed, foreknown=foreknown)
    found = {}
    for against, aim, words in (
        ("never", 0.5, "a seal that never shrinks"),
        ("rooms", 0.85, "room by room as listed"),
    ):
        for member, unit in (
            ("unit_hours", "closed unit·h"),
            ("m2_hours", "sealed m²·h"),
            ("lost_hours", "shut or shut in unit·h"),
        ):
            found[f"{unit} a fire, vs {words}"] = _figure(told, against, member, aim)
    return Outcome(figures=found, notes=tuple(_notes(told, plan_file, seed)))


def _notes(told: list[Told], plan_file: Path, seed: int) -> Iterator[str]:
    count = len(told)
    own, ours, rooms = (
        sum(get(each) for each in told) / count
        for get in (
            lambda each: each.own_room_hours,
            lambda each: each.ours.unit_hours,
            lambda each: each.rooms.unit_hours,
        )
    )
    checks = sum(each.checks for each in told)
    yield f"{count} fires on {plan_file.name}, seed {seed}; the spread is that of {GROUPS} groups"
    yield f"{checks} decisions held to laws 1, 2, 4 and 8 of sealing: none broken"
    apart = f"{ours - own:.0f} beside {rooms - own:.0f} room by room"
    share = (ours - own) / (rooms - own)
    yield f"{own:.0f} unit·h a fire are its own room's, shut to the end in every seal;"
    yield f"apart from it {apart}: {share:.2f}"
    for name, member in (("closed", "unit_hours"), ("shut or shut in", "lost_hours")):
        ordered = sum(getattr(x.ours, member) for x in told)
        ordered /= sum(getattr(x.rooms_in_order, member) for x in told)
        yield f"{name} unit·h, vs room by room in the service's own order: {ordered:.2f}"
    yield "assumed (docs/outcome.md):"
    yield from (f"- {each}" for each in ASSUMPTIONS)


def _figure(told: list[Told], against: str, member: str, aim: float) -> dict[str, object]:
    """Sums over all fires; the spread is that of seven groups of them."""

    def sums(some: list[Told]) -> tuple[float, float]:
        ours = sum(getattr(each.ours, member) for each in some)
        return ours, sum(getattr(getattr(each, against), member) for each in some)

    ours, baseline = sums(told)
    groups = sorted(a / b for a, b in (sums(told[n::GROUPS]) for n in range(GROUPS)))
    holds = "holds" if groups[-1] <= aim else "fails" if groups[0] > aim else "unclear"
    return {
        "ours": ours / len(told),
        "baseline": baseline / len(told),
        "ratio": ours / baseline,
        "spread": [groups[0], groups[-1]],
        "aim": f"<= {aim:g}",
        "holds": holds,
    }

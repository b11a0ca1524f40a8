"""Bench of sealing: 200 holds on 1,000 and on 10,000 units, or on a plan given.

`figures()` gives figure → {ours, baseline, ratio, spread, aim, holds}; scripts/bench prints them.
Each stands beside the bare computation of the same in the same run; seconds unless it says else.
"""

import gc
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from uuid import UUID

import shapely
from shapely import Point, affinity, box

from scripts.bench_memory import memory
from scripts.bench_outcome import read
from service.domain.cells import Cell, cut
from service.domain.claims import Claim, claim
from service.domain.holds import Hold, HoldKind
from service.domain.mending import mend_plan
from service.domain.plan import GROUND, DrawnPlan, Level, Plan, Unit, UnitKind
from service.domain.plane import Axes
from service.domain.seal import Seal

Figures = dict[str, dict[str, Any]]
PAIRS = 7
HOLDS = 200
SIZES = (1_001, 10_010)
"""Rows of ten shops and their hall."""
NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)


def a_market(units: int) -> Plan:
    """Rows of ten shops of 4 × 6 m on an open hall of their own each, side by side."""
    found = []
    for row in range(units // 11):
        y = row * 9.0
        for i in range(10):
            shop = box(i * 4, y, i * 4 + 4, y + 6)
            found.append(_unit(f"{row}-{i}", UnitKind.CLOSED, shop))
        found.append(_unit(f"{row}-hall", UnitKind.OPEN, box(0, y + 6, 40, y + 9)))
    outline = shapely.union_all([unit.shape for unit in found])
    level = Level(id="0", name="0", ordinal=0, units=tuple(found), outline=outline)
    return mend_plan(DrawnPlan(levels=(level,)))[0]


def _unit(name: str, kind: UnitKind, shape: shapely.Geometry) -> Unit:
    return Unit(id=name, level="0", kind=kind, name=name, shape=shape)


def some_holds(count: int = HOLDS, *, seed: int = 3) -> tuple[Hold, ...]:
    """Burned areas, causes and evidence over the first ninety rows, points and areas alike."""
    random = Random(seed)  # noqa: S311 - a seeded scene, not a secret
    return holds_at(lambda: ("0", random.uniform(2, 38), random.uniform(2, 800)), random, count)


def holds_on(plan: Plan, count: int = HOLDS, *, seed: int = 3) -> tuple[Hold, ...]:
    """The same anywhere on a plan: round a place in the bounds of one of its units each."""
    random = Random(seed)  # noqa: S311
    units = [unit for unit in plan.units() if unit.id != GROUND]

    def somewhere() -> tuple[str, float, float]:
        unit = random.choice(units)
        west, south, east, north = unit.shape.bounds
        return unit.level, random.uniform(west, east), random.uniform(south, north)

    return holds_at(somewhere, random, count)


def holds_at(
    place: Callable[[], tuple[str, float, float]], random: Random, count: int
) -> tuple[Hold, ...]:
    """Holds at places: level, east and north."""
    holds = []
    for i in range(count):
        level, x, y = place()
        at = Point(x, y)
        size = random.choice((2.0, 4.0, 8.0))
        block = affinity.rotate(box(-size, -size / 2, size, size / 2), random.uniform(0, 90))
        placed = affinity.translate(block, at.x, at.y)
        holds.append(
            Hold(
                id=UUID(int=i + 1),
                kind=random.choice(list(HoldKind)),
                shapes=random.choice((placed, placed, at)),
                margin_m=random.choice((0.5, 1.0, 3.0)),
                levels=(level,),
                opened_by=UUID(int=0),
                opened_at=NOON,
                ground="bench",
            )
        )
    return tuple(holds)


def shapes_of(plan: Plan, found: Claim) -> list[shapely.Geometry]:
    """Every shape a hold claims: closed units whole, open ones as taped."""
    return [*(plan.unit(x).shape for x in sorted(found.whole)), *found.taped.values()]


def clear_all(seal: Seal, order: list[UUID]) -> list[Seal]:
    """Ours: clear one hold after the other."""
    seals = []
    for hold_id in order:
        seal, _ = seal.clear([hold_id])
        seals.append(seal)
    return seals


def unite_all(shapes: dict[UUID, list[shapely.Geometry]], order: list[UUID]) -> list[float]:
    """Baseline: the union of the live claims, computed anew after each clearing."""
    live, areas = dict(shapes), []
    for hold_id in order:
        del live[hold_id]
        areas.append(shapely.union_all([x for mine in live.values() for x in mine]).area)
    return areas


def unite_cells(seals: list[Seal]) -> list[float]:
    """Baseline: the union of the live cells, after each clearing."""
    return [shapely.union_all([cell.shape for cell in seal.cells]).area for seal in seals]


def what_if_anew(
    shapes: dict[UUID, list[shapely.Geometry]], cells: tuple[Cell, ...]
) -> list[float]:
    """Baseline: for each hold, the union of all the other claims."""
    ids = sorted({hold_id for cell in cells for hold_id in cell.holds})
    return [
        shapely.union_all([x for other in ids if other != hold_id for x in shapes[other]]).area
        for hold_id in ids
    ]


def timed(work: Callable[[], object], *, times: int = 1) -> float:
    """Seconds a call takes, garbage collection off."""
    gc.collect()
    gc.disable()
    start = time.perf_counter()
    for _ in range(times):
        work()
    taken = (time.perf_counter() - start) / times
    gc.enable()
    return taken


def compared(ours: Callable[[], object], baseline: Callable[[], object], *, pairs: int = PAIRS,
             times: int = 1) -> tuple[float, float, list[float]]:  # fmt: skip
    """Interleaved pairs: median of ours, of the baseline, and every ratio baseline / ours."""
    rows = [(timed(ours, times=times), timed(baseline)) for _ in range(pairs)]
    ratios = sorted(theirs / mine for mine, theirs in rows)
    return median(row[0] for row in rows), median(row[1] for row in rows), ratios


def at_least(ours: float, baseline: float, ratios: list[float], aim: float) -> dict[str, object]:
    """A figure whose ratio should be at least the aim."""
    holds = "holds" if ratios[0] >= aim else "fails" if ratios[-1] < aim else "unclear"
    return _figure(ours, baseline, ratios, f">= {aim:g}", holds)


def at_most(ours: float, baseline: float, ratios: list[float], aim: float) -> dict[str, object]:
    """A figure whose ratio should be at most the aim."""
    holds = "holds" if ratios[-1] <= aim else "fails" if ratios[0] > aim else "unclear"
    return _figure(ours, baseline, ratios, f"<= {aim:g}", holds)


def _figure(ours: float, baseline: float, ratios: list[float], aim: str,
            holds: str) -> dict[str, object]:  # fmt: skip
    return {
        "ours": ours,
        "baseline": baseline,
        "ratio": median(ratios),
        "spread": [ratios[0], ratios[-1]],
        "aim": aim,
        "holds": holds,
    }


def reported(ours: float, baseline: float, ratios: list[float]) -> dict[str, object]:
    """A figure without an aim."""
    return _figure(ours, baseline, ratios, "none", "reported")


def figures(plan_file: Path | None = None) -> Figures:
    """Every figure of sealing, of a plan in a file, or of a market of 1,000 and of 10,000 units."""
    if plan_file is not None:
        plan, plane = read(plan_file)
        return figures_of(plan, holds_on(plan), plane.axes, suffix="")
    found: Figures = {}
    seals: list[Seal] = []
    for units in SIZES:
        plan = a_market(units)
        found |= figures_of(plan, some_holds(), Axes(), suffix=f", {units // 1000},000 units")
        seals.append(Seal.of(cut(plan, [claim(plan, x, axes=Axes()) for x in some_holds()])))
    found["all clearings, 10,000 units vs 1,000"] = _on_a_larger_plan(*seals)
    return found


def figures_of(plan: Plan, holds: tuple[Hold, ...], axes: Axes, *, suffix: str) -> Figures:
    """Clearing, what-if, making the cells, and memory, on one plan."""
    claims = [claim(plan, hold, axes=axes) for hold in holds]
    claims = [found for found in claims if not found.reaches_nothing]
    cells = cut(plan, claims)
    found = _clearing(plan, claims, cells)
    found |= _making(plan, holds, claims, axes)
    found["memory, KB per 1,000 units"] = reported(*memory(plan, cells))
    return {name + suffix: figure for name, figure in found.items()}


def _clearing(plan: Plan, claims: list[Claim], cells: tuple[Cell, ...]) -> Figures:
    shapes = {found.hold_id: shapes_of(plan, found) for found in claims}
    seal, order = Seal.of(cells), [found.hold_id for found in claims]
    Random(1).shuffle(order)  # noqa: S311
    seals = clear_all(seal, order)
    areas = unite_all(shapes, order)
    if any(abs(s.area_m2() - a) > 1e-6 * seal.area_m2() for s, a in zip(seals, areas, strict=True)):
        raise AssertionError("the cells left are not the union of the claims left")
    return {
        "all clearings, vs union of live claims": at_least(
            *compared(lambda: clear_all(seal, order), lambda: unite_all(shapes, order)), 20
        ),
        "all clearings, vs union of live cells": at_least(
            *compared(lambda: clear_all(seal, order), lambda: unite_cells(seals), pairs=3), 40
        ),
        "what-if for all, vs each anew": at_least(
            *compared(seal.what_if, lambda: what_if_anew(shapes, cells), pairs=3, times=20), 3000
        ),
    }


def _making(plan: Plan, holds: tuple[Hold, ...], claims: list[Claim], axes: Axes) -> Figures:
    taped = [x for found in claims for x in found.taped.values()]
    bare = [x for found in claims for x in found.bare.values()]
    pairs = [(a.area, b.area) for a, b in zip(bare, taped, strict=True) if a.area > 10]
    ours, base = sum(t for _, t in pairs), sum(b for b, _ in pairs)

    def anew() -> tuple[Cell, ...]:
        return cut(plan, [claim(plan, hold, axes=axes) for hold in holds])

    def baseline() -> shapely.Geometry:
        return shapely.union_all(taped)

    cutting, union, faster = compared(lambda: cut(plan, claims), baseline)
    whole, union_again, slower = compared(anew, baseline)
    found = {
        "cutting, vs union of taped": at_most(cutting, union, _turned(faster), 5),
        "claims, tape, cells, vs union of taped": at_most(whole, union_again, _turned(slower), 40),
    }
    if pairs:
        found["tape over claims above 10 m², m²"] = at_most(ours, base, [ours / base], 1.06)
    return found


def _turned(ratios: list[float]) -> list[float]:
    return sorted(1 / ratio for ratio in ratios)


def _on_a_larger_plan(smaller: Seal, larger: Seal) -> dict[str, object]:
    if abs(larger.area_m2() - smaller.area_m2()) > 1e-3:
        raise AssertionError("the larger plan does not seal the same area")
    order = sorted(smaller.holds())
    mine, theirs, ratios = compared(
        lambda: clear_all(larger, order), lambda: clear_all(smaller, order), times=5
    )
    return at_most(mine, theirs, _turned(ratios), 1.5)


if __name__ == "__main__":
    for name, figure in figures().items():
        print(f"{name}: {figure}")

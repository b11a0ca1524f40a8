"""Memory of a plan and its seal beside that of the bare geometries of its units.

Each is loaded alone in a process of its own, as often as makes 10,000 units, and weighed by what
the process has grown: what GEOS holds counts too.
"""

import gc
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import shapely

from service.domain.cells import Cell
from service.domain.plan import Plan
from service.domain.seal import Seal

RUNS = 3
LEAST_UNITS = 10_000
PAGE_KB = 4


def memory(plan: Plan, cells: tuple[Cell, ...]) -> tuple[float, float, list[float]]:
    """Kilobytes per 1,000 units: plan and seal, bare geometries, and the ratios of each run."""
    shapes = [shapely.to_wkb(unit.shape) for unit in plan.units()]
    times = -(-LEAST_UNITS // len(shapes))
    stored = pickle.dumps((Plan(levels=plan.levels, openings=plan.openings), cells))
    thousands = len(shapes) * times / 1000
    rows = [
        (_alone(_plan_and_seal, stored, times), _alone(_bare, pickle.dumps(shapes), times))
        for _ in range(RUNS)
    ]
    ours, bare = (median(column) / thousands for column in zip(*rows, strict=True))
    return ours, bare, sorted(mine / theirs for mine, theirs in rows)


def _alone(load: Callable[[bytes], object], stored: bytes, times: int) -> float:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(_grown_kb, load, stored, times).result()


def _grown_kb(load: Callable[[bytes], object], stored: bytes, times: int) -> float:
    load(stored)  # what is loaded once for all is no part of it
    gc.collect()
    before = _resident_kb()
    kept = [load(stored) for _ in range(times)]
    gc.collect()
    return _resident_kb() - before if kept else 0.0


def _resident_kb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_KB


def _plan_and_seal(stored: bytes) -> tuple[Plan, Seal]:
    plan: Plan
    plan, cells = pickle.loads(stored)  # noqa: S301 - our own, of a moment ago
    for level in plan.levels:
        if level.units:
            plan.near(level.id, plan.unit(level.units[0].id).shape)
    return plan, Seal.of(cells)


def _bare(stored: bytes) -> list[shapely.Geometry]:
    return [shapely.from_wkb(shape) for shape in pickle.loads(stored)]  # noqa: S301

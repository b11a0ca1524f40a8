"""Laws 1, 2, 4 and 8 of sealing, checked on one decision of a simulated fire."""

import shapely

from service.domain.course import Course
from service.domain.holds import HoldKind
from service.domain.plan import UnitKind
from service.domain.scene import Scene
from service.domain.scene_events import CellsSplit, HoldsLeft, Why

EXACT_M2 = 1e-6
STAYS = {HoldKind.AREA_OF_ORIGIN, HoldKind.EVIDENCE, HoldKind.HAZARD, HoldKind.DISPUTE}


def check_step(before: Scene, course: Course) -> int:
    """How many checks were made. Raises: AssertionError, naming the law that is broken."""
    scene = course.scene
    live = {each.hold.id for each in scene.live()}
    came = {cell.id: cell for cell in before.seal.cells}
    for event in course.events:
        if isinstance(event, CellsSplit):
            for cell in event.split.made:
                parent = came[event.split.parents[cell.id]]
                must(shapely.difference(cell.shape, parent.shape).area <= EXACT_M2, "1: growth")
                came[cell.id] = cell
        if isinstance(event, HoldsLeft) and event.why is Why.ORIGIN_ONLY:
            kinds = {each.hold.kind for each in scene.live()}
            must(kinds <= STAYS, "8: origin only")
    whole = {unit.id: unit.shape.area for unit in scene.plan.units()}
    for cell in scene.seal.cells:
        must(cell.id in came, "1: growth")
        must(bool(cell.holds) and cell.holds <= live, "2: an orphan")
        if cell.kind is UnitKind.CLOSED:
            must(abs(cell.area_m2 - whole[cell.unit]) <= EXACT_M2, "4: a closed unit in part")
    left = before.seal.area_m2() - scene.seal.area_m2()
    must(left >= -EXACT_M2, "1: growth")
    return 1


def must(holds: bool, law: str) -> None:
    """Break off where a law is broken."""
    if not holds:
        raise AssertionError(f"law {law}")

"""What the holds of an assessment would seal, beside a seal over every unit of their levels."""

from collections.abc import Iterable
from dataclasses import dataclass

from service.domain.assessment import Assessment
from service.domain.cell import Cell
from service.domain.course import Course
from service.domain.drawing_seal import cells_of_live, is_outdated, open_proposed
from service.domain.plan import GROUND, UnitKind
from service.domain.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """The seal as it would be set, or as it stands once set; areas in m², level id → area.

    The blanket is every unit of the levels touched, and of the endless ground what is sealed
    anyway. `cells` are those the seal would have.
    """

    cells: tuple[Cell, ...]
    sealed_m2: dict[str, float]
    units: tuple[str, ...]
    closed_units: int
    blanket_m2: dict[str, float]
    blanket_units: int
    blanket_closed_units: int

    @property
    def saved_m2(self) -> float:
        """What stays open that a blanket would have shut."""
        return sum(self.blanket_m2.values()) - sum(self.sealed_m2.values())


def foresee(course: Course, assessment: Assessment) -> Foreseen | None:
    """What setting the seal now would seal; once it is set, what is sealed.

    Found by the same steps that set the seal, which are then forgotten. Proposals that nobody
    has decided count as proposed. None where the plan has changed since.
    """
    scene = course.scene
    if scene.is_sealed:
        return _beside_blanket(scene, scene.seal.cells)
    if is_outdated(scene, assessment):
        return None
    course = open_proposed(course, assessment)
    return _beside_blanket(course.scene, cells_of_live(course))


def _beside_blanket(scene: Scene, cells: tuple[Cell, ...]) -> Foreseen:
    touched = {cell.level for cell in cells}
    units = [x for x in scene.plan.units() if x.level in touched and x.id != GROUND]
    around = [(cell.level, cell.area_m2) for cell in cells if cell.unit == GROUND]
    sealed = {cell.unit: None for cell in cells if not cell.crumb}
    closed = _undivided(scene, (x.id for x in units if x.kind is UnitKind.CLOSED))
    every = _undivided(scene, (x.id for x in units))
    return Foreseen(
        cells=cells,
        sealed_m2=_per_level((cell.level, cell.area_m2) for cell in cells),
        units=tuple(sealed),
        closed_units=sum(cell.kind is UnitKind.CLOSED for cell in cells),
        blanket_m2=_per_level([*((x.level, x.shape.area) for x in units), *around]),
        blanket_units=len(every) + (GROUND in sealed),
        blanket_closed_units=len(closed),
    )


def _undivided(scene: Scene, unit_ids: Iterable[str]) -> set[str]:
    """The units that a blanket would have shut: those divided count once."""
    whole = {part: unit for unit, parts in scene.record.divided.items() for part in parts}
    found = set()
    for id in unit_ids:
        while id in whole:
            id = whole[id]
        found.add(id)
    return found


def _per_level(areas: Iterable[tuple[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for level, area_m2 in areas:
        found[level] = found.get(level, 0.0) + area_m2
    return found

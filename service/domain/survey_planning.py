"""The survey order of a scene: its pending steps, and the units that open with each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.domain.course import Course
from service.domain.reasons import Reason, reasons_of
from service.domain.scene import Scene
from service.domain.survey import possible_units
from service.domain.survey_needs import UnitNeeds, Ways, needs_of
from service.domain.survey_order import Step, WaitingUnit, order_survey
from service.domain.survey_pending import Durations, PendingStep, TimedStep, steps_of, timed
from service.domain.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class StepInOrder:
    """A step at its place: when it ends, minutes from the beginning, and what opens then."""

    id: str
    ends_after_minutes: int
    opens: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTold:
    """An order and its cost: Σ weight · minutes until each unit opens."""

    cost: int
    steps: tuple[StepInOrder, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaining:
    """A sealed unit that no step opens, and the holds that keep it."""

    unit: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyPlanned:
    """The order proposed beside the one asked, first-come, and a bound no order goes below.

    `exact`: nothing better exists. `durations_source` is where assumed durations come from.
    """

    version: int
    steps: tuple[TimedStep, ...]
    durations_source: str
    weights: dict[str, int]
    proposed: OrderTold
    first_come: OrderTold
    asked: OrderTold | None
    lower_bound: int
    remains: tuple[Remaining, ...]
    warnings: tuple[Words, ...]

    @property
    def exact(self) -> bool:
        """Whether the bound proves that no order costs less."""
        return self.proposed.cost == self.lower_bound


LAST_UNIT = Words(
    "起火部位尚未认定，最后一个未排除的单元不能以勘验解除：其中一个仍将封闭",
    "no origin is established: the last unit not excluded cannot be cleared by survey, "
    "so one of these stays sealed",
)


def plan_survey(
    course: Course,
    steps: Sequence[PendingStep],
    *,
    weights: Mapping[str, int],
    asked: Sequence[str] | None,
    durations: Durations,
) -> SurveyPlanned:
    """Propose the order of pending steps; without any, one for each live hold.

    `weights` is unit → weight (1 where none is given). Nothing changes.
    Raises: UnitUnknown, and those of `timed` and `order_survey`.
    """
    scene = course.scene
    for unit in weights:
        scene.plan.unit(unit, pointer=f"/weights/{unit}")
    ready = timed(scene, steps or steps_of(scene), durations)
    bare = [Step(id=x.step.id, duration_minutes=x.minutes, after=x.step.after) for x in ready]
    turn = order_survey(bare, [], asked=asked).first_come.steps  # faults of the steps come first
    found = needs_of(course, [each.step for each in ready])
    opening = [each for each in found if not each.kept_by]
    needs = _Needs(bare, opening, turn=turn, weights=weights)
    order = order_survey(bare, needs.waiting(surely=False), asked=asked)
    bound = order if needs.certain else order_survey(bare, needs.waiting(surely=True))
    return SurveyPlanned(
        version=scene.record.version,
        steps=ready,
        durations_source=durations.source,
        weights={unit.unit: weights.get(unit.unit, 1) for unit in found},
        proposed=needs.told(order.proposed.steps),
        first_come=needs.told(order.first_come.steps),
        asked=None if order.asked is None else needs.told(order.asked.steps),
        lower_bound=bound.lower_bound,
        remains=tuple(
            Remaining(unit=each.unit, reasons=reasons_of(scene, each.kept_by))
            for each in found
            if each.kept_by
        ),
        warnings=_warnings(scene, ready, opening),
    )


class _Needs:
    """What the units that open wait for, and how each order serves them.

    Where one way is always over before another begins to count, the other is left out; where
    several are left (a unit that either of two steps opens), an order is sought for the quickest
    of them and told as it really goes, and the bound lets the claim go at once.
    """

    def __init__(
        self,
        steps: list[Step],
        units: list[UnitNeeds],
        *,
        turn: Sequence[str],
        weights: Mapping[str, int],
    ) -> None:
        self._steps, self._units, self._weights = steps, units, weights
        self._place = {step.id: i for i, step in enumerate(steps)}
        before: dict[int, frozenset[int]] = {}
        for i in (self._place[id] for id in turn):
            direct = (self._place[id] for id in steps[i].after)
            before[i] = frozenset({i}).union(*(before[k] for k in direct))
        self._ways = {each.unit: [_first(way, before) for way in each.ways] for each in units}
        self._minutes = {
            i: sum(steps[k].duration_minutes for k in all_before)
            for i, all_before in before.items()
        }

    @property
    def certain(self) -> bool:
        """Whether every claim ends in one way only."""
        return all(len(ways) == 1 for of_unit in self._ways.values() for ways in of_unit)

    def waiting(self, *, surely: bool) -> list[WaitingUnit]:
        """The units with the steps they need; `surely`: only what they need in any case."""
        found = []
        for each in self._units:
            chosen = [
                min(ways, key=self._longest)
                for ways in self._ways[each.unit]
                if len(ways) == 1 or not surely
            ]
            ids = tuple(self._steps[i].id for i in sorted(frozenset[int]().union(*chosen)))
            weight = self._weights.get(each.unit, 1)
            found.append(WaitingUnit(id=each.unit, steps=ids, weight=weight))
        return found

    def told(self, order: Sequence[str]) -> OrderTold:
        """An order, with what each step really opens."""
        ends, now = dict[int, int](), 0
        for i in (self._place[id] for id in order):
            now += self._steps[i].duration_minutes
            ends[i] = now
        opened: dict[int, list[str]] = {}
        cost = 0
        for each in self._units:
            last = max(
                min(max(ends[i] for i in way) for way in ways) for ways in self._ways[each.unit]
            )
            opened.setdefault(last, []).append(each.unit)
            cost += last * self._weights.get(each.unit, 1)
        steps = tuple(
            StepInOrder(
                id=self._steps[i].id, ends_after_minutes=end, opens=tuple(opened.get(end, ()))
            )
            for i, end in ends.items()
        )
        return OrderTold(cost=cost, steps=steps)

    def _longest(self, way: frozenset[int]) -> int:
        return sum(self._minutes[i] for i in way)


def _first(ways: Ways, before: dict[int, frozenset[int]]) -> Ways:
    """Leave out the ways that are never over before another one is."""
    kept: Ways = []
    for way in sorted(set(ways), key=lambda way: (len(way), sorted(way))):
        reach = frozenset[int]().union(*(before[i] for i in way))
        if not any(other <= reach for other in ways if other != way):
            kept.append(way)
    return kept


def _warnings(
    scene: Scene, steps: Sequence[TimedStep], opening: list[UnitNeeds]
) -> tuple[Words, ...]:
    """Surveys that would exclude every place where the fire may have begun are refused."""
    surveys = any(each.step.hold_id is None for each in steps)
    possible = possible_units(scene)
    if not surveys or scene.origin_is_established or not possible:
        return ()
    return (LAST_UNIT,) if possible <= {each.unit for each in opening} else ()

"""Survey order 勘验顺序: which pending survey first frees owners soonest.

Each pending step takes some minutes; a unit opens when the last step it waits for is done. The
order that makes Σ weight·minutes until open least is found exactly up to 12 steps, and above
that to within a factor 2, with a lower bound beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.domain.block_order import least_cost, order_in_block
from service.domain.sidney import blocks_of
from service.domain.survey_chain import Chain, bits, mask_of
from service.domain.survey_order_exact import EXACT_UP_TO, exact_order
from service.domain.survey_order_refusals import (
    OrderBreaksPrecedence,
    OrderIncomplete,
    StepNotPending,
    StepsGoRound,
    StepTwice,
    StepUnweighable,
)

MOST_MINUTES = 7 * 24 * 60
"""The longest step: a week."""
MOST_WEIGHT = 10**9
"""The largest weight: ten million yuan an hour, in fen."""
MOST_COST = 2**60
"""All weights times all minutes: what 64 bits hold, with room for the flows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A pending survey step; `after` are the steps it must follow (细项 after 初步)."""

    id: str
    duration_minutes: int
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingUnit:
    """A unit that opens when all its `steps` are done; weight 1, or the loss in fen an hour."""

    id: str
    steps: tuple[str, ...]
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedOrder:
    """An order and what comes of it: Σ weight·minutes, and unit id → minutes until it opens."""

    steps: tuple[str, ...]
    cost: int
    opens_after_minutes: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyOrder:
    """The order proposed, beside a bound no order goes below and the orders compared with.

    `is_best`: nothing better exists. `first_come` does the steps as they were listed.
    """

    proposed: WeighedOrder
    lower_bound: int
    first_come: WeighedOrder
    asked: WeighedOrder | None = None

    @property
    def is_best(self) -> bool:
        """Whether the bound proves that no order costs less."""
        return self.proposed.cost == self.lower_bound


def order_survey(
    steps: Sequence[Step],
    units: Sequence[WaitingUnit],
    *,
    asked: Sequence[str] | None = None,
    exact_up_to: int = EXACT_UP_TO,
) -> SurveyOrder:
    """Propose the order of pending steps, and compare it with the one asked and first-come.

    Source: 1|prec|Σ w·C; exact by dynamic programming, else Sidney (1975) by minimum cuts.

    Raises: StepTwice, StepNotPending, StepsGoRound, StepUnweighable, OrderIncomplete,
    OrderBreaksPrecedence.
    """
    chain = _chain(steps, units)
    place = {step.id: i for i, step in enumerate(steps)}
    best, bound = ordered(chain, exact_up_to)
    everything = (1 << len(steps)) - 1

    def weighed(order: Sequence[int]) -> WeighedOrder:
        opened = zip((unit.id for unit in units), chain.opened_at(order), strict=True)
        names = tuple(steps[i].id for i in order)
        return WeighedOrder(steps=names, cost=chain.cost(order), opens_after_minutes=dict(opened))

    return SurveyOrder(
        proposed=weighed(best),
        lower_bound=bound,
        first_come=weighed(chain.in_turn(everything)),
        asked=None if asked is None else weighed(_as_asked(asked, place, chain)),
    )


def ordered(chain: Chain, exact_up_to: int = EXACT_UP_TO) -> tuple[tuple[int, ...], int]:
    """Return an order of all steps, by index, and a bound below the cost of every order."""
    if len(chain.durations) <= exact_up_to:
        best = exact_order(chain)
        return best, chain.cost(best)
    order: list[int] = []
    done = bound = minutes = 0
    for block in blocks_of(chain):
        part, steps = chain.part(block, done), tuple(bits(block))
        inside = order_in_block(part, exact_up_to)
        bound += minutes * part.weight + least_cost(part, inside, exact_up_to)
        order += [steps[i] for i in inside]
        minutes += part.minutes
        done |= block
    return tuple(order), bound


def _chain(steps: Sequence[Step], units: Sequence[WaitingUnit]) -> Chain:
    """Number the steps, and close what each step follows and each unit needs."""
    place: dict[str, int] = {}
    for i, step in enumerate(steps):
        if step.id in place:
            raise StepTwice.at(f"/steps/{i}/id", step_id=step.id)
        if not 0 < step.duration_minutes <= MOST_MINUTES:
            raise _unweighable(f"/steps/{i}/duration_minutes")
        place[step.id] = i
    direct = [_mask(step.after, place, pointer=f"/steps/{i}/after") for i, step in enumerate(steps)]
    before = _closed(direct, steps)
    needs = []
    for i, unit in enumerate(units):
        if not 0 <= unit.weight <= MOST_WEIGHT:
            raise _unweighable(f"/units/{i}/weight")
        need = _mask(unit.steps, place, pointer=f"/units/{i}/steps")
        needs.append(need | _union(before, need))
    chain = Chain(
        durations=tuple(step.duration_minutes for step in steps),
        before=before,
        needs=tuple(needs),
        weights=tuple(unit.weight for unit in units),
    )
    if chain.weight * chain.minutes > MOST_COST:
        raise _unweighable("/units")
    return chain


def _unweighable(pointer: str) -> StepUnweighable:
    return StepUnweighable.at(pointer, most_minutes=MOST_MINUTES, most_weight=MOST_WEIGHT)


def _mask(ids: Iterable[str], place: dict[str, int], *, pointer: str) -> int:
    mask = 0
    for k, id in enumerate(ids):
        if id not in place:
            raise StepNotPending.at(f"{pointer}/{k}", step_id=id)
        mask |= 1 << place[id]
    return mask


def _union(masks: Sequence[int], of: int) -> int:
    union = 0
    for i in bits(of):
        union |= masks[i]
    return union


def _closed(direct: list[int], steps: Sequence[Step]) -> tuple[int, ...]:
    """Return everything that each step must follow. Raises: StepsGoRound."""
    closed = [0] * len(direct)
    done = 0
    while done.bit_count() < len(direct):
        ready = [i for i, mask in enumerate(direct) if not done >> i & 1 and not mask & ~done]
        if not ready:
            round_ids = [step.id for i, step in enumerate(steps) if not done >> i & 1]
            raise StepsGoRound.at("/steps", step_ids=round_ids)
        for i in ready:
            closed[i] = direct[i] | _union(closed, direct[i])
        done |= mask_of(ready)
    return tuple(closed)


def _as_asked(asked: Sequence[str], place: dict[str, int], chain: Chain) -> list[int]:
    """Return the order asked for, by index. Raises: OrderIncomplete, OrderBreaksPrecedence."""
    if sorted(asked) != sorted(place):
        raise OrderIncomplete.at("/asked")
    done, order, names = 0, [place[id] for id in asked], list(place)
    for k, step in enumerate(order):
        missing = [names[i] for i in bits(chain.before[step] & ~done)]
        if missing:
            raise OrderBreaksPrecedence.at(f"/asked/{k}", step_id=names[step], after=missing)
        done |= 1 << step
    return order

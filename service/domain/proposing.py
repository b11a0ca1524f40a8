"""From the officer's answers to the first holds: the table of rules applied, nothing decided."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.assessment import NOWHERE, Claimed, LeftOut, Proposal
from service.domain.assessment_answers import (
    Answers,
    CauseConsidered,
    CausePart,
    Explosion,
    OriginKnown,
    Spot,
    Where,
)
from service.domain.assessment_rules import Ground, ProposalRule
from service.domain.claims import Claim, claim
from service.domain.holds import COARSEST_FIX_M, Hold
from service.domain.incident_words import CAUSES
from service.domain.plan import Plan
from service.domain.plane import Axes
from service.domain.thrown_pieces import thrown_reach
from service.domain.words import Words

ORIGIN_ALONE = Words(
    "起火部位明确且无争议，只封起火部位",
    "the origin is clear and nothing is disputed: the origin alone",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRecord:
    """What is on record already: the burned area as reported, and whether anything is disputed."""

    reported: Spot | None = None
    disputed: bool = False


@dataclass(slots=True, kw_only=True)
class Proposing:
    """Holds being proposed on a plan, one rule after the other; `by` and `at` go into them."""

    plan: Plan
    axes: Axes
    rules: dict[Ground, ProposalRule]
    by: UUID
    at: datetime
    origin_alone: bool = False
    proposals: list[Proposal] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def offer(
        self, rule: Ground, id: UUID, where: Where, *, label: str = "", said: str = "", en: str = ""
    ) -> None:
        """Propose a hold by a rule, or say why not; `said` and `en` go into its ground."""
        row = self.rules[rule]
        if self.origin_alone and not row.with_clear_origin:
            self.left_out.append(LeftOut(id=id, rule=rule, label=label, why=ORIGIN_ALONE))
            return
        basis = Words(row.words(what=said).zh, row.words(what=en).en)
        hold = Hold(
            id=id,
            kind=row.kind,
            shapes=NOWHERE if where.shape is None else where.shape,
            accuracy_m=where.accuracy_m,
            margin_m=row.margin_m,
            levels=self.levels(where),
            named_units=where.named_units,
            opened_by=self.by,
            opened_at=self.at,
            ground=basis.zh,
            label=label,
            basis=basis,
        )
        self.proposals.append(self.weighed(rule, hold))

    def weighed(self, rule: Ground, hold: Hold) -> Proposal:
        """The proposal with what it would claim: by the very code that the seal uses."""
        if hold.accuracy_m > COARSEST_FIX_M:
            return Proposal(rule=rule, hold=hold)
        found = claim(self.plan, hold, axes=self.axes)
        return Proposal(
            rule=rule,
            hold=hold,
            claimed=tuple(claimed(self.plan, found)),
            questions=found.questions,
            outside_m2=found.outside_m2,
        )

    def levels(self, where: Where) -> tuple[str, ...]:
        """The levels drawn on, or those of the units named."""
        named = (self.plan.unit(id).level for id in where.named_units)
        return where.levels or tuple(dict.fromkeys(named))


def propose(proposing: Proposing, answers: Answers, on_record: OnRecord) -> Proposing:
    """Propose the first holds, in the order of the table.

    Shapes in plane metres. Raises: UnitUnknown, LevelUnknown, GroundNamed.
    """
    p = proposing
    clear = answers.origin.known is OriginKnown.CLEAR
    p.origin_alone = clear and answers.dispute_likely is False and not on_record.disputed
    for spot in answers.burned or filter(None, [on_record.reported]):
        p.offer(Ground.BURNED_AREA, spot.id, spot.where, label=spot.label)
    if answers.origin.spot is not None and answers.origin.known is not OriginKnown.UNKNOWN:
        rule = Ground.ORIGIN_CLEAR if clear else Ground.ORIGIN_PROBABLE
        p.offer(rule, answers.origin.spot.id, answers.origin.spot.where)
    for cause in answers.causes:
        _offer_cause(p, cause)
    if answers.explosion is not None:
        _offer_explosion(p, answers.explosion)
    for rule, spots in (
        (Ground.EVIDENCE, answers.evidence),
        (Ground.STRUCTURE, answers.structure),
        (Ground.LIVE_POWER, answers.live_power),
        (Ground.GAS_LEAK, filter(None, [answers.gas.leak])),
    ):
        for spot in spots:
            p.offer(rule, spot.id, spot.where, label=spot.label)
    return p


def claimed(plan: Plan, found: Claim) -> Iterator[Claimed]:
    """What a claim takes of each unit, in the plan's order."""
    for unit in plan.units():
        if unit.id in found.units:
            area = unit.shape.area if unit.id in found.whole else found.taped[unit.id].area
            yield Claimed(unit=unit.id, level=unit.level, kind=unit.kind, area_m2=area)


def _offer_cause(p: Proposing, cause: CauseConsidered) -> None:
    """Hold the parts that bear on a cause; parts on other levels, or less exact, apart.

    A hold's shape lies on all its levels: a panel in the basement must not be held upstairs.
    """
    words = CAUSES[cause.kind]
    alike: dict[tuple[Ground, tuple[str, ...], float], list[Where]] = {}
    for place in cause.places:
        rule = Ground.ELECTRICAL_FAULT if place.part is CausePart.FAULT else Ground.CAUSE
        key = (rule, p.levels(place.where), place.where.accuracy_m)
        alike.setdefault(key, []).append(place.where)
    for n, ((rule, levels, accuracy_m), places) in enumerate(alike.items()):
        where = Where(
            shape=_together([each.shape for each in places if each.shape is not None]),
            levels=levels,
            accuracy_m=accuracy_m,
            named_units=tuple(dict.fromkeys(id for each in places for id in each.named_units)),
        )
        id = cause.id if n == 0 else uuid5(cause.id, str(n))
        p.offer(rule, id, where, label=cause.label, said=words.zh, en=words.en)


def _offer_explosion(p: Proposing, explosion: Explosion) -> None:
    """Hold, on each level of the seat, as far as the pieces lie; pieces elsewhere by themselves."""
    seat = explosion.seat
    levels = p.levels(seat)
    here = [each for each in explosion.thrown if set(p.levels(each)) & set(levels)]
    id, accuracy_m = explosion.id, max([seat.accuracy_m, *(each.accuracy_m for each in here)])
    for n, level in enumerate(levels):
        pieces = [x.shape for x in here if x.shape is not None and level in p.levels(x)]
        shape = _together([seat.shape] if seat.shape is not None else _units(p, seat, level))
        reach = thrown_reach(p.plan, level, shape, pieces, axes=p.axes)
        named = [id for each in (seat, *here) for id in each.named_units]
        mine = tuple(dict.fromkeys(x for x in named if p.plan.unit(x).level == level))
        where = Where(shape=reach, levels=(level,), accuracy_m=accuracy_m, named_units=mine)
        p.offer(Ground.EXPLOSION, id if n == 0 else uuid5(id, level), where)
    for n, each in enumerate(explosion.thrown):
        if each not in here:
            p.offer(Ground.EXPLOSION, uuid5(id, f"piece {n}"), each)


def _units(p: Proposing, where: Where, level: str) -> list[BaseGeometry]:
    """The shapes of the units named on a level, where nothing is drawn."""
    units = map(p.plan.unit, where.named_units)
    return [unit.shape for unit in units if unit.level == level]


def _together(shapes: list[BaseGeometry]) -> BaseGeometry:
    return shapely.union_all(shapes) if shapes else NOWHERE

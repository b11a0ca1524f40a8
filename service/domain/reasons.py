"""Why a place is still shut, in plain words, and what would open it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from service.domain.cell import Cell
from service.domain.holds import HOLD_NAMES, HoldKind
from service.domain.plan import UnitKind
from service.domain.scene import HoldRecord, Scene
from service.domain.words import Words, quoted

CLEARED_BY = {
    HoldKind.BURNED_AREA: Words(
        "初步勘验或以后阶段排除此处为起火部位；或起火部位认定后各方均无异议",
        "a survey from the preliminary stage on excludes the origin here; "
        "or the origin is established and no party objects",
    ),
    HoldKind.CAUSE_AREA: Words(
        "排除该起火原因，或细项勘验排除此处；或起火部位认定后各方均无异议",
        "this cause is excluded, or a detailed survey excludes the place; "
        "or the origin is established and no party objects",
    ),
    HoldKind.AREA_OF_ORIGIN: Words(
        "调查结束，整个现场解除封闭", "the inquiry ends and the whole scene is released"
    ),
    HoldKind.EVIDENCE: Words(
        "两名人员在见证人在场时提取该痕迹物证", "two officers take the evidence before a witness"
    ),
    HoldKind.HAZARD: Words("有权人员确认危险已消除", "an authorised officer clears the hazard"),
    HoldKind.DISPUTE: Words("争议得到处理，或异议撤回", "the dispute is decided or withdrawn"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One live hold on a place: what it is, and what would clear it."""

    hold_id: UUID
    kind: HoldKind
    why: Words
    until: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class StillSealed:
    """A unit with something sealed: how much (m²), in how many cells (no crumbs), and why."""

    unit: str
    name: str
    level: str
    kind: UnitKind
    area_m2: float
    cells: int
    reasons: tuple[Reason, ...]


def reason(record: HoldRecord) -> Reason:
    """Say a hold in words; what an officer typed stands in quotation marks."""
    hold = record.hold
    label = quoted(hold.label) if hold.label else ""
    name = HOLD_NAMES[hold.kind]
    typed = quoted(hold.ground)
    ground = hold.basis or Words(f"理由：{typed}", f"ground: {typed}")
    return Reason(
        hold_id=hold.id,
        kind=hold.kind,
        why=Words(
            f"{name.zh}{label}（{ground.zh}）",
            f"{name.en}{' ' if label else ''}{label} ({ground.en})",
        ),
        until=CLEARED_BY[hold.kind],
    )


def reasons_of(scene: Scene, hold_ids: Iterable[UUID]) -> tuple[Reason, ...]:
    """The reasons for some holds, in the order they were opened."""
    wanted = set(hold_ids)
    return tuple(reason(each) for each in scene.live() if each.hold.id in wanted)


def still_sealed(scene: Scene) -> tuple[StillSealed, ...]:
    """Every unit with something sealed, in the plan's order; crumbs alone do not count."""
    cells: dict[str, list[Cell]] = {}
    for cell in scene.seal.cells:
        cells.setdefault(cell.unit, []).append(cell)
    return tuple(
        StillSealed(
            unit=unit.id,
            name=unit.name,
            level=unit.level,
            kind=unit.kind,
            area_m2=sum(cell.area_m2 for cell in cells[unit.id]),
            cells=sum(not cell.crumb for cell in cells[unit.id]),
            reasons=reasons_of(scene, {id for cell in cells[unit.id] for id in cell.holds}),
        )
        for unit in scene.plan.units()
        if any(not cell.crumb for cell in cells.get(unit.id, ()))
    )

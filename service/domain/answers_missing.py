"""What the officer's answers leave open that would bear on the seal."""

from collections.abc import Iterator, Mapping

from service.domain.assessment import StillToSay
from service.domain.assessment_answers import Answers, CauseConsidered, CausePart, GasState
from service.domain.incident import CauseKind
from service.domain.proposing import OnRecord
from service.domain.words import Words

Parts = Mapping[CauseKind, tuple[CausePart, ...]]

PART_NAMES = {
    CausePart.PANEL: Words("配电箱", "panel"),
    CausePart.CABLE_RUN: Words("线路走向", "cable run"),
    CausePart.FAULT: Words("电气故障点", "place of the fault"),
    CausePart.GAS_RUN: Words("燃气管路", "gas run"),
    CausePart.FLUE: Words("烟道", "flue"),
    CausePart.APPLIANCE: Words("用火用电器具", "appliance"),
    CausePart.STORE: Words("存放处", "store"),
    CausePart.PLACE: Words("有关位置", "place concerned"),
}
GAS_OPEN = {
    GasState.ON: Words("燃气尚未关断", "the gas has not been shut"),
    GasState.UNKNOWN: Words("燃气状态未知，进入前须核实", "check the gas before anybody enters"),
}


def still_to_say(answers: Answers, on_record: OnRecord, parts: Parts) -> Iterator[StillToSay]:
    """Each thing left open, with its JSON pointer; `parts` are those a cause must name."""
    if not answers.burned and on_record.reported is None:
        yield _open("burned", "未指明过火区域", "nothing says what burned")
    for n, cause in enumerate(answers.causes):
        yield from _of_cause(n, cause, parts)
    if answers.explosion is not None and not answers.explosion.thrown:
        yield _open("explosion/thrown", "未指明抛出物位置", "nothing says where thrown pieces lie")
    if answers.gas.state in GAS_OPEN:
        yield StillToSay(pointer="/answers/gas/state", what=GAS_OPEN[answers.gas.state])
    if answers.dispute_likely is None:
        zh, en = "未说明是否可能有争议", "it is not said whether a dispute is likely"
        yield _open("dispute_likely", zh, en)


def _of_cause(n: int, cause: CauseConsidered, parts: Parts) -> Iterator[StillToSay]:
    named = {place.part for place in cause.places}
    for part in parts.get(cause.kind, ()):
        if part not in named:
            name = PART_NAMES[part]
            yield _open(f"causes/{n}/places", f"未指明{name.zh}", f"the {name.en} is not named")
    if not cause.places:
        zh, en = "该原因未指明位置，不设封闭事由", "no place is named: nothing is held for it"
        yield _open(f"causes/{n}/places", zh, en)


def _open(name: str, zh: str, en: str) -> StillToSay:
    return StillToSay(pointer=f"/answers/{name}", what=Words(zh, en))

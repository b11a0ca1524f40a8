"""What mending a plan reports, in words."""

from dataclasses import dataclass
from enum import StrEnum

from service.domain.words import Words


class MendKind(StrEnum):
    """What was found on a drawn plan; MEND_WORDS says what was done about it."""

    INVALID = "invalid"
    NO_AREA = "no-area"
    GAP = "gap"
    OVERLAP = "overlap"
    SWALLOWED = "swallowed"
    OUTLINE = "outline"


MEND_WORDS = {
    MendKind.INVALID: Words(
        "单元 {units} 的边界自交，已修正，保留 {area} 平方米",
        "the boundary of {units} crosses itself; it was mended, {area} m² are kept",
    ),
    MendKind.NO_AREA: Words("单元 {units} 没有面积，未采用", "{units} has no area and is left out"),
    MendKind.GAP: Words(
        "{units} 之间不足 1 厘米的缝隙已合拢，共 {area} 平方米",
        "a gap under 1 cm beside {units} was closed, {area} m²",
    ),
    MendKind.OVERLAP: Words(
        "{units} 重叠 {area} 平方米，归前者", "{units} overlap by {area} m²; the first keeps it"
    ),
    MendKind.SWALLOWED: Words(
        "单元 {units} 完全被其他单元覆盖，未采用，面积 {area} 平方米",
        "{units} lies wholly under other units and is left out, {area} m²",
    ),
    MendKind.OUTLINE: Words(
        "没有建筑轮廓，由各单元推得；其中 {area} 平方米不属于任何单元",
        "no outline is drawn; it follows from the units, and {area} m² in it belong to none",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """One thing found and mended, or left and reported; area in m²."""

    kind: MendKind
    level: str
    units: tuple[str, ...]
    area_m2: float
    words: Words


def mended(kind: MendKind, level: str, units: tuple[str, ...], area_m2: float) -> Mend:
    """Return the report of one mend, in words."""
    words = MEND_WORDS[kind].format(units=", ".join(units), area=f"{area_m2:.4f}")
    return Mend(kind=kind, level=level, units=units, area_m2=area_m2, words=words)

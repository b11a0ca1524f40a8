"""Which features of a plan are used, as what, and under which id; the rest is said."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.plan import GROUND
from service.domain.plan_features import PlanFeature, refused
from service.domain.plan_kinds import LINKS, UNITS, FeatureKind, Meant
from service.domain.plan_notes import Notes
from service.domain.rings import LEAST_AREA_M2
from service.domain.rough_shapes import area_of
from service.domain.words import Words

WIDEST_DOOR_M = 6.0
_M_PER_DEGREE = 111_320.0


def sorted_out(read: Iterable[PlanFeature], notes: Notes) -> list[PlanFeature]:
    """The features that make the plan, their areas valid.

    Raises: PlanInvalid, when a feature called closed, open, stair or lift has no area at all.
    """
    kept: list[PlanFeature] = []
    for feature in read:
        if feature.altitudes:
            notes.add("已去掉高程", "altitudes were left out", feature.label)
        kept.extend(_sorted(feature, notes))
    return kept


def identified(features: Iterable[PlanFeature], notes: Notes) -> list[PlanFeature]:
    """The features with ids: those sent, made different where two were the same; others made.

    Levels are called by ids of their own: a level and a unit may both be "1".
    """
    waiting = list(features)
    units = _Ids({feature.id for feature in waiting if not _is_level(feature)} | {GROUND})
    units.used.add(GROUND)
    levels = _Ids({feature.id for feature in waiting if _is_level(feature)})
    found = []
    for feature in waiting:
        ids = levels if _is_level(feature) else units
        new = ids.taken_by(feature)
        if feature.id and new != feature.id:
            notes.add("编号重复，已改号", "ids used twice were changed", f"{feature.id} → {new}")
        elif not feature.id:
            notes.add("没有编号，已编号", "features without an id were given one", new)
        found.append(replace(feature, id=new))
    return found


def _is_level(feature: PlanFeature) -> bool:
    return feature.meant.kind is FeatureKind.LEVEL


class _Ids:
    """Ids given out once each; where one is taken, the next number after it that is free."""

    def __init__(self, sent: set[str | None]) -> None:
        self.known = set(sent)
        self.used: set[str] = set()
        self.numbers: Counter[str] = Counter()

    def taken_by(self, feature: PlanFeature) -> str:
        """The feature's own id, if nobody has it, or one made from it."""
        stem = feature.id or _made_id(feature)
        new = stem
        if not feature.id or stem in self.used:
            while new in self.known or new == stem:
                self.numbers[stem] += 1
                new = f"{stem}-{self.numbers[stem]}"
        self.known.add(new)
        self.used.add(new)
        return new


def _sorted(feature: PlanFeature, notes: Notes) -> Iterator[PlanFeature]:
    kind = feature.meant.kind
    if kind is FeatureKind.UNUSED:
        notes.add("未采用的要素", "features a plan has no use for were left out", feature.label)
    elif kind in UNITS | LINKS:
        yield from _with_area(feature, notes)
    elif kind is FeatureKind.LEVEL:
        outline = area_of(feature.shape) if feature.shape is not None else None
        yield replace(feature, shape=None if outline is None or outline.is_empty else outline)
    elif feature.shape is None:
        _left_out(feature, notes)
    else:
        yield feature


def _with_area(feature: PlanFeature, notes: Notes) -> Iterator[PlanFeature]:
    shape = feature.shape
    area = area_of(shape) if shape is not None else None
    if shape is None or area is None or _square_metres(area) < LEAST_AREA_M2:
        if shape is not None and _may_be_a_door(feature, shape):
            notes.add("短线按门处理", "short lines were taken for doors", feature.label)
            yield replace(feature, meant=Meant(FeatureKind.DOOR, guessed=True))
        else:
            _left_out(feature, notes)
        return
    if not shape.is_valid:
        notes.add(
            "边线自相交，已修整", "outlines that crossed themselves were mended", feature.label
        )
    if feature.meant.guessed:
        notes.add("类别不明，按封闭单元处理", "of unknown kind, taken as closed", feature.label)
    yield replace(feature, shape=area)


def _may_be_a_door(feature: PlanFeature, shape: BaseGeometry) -> bool:
    """A line no longer than the widest door, not called a unit by whoever drew it for us."""
    return (
        not feature.meant.told
        and feature.meant.kind not in LINKS
        and "Line" in shape.geom_type
        and _length_m(shape) <= WIDEST_DOOR_M
    )


def _left_out(feature: PlanFeature, notes: Notes) -> None:
    if feature.meant.told:
        raise refused(
            f"{feature.pointer}/geometry",
            Words(
                f"“{feature.label}” 没有可用的图形（类别 {feature.meant.kind}）",
                f'"{feature.label}" has no shape that a {feature.meant.kind} could have',
            ),
        )
    notes.add(
        "没有面积的要素，未采用（标注点、长线等）",
        "features without an area were left out (labels, long lines)",
        feature.label,
    )


def _made_id(feature: PlanFeature) -> str:
    return f"{feature.level or '1F'}-{feature.meant.kind}"


def _scaled(shape: BaseGeometry) -> BaseGeometry:
    """WGS 84 in metres, roughly: enough to tell a door from a fence."""
    latitude = np.radians(np.clip(shape.bounds[1], -89.0, 89.0))
    scale = np.array([_M_PER_DEGREE * np.cos(latitude), _M_PER_DEGREE])
    return shapely.transform(shape, lambda xy: xy * scale)


def _square_metres(shape: BaseGeometry) -> float:
    return 0.0 if shape.is_empty else float(_scaled(shape).area)


def _length_m(shape: BaseGeometry) -> float:
    return float(_scaled(shape).length)

"""The storeys of a plan: described by features of their own, only named, or not named at all."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.plan import Level, Unit
from service.domain.plan_features import PlanFeature
from service.domain.plan_kinds import FeatureKind
from service.domain.plan_levels import name_of, ordinals_of
from service.domain.plan_notes import Notes

Shapes = Mapping[str, BaseGeometry]
_GROUND = Level(id="1F", name="1F", ordinal=0)


@dataclass(frozen=True, slots=True)
class Storeys:
    """The levels of a plan, and which of them each word of the file means."""

    levels: tuple[Level, ...]
    by_word: Mapping[str | None, str]

    def of(self, feature: PlanFeature) -> str:
        """The id of the level that a feature lies on."""
        return self.by_word[feature.level]

    def with_units(self, units: Sequence[Unit]) -> Iterator[Level]:
        """The levels, each with its units, in the order sent."""
        lying: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in units:
            lying[unit.level].append(unit)
        for level in self.levels:
            yield replace(level, units=tuple(lying[level.id]))


def storeys_of(features: Sequence[PlanFeature], shapes: Shapes, notes: Notes) -> Storeys:
    """One level a storey; what names no level lies on the ground."""
    described = _described(features, shapes)
    lying = [x for x in features if x.meant.kind is not FeatureKind.LEVEL]
    words = [x.level for x in lying if x.level is not None and x.level not in described]
    known = dict(described)
    known.update(_named(words, notes))
    if any(x.level is None for x in lying):
        notes.add(
            "未注明楼层的要素归入地面层", "features that name no level lie on the ground level"
        )
        on_ground = [level for level in known.values() if level.ordinal == 0]
        known[None] = on_ground[0] if on_ground else _free_ground(known)
    return _one_a_storey(known, notes)


def _described(features: Sequence[PlanFeature], shapes: Shapes) -> dict[str | None, Level]:
    """The levels that have a feature of their own; an outdoor level is no building's outline."""
    found = [x for x in features if x.meant.kind is FeatureKind.LEVEL]
    ids = {x.id: x for x in found if x.id is not None}
    ordinals, _ = ordinals_of(x.name or x.id or "" for x in found)
    levels: dict[str | None, Level] = {}
    for id, feature in ids.items():
        stated = feature.sent.get("ordinal")
        ordinal = ordinals[feature.name or id]
        if isinstance(stated, int | float) and abs(stated) < 1000:
            ordinal = int(stated)
        outline = None if feature.sent.get("outdoor") is True else shapes.get(feature.pointer)
        name = feature.name or name_of(ordinal)
        levels[id] = Level(id=id, name=name, ordinal=ordinal, outline=outline)
    return levels


def _named(words: Sequence[str], notes: Notes) -> dict[str | None, Level]:
    ordinals, guessed = ordinals_of(words)
    levels: dict[str | None, Level] = {}
    for word, ordinal in ordinals.items():
        if word in guessed:
            about = f"{word} = {name_of(ordinal)}"
            notes.add("楼层由编号推定", "storeys were told from their numbers", about)
        name = name_of(ordinal) if word.lstrip("+-").isdecimal() else word
        levels[word] = Level(id=word, name=name, ordinal=ordinal)
    return levels


def _free_ground(known: Mapping[str | None, Level]) -> Level:
    taken = {level.id for level in known.values()}
    return _GROUND if _GROUND.id not in taken else replace(_GROUND, id="1F-0")


def _one_a_storey(known: Mapping[str | None, Level], notes: Notes) -> Storeys:
    """Levels of one ordinal (a second building's, the outdoors) become one."""
    by_ordinal: dict[int, Level] = {}
    for level in known.values():
        first = by_ordinal.setdefault(level.ordinal, level)
        if first.id != level.id:
            notes.add("同一层的楼层已合并", "levels of one storey were joined", level.name)
            by_ordinal[level.ordinal] = replace(first, outline=_joined(first, level))
    levels = tuple(by_ordinal[ordinal] for ordinal in sorted(by_ordinal))
    return Storeys(levels, {word: by_ordinal[x.ordinal].id for word, x in known.items()})


def _joined(first: Level, second: Level) -> BaseGeometry | None:
    outlines = [level.outline for level in (first, second) if level.outline is not None]
    return shapely.union_all(outlines) if outlines else None

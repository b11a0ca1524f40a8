"""Drawings (DXF) as the features of a plan: one drawing a storey, placed by control points.

Closed polylines on the layers of rooms become units; a text inside names the smallest one
around it. What comes out is WGS 84, as any other plan that is read.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely
from shapely import LineString, Polygon, STRtree

from service.domain.errors import Fault, PlanInvalid
from service.domain.plan_control_points import PointGiven, on_plane
from service.domain.plan_drawing import UNITS_M, Drawing, DrawnRing
from service.domain.plan_features import ID_LIMIT, NAME_LIMIT, PlanFeature
from service.domain.plan_fitting import Fit, FitKind, fit
from service.domain.plan_kinds import OPENINGS, FeatureKind, Meant
from service.domain.plan_layers import LayerWords
from service.domain.plan_notes import Notes
from service.domain.plan_refusals import DrawingUnitWrong
from service.domain.plane import Plane, to_wgs84
from service.domain.words import Words

SCALE_BELIEVED = (0.8, 1.25)
"""Outside this, the control points contradict the drawing's unit."""
SCALE_SAID = 0.01
"""A drawing that is stretched by more than this is said to be."""
NO_ROOMS = frozenset({None, FeatureKind.UNUSED}) | OPENINGS
Ring = tuple[DrawnRing, FeatureKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """How one drawing is to be read: its storey, its layers' kinds, its control points.

    `unit` is the word for the unit it is drawn in, where the sender says so.
    """

    pointer: str
    level: str
    points: tuple[PointGiven, ...]
    layers: Mapping[str, FeatureKind]
    unit: str | None = None


def features_of_drawings(
    drawn: Sequence[tuple[Sheet, Drawing]], *, plane: Plane, layers: LayerWords, notes: Notes
) -> list[PlanFeature]:
    """The features of all drawings; what two of them, or two rooms, share as a name is no id.

    Raises: PlanInvalid, PlanTooFar, DrawingUnitWrong, PointsTooFew, PointsCoincide, PointsMirrored.
    """
    found: list[PlanFeature] = []
    for sheet, drawing in drawn:
        placed = _placed(sheet, drawing, plane, notes)
        rings = list(_rings(sheet, drawing, layers, notes))
        found.extend(_features(sheet, drawing, rings, placed, plane))
        found.extend(_doors(sheet, drawing, layers, placed, plane, notes))
    times = Counter(feature.name for feature in found)
    return [
        replace(each, id=each.name)
        if each.name and times[each.name] == 1 and len(each.name) <= ID_LIMIT
        else each
        for each in found
    ]


def _placed(sheet: Sheet, drawing: Drawing, plane: Plane, notes: Notes) -> Fit:
    """The similarity by which the drawing, in metres, lies on the plane."""
    points = on_plane(sheet.points, plane=plane, unit_m=UNITS_M[drawing.unit])
    here = f"{sheet.pointer}/points"
    found = fit(points, kind=FitKind.SIMILARITY, y_is_down=False, pointer=here)
    least, most = SCALE_BELIEVED
    if not least <= found.scale <= most:
        raise _unit_wrong(sheet, drawing, found.scale)
    if abs(found.scale - 1) > SCALE_SAID:
        notes.add(
            "按控制点缩放了图纸",
            "a drawing was stretched to its control points",
            f"{sheet.level} × {found.scale:.4f}",
        )
    for words in (*drawing.notes, *found.warnings()):
        notes.add(words.zh, words.en, sheet.level)
    if found.rms_m is not None:
        notes.add(
            "控制点误差（均方根）",
            "how far control points are off (root mean square)",
            f"{sheet.level} {found.rms_m:.3f} m",
        )
    return found


def _rings(
    sheet: Sheet, drawing: Drawing, layers: LayerWords, notes: Notes
) -> Iterator[tuple[DrawnRing, FeatureKind]]:
    """The rings on layers whose kind is known; the others, and what is no ring there, are said."""
    kinds = {ring.layer: layers.kind_of(ring.layer, sheet.layers) for ring in drawing.rings}
    used = {layer for layer, kind in kinds.items() if kind not in NO_ROOMS}
    if not used:
        raise _no_layer(sheet, drawing)
    counted = Counter(ring.layer for ring in drawing.rings if ring.layer not in used)
    for layer, count in sorted(counted.items()):
        notes.add("未采用的图层", "layers that were not used", f"{layer} ({count})")
    for each in drawing.left_out:
        kind = layers.kind_of(each.layer, sheet.layers)
        about = f"{each.layer}: {each.count} {each.what}"
        if kind in OPENINGS:
            notes.add("门只取单独的直线，未采用", "doors are single lines; left out", about)
        elif kind not in NO_ROOMS:
            notes.add("不是闭合多段线，未采用", "no closed polylines, left out", about)
    for ring in drawing.rings:
        kind = kinds[ring.layer]
        if ring.layer in used and kind is not None:
            if ring.gap_m > 0:
                about = f"{ring.handle} ({ring.gap_m * 100:.1f} cm)"
                notes.add("未闭合的多段线已闭合", "polylines with open ends were closed", about)
            yield ring, kind


def _features(
    sheet: Sheet, drawing: Drawing, rings: Sequence[Ring], placed: Fit, plane: Plane
) -> Iterator[PlanFeature]:
    shapes = [Polygon(ring.xy) for ring, _ in rings]
    names = _names(drawing, rings, shapes)
    for number, (ring, kind) in enumerate(rings):
        is_level = kind is FeatureKind.LEVEL
        sent: dict[str, Any] = {}
        yield PlanFeature(
            pointer=f"{sheet.pointer}/entities/{ring.handle}",
            id=sheet.level if is_level else f"{sheet.level}-{ring.handle}",
            level=None if is_level else sheet.level,
            name=sheet.level if is_level else names.get(number),
            meant=Meant(kind),
            shape=to_wgs84(placed.onto(shapes[number]), plane=plane),
            sent=sent,
        )


def _doors(
    sheet: Sheet, drawing: Drawing, layers: LayerWords, placed: Fit, plane: Plane, notes: Notes
) -> Iterator[PlanFeature]:
    """The lines on layers of doors or exits; on layers of rooms they are left out, and said."""
    stray = Counter[str]()
    for line in drawing.lines:
        kind = layers.kind_of(line.layer, sheet.layers)
        if kind in OPENINGS:
            yield PlanFeature(
                pointer=f"{sheet.pointer}/entities/{line.handle}",
                id=f"{sheet.level}-{line.handle}",
                level=sheet.level,
                name=None,
                meant=Meant(kind),
                shape=to_wgs84(placed.onto(LineString(line.xy)), plane=plane),
                sent={},
            )
        elif kind not in NO_ROOMS:
            stray[line.layer] += 1
    for layer, count in sorted(stray.items()):
        notes.add(
            "不是闭合多段线，未采用", "no closed polylines, left out", f"{layer}: {count} LINE"
        )


def _names(drawing: Drawing, rings: Sequence[Ring], shapes: Sequence[Polygon]) -> dict[int, str]:
    """What is written in each ring, read from the top; a text belongs to the smallest around it."""
    tree = STRtree(shapely.make_valid(list(shapes)))
    written: defaultdict[int, list[tuple[float, float, str]]] = defaultdict(list)
    for text in drawing.texts:
        around = [
            number
            for number in tree.query(shapely.Point(text.x, text.y), predicate="intersects").tolist()
            if rings[number][1] is not FeatureKind.LEVEL
        ]
        if around:
            smallest = min(around, key=lambda number: (shapes[number].area, number))
            written[smallest].append((-text.y, text.x, text.text))
    return {
        number: " ".join(text for *_, text in sorted(texts))[:NAME_LIMIT].strip()
        for number, texts in written.items()
    }


def _unit_wrong(sheet: Sheet, drawing: Drawing, scale: float) -> DrawingUnitWrong:
    metres = UNITS_M[drawing.unit] * scale
    nearest = min(UNITS_M, key=lambda unit: abs(UNITS_M[unit] - metres))
    return DrawingUnitWrong(
        Fault(
            f"{sheet.pointer}/unit",
            Words(
                f"图纸单位为 {drawing.unit}，而按控制点，一个单位约为 {metres:.4g} 米",
                f"the unit is {drawing.unit}, but by the control points it is {metres:.4g} m",
            ),
            Words(
                f"请核对控制点，或填写 unit（可能是 {nearest}）",
                f"check the control points, or send unit (it may be {nearest})",
            ),
        ),
        metres_per_unit=metres,
    )


def _no_layer(sheet: Sheet, drawing: Drawing) -> PlanInvalid:
    counted = Counter(ring.layer for ring in drawing.rings)
    listed = ", ".join(f"{layer} ({count})" for layer, count in sorted(counted.items()))
    return PlanInvalid(
        Fault(
            f"{sheet.pointer}/layers",
            Words(
                f"没有认得的房间图层；有闭合多段线的图层：{listed or '无'}",
                f"no layer is known to hold rooms; closed polylines lie on: {listed or 'none'}",
            ),
            Words('请用 layers 指明，如 {"A-1": "closed"}', 'say so in layers: {"A-1": "closed"}'),
        ),
        layers=sorted(counted),
    )

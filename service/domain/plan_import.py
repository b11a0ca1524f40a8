"""A plan from outside (our GeoJSON, looser GeoJSON, IMDF, DXF) as a DrawnPlan in the scene's plane.

Nothing is lost silently: what was mended, guessed or left out is said in the notes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from service.domain.coordinates import SYSTEMS
from service.domain.depth import check_depth, token
from service.domain.errors import Fault, PlanInvalid
from service.domain.plan import DrawnPlan
from service.domain.plan_drawing import Drawing
from service.domain.plan_dxf import Sheet, features_of_drawings
from service.domain.plan_features import PlanFeature, read_feature
from service.domain.plan_imdf import features_of_archive
from service.domain.plan_kinds import FeatureKind
from service.domain.plan_layers import LayerWords
from service.domain.plan_limits import must_be_mendable
from service.domain.plan_notes import Notes
from service.domain.plan_placing import Placement, place
from service.domain.plan_sorting import identified, sorted_out
from service.domain.plan_storeys import storeys_of
from service.domain.plan_units import openings_of, units_of
from service.domain.plane import Plane
from service.domain.words import Words

FEATURE_LIMIT = 20_000
POSITION_LIMIT = 200_000
"""In all features together; a shopping centre of 1,000 units has 20,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedPlan:
    """The plan as drawn, in metres of the scene's plane, and what had to be said of it."""

    plan: DrawnPlan
    notes: tuple[Words, ...]


def import_geojson(
    document: object,
    *,
    plane: Plane,
    placement: Placement | None = None,
    crs: str = "WGS84",
    pointer: str = "",
) -> ImportedPlan:
    """Read a FeatureCollection whose coordinates are in `crs`, or in the system it names itself.

    Raises: PlanInvalid, GeometryInvalid, NestedTooDeep, PlanTooFar.
    """
    check_depth(document, pointer=pointer)
    features = features_in(document, pointer)
    named = _system_of(document, crs, pointer)
    read = [read_feature(sent, here, crs=named) for here, sent in features]
    return _imported(read, plane=plane, placement=placement, notes=Notes())


def import_imdf(
    files: dict[str, object],
    *,
    plane: Plane,
    placement: Placement | None = None,
    pointer: str = "",
) -> ImportedPlan:
    """Read an IMDF archive: its parsed files by name ("unit.geojson").

    Raises: PlanInvalid, GeometryInvalid, NestedTooDeep, PlanTooFar.
    """
    for name, document in files.items():
        check_depth(document, pointer=f"{pointer}/{token(name)}")
    collections = {
        name: list(features_in(document, f"{pointer}/{token(name)}"))
        for name, document in files.items()
        if name != "manifest.json"
    }
    sent = features_of_archive(collections)
    return _imported(
        [read_feature(feature, here, crs="WGS84") for here, feature in sent],
        plane=plane,
        placement=placement,
        notes=Notes(),
    )


def import_dxf(
    drawn: Sequence[tuple[Sheet, Drawing]], *, plane: Plane, layers: LayerWords
) -> ImportedPlan:
    """Take drawings for storeys, each placed by its control points.

    Raises: PlanInvalid, PlanTooFar, GeometryInvalid, and what plan_fitting.py refuses points for.
    """
    notes = Notes()
    read = features_of_drawings(drawn, plane=plane, layers=layers, notes=notes)
    return _imported(read, plane=plane, placement=None, notes=notes)


def features_in(document: object, pointer: str) -> list[tuple[str, object]]:
    """The features of a FeatureCollection, each with its pointer. Raises: PlanInvalid."""
    sent = document.get("features") if isinstance(document, dict) else None
    if not isinstance(sent, list) or len(sent) > FEATURE_LIMIT:
        raise PlanInvalid(
            Fault(
                f"{pointer}/features",
                Words(
                    f"此处应为 GeoJSON FeatureCollection，要素不超过 {FEATURE_LIMIT:,} 个",
                    f"a FeatureCollection of at most {FEATURE_LIMIT:,} features is expected",
                ),
                Words(
                    "请提交 GeoJSON 平面图或 IMDF 压缩包", "send a GeoJSON plan or an IMDF archive"
                ),
            )
        )
    return [(f"{pointer}/features/{index}", feature) for index, feature in enumerate(sent)]


def _imported(
    read: Sequence[PlanFeature],
    *,
    plane: Plane,
    placement: Placement | None,
    notes: Notes,
) -> ImportedPlan:
    _must_not_be_huge(read)
    kept = identified(sorted_out(read, notes), notes)
    drawn = [feature for feature in kept if feature.shape is not None]
    located = [(feature.pointer, feature.shape) for feature in drawn if feature.shape is not None]
    shapes = place(located, plane=plane, placement=placement)
    in_plane = {feature.pointer: shape for feature, shape in zip(drawn, shapes, strict=True)}
    storeys = storeys_of(kept, in_plane, notes)
    units = units_of(kept, in_plane, storeys, notes)
    levels = tuple(storeys.with_units(units))
    must_be_mendable(levels)
    openings = openings_of(kept, in_plane, storeys, units, notes)
    outlined = any(feature.meant.kind is FeatureKind.LEVEL for feature in drawn)
    if kept and not units and not outlined:
        raise PlanInvalid(
            Fault(
                "/features",
                Words(
                    "平面图中没有单元，也没有楼层轮廓", "the plan has neither a unit nor an outline"
                ),
                Words("请画出至少一个房间或楼层轮廓", "draw a room, or the outline of a level"),
            )
        )
    return ImportedPlan(plan=DrawnPlan(levels=levels, openings=openings), notes=notes.told())


def _must_not_be_huge(read: Sequence[PlanFeature]) -> None:
    """Raises: PlanInvalid, at the feature with which there are too many positions."""
    count = 0
    for feature in read:
        count += 0 if feature.shape is None else int(shapely.get_num_coordinates(feature.shape))
        if count > POSITION_LIMIT:
            raise PlanInvalid(
                Fault(
                    feature.pointer,
                    Words(
                        f"坐标点合计超过 {POSITION_LIMIT:,} 个",
                        f"more than {POSITION_LIMIT:,} positions in all",
                    ),
                    Words(
                        "请只留下房间轮廓，并简化曲线",
                        "leave the outlines of rooms only, and simplify curves",
                    ),
                )
            )


def _system_of(document: object, crs: str, pointer: str) -> str:
    """The system the file names itself (our word, or the old `crs` member), or else `crs`."""
    named = document.get("crs") if isinstance(document, dict) else None
    if isinstance(named, dict):
        properties = named.get("properties")
        named = properties.get("name") if isinstance(properties, dict) else None
        code = str(named).rpartition(":")[2]
        named = "WGS84" if code in ("CRS84", "CRS84h", "4326") else f"EPSG:{code}"
    system = named or crs
    if not isinstance(system, str) or system not in SYSTEMS:
        raise PlanInvalid(
            Fault(
                f"{pointer}/crs",
                Words("不认识的坐标系", "the coordinate system is not known here"),
                Words(
                    "请用 WGS84、GCJ02、BD09、CGCS2000 或 EPSG:4513–4554",
                    "use WGS84, GCJ02, BD09, CGCS2000 or EPSG:4513 to 4554",
                ),
            )
        )
    return system

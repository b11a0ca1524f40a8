"""Strategies for GeoJSON: documents that are nearly right, and any JSON at all."""

from typing import Any

from hypothesis import strategies as st

TYPES = ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"]

oddities: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, "", "111.66", "null", float("nan"), float("inf"), 10**400, -1e308, 1e-320, [], {}]
)
numbers = (
    st.floats(111.65, 111.67)
    | st.sampled_from([111.66, 111.661, 40.81, 40.811, 0, 0.0, 180, -90])
    | oddities
)
positions = (
    st.tuples(
        st.sampled_from([111.660, 111.661, 111.662]), st.sampled_from([40.810, 40.811, 40.812])
    ).map(list)
    | st.lists(numbers, max_size=4)
    | oddities
)
rows = st.lists(positions, max_size=8) | oddities
rings = st.lists(rows, max_size=3) | oddities
coordinates = positions | rows | rings | st.lists(rings, max_size=3)


def _geometry(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {"type": st.just("GeometryCollection"), "geometries": st.lists(inner, max_size=3)}
    )


plain_geometries = st.fixed_dictionaries(
    {"type": st.sampled_from(TYPES) | oddities, "coordinates": coordinates},
    optional={"bbox": oddities, "extra": oddities},
)
geometries = st.recursive(plain_geometries, _geometry, max_leaves=4)

any_json: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "coordinates", "geometries", "features", "properties", "id"])
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)

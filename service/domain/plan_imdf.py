"""An IMDF archive's files as one row of features, shops' names put on their units.

IMDF 1.0.0 (OGC 20-094): a level by its id, units and openings by level_id, the name of a shop in
an occupant that stands on an anchor in a unit.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from service.domain.plan_features import text_of

Sent = Sequence[tuple[str, object]]
_READ = ("level", "unit", "kiosk", "opening")


def features_of_archive(collections: Mapping[str, Sent]) -> list[tuple[str, object]]:
    """The features of levels, units, kiosks and openings, each with its pointer."""
    by_type = {name.removesuffix(".geojson"): sent for name, sent in collections.items()}
    names = _occupants(by_type)
    found: list[tuple[str, object]] = []
    for kind in _READ:
        for pointer, sent in by_type.get(kind, ()):
            found.append((pointer, _typed(sent, kind, names)))
    return found


def _typed(sent: object, kind: str, names: Mapping[str, object]) -> object:
    """The feature with its type stated, and its occupant's name where it has none of its own."""
    if not isinstance(sent, dict):
        return sent
    properties = _properties(sent)
    properties.pop("kind", None)
    if text_of(properties.get("name")) is None:
        properties["name"] = names.get(text_of(sent.get("id")) or "", properties.get("alt_name"))
    return {**sent, "properties": {**properties, "feature_type": kind}}


def _occupants(by_type: Mapping[str, Sent]) -> dict[str, object]:
    """The name of the occupant of each unit that has one."""
    unit_of_anchor = {
        text_of(sent.get("id")): text_of(_properties(sent).get("unit_id"))
        for _, sent in by_type.get("anchor", ())
        if isinstance(sent, dict)
    }
    names: dict[str, object] = {}
    for _, sent in by_type.get("occupant", ()):
        properties = _properties(sent)
        unit = unit_of_anchor.get(text_of(properties.get("anchor_id")))
        if unit is not None:
            names[unit] = properties.get("name")
    return names


def _properties(sent: object) -> dict[str, Any]:
    properties = sent.get("properties") if isinstance(sent, dict) else None
    return dict(properties) if isinstance(properties, dict) else {}

"""What a feature of a plan is: in our own words, in IMDF's, or in those of looser files."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class FeatureKind(StrEnum):
    """The kinds of a plan's features; `level` carries a storey's outline, name and ordinal."""

    CLOSED = "closed"
    OPEN = "open"
    DOOR = "door"
    STAIR = "stair"
    LIFT = "lift"
    EXIT = "exit"
    LEVEL = "level"
    UNUSED = "unused"


OWN_KINDS = frozenset(FeatureKind) - {FeatureKind.UNUSED}
UNITS = frozenset({FeatureKind.CLOSED, FeatureKind.OPEN})
LINKS = frozenset({FeatureKind.STAIR, FeatureKind.LIFT})
OPENINGS = frozenset({FeatureKind.DOOR, FeatureKind.EXIT})

_WORDS = {
    FeatureKind.OPEN: (
        "walkway ramp lobby foyer opentobelow outdoors parking courtyard unenclosedarea concourse "
        "corridor hall hallway yard"
    ),
    FeatureKind.STAIR: "stairs stair staircase steps escalator",
    FeatureKind.LIFT: "elevator lift",
    FeatureKind.DOOR: "opening door pedestrian automobile bicycle service pedestrian.transit",
    FeatureKind.EXIT: "emergencyexit exit entrance pedestrian.principal",
    FeatureKind.LEVEL: "level",
    FeatureKind.UNUSED: (
        "venue building footprint address amenity anchor detail facility fixture geofence "
        "manifest occupant relationship section"
    ),
    FeatureKind.CLOSED: "unit room kiosk shop store office",
}
_BY_WORD = {word: kind for kind, words in _WORDS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Meant:
    """A feature's kind; `told` in our own words, or else read from others; `guessed` if neither."""

    kind: FeatureKind
    told: bool = False
    guessed: bool = False


def meant_by(properties: Mapping[str, str]) -> Meant | None:
    """The kind of a feature by its cleaned properties; None when `kind` is no word of ours.

    IMDF's category says more than its feature type, save that every category of a unit that is
    not known to be open, or to link levels, is closed.
    """
    own = properties.get("kind")
    if own is not None:
        return Meant(FeatureKind(own), told=True) if own in OWN_KINDS else None
    of_type = _BY_WORD.get(properties.get("feature_type", "").lower())
    if of_type in (FeatureKind.UNUSED, FeatureKind.LEVEL):
        return Meant(of_type)
    of_category = _BY_WORD.get(properties.get("category", "").lower())
    if of_type is FeatureKind.DOOR:
        return Meant(of_category if of_category is FeatureKind.EXIT else FeatureKind.DOOR)
    if of_category is not None and of_category not in OPENINGS:
        return Meant(of_category)
    return Meant(of_type or FeatureKind.CLOSED, guessed=of_type is None)

"""A fire as reported: the record that is corrected until it is decided, then frozen."""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from service.domain.located import Located
from service.domain.party import Party
from service.domain.statement import Statement


class State(StrEnum):
    """Where an incident stands; what is decided is not corrected any more."""

    OPEN = "open"
    REGISTERED = "registered"
    SIMPLIFIED = "simplified"
    INVESTIGATING = "investigating"
    STRUCK_OFF = "struck_off"
    JOINED = "joined"
    HANDED_OVER = "handed_over"


class PlaceKind(StrEnum):
    """Kind of place 场所类别."""

    DWELLING = "dwelling"
    ASSEMBLY = "assembly"
    FACTORY_OR_STORE = "factory_or_store"
    VEHICLE = "vehicle"
    OUTDOORS = "outdoors"
    OTHER = "other"


class CauseKind(StrEnum):
    """Cause 起火原因."""

    ELECTRICAL = "electrical"
    CARELESS_USE_OF_FIRE = "careless_use_of_fire"
    SMOKING = "smoking"
    EMBERS = "embers"
    PLAYING_WITH_FIRE = "playing_with_fire"
    SPONTANEOUS = "spontaneous"
    PRODUCTION_WORK = "production_work"
    LIGHTNING = "lightning"
    STATIC = "static"
    ARSON = "arson"
    UNKNOWN = "unknown"
    OTHER = "other"


class UtilityKind(StrEnum):
    """What premises are supplied with."""

    GAS = "gas"
    POWER = "power"
    WATER = "water"


class UtilityState(StrEnum):
    """Whether gas, power or water is on."""

    ON = "on"
    OFF = "off"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it burned; `division_code` is the county's six digits (GB/T 2260)."""

    location: Located
    address: str
    division_code: str
    kind: PlaceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """`official_code` is the six-digit code of GA/T 974.33-2011, where one is known."""

    kind: CauseKind
    official_code: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where it began 起火部位: described, and placed."""

    text: str
    location: Located | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LossItem:
    """One thing lost, in whole fen."""

    what: str
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Direct property loss: itemised, or estimated as a whole (XF 185-2014, 5.2.2)."""

    items: tuple[LossItem, ...] = ()
    whole_fen: int | None = None

    def total(self) -> int | None:
        """In fen: the whole where it was estimated, else the items; None when neither is known."""
        if self.whole_fen is not None:
            return self.whole_fen
        return sum(item.amount_fen for item in self.items) if self.items else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Casualties:
    """People dead and injured; None is not known yet."""

    dead: int | None = None
    injured: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Utility:
    """One supply: its state, and who restored it when."""

    state: UtilityState = UtilityState.UNKNOWN
    restored_by: str | None = None
    restored_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Utilities:
    """The supplies of the premises."""

    gas: Utility = Utility()
    power: Utility = Utility()
    water: Utility = Utility()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitConcerned:
    """A room, shop or flat the fire concerns, before (or without) any plan."""

    id: str
    name: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedHazard:
    """A danger met at some units: they stay shut until it is cleared."""

    id: UUID
    what: str
    unit_ids: tuple[str, ...]
    cleared_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """A recorded hazard is over, on whose word, on what ground."""

    hazard_id: UUID
    cleared_at: datetime
    ground: str
    officer_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoration:
    """A supply is on again: by whom, and which officer noted it."""

    id: UUID
    utility: UtilityKind
    restored_at: datetime
    restored_by: str
    officer_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the crew reports of a fire: the part of an incident that a correction replaces.

    Facts that decide are three-valued: None is not known yet. Times are aware UTC.
    """

    drill: bool
    called_at: datetime
    response_ended_at: datetime | None
    place: Place
    burned_area: Located | None
    cause: Cause | None
    origin: Origin | None
    account: str
    loss: Loss | None
    casualties: Casualties
    arson_suspected: bool | None
    liability_disputed: bool | None
    facts_disputed: bool | None
    wide_social_effect: bool | None
    utilities: Utilities
    units: tuple[UnitConcerned, ...]
    hazards: tuple[RecordedHazard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Report):
    """One fire. `version` counts every change, of parties and statements too, from 1.

    `joined_to` is the kept record when this one was a double report; `joined` are the
    double reports this one took in: their photos and statements stay with them.
    `clearances` and `restorations` came after the report, also after it was frozen elsewhere.
    """

    id: UUID
    station_id: UUID
    station_path: str
    version: int
    state: State
    parties: tuple[Party, ...] = ()
    statements: tuple[Statement, ...] = ()
    joined_to: UUID | None = None
    joined: tuple[UUID, ...] = ()
    clearances: tuple[Clearance, ...] = ()
    restorations: tuple[Restoration, ...] = ()

    @property
    def report(self) -> Report:
        """The replaceable part alone, to be compared or carried over."""
        return Report(**{part.name: getattr(self, part.name) for part in fields(Report)})

    def party(self, party_id: UUID) -> Party | None:
        """The party of that id, if it is on record."""
        return next((party for party in self.parties if party.id == party_id), None)

    def statement(self, statement_id: UUID) -> Statement | None:
        """The statement of that id, if it is on record."""
        return next((made for made in self.statements if made.id == statement_id), None)

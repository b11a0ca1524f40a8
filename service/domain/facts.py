"""The facts that triage judges by: flat, so that a phone can hold the same ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from service.domain.incident import CauseKind, Incident
from service.domain.people import PostKind
from service.domain.statement import Objection, Statement

Seen = int | bool | None
"""A fact as seen: a number, yes or no, or not known yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a fire, for triage; None is not known yet. Money is in fen.

    `national_station`: a station 站 of the brigade tree attended, not an office above one.
    `province` is the six-digit code of the province (GB/T 2260). `photos` is the sum over
    all views; `statements` counts people heard; `void_signatures` those to be signed again.
    """

    province: str
    national_station: bool
    dead: int | None
    injured: int | None
    loss_fen: int | None
    arson_suspected: bool | None
    liability_disputed: bool | None
    facts_disputed: bool | None
    wide_social_effect: bool = False
    origin_described: bool = False
    origin_placed: bool = False
    burned_area: bool = False
    photos: int = 0
    photos_setting: int = 0
    photos_overview: int = 0
    photos_key_part: int = 0
    photos_detail: int = 0
    statements: int = 0
    facts_told: int = 0
    account: bool = False
    void_signatures: int = 0
    id_numbers_missing: int = 0
    loss_itemised: bool = False
    cause_stated: bool = False


def facts_of(
    incident: Incident, photo_counts: Mapping[str, int], *, attended: PostKind = PostKind.STATION
) -> Facts:
    """Read the facts off an incident; `photo_counts` maps a kind of view to a number.

    `attended` is the kind of post whose fire it is: the tree is that of the national force.

    A party's objection makes both the liability and the facts disputed, whatever the crew
    noted; a witness's does not. Where the crew noted neither, no objection of every party
    counts as no dispute. Arson noted as the cause is a suspicion of it.
    """
    disputed = _dispute_stated(incident)
    arson = incident.cause is not None and incident.cause.kind is CauseKind.ARSON
    loss, origin = incident.loss, incident.origin
    parties = tuple(p for p in incident.parties if not p.is_witness)
    return Facts(
        province=f"{incident.place.division_code[:2]}0000",
        national_station=attended is PostKind.STATION,
        dead=incident.casualties.dead,
        injured=incident.casualties.injured,
        loss_fen=None if loss is None else loss.total(),
        arson_suspected=True if arson else incident.arson_suspected,
        liability_disputed=_either(incident.liability_disputed, disputed),
        facts_disputed=_either(incident.facts_disputed, disputed),
        wide_social_effect=incident.wide_social_effect is True,
        origin_described=origin is not None and bool(origin.text.strip()),
        origin_placed=origin is not None and origin.location is not None,
        burned_area=incident.burned_area is not None,
        photos=sum(photo_counts.values()),
        photos_setting=photo_counts.get("setting", 0),
        photos_overview=photo_counts.get("overview", 0),
        photos_key_part=photo_counts.get("key_part", 0),
        photos_detail=photo_counts.get("detail", 0),
        statements=len(incident.statements),
        facts_told=sum(s.facts_heard for s in incident.statements),
        account=bool(incident.account.strip()),
        void_signatures=sum(s.must_be_signed_again for s in incident.statements),
        id_numbers_missing=sum(not p.id_number for p in parties),
        loss_itemised=loss is not None and bool(loss.items),
        cause_stated=incident.cause is not None and incident.cause.kind is not CauseKind.UNKNOWN,
    )


def views_held(incident: Incident) -> tuple[Statement, ...]:
    """The latest view of each party on the facts told; witnesses have none that counts."""
    parties = {p.id for p in incident.parties if not p.is_witness}
    latest: dict[object, Statement] = {}
    for statement in sorted(incident.statements, key=_heard_at):
        if statement.objection is not Objection.NONE and statement.party_id in parties:
            latest[statement.party_id] = statement
    return tuple(latest.values())


def _dispute_stated(incident: Incident) -> bool | None:
    """True when a party objects, False when every party has no objection, else not known."""
    views = [s.objection for s in views_held(incident)]
    if Objection.OBJECTION in views:
        return True
    everybody = sum(not p.is_witness for p in incident.parties)
    return False if views and len(views) == everybody else None


def _either(noted: bool | None, stated: bool | None) -> bool | None:
    """A dispute noted or stated is one; else what was noted, else what was stated."""
    if noted or stated:
        return True
    return stated if noted is None else noted


def _heard_at(statement: Statement) -> datetime:
    return statement.heard_at.astimezone(UTC)

"""Decisions on supervised access: asked, granted or refused, made. The seal stays as it is."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from service.domain.access import (
    Access,
    AccessAsked,
    AccessGranted,
    AccessRefused,
    Denial,
    Entry,
    EntryRecorded,
    Grant,
)
from service.domain.access_text import access_text
from service.domain.canonical import digest_of
from service.domain.custody import Custody, found
from service.domain.custody_refusals import (
    AccessDecided,
    AccessNotGranted,
    AccessTooFarAhead,
    AccessUnknown,
    AccessWindowWrong,
    CustodyInvalid,
    EntryPhotoNeeded,
    HazardNotAcknowledged,
    OutsideTheWindow,
    OwnUnitsOnly,
    TooManyAsked,
    UnitNotSealed,
)
from service.domain.errors import Fault
from service.domain.holds import HoldKind
from service.domain.report_checks import time_faults
from service.domain.scene import Scene
from service.domain.signing import check_signed
from service.domain.statement import Signature, all_voided, binding
from service.domain.words import Words

LONGEST_AHEAD = timedelta(days=365)
"""A window beyond this is a slip of the year: no seal is planned so far ahead."""


def known_access(custody: Custody, access_id: UUID) -> Access:
    """Return one access. Raises: AccessUnknown."""
    access = found(custody.accesses, access_id)
    if access is None:
        raise AccessUnknown.at("/access_id")
    return access


def ask_access(asked: Access, *, scene: Scene, now: datetime) -> AccessAsked:
    """Somebody asks to be let into sealed units of this scene.

    Raises: UnitNotSealed, AccessWindowWrong, AccessTooFarAhead.
    """
    if asked.wanted_until <= max(now, asked.wanted_from):
        raise AccessWindowWrong.at("/wanted_until")
    _must_be_near("/wanted_until", asked.wanted_until, now)
    unit_ids = scene.parts(asked.unit_ids)
    others = sorted(set(unit_ids) - scene.seal.sealed_units())
    if others or not unit_ids:
        raise UnitNotSealed.at("/unit_ids", units=others)
    return AccessAsked(access=replace(asked, unit_ids=unit_ids))


def ask_own_access(
    asked: Access,
    *,
    custody: Custody,
    own: Iterable[str],
    at_most: int,
    scene: Scene,
    now: datetime,
) -> AccessAsked:
    """A party asks through their code, for the `own` units; `at_most` may wait at a time.

    Raises: OwnUnitsOnly, TooManyAsked, UnitNotSealed, AccessWindowWrong, AccessTooFarAhead.
    """
    strange = sorted(set(scene.parts(asked.unit_ids)) - set(scene.parts(own)))
    if strange:
        raise OwnUnitsOnly.at("/unit_ids", units=strange)
    waiting = [each for each in custody.waiting if each.party_id == asked.party_id]
    if len(waiting) >= at_most:
        raise TooManyAsked.at("", waiting=len(waiting))
    return ask_access(asked, scene=scene, now=now)


def grant_access(access: Access, grant: Grant, *, scene: Scene) -> AccessGranted:
    """Let them in under escort: into those of the units that are sealed still.

    Raises: AccessDecided, AccessWindowWrong, AccessTooFarAhead, UnitNotSealed,
    HazardNotAcknowledged.
    """
    _must_be_open(access)
    if grant.ends_at <= max(grant.at, grant.begins_at):
        raise AccessWindowWrong.at("/ends_at")
    _must_be_near("/ends_at", grant.ends_at, grant.at)
    asked = scene.parts(access.unit_ids)
    unit_ids = tuple(id for id in asked if id in scene.seal.sealed_units())
    if not unit_ids:
        raise UnitNotSealed.at("/unit_ids", units=list(asked))
    _must_be_acknowledged(live_hazards(scene, unit_ids), grant.hazards)
    return AccessGranted(access_id=access.id, grant=replace(grant, unit_ids=unit_ids))


def refuse_access(access: Access, denial: Denial) -> AccessRefused:
    """Do not let them in. Raises: AccessDecided."""
    _must_be_open(access)
    return AccessRefused(access_id=access.id, denial=denial)


def record_entry(
    access: Access, entry: Entry, *, signature: Signature | None, scene: Scene, now: datetime
) -> EntryRecorded:
    """Log an entry under a grant; a later change of the text shown voids its signature.

    Raises: AccessNotGranted, OutsideTheWindow, HazardNotAcknowledged, EntryPhotoNeeded,
    CustodyInvalid, SignatureInvalid.
    """
    grant = access.grant
    if grant is None:
        raise AccessNotGranted.at("/access_id")
    if not grant.begins_at <= entry.in_at <= grant.ends_at:
        raise OutsideTheWindow.at("/in_at", begins_at=grant.begins_at, ends_at=grant.ends_at)
    if not entry.photo_ids:
        raise EntryPhotoNeeded.at("/photo_ids")
    hazards = live_hazards(scene, scene.parts(grant.unit_ids), by=entry.in_at)
    _must_be_acknowledged(hazards, grant.hazards | entry.hazards)
    _must_be_possible(entry, signature, now)
    before = access.entry(entry.id)
    kept = replace(
        entry,
        version=before.version + 1 if before else 1,
        signatures=before.signatures if before else (),
    )
    return EntryRecorded(access_id=access.id, entry=_signed(access, kept, signature, now))


def live_hazards(
    scene: Scene, unit_ids: Iterable[str], *, by: datetime | None = None
) -> tuple[UUID, ...]:
    """The live hazards that claim something of these units; with `by`, those opened by then."""
    units = set(unit_ids)
    return tuple(
        each.hold.id
        for each in scene.live(HoldKind.HAZARD)
        if (by is None or each.hold.opened_at <= by)
        and any(scene.seal.cell(id).unit in units for id in scene.seal.cells_of(each.hold.id))
    )


def entry_warnings(access: Access, entry: Entry, *, now: datetime) -> tuple[Words, ...]:
    """What went beyond the grant: it is logged all the same, and said."""
    grant = access.grant
    if grant is None:
        return ()
    return (
        *((OVERSTAYED,) if (entry.out_at or now) > grant.ends_at else ()),
        *((NOT_TO_BE_REMOVED,) if entry.removed and not grant.may_remove else ()),
        *((NOT_SIGNED,) if entry.signature is None and not entry.unsigned_because else ()),
    )


OVERSTAYED = Words("在内停留超过批准的时段", "they stayed longer than was granted")
NOT_TO_BE_REMOVED = Words(
    "未批准带出物品，却有物品带出", "something was taken out, and nothing was to be"
)
NOT_SIGNED = Words("尚未签名，也未注明拒签", "not signed, and no refusal to sign noted")


def _signed(access: Access, entry: Entry, signature: Signature | None, now: datetime) -> Entry:
    text = access_text(access, entry)
    if signature is not None:
        check_signed(signature, text=text)
        return replace(entry, signatures=(*all_voided(entry.signatures, now), signature))
    bound = binding(entry.signatures)
    if bound is None or bound.digest == digest_of(text):
        return entry
    return replace(entry, signatures=all_voided(entry.signatures, now))


def _must_be_open(access: Access) -> None:
    if access.grant is not None or access.denial is not None:
        raise AccessDecided.at("/access_id")


def _must_be_near(pointer: str, moment: datetime, now: datetime) -> None:
    if moment > now + LONGEST_AHEAD:
        raise AccessTooFarAhead.at(pointer, days=LONGEST_AHEAD.days)


def _must_be_acknowledged(hazards: Iterable[UUID], grounds: dict[UUID, str]) -> None:
    missing = [str(id) for id in hazards if not grounds.get(id, "").strip()]
    if missing:
        raise HazardNotAcknowledged.at("/hazards", holds=missing)


def _must_be_possible(entry: Entry, signature: Signature | None, now: datetime) -> None:
    faults = [
        *time_faults("/in_at", entry.in_at, now),
        *time_faults("/out_at", entry.out_at, now),
        *time_faults("/signature/signed_at", signature.signed_at if signature else None, now),
    ]
    if entry.out_at is not None and entry.out_at < entry.in_at:
        faults.append(
            Fault(
                "/out_at",
                Words("离开早于进入", "they came out before they went in"),
                Words("请核对两个时间", "check both times"),
            )
        )
    if faults:
        raise CustodyInvalid(*faults)

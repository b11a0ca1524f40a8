"""Accesses, tapes, notices, supplies and transfers at the sealed market, each with defaults."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from service.domain.access import Access, Denial, Entry, Escort, Grant
from service.domain.accessing import ask_access, grant_access, record_entry, refuse_access
from service.domain.custody import Custody, found
from service.domain.posted_notice import PostedNotice
from service.domain.scene import Scene
from service.domain.seal_tapes import (
    Breach,
    Found,
    PlaceKind,
    SealCheck,
    SealTape,
    TakenDown,
    TapePlace,
)
from service.domain.statement import Signature
from service.domain.supplies import Restorer, Supply, SupplyRecord
from service.domain.tape_watch import check_tape, put_up_tape
from service.domain.transfer import Transfer
from tests.scene_builders import LEAD, NOON, POST, a_sealed_market, uid

ESCORT = Escort(id=uid("wang"), name="王队")
HOUR = timedelta(hours=1)


def an_access(name: str = "medicine", *unit_ids: str, **changes: Any) -> Access:
    """Somebody wants to fetch their medicine from shop 101."""
    asked = Access(
        id=uid(name),
        version=1,
        unit_ids=unit_ids or ("101",),
        purpose="取药",
        wanted_from=NOON,
        wanted_until=NOON + 2 * HOUR,
        party_id=uid("bao"),
        asked_by=LEAD.id,
        asked_at=NOON,
    )
    return replace(asked, **changes)


def a_grant(**changes: Any) -> Grant:
    """An hour with an escort, to take the medicine out."""
    grant = Grant(
        unit_ids=(),
        begins_at=NOON,
        ends_at=NOON + HOUR,
        escort=ESCORT,
        route="由东门进入",
        may_remove=("药品",),
        hazards={},
        by=LEAD.id,
        at=NOON,
    )
    return replace(grant, **changes)


def a_denial() -> Denial:
    """Not now."""
    return Denial(reason="正在提取物证", by=LEAD.id, at=NOON)


def an_entry(name: str = "entry", **changes: Any) -> Entry:
    """Ten minutes inside; the medicine was taken out."""
    entry = Entry(
        id=uid(name),
        version=1,
        people=("包某",),
        escort=ESCORT,
        in_at=NOON + timedelta(minutes=10),
        out_at=NOON + timedelta(minutes=20),
        removed=("药品一盒",),
        photo_ids=(uid("photo"),),
        hazards={},
        recorded_by=LEAD.id,
        recorded_at=NOON,
    )
    return replace(entry, **changes)


def a_signature(digest: str) -> Signature:
    """One stroke under a text of this digest."""
    return Signature(
        strokes=(((0.0, 0.0, 0), (1.0, 1.0, 9)),),
        digest=digest,
        device="pad",
        officer_present=LEAD.id,
        signed_at=NOON + HOUR,
    )


def a_tape(name: str = "A-1", place: TapePlace | None = None, **changes: Any) -> SealTape:
    """A tape on shop 101."""
    tape = SealTape(
        id=uid(name),
        version=1,
        number=name,
        place=place or on_unit("101"),
        photo_id=uid("photo"),
        put_up_at=NOON,
        put_up_by=LEAD.id,
    )
    return replace(tape, **changes)


def on_unit(*unit_ids: str) -> TapePlace:
    """On units as a whole."""
    return TapePlace(kind=PlaceKind.UNIT, unit_ids=unit_ids)


def down(at: datetime = NOON) -> TakenDown:
    """A tape came down."""
    return TakenDown(at=at, by=LEAD.id, reason="已解除封闭")


def a_check(name: str = "check", tape: str = "A-1", **changes: Any) -> SealCheck:
    """It was intact."""
    check = SealCheck(
        id=uid(name),
        version=1,
        tape_id=uid(tape),
        found=Found.INTACT,
        seen_at=NOON,
        seen_by=LEAD.id,
    )
    return replace(check, **changes)


BREACH = Breach(seen="封条被撕开一半", done="更换封条，通知所有人")


def a_notice(name: str = "notice", **changes: Any) -> PostedNotice:
    """By the east gate."""
    notice = PostedNotice(
        id=uid(name),
        version=1,
        photo_id=uid("photo"),
        place="东门立柱",
        posted_at=NOON,
        posted_by=LEAD.id,
        scene_version=6,
    )
    return replace(notice, **changes)


def a_supply(supply: Supply, *unit_ids: str, is_on: bool = False, **changes: Any) -> SupplyRecord:
    """Off, to be restored by the gas company; or on again."""
    record = SupplyRecord(
        id=uid(f"{supply}-{unit_ids}-{is_on}"),
        version=1,
        supply=supply,
        is_on=is_on,
        unit_ids=unit_ids,
        restorer=Restorer(name="中燃公司", phone="0471-96777"),
        at=NOON,
        recorded_by=LEAD.id,
    )
    return replace(record, **changes)


def a_transfer(name: str = "transfer", **changes: Any) -> Transfer:
    """To the detachment beside."""
    transfer = Transfer(
        id=uid(name),
        version=1,
        incident_id=uid("incident"),
        from_path=POST,
        to_post_id=uid("other post"),
        to_path="/15/1502/",
        reason="指定管辖",
        offered_by=LEAD.id,
        offered_at=NOON,
    )
    return replace(transfer, **changes)


@dataclass(frozen=True, slots=True)
class Watch:
    """The custody of a scene, taken further step by step; every step returns another one."""

    custody: Custody = field(default_factory=lambda: Custody(id=uid("scene")))
    scene: Scene = field(default_factory=lambda: a_sealed_market().scene)
    now: datetime = NOON

    def after(self, event: Any) -> "Watch":
        """One more event."""
        return replace(self, custody=self.custody.apply(event))

    def later(self, **time: float) -> "Watch":
        """Let time go by."""
        return replace(self, now=self.now + timedelta(**time))

    def on(self, scene: Scene) -> "Watch":
        """The scene has gone on meanwhile."""
        return replace(self, scene=scene)

    def access(self, name: str = "medicine") -> Access:
        """An access on record."""
        access = found(self.custody.accesses, uid(name))
        assert access is not None
        return access

    def asked(self, name: str = "medicine", *unit_ids: str, **changes: Any) -> "Watch":
        """Somebody asks."""
        asked = an_access(name, *unit_ids, **changes)
        return self.after(ask_access(asked, scene=self.scene, now=self.now))

    def granted(self, name: str = "medicine", **changes: Any) -> "Watch":
        """The lead officer lets them in."""
        event = grant_access(self.access(name), a_grant(**changes), scene=self.scene)
        return self.after(event)

    def refused(self, name: str = "medicine") -> "Watch":
        """The lead officer does not."""
        return self.after(refuse_access(self.access(name), a_denial()))

    def entered(
        self,
        entry: Entry | None = None,
        *,
        signature: Signature | None = None,
        access: str = "medicine",
    ) -> "Watch":
        """They went in."""
        event = record_entry(
            self.access(access),
            entry or an_entry(),
            signature=signature,
            scene=self.scene,
            now=self.now,
        )
        return self.after(event)

    def taped(self, tape: SealTape | None = None, *, then: Scene | None = None) -> "Watch":
        """A tape is put up, or was when the scene stood as `then`."""
        event = put_up_tape(
            tape or a_tape(),
            custody=self.custody,
            scene=self.scene,
            then=then,
            now=self.now,
        )
        return self.after(event)

    def checked(self, check: SealCheck | None = None) -> "Watch":
        """A tape is looked at."""
        return self.after(check_tape(check or a_check(), custody=self.custody, now=self.now))

"""Supervised access: asked, granted or refused, made; the seal stays as it is."""

from datetime import timedelta
from typing import Any

import pytest
from shapely import LineString, box

from service.domain import findings as f
from service.domain.access import AccessState
from service.domain.access_text import access_text
from service.domain.accessing import (
    NOT_SIGNED,
    NOT_TO_BE_REMOVED,
    OVERSTAYED,
    ask_own_access,
    entry_warnings,
    known_access,
)
from service.domain.canonical import digest_of
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
from service.domain.errors import SignatureInvalid
from service.domain.holds import HoldKind
from tests.custody_builders import HOUR, Watch, a_grant, a_signature, an_access, an_entry
from tests.scene_builders import NOON, a_sealed_market, uid

DAY = timedelta(days=1)


def state(watch: Watch, name: str = "medicine") -> AccessState:
    return watch.access(name).state(watch.now)


def test_an_access_goes_from_received_to_made() -> None:
    watch = Watch().asked()
    assert state(watch) is AccessState.RECEIVED
    watch = watch.granted()
    assert state(watch) is AccessState.GRANTED
    watch = watch.later(hours=1).entered()
    assert state(watch) is AccessState.MADE
    assert [watch.access().version, watch.custody.version] == [3, 3]


def test_one_that_nobody_used_expires_with_its_window() -> None:
    watch = Watch().asked().granted()
    assert state(watch.later(minutes=59)) is AccessState.GRANTED
    assert state(watch.later(minutes=60)) is AccessState.EXPIRED


def test_a_refusal_has_a_reason_that_stays() -> None:
    watch = Watch().asked().refused()
    assert state(watch) is AccessState.REFUSED
    assert watch.access().denial.reason == "正在提取物证"


def test_it_is_decided_once_only() -> None:
    for decided in (Watch().asked().granted(), Watch().asked().refused()):
        with pytest.raises(AccessDecided):
            decided.granted()
        with pytest.raises(AccessDecided):
            decided.refused()


@pytest.mark.parametrize("units", [("104",), ("101", "104"), ("nowhere",)])
def test_only_sealed_units_of_the_scene_are_asked_for(units: tuple[str, ...]) -> None:
    with pytest.raises(UnitNotSealed):
        Watch().asked("medicine", *units)


def test_somebody_must_say_which_unit() -> None:
    with pytest.raises(UnitNotSealed):
        Watch().asked(unit_ids=())


def test_a_window_ends_after_it_begins_and_after_now() -> None:
    for wrong in ({"wanted_until": NOON}, {"wanted_from": NOON + 3 * HOUR}):
        with pytest.raises(AccessWindowWrong):
            Watch().asked(**wrong)
    for wrong in ({"ends_at": NOON}, {"begins_at": NOON + 3 * HOUR}):
        with pytest.raises(AccessWindowWrong):
            Watch().asked().granted(**wrong)


def test_a_window_does_not_lie_years_ahead() -> None:
    far = NOON + timedelta(days=366)
    with pytest.raises(AccessTooFarAhead):
        Watch().asked(wanted_until=far)
    with pytest.raises(AccessTooFarAhead):
        Watch().asked().granted(ends_at=far)


def test_a_unit_that_opened_meanwhile_needs_no_grant() -> None:
    building = a_sealed_market()
    watch = Watch(scene=building.scene).asked("medicine", "101", "102").asked("till", "102")
    watch = watch.on(building.surveyed("102").scene)
    assert watch.granted().access().grant.unit_ids == ("101",)
    with pytest.raises(UnitNotSealed):
        watch.granted("till")


def test_a_divided_unit_is_entered_by_its_parts() -> None:
    line = LineString([(5, 14), (5, 24)])
    divided = f.UnitDivided(id=uid("divided"), unit_id="101", shape=line, ground="one shop")
    building = a_sealed_market().record(divided)
    watch = Watch(scene=building.scene).asked()
    assert watch.access().unit_ids == ("101.1", "101.2")


def a_building_with_gas() -> Any:
    return a_sealed_market().hold("gas", HoldKind.HAZARD, box(1, 15, 4, 18))


def test_a_live_hazard_there_must_be_acknowledged() -> None:
    watch = Watch(scene=a_building_with_gas().scene).asked().asked("till", "105")
    with pytest.raises(HazardNotAcknowledged):
        watch.granted(hazards={uid("gas"): " "})
    watch = watch.granted(hazards={uid("gas"): "阀门已关，佩戴检测仪"})
    assert state(watch) is AccessState.GRANTED
    assert state(watch.granted("till"), "till") is AccessState.GRANTED


def test_a_hazard_met_since_the_grant_is_acknowledged_by_the_entry() -> None:
    watch = Watch().asked().granted().on(a_building_with_gas().scene).later(hours=1)
    with pytest.raises(HazardNotAcknowledged):
        watch.entered()
    entry = an_entry(hazards={uid("gas"): "通风后由监护人员带入"})
    assert state(watch.entered(entry)) is AccessState.MADE


def test_a_hazard_opened_after_the_entry_does_not_stand_against_it() -> None:
    gas = a_sealed_market().later(hours=2).hold("gas", HoldKind.HAZARD, box(1, 15, 4, 18))
    watch = Watch().asked().granted().later(hours=3).on(gas.scene)
    assert state(watch.entered()) is AccessState.MADE


def test_nobody_enters_without_a_grant_or_outside_its_window() -> None:
    with pytest.raises(AccessNotGranted):
        Watch().asked().later(hours=3).entered()
    watch = Watch().asked().granted().later(days=1)
    for in_at in (NOON - HOUR, NOON + 2 * HOUR):
        with pytest.raises(OutsideTheWindow):
            watch.entered(an_entry(in_at=in_at, out_at=None))


def test_an_entry_is_photographed_and_lies_in_the_past() -> None:
    watch = Watch().asked().granted()
    with pytest.raises(EntryPhotoNeeded):
        watch.entered(an_entry(photo_ids=()))
    with pytest.raises(CustodyInvalid):
        watch.entered(an_entry(in_at=NOON + timedelta(minutes=20), out_at=None))
    with pytest.raises(CustodyInvalid) as refused:
        watch.later(hours=1).entered(an_entry(out_at=NOON))
    assert [fault.pointer for fault in refused.value.faults] == ["/out_at"]


def test_what_went_beyond_the_grant_is_logged_and_said() -> None:
    watch = Watch().asked().granted(may_remove=()).later(hours=2)
    over = watch.entered(an_entry(out_at=NOON + 2 * HOUR, unsigned_because=None)).access()
    assert entry_warnings(over, over.entries[0], now=watch.now) == (
        OVERSTAYED,
        NOT_TO_BE_REMOVED,
        NOT_SIGNED,
    )
    fine = watch.entered(an_entry(removed=(), unsigned_because="拒签")).access()
    assert entry_warnings(fine, fine.entries[0], now=watch.now) == ()
    inside = watch.entered(an_entry(out_at=None)).access()
    assert OVERSTAYED in entry_warnings(inside, inside.entries[0], now=watch.now)
    assert entry_warnings(an_access(), an_entry(), now=watch.now) == ()


def test_a_signature_binds_the_text_that_was_shown() -> None:
    watch = Watch().asked().granted().later(hours=1)
    text = access_text(watch.access(), an_entry())
    assert "进入人员：包某" in text and "带出物品：药品一盒" in text and "王队" in text
    with pytest.raises(SignatureInvalid):
        watch.entered(signature=a_signature("0" * 64))
    signed = watch.entered(signature=a_signature(digest_of(text)))
    assert signed.access().entries[0].signature is not None
    same = signed.entered()
    assert same.access().entries[0].signature is not None
    assert same.access().entries[0].version == 2


def test_a_later_change_of_the_text_voids_the_signature() -> None:
    watch = Watch().asked().granted().later(hours=1).entered(an_entry(out_at=None))
    assert "尚未离开" in access_text(watch.access(), watch.access().entries[0])
    text = access_text(watch.access(), an_entry(out_at=None))
    signed = watch.entered(an_entry(out_at=None), signature=a_signature(digest_of(text)))
    changed = signed.entered().access().entries[0]
    assert changed.signature is None
    assert [each.voided_at for each in changed.signatures] == [watch.now]
    again = a_signature(digest_of(access_text(watch.access(), an_entry())))
    both = signed.entered(signature=again).access().entries[0]
    assert both.signature == again and len(both.signatures) == 2


def test_the_text_of_one_not_granted_names_the_units_asked_for() -> None:
    assert "进入单元：101" in access_text(an_access(), an_entry(removed=()))


def own(watch: Watch, *units: str, at_most: int = 2, name: str = "own") -> Watch:
    event = ask_own_access(
        an_access(name, *units, asked_by=None),
        custody=watch.custody,
        own=("101", "102"),
        at_most=at_most,
        scene=watch.scene,
        now=watch.now,
    )
    return watch.after(event)


def test_a_party_asks_for_the_own_units_only() -> None:
    assert state(own(Watch(), "101"), "own") is AccessState.RECEIVED
    with pytest.raises(OwnUnitsOnly):
        own(Watch(), "105")


def test_so_many_wishes_of_a_party_wait_at_a_time() -> None:
    watch = own(own(Watch(), "101"), "102", name="second")
    with pytest.raises(TooManyAsked):
        own(watch, "101", name="third")
    assert own(watch.refused("own"), "101", name="third").custody.version == 4


def test_an_access_that_is_not_on_record_is_refused_by_name() -> None:
    with pytest.raises(AccessUnknown):
        known_access(Watch().custody, uid("nothing"))
    assert known_access(Watch().asked().custody, uid("medicine")).grant is None
    assert a_grant().unit_ids == ()

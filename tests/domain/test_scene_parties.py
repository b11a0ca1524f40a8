"""Evidence, origin, parties and their word, disputes, extensions, the release of the whole."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from shapely import Point, box

from service.domain import findings as f
from service.domain.answering import answer
from service.domain.deciding import decide
from service.domain.extensions import Asking
from service.domain.holds import HoldKind
from service.domain.previewing import preview, what_if
from service.domain.scene_refusals import (
    CustodyMissing,
    ExtensionClosed,
    ExtensionIdUsed,
    ExtensionUnknown,
    HazardOrDisputeStands,
    HoldIdUsed,
    HoldOfAnotherKind,
    HoldsNotAnsweredFor,
    NothingToExtend,
    NothingToKeep,
    NotServedTwice,
    NotTheLeadOfficer,
    ObjectionClosed,
    ObjectionUnknown,
    OnlyHazardAtOnce,
    OwnExtension,
    PartyNotListed,
    PhotoNeeded,
    SceneReleased,
    SealAlreadySet,
    SealNotSet,
    StatementBeforeObjection,
    TwoOfficersNeeded,
    WitnessNeeded,
)
from tests.scene_builders import (
    LEAD,
    NOON,
    REVIEWER,
    Building,
    a_hold,
    a_market,
    a_release,
    a_scene,
    a_sealed_market,
    an_officer,
    decided,
    evidence,
    no_objection,
    uid,
)

ROOF = box(32, 16, 38, 22)


def agreed() -> Building:
    """Origin established, the parties listed; Bao's word is still missing."""
    return a_sealed_market().origin().parties(bao=("102",))


def not_reached(*days_ago: int) -> f.PartyNotReached:
    served = tuple(NOON - timedelta(days=days) for days in days_ago)
    return f.PartyNotReached(id=uid("away"), party_id=uid("bao"), served_at=served, ground="x")


def withdrawn() -> f.ObjectionWithdrawn:
    return f.ObjectionWithdrawn(id=uid("w"), objection_id=uid("objection"), ground="agreed")


def test_evidence_opens_its_place_when_it_is_taken() -> None:
    scene = a_sealed_market().surveyed("101")
    assert scene.record(evidence("kettle")).units == {"102", "105", "hall"}


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"officer_ids": (LEAD.id, LEAD.id)}, TwoOfficersNeeded),
        ({"witness": " "}, WitnessNeeded),
        ({"photo_ids": ()}, PhotoNeeded),
        ({"custody": ()}, CustodyMissing),
        ({"hold_id": uid("flue")}, HoldOfAnotherKind),
    ],
)
def test_evidence_is_taken_in_due_form(changes: dict, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        a_sealed_market().record(evidence("kettle", **changes))


def test_a_hazard_is_cleared_by_a_clearance_only() -> None:
    scene = a_sealed_market().hold("gas", HoldKind.HAZARD, box(12, 15, 18, 20)).surveyed("102")
    assert "102" in scene.units
    safe = f.HazardCleared(id=uid("safe"), hold_id=uid("gas"), ground="aired")
    assert "102" not in scene.record(safe).units


def test_an_origin_changes_nothing_of_itself() -> None:
    assert a_sealed_market().origin().area_m2 == a_sealed_market().area_m2


def test_when_all_agree_only_origin_and_evidence_stay() -> None:
    scene = agreed().agrees("bao")
    assert scene.units == {"101"}
    assert scene.live() == {uid("kettle"), uid("origin")}


def test_agreement_may_come_before_the_origin_and_the_list() -> None:
    assert a_sealed_market().agrees("bao").parties("bao").origin().units == {"101"}


def test_one_silent_party_keeps_all_sealed() -> None:
    scene = a_sealed_market().origin().parties("bao", "hong").agrees("bao")
    assert scene.units == a_sealed_market().units


def test_a_party_added_later_undoes_nothing() -> None:
    assert agreed().agrees("bao").parties("bao", "hong").units == {"101"}


def test_only_the_lead_officer_certifies_and_decides() -> None:
    other = an_officer("hao")
    listed = f.PartiesCertified(id=uid("l"), parties=())
    with pytest.raises(NotTheLeadOfficer):
        a_sealed_market().record(listed, officer=other)
    with pytest.raises(NotTheLeadOfficer):
        agreed().objects("bao").record(decided(False), officer=other)


def test_a_party_served_twice_in_vain_is_gone_on_without() -> None:
    assert agreed().record(not_reached(8, 4), officer=REVIEWER).units == {"101"}


@pytest.mark.parametrize("days", [(), (4,), (5, 4), (4, -4)])
def test_a_party_is_served_often_enough_and_far_enough_apart(days: tuple[int, ...]) -> None:
    with pytest.raises(NotServedTwice):
        agreed().record(not_reached(*days), officer=REVIEWER)


def test_only_a_listed_party_is_not_reached() -> None:
    with pytest.raises(PartyNotListed):
        a_sealed_market().record(not_reached(8, 4), officer=REVIEWER)


def test_an_objection_bars_origin_only_and_closes_nothing_again() -> None:
    assert agreed().objects("bao").agrees("bao").units == a_sealed_market().units
    assert agreed().agrees("bao").objects("bao").units == {"101"}


def test_an_older_word_does_not_come_back() -> None:
    scene = agreed().parties("bao", "hong").agrees("bao").objects("bao").agrees("hong")
    back = scene.record(withdrawn())
    assert back.units == a_sealed_market().units
    assert back.agrees("bao").units == {"101"}


@pytest.mark.parametrize("said_hours", [None, -2])
def test_a_statement_older_than_the_objection_is_refused_by_name(said_hours: int | None) -> None:
    """Bao agreed, then objected (as recorded, or as the phone says); only a new word counts."""
    said_at = None if said_hours is None else NOON + timedelta(hours=said_hours)
    objects = f.ObjectionRaised(
        id=uid("objection"), party_id=uid("bao"), text="no", observed_at=said_at
    )
    scene = agreed().parties("bao", "hong").agrees("bao").record(objects)
    objected_at = scene.scene.objection(uid("objection"))
    moment = objected_at.said_at or objected_at.raised_at
    over = scene.agrees("hong").record(decided(False))

    def bao(stated_at: datetime) -> f.NoObjectionStated:
        return replace(no_objection("bao", at=9), stated_at=stated_at)

    for stated_at in (moment - timedelta(hours=1), moment):
        with pytest.raises(StatementBeforeObjection):
            over.record(bao(stated_at))
    assert over.record(bao(moment + timedelta(minutes=1))).units == {"101"}


def test_an_objection_decided_without_an_area_leaves_the_rest_to_the_parties() -> None:
    scene = agreed().objects("bao").record(decided(False))
    assert scene.units == a_sealed_market().units
    assert scene.agrees("bao").units == {"101"}


def test_a_dispute_keeps_origin_cause_and_the_objectors_own_unit() -> None:
    scene = agreed().objects("bao").record(decided(True)).agrees("bao")
    assert scene.units == {"101", "102", "105"}
    over = f.DisputeDecided(id=uid("over"), hold_id=uid("decided-objection"), ground="seen")
    assert scene.record(over).units == {"101"}
    assert scene.record(withdrawn()).units == {"101"}


def test_what_of_the_objectors_unit_is_open_needs_an_extension() -> None:
    scene = agreed().surveyed("102").objects("bao").record(decided(True))
    assert scene.scene.record.holds[uid("decided-objection")].outside.keys() == {"102"}


def test_a_dispute_may_be_over_a_stated_area_or_units() -> None:
    scene = agreed().objects("bao")
    area = scene.record(decided(True, shape=box(12, 15, 18, 20), levels=("1",))).agrees("bao")
    assert area.units == {"101", "102"}
    assert scene.record(decided(True, named_units=("105",))).agrees("bao").units == {"101", "105"}


def test_a_dispute_over_nothing_is_refused() -> None:
    kept = a_market().hold("kettle", HoldKind.EVIDENCE).sealed().objects("bao")
    with pytest.raises(NothingToKeep):
        kept.record(decided(True))
    with pytest.raises(SealNotSet):
        a_market().objects("bao").record(decided(True))


def test_an_objection_is_decided_once_and_withdrawn_once() -> None:
    with pytest.raises(ObjectionUnknown):
        agreed().record(decided(False))
    with pytest.raises(ObjectionClosed):
        agreed().objects("bao").record(decided(False), decided(False))
    with pytest.raises(ObjectionClosed):
        agreed().objects("bao").record(withdrawn(), withdrawn())


def test_what_if_says_what_the_end_of_a_dispute_has_weighed_again() -> None:
    scene = agreed().objects("bao").record(decided(True)).agrees("bao")
    scene = scene.hold("again", shape=box(12, 15, 18, 20))
    freed = {each.reason.hold_id: each for each in what_if(scene.begin()).holds}
    assert freed[uid("decided-objection")].units == ("102", "105")
    assert what_if(agreed().begin()).nobody_objects.units == ("102", "105", "hall")
    assert what_if(agreed().agrees("bao").begin()).nobody_objects is None


def test_an_extension_joins_on_a_second_officers_word() -> None:
    asked = a_sealed_market().hold("roof", HoldKind.HAZARD, ROOF)
    asked = asked.asks(Asking(id=uid("more"), reason="cracks", hold_id=uid("roof")))
    assert "104" not in asked.units
    with pytest.raises(OwnExtension):
        asked.approves("more", LEAD)
    foretold = preview(asked.begin(), [], extension_id=uid("more"))
    scene = asked.approves("more")
    assert "104" in scene.units
    assert sum(foretold.sealed_m2.values()) == pytest.approx(scene.area_m2)
    assert scene.scene.record.holds[uid("roof")].outside == {}
    with pytest.raises(ExtensionClosed):
        scene.approves("more")
    with pytest.raises(ExtensionUnknown):
        scene.approves("nothing")
    with pytest.raises(ExtensionIdUsed):
        scene.asks(Asking(id=uid("more"), reason="again"))
    with pytest.raises(NothingToExtend):
        scene.asks(Asking(id=uid("other"), reason="again", hold_id=uid("roof")))


def new_hold(kind: HoldKind = HoldKind.HAZARD, shape=ROOF, name: str = "roof"):
    from service.domain.holds import Hold

    return Hold(
        id=uid(name), kind=kind, shapes=shape, levels=("1",), opened_by=LEAD.id,
        opened_at=NOON, ground="cracks",
    )  # fmt: skip


def test_live_holds_that_reach_there_join_too() -> None:
    scene = a_sealed_market().hold("wide", shape=box(32, 11, 38, 20))
    asking = Asking(id=uid("more"), reason="cracks", hold=new_hold(shape=box(30, 11, 36, 20)))
    scene = scene.asks(asking).approves("more")
    (shop,) = [cell for cell in scene.scene.seal.cells if cell.unit == "104"]
    assert shop.holds == {uid("roof"), uid("wide")}
    assert scene.scene.record.holds[uid("wide")].outside.keys() == {"hall"}


def test_a_part_outside_in_the_open_is_taped_when_it_joins() -> None:
    scene = a_sealed_market().hold("wide", shape=box(15, 11, 30, 13))
    asking = Asking(id=uid("more"), reason="soot", hold_id=uid("wide"))
    joined = scene.asks(asking).approves("more")
    assert joined.area_m2 - scene.area_m2 == pytest.approx(22, abs=2)


def test_a_hazard_taken_at_once_lapses_unless_approved() -> None:
    asking = Asking(id=uid("roof"), reason="cracks", hold=new_hold(), at_once=True)
    scene = a_sealed_market().asks(asking)
    assert "104" in scene.units
    mark = a_hold("mark", HoldKind.EVIDENCE, Point(35, 19))
    later = scene.record(mark).later(hours=4)
    lapsed = later.by(later.begin())
    assert "104" not in lapsed.units
    assert lapsed.scene.record.holds[uid("roof")].outside.keys() == {"104"}
    with pytest.raises(ExtensionClosed):
        lapsed.approves("roof")
    kept = scene.approves("roof").later(hours=5)
    assert "104" in kept.by(kept.begin()).units


def test_the_pieces_of_what_joined_lapse_with_it() -> None:
    wide = new_hold(shape=box(22, 10, 38, 14))
    scene = a_sealed_market().asks(Asking(id=uid("roof"), reason="cracks", hold=wide, at_once=True))
    scene = scene.hold("mark", HoldKind.EVIDENCE, box(30, 11, 32, 13)).later(hours=4)
    back = scene.by(scene.begin())
    assert back.area_m2 == pytest.approx(a_sealed_market().area_m2)


def test_only_a_hazard_is_taken_at_once() -> None:
    more = a_sealed_market().hold("more", shape=ROOF)
    with pytest.raises(OnlyHazardAtOnce):
        more.asks(Asking(id=uid("x"), reason="soot", hold_id=uid("more"), at_once=True))


@pytest.mark.parametrize(
    ("hold", "refusal"),
    [
        (new_hold(HoldKind.DISPUTE), HoldOfAnotherKind),
        (new_hold(name="burned"), HoldIdUsed),
        (new_hold(shape=Point(99, 99)), NothingToExtend),
    ],
)
def test_a_hold_to_extend_for_is_a_new_one_that_claims_something(hold, refusal) -> None:
    with pytest.raises(refusal):
        a_sealed_market().asks(Asking(id=uid("x"), reason="soot", hold=hold))


def test_a_seal_after_a_registration_is_approved_as_an_extension() -> None:
    scene = a_scene(after_registration=True).with_plan().hold("burned")
    asked = scene.asks(Asking(id=uid("seal"), reason="late dispute"))
    assert not asked.scene.is_sealed
    assert asked.approves("seal").units == {"101"}
    twice = asked.asks(Asking(id=uid("again"), reason="late dispute")).approves("seal")
    with pytest.raises(SealAlreadySet):
        twice.approves("again")
    with pytest.raises(SealAlreadySet):
        twice.asks(Asking(id=uid("third"), reason="late dispute"))


def test_two_extensions_for_one_part_outside_join_once() -> None:
    scene = a_sealed_market().hold("roof", HoldKind.HAZARD, ROOF)
    for name in ("one", "two"):
        scene = scene.asks(Asking(id=uid(name), reason="cracks", hold_id=uid("roof")))
    with pytest.raises(NothingToExtend):
        scene.approves("one").approves("two")


def test_the_whole_is_released_when_every_hold_is_answered_for() -> None:
    scene = a_sealed_market()
    released = scene.record(a_release(scene))
    assert released.units == set()
    assert released.scene.record.released.received_by == "Bao"
    with pytest.raises(SceneReleased):
        released.hold("late")
    with pytest.raises(HoldsNotAnsweredFor):
        scene.record(a_release(scene, burned=" "))


def test_a_hazard_a_dispute_or_an_open_objection_bars_the_release() -> None:
    hazard = a_sealed_market().hold("gas", HoldKind.HAZARD, box(12, 15, 18, 20))
    objection = agreed().objects("bao")
    for scene in (hazard, objection, objection.record(decided(True))):
        with pytest.raises(HazardOrDisputeStands):
            scene.record(a_release(scene))


def test_the_release_says_what_was_released() -> None:
    scene = a_sealed_market()
    course = decide(scene.begin(), [a_release(scene)])
    found = answer(scene.scene, course)
    assert set(found.opened_units) == scene.units
    assert replace(found, warnings=()) == found

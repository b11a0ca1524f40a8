"""The custody as its events make it: notices, gas and power, transfers."""

from dataclasses import replace

import pytest

from service.domain.custody import Custody, found
from service.domain.custody_refusals import (
    OwnTransfer,
    TransferClosed,
    TransferNowhere,
    TransferUnknown,
)
from service.domain.incident import Utilities, Utility, UtilityState
from service.domain.posted_notice import NoticePosted, NoticeTakenDown
from service.domain.scene_events import SceneTransferred
from service.domain.scene_fold import replay
from service.domain.scene_refusals import SceneReleased
from service.domain.supplies import Supply, SupplyRecorded, supplies_owed
from service.domain.transfer import TransferState
from service.domain.transferring import answer_transfer, known_transfer, offer_transfer
from storage.serialise import to_text
from tests.custody_builders import Watch, a_notice, a_supply, a_transfer, down
from tests.scene_builders import LEAD, NOON, REVIEWER, a_release, a_sealed_market, uid

GAS_OFF = Utilities(gas=Utility(state=UtilityState.OFF, restored_by="中燃"))


def test_the_last_notice_that_hangs_is_the_posted_one() -> None:
    watch = Watch()
    assert watch.custody.posted is None
    watch = watch.after(NoticePosted(notice=a_notice())).after(
        NoticePosted(notice=a_notice("second"))
    )
    assert watch.custody.posted.id == uid("second")
    gone = NoticeTakenDown(notice_id=uid("second"), taken_down=down())
    assert watch.after(gone).custody.posted.id == uid("notice")


def owed(unit_id: str, *records: object, utilities: Utilities = GAS_OFF) -> list[str]:
    said = supplies_owed(unit_id, utilities=utilities, records=records)  # type: ignore[arg-type]
    return [words.zh for words in said]


def test_what_the_incident_says_holds_until_a_record_names_the_unit() -> None:
    assert owed("101") == ["燃气尚未恢复，由中燃恢复"]
    assert owed("101", a_supply(Supply.GAS, "102", is_on=True)) == ["燃气尚未恢复，由中燃恢复"]
    assert owed("102", a_supply(Supply.GAS, "102", is_on=True)) == []
    assert owed("101", utilities=Utilities()) == []


def test_a_record_names_who_restores_it_and_how_to_reach_them() -> None:
    off = a_supply(Supply.POWER, "101")
    assert owed("101", off, utilities=Utilities()) == [
        "电力尚未恢复，由中燃公司恢复（电话0471-96777）"
    ]
    assert owed("102", off, utilities=Utilities()) == []


def test_the_later_record_counts_and_one_without_units_is_for_all() -> None:
    everywhere = a_supply(Supply.GAS)
    restored = a_supply(Supply.GAS, "101", is_on=True)
    assert owed("101", everywhere, restored) == []
    assert len(owed("102", everywhere, restored)) == 1
    assert len(owed("101", restored, everywhere)) == 1


def test_records_of_supplies_are_kept_in_their_order() -> None:
    record = a_supply(Supply.GAS)
    watch = Watch().after(SupplyRecorded(record=record))
    assert watch.custody.supplies == (record,)


def offered(watch: Watch, name: str = "transfer") -> Watch:
    return watch.after(offer_transfer(a_transfer(name), scene=watch.scene))


def answered(watch: Watch, *, accepts: bool, by: object = REVIEWER.id) -> Watch:
    transfer = known_transfer(watch.custody, uid("transfer"))
    event = answer_transfer(transfer, accepts=accepts, answer="同意", by=by, at=NOON)  # type: ignore[arg-type]
    return watch.after(event)


@pytest.mark.parametrize(
    ("accepts", "state"), [(True, TransferState.ACCEPTED), (False, TransferState.REFUSED)]
)
def test_a_transfer_is_answered_once(accepts: bool, state: TransferState) -> None:
    watch = answered(offered(Watch()), accepts=accepts)
    transfer = known_transfer(watch.custody, uid("transfer"))
    assert (transfer.state, transfer.answered_by, transfer.version) == (state, REVIEWER.id, 2)
    assert watch.custody.pending is None
    with pytest.raises(TransferClosed):
        answered(watch, accepts=True)


def test_whoever_offers_it_does_not_take_it() -> None:
    with pytest.raises(OwnTransfer):
        answered(offered(Watch()), accepts=True, by=LEAD.id)


def test_a_new_offer_withdraws_the_one_that_waits() -> None:
    watch = offered(offered(answered(offered(Watch()), accepts=False), "second"), "third")
    states = [each.state for each in watch.custody.transfers]
    assert states == [TransferState.REFUSED, TransferState.WITHDRAWN, TransferState.OFFERED]
    assert watch.custody.pending.id == uid("third")


def test_a_scene_is_offered_to_another_post_and_before_its_release() -> None:
    watch = Watch()
    with pytest.raises(TransferNowhere):
        offer_transfer(
            replace(a_transfer(), to_path=watch.scene.record.post_path), scene=watch.scene
        )
    building = a_sealed_market()
    released = building.record(a_release(building))
    with pytest.raises(SceneReleased):
        offer_transfer(a_transfer(), scene=released.scene)
    with pytest.raises(TransferUnknown):
        known_transfer(watch.custody, uid("transfer"))


def test_a_scene_handed_over_has_another_post_and_the_same_seal() -> None:
    building = a_sealed_market()
    course = building.begin().then(SceneTransferred(post_path="/15/1502/"))
    moved = building.by(course)
    assert moved.scene.record.post_path == "/15/1502/"
    assert to_text(moved.scene.seal.cells) == to_text(building.scene.seal.cells)
    assert replay(moved.happened) == moved.scene


def test_what_is_not_on_record_is_not_found() -> None:
    assert found(Custody(id=uid("scene")).tapes, uid("A-1")) is None

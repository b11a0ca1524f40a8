"""A photo is taken out of the file once, with who, in which role, and why."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from service.domain.photo_refusals import PhotoRemovedAlready
from service.domain.photo_removal import GROUND_NAMES, PhotoRemoved, Removal, RemovalGround, remove
from service.domain.powers import Officer, Role

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
LEAD = Officer(
    id=UUID(int=1), name="李队", role=Role.INVESTIGATOR, post_id=UUID(int=2), post_path="/1/"
)
PHOTO, FIRE = UUID(int=3), UUID(int=4)


def taken_out(reason: str = "隔壁", *, earlier: Removal | None = None) -> PhotoRemoved | None:
    return remove(
        PHOTO, FIRE, ground=RemovalGround.ANOTHER_FIRE, reason=reason, earlier=earlier,
        officer=LEAD, now=NOON,
    )  # fmt: skip


def test_a_removal_says_who_in_which_role_where_and_why() -> None:
    event = taken_out()
    assert event is not None
    assert event.removal == Removal(
        photo_id=PHOTO, incident_id=FIRE, ground=RemovalGround.ANOTHER_FIRE, reason="隔壁",
        officer_id=LEAD.id, role=Role.INVESTIGATOR, post_id=LEAD.post_id, removed_at=NOON,
    )  # fmt: skip


def test_the_first_removal_stands() -> None:
    first = taken_out()
    assert first is not None
    assert taken_out(earlier=first.removal) is None
    with pytest.raises(PhotoRemovedAlready) as refused:
        taken_out("模糊", earlier=first.removal)
    assert refused.value.facts == {"removed_at": NOON}


def test_every_ground_has_its_name() -> None:
    assert set(GROUND_NAMES) == set(RemovalGround)

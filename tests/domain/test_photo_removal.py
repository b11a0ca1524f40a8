"""A photo is taken out of the file once, with who, in which role, and why."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from service.domain.photo_refusals import PhotoRemovedAlready
from service.domain.photo_removal import GROUND_NAMES, Removal, RemovalGround, remove, standing
from service.domain.powers import Officer, Role

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
LEAD = Officer(
    id=UUID(int=1), name="李队", role=Role.INVESTIGATOR, post_id=UUID(int=2), post_path="/1/"
)
PHOTO, FIRE = UUID(int=3), UUID(int=4)


def taken_out() -> Removal:
    event = remove(
        PHOTO, FIRE, ground=RemovalGround.ANOTHER_FIRE, reason="隔壁", officer=LEAD, now=NOON
    )
    return event.removal


def test_a_removal_says_who_in_which_role_where_and_why() -> None:
    assert taken_out() == Removal(
        photo_id=PHOTO, incident_id=FIRE, ground=RemovalGround.ANOTHER_FIRE, reason="隔壁",
        officer_id=LEAD.id, role=Role.INVESTIGATOR, post_id=LEAD.post_id, removed_at=NOON,
    )  # fmt: skip


def test_the_first_removal_stands() -> None:
    first = taken_out()
    assert standing(first, ground=RemovalGround.ANOTHER_FIRE, reason="隔壁") is first
    for ground, reason in ((RemovalGround.ANOTHER_FIRE, "模糊"), (RemovalGround.OTHER, "隔壁")):
        with pytest.raises(PhotoRemovedAlready) as refused:
            standing(first, ground=ground, reason=reason)
        assert refused.value.facts == {"removed_at": NOON}


def test_every_ground_has_its_name() -> None:
    assert set(GROUND_NAMES) == set(RemovalGround)

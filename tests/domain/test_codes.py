"""Codes for owners: long, kept as hashes, ending."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from service.domain.codes import (
    LONGEST_DAYS,
    OWNER_BITS,
    Code,
    CodeKind,
    expiry,
    good,
)
from service.domain.errors import CodeTermWrong, CodeUnknown

NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)
HASH = bytes(range(32))


def a_code(**changed: object) -> Code:
    parts: dict[str, object] = {
        "hash": HASH,
        "kind": CodeKind.OWNER,
        "incident_id": UUID(int=1),
        "party_id": UUID(int=2),
        "issued_at": NOON,
        "expires_at": NOON + timedelta(days=30),
    }
    return Code(**{**parts, **changed})  # type: ignore[arg-type]


def test_an_owners_code_cannot_be_guessed() -> None:
    assert OWNER_BITS >= 128


def test_a_code_is_known_by_the_start_of_its_hash() -> None:
    assert a_code().id.bytes == HASH[:16]


def test_a_code_opens_until_it_expires() -> None:
    code = a_code()
    assert good(code, NOON) is code
    assert good(code, NOON + timedelta(days=29, hours=23)) is code


def test_a_notices_code_does_not_end_by_itself() -> None:
    code = a_code(kind=CodeKind.NOTICE, party_id=None, expires_at=None)
    assert good(code, NOON + timedelta(days=4000)) is code


@pytest.mark.parametrize(
    ("code", "at"),
    [
        (None, NOON),
        (a_code(), NOON + timedelta(days=30)),
        (a_code(ended_at=NOON), NOON + timedelta(seconds=1)),
    ],
    ids=["never made", "expired", "revoked"],
)
def test_a_code_that_opens_nothing_is_refused_alike(code: Code | None, at: datetime) -> None:
    with pytest.raises(CodeUnknown) as refused:
        good(code, at)
    assert refused.value.faults[0].wrong.en == "no such code, or it has ended"


@pytest.mark.parametrize("days", [0, -1, LONGEST_DAYS + 1])
def test_a_code_lasts_a_day_to_a_year(days: int) -> None:
    assert expiry(NOON, days=1) == NOON + timedelta(days=1)
    assert expiry(NOON, days=LONGEST_DAYS) == NOON + timedelta(days=LONGEST_DAYS)
    with pytest.raises(CodeTermWrong):
        expiry(NOON, days=days)

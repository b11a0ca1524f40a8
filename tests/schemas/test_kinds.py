"""Kinds of field: times as RFC 3339 has them, texts of one line and of many, nothing that turns."""

from datetime import UTC, datetime
from typing import Any

import pytest
from marshmallow import ValidationError

from schemas.kinds import Moment, Text


def refused(field: Any, value: object) -> str:
    with pytest.raises(ValidationError) as refusal:
        field.deserialize(value)
    return str(refusal.value.messages[0].en)


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("2026-11-24T16:30:00+08:00", datetime(2026, 11, 24, 8, 30, tzinfo=UTC)),
        ("2026-11-24t08:30:00.25z", datetime(2026, 11, 24, 8, 30, 0, 250_000, tzinfo=UTC)),
        ("2026-11-24T08:30:00-00:00", datetime(2026, 11, 24, 8, 30, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime(2017, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_time_of_rfc_3339_is_taken(sent: str, meant: datetime) -> None:
    assert Moment().deserialize(sent) == meant


@pytest.mark.parametrize(
    "sent",
    [
        "2026-W48-2T08:30:00Z",
        "20261124T083000Z",
        "2026-11-24T08:30:00+08",
        "2026-11-24T08:30:00,5Z",
        "2026-11-24 08:30:00Z",
        "2026-11-24T16:30:00 08:00",
        "2026-11-24T08:30:00+00:00:01",
        "2026-11-24T08:30:00",
        "2026-11-24T08:30Z",
        "2026-11-24T08:30:61Z",
        "2026-02-30T08:30:00Z",
        "9999-12-31T23:59:60Z",
        "0001-01-01T00:00:00+08:00",
        "２０２６-11-24T08:30:00Z",
        "2026-11-24T08:30:00Z\n",
        20261124,
    ],
)
def test_any_other_time_is_refused_with_what_to_send(sent: object) -> None:
    assert "such as 2026-11-24T16:30:00+08:00" in refused(Moment(), sent)


@pytest.mark.parametrize("letter", ["\u202e", "\u2066", "\u200f", "\u061c"])
def test_what_turns_the_direction_of_writing_is_refused_in_every_text(letter: str) -> None:
    for field in (Text(100), Text(2000)):
        assert "turn the direction" in refused(field, f"兴隆街{letter}1号")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028"])
def test_a_line_is_one_line_and_an_account_may_have_many(end: str) -> None:
    assert "one line" in refused(Text(300), f"兴隆街{end}1号")
    assert Text(300).deserialize(f"兴隆街1号{end}") == "兴隆街1号"
    assert Text(20_000).deserialize(f"到场{end}熄灭") == f"到场{end}熄灭".replace("\r\n", "\n")

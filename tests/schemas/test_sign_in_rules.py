"""The limits of signing in are checked when they are read."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from marshmallow import ValidationError

from schemas.rules import rulebook
from schemas.sign_in_rules import RULES, read_sign_in_limits

CONTENT = json.loads((RULES / "sign_in.json").read_text("utf-8"))


def test_a_place_is_known_for_a_month_unless_set_otherwise(tmp_path: Path) -> None:
    assert rulebook().sign_in.known_for == timedelta(days=30)
    (tmp_path / "sign_in.json").write_text(json.dumps(CONTENT | {"known_days": 7}))
    assert read_sign_in_limits(tmp_path).known_for == timedelta(days=7)


@pytest.mark.parametrize(
    "wrong",
    [
        {"known_days": 0},
        {"pair": CONTENT["pair"] | {"free": 0}},
        {"pair": CONTENT["pair"] | {"longest_wait_s": 86_400}},
        {"pair": CONTENT["pair"] | {"forgotten_after_s": 60}},
        {"other": 1},
    ],
)
def test_a_limit_that_would_lock_out_or_not_hold_is_refused(
    tmp_path: Path, wrong: dict[str, Any]
) -> None:
    (tmp_path / "sign_in.json").write_text(json.dumps(CONTENT | wrong))
    with pytest.raises(ValidationError):
        read_sign_in_limits(tmp_path)

"""The settings of custody are checked when they are read."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from marshmallow import ValidationError

from schemas.custody_rules import RULES, read_custody_rule
from schemas.rules import rulebook


def test_a_tape_is_looked_at_every_day_unless_set_otherwise(tmp_path: Path) -> None:
    assert rulebook().custody.check_every == timedelta(hours=24)
    content = json.loads((RULES / "custody.json").read_text("utf-8"))
    (tmp_path / "custody.json").write_text(json.dumps(content | {"tape_check_hours": 8}))
    assert read_custody_rule(tmp_path).check_every == timedelta(hours=8)


@pytest.mark.parametrize("wrong", [{"tape_check_hours": 0}, {"accesses_waiting": 0}, {"other": 1}])
def test_a_setting_that_cannot_be_meant_is_refused(tmp_path: Path, wrong: dict[str, Any]) -> None:
    content = json.loads((RULES / "custody.json").read_text("utf-8"))
    (tmp_path / "custody.json").write_text(json.dumps(content | wrong))
    with pytest.raises(ValidationError):
        read_custody_rule(tmp_path)

"""How long survey steps take where nobody says."""

import json
from pathlib import Path

import pytest
from marshmallow import ValidationError

from schemas.survey_rules import RULES, read_durations


def test_a_table_of_durations_that_lacks_a_kind_is_refused(tmp_path: Path) -> None:
    table = json.loads((RULES / "survey_durations.json").read_text("utf-8"))
    del table["holds_minutes"]["evidence"]
    (tmp_path / "survey_durations.json").write_text(json.dumps(table))
    with pytest.raises(ValidationError, match="It lacks evidence"):
        read_durations(tmp_path)


def test_the_durations_say_that_they_are_assumed() -> None:
    found = read_durations()
    assert found.assumed
    assert "assumption" in found.source

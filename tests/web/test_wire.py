"""JSON as it leaves: measures without noise, and what was sent as it was sent."""

import json
from typing import Any

import pytest

from service.web.wire import to_json
from tests.web.conftest import EXAMPLES


def left(value: Any) -> Any:
    return json.loads(to_json(value))


def test_areas_and_lengths_are_rounded_wherever_they_stand() -> None:
    view = {
        "area_m2": 76.38231300000001,
        "sealed_m2": {"1": 270.81701050442285, "2": 0.0},
        "units": ({"sealed_m2": 0.1 + 0.2, "width_m": 1.2000000000000002},),
        "sealed_m2_hours": 12.3456,
    }
    assert left(view) == {
        "area_m2": 76.38,
        "sealed_m2": {"1": 270.82, "2": 0.0},
        "units": [{"sealed_m2": 0.3, "width_m": 1.2}],
        "sealed_m2_hours": 12.35,
    }


def test_shapes_and_what_was_sent_or_frozen_stay_as_they_are() -> None:
    view = {
        "sent": {"area_m2": 1.23456},
        "record": {"reach_m": 0.00012},
        "geometry": {"coordinates": [111.670237425, 40.820099054]},
        "share": 0.123456,
    }
    assert left(view) == view


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.json")), ids=lambda file: file.stem)
def test_a_published_answer_leaves_as_it_is_published(file: Any) -> None:
    answer = json.loads(file.read_text())["response"]
    assert left(answer) == answer

"""The sentence of a refusal: which fields, what of each, and how many more there are."""

import re
from typing import Any

import pytest

ZH = r"/n\d: 没有这个字段"
EN = r"/n\d: there is no such field"


@pytest.mark.parametrize(
    ("count", "zh", "en"),
    [
        (1, ZH, EN),
        (3, f"{ZH}；{ZH}；{ZH}", f"{EN}; {EN}; {EN}"),
        (5, f"{ZH}；{ZH}；{ZH}…等5项", f"{EN}; {EN}; {EN} … and 2 more"),
    ],
)
def test_a_refusal_names_the_fields_and_counts_what_it_leaves_out(
    crew: Any, count: int, zh: str, en: str
) -> None:
    query = "&".join(f"n{number}=1" for number in range(count))
    problem = crew.get(f"/v1/incidents?{query}").json
    assert re.fullmatch(zh, problem["detail"]), problem["detail"]
    assert re.fullmatch(en, problem["detail_en"]), problem["detail_en"]
    assert len(problem["errors"]) == count


def test_a_refusal_that_speaks_for_itself_is_left_as_it_is(crew: Any) -> None:
    problem = crew.get("/v1/users/6a1d9c9e-6f2c-4a3e-8f0f-7f9d3c1b2a11").json
    assert problem["detail"] == problem["errors"][0]["detail"]


def test_a_member_that_is_missing_is_named_in_the_sentence(crew: Any) -> None:
    body = {"called_at": "2026-06-01T10:00:00+08:00", "place": {}}
    headers = {"If-None-Match": "*"}
    address = "/v1/incidents/6a1d9c9e-6f2c-4a3e-8f0f-7f9d3c1b2a12"
    problem = crew.put(address, body, headers=headers).json
    first, count = problem["errors"][0], len(problem["errors"])
    assert problem["detail"].startswith(f"{first['pointer']}: {first['detail']}；")
    assert problem["detail"].endswith(f"…等{count}项")

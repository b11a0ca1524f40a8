"""Where people end up in a browser: the administrator's page, refusals, the way in and back."""

import re
from typing import Any

import pytest

from service.domain.powers import Role
from tests.web.test_pages import browser


def test_an_administrator_finds_posts_and_people_and_what_to_do(
    app: Any, sign_in: Any, brigade: Any
) -> None:
    crew = sign_in(Role.CREW).officer
    client = browser(app, sign_in(Role.ADMINISTRATOR))
    answer = client.get("/")
    assert answer.status_code == 200
    assert re.search(r"scripts/admin --as [\w-]+ list", answer.text)
    for sight in (brigade.station.name, crew.name, "站员", "import-people", "/v1/users/import"):
        assert sight in answer.text, sight
    assert 'action="/sign-out"' in answer.text
    assert "Posts and people" in client.get("/?lang=en").text


@pytest.mark.parametrize(
    ("language", "title"), [("zh", "无权办理"), ("en", "Not within your powers")]
)
def test_what_is_not_within_ones_powers_says_so_with_the_ways_out(
    app: Any, sign_in: Any, brigade: Any, language: str, title: str
) -> None:
    client = browser(app, sign_in(Role.ADMINISTRATOR, brigade.other_detachment))
    answer = client.get(f"/scenes/{brigade.station.id}?lang={language}")
    page = answer.text
    assert answer.status_code == 403 and f"<h1>{title}</h1>" in page and f"<title>{title}" in page
    assert '<a href="/">' in page and 'action="/sign-out"' in page

"""Where people end up in a browser: the administrator's page, refusals, the way in and back."""

import re
from html import unescape
from typing import Any

import pytest

from service.domain.powers import Role
from tests.conftest import PASSWORD
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


def entering(app: Any, database: Any, person: Any, next: str) -> Any:
    """The answer to the form of a sign-in that goes on elsewhere."""
    username = database.read(lambda work: work.people.user(person.officer.id)).username
    form = {"username": username, "password": PASSWORD, "next": next}
    return app.test_client().post("/sign-in", data=form)


def test_whoever_signs_in_comes_back_to_the_page_that_was_asked_for(
    app: Any, sign_in: Any, database: Any, brigade: Any
) -> None:
    path = f"/scenes/{brigade.station.id}?step=2&lang=en"
    client = app.test_client()
    form = client.get(path, follow_redirects=True)
    hidden = re.search(r'type="hidden" name="next" value="([^"]+)"', form.text)
    assert hidden is not None and unescape(hidden[1]) == path
    wrong = client.post("/sign-in", data={"username": "x", "password": "y", "next": path})
    assert wrong.status_code == 401 and hidden[0] in wrong.text
    assert entering(app, database, sign_in(Role.CREW), path).location == path


@pytest.mark.parametrize(
    "next",
    [
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "\\\\elsewhere.example/",
        "/\t/elsewhere.example/",
        "/\n/elsewhere.example/",
        "https://elsewhere.example/",
        "https:elsewhere.example",
        "javascript:alert(1)",
        " //elsewhere.example/",
        "scenes",
        "/" + "a" * 3000,
        "",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(
    app: Any, sign_in: Any, database: Any, next: str
) -> None:
    assert entering(app, database, sign_in(Role.CREW), next).location == "/"
    shown = app.test_client().get("/sign-in", query_string={"next": next}).text
    assert "elsewhere" not in shown.split("<main")[1] and 'name="next"' not in shown

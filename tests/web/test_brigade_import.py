"""A brigade's posts and people come from spreadsheets: all of a file or nothing of it."""

from typing import Any

import pytest

from service.domain.brigade_csv import MOST_ROWS, read_people, read_posts, text_of
from service.domain.people_refusals import CsvInvalid
from service.domain.powers import Role
from tests.web.conftest import Told

POSTS = """级别,名称,简称,上级,行政区划代码,电话
大队,回民区消防救援大队,呼回,呼,150103,0471-3000119
站,光明路站,呼回一,呼回,150103,
"""
PEOPLE = """所在机构,用户名,姓名,岗位
呼回一,wangqiang,王强,站员
呼回,liming,李明,investigator

"""


@pytest.fixture
def chief(sign_in: Any, brigade: Any) -> Any:
    """The administrator of the detachment."""
    return sign_in(Role.ADMINISTRATOR, brigade.detachment)


def test_posts_then_people_come_in_and_the_people_sign_in(app: Any, chief: Any, told: Told) -> None:
    posts = told(
        "post_posts_import", chief.post("/v1/posts/import", {"csv": POSTS}), {"csv": POSTS}
    )
    assert [(row["line"], row["added"]) for row in posts] == [(2, True), (3, True)]
    asked = {"csv": PEOPLE}
    people = told("post_users_import", chief.post("/v1/users/import", asked), asked)
    sign_in = {"username": "wangqiang", "password": people[0]["password"]}
    session = app.test_client().post("/v1/sessions", json=sign_in).json
    assert (session["user"]["role"], session["user"]["post"]["name"]) == ("crew", "光明路站")
    again = chief.post("/v1/users/import", {"csv": PEOPLE.replace("王强", "王大强")}).json
    assert [(row["added"], row["password"]) for row in again] == [(False, None)] * 2
    assert again[0]["name"] == "王大强"
    assert not chief.post("/v1/posts/import", {"csv": POSTS}).json[1]["added"]


def test_a_retry_gets_the_answer_without_the_passwords(chief: Any) -> None:
    chief.post("/v1/posts/import", {"csv": POSTS})
    key = {"Idempotency-Key": "6a1d9c9e-6f2c-4a3e-8f0f-7f9d3c1b2a10"}
    first = chief.post("/v1/users/import", {"csv": PEOPLE}, headers=key)
    again = chief.post("/v1/users/import", {"csv": PEOPLE}, headers=key)
    assert first.json[0]["password"] and again.json[0]["password"] is None


def test_one_wrong_line_and_nothing_is_taken(chief: Any) -> None:
    wrong = PEOPLE.replace("investigator", "king").replace("呼回,", "呼回,")
    chief.post("/v1/posts/import", {"csv": POSTS})
    answer = chief.post("/v1/users/import", {"csv": wrong})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/line/3/role")
    assert chief.get("/v1/users", query_string={"text": "wangqiang"}).json["users"] == []
    nowhere = chief.post("/v1/users/import", {"csv": PEOPLE.replace("呼回一", "呼玉")})
    assert nowhere.json["errors"][0]["pointer"] == "/line/2/post"
    orphan = chief.post("/v1/posts/import", {"csv": POSTS.replace(",呼,", ",玉,")})
    assert orphan.json["errors"][0]["pointer"] == "/line/2/parent"


def test_nobody_else_imports_and_nobody_imports_beyond_the_own_part(
    sign_in: Any, crew: Any, brigade: Any
) -> None:
    assert crew.post("/v1/posts/import", {"csv": POSTS}).status_code == 403
    beside = sign_in(Role.ADMINISTRATOR, brigade.other_detachment)
    answer = beside.post("/v1/posts/import", {"csv": POSTS})
    assert answer.json["errors"][0]["pointer"] == "/line/2/parent"


@pytest.mark.parametrize("cell", ["=1+1", "+王", "-王", "@SUM(A1)", "", "x" * 101, "王\u200b"])
def test_what_a_spreadsheet_would_run_and_what_cannot_be_a_name_is_refused(cell: str) -> None:
    with pytest.raises(CsvInvalid) as refused:
        read_people(f"username,name,role,post\nwang,{cell},crew,呼新\n")
    assert refused.value.faults[0].pointer == "/line/2/name"


def test_headings_and_codes_and_length_are_checked() -> None:
    for text, pointer in (
        ("username,name,role\n", "/line/1"),
        ("username,用户名,name,role,post\n", "/line/1"),
        ("", "/line/1"),
        ('username,name,role,post\n"open', ""),
        ("username,name,role,post\n" + "a,b,crew,c\n" * (MOST_ROWS + 1), ""),
    ):
        with pytest.raises(CsvInvalid) as refused:
            read_people(text)
        assert refused.value.faults[0].pointer == pointer, text[:40]
    with pytest.raises(CsvInvalid) as refused:
        read_posts(POSTS.replace("150103,\n", "15010３,\n"))
    assert refused.value.faults[0].pointer == "/line/3/division_code"


def test_a_wrong_cell_is_told_with_its_column_and_what_it_takes_in_both_languages() -> None:
    with pytest.raises(CsvInvalid) as refused:
        read_people("username,name,role,post\nwang,王,system,呼新\nli,,crew,呼新\n")
    king, nameless = refused.value.faults
    assert king.wrong.zh == "第2行“岗位”不当：“system”"
    assert king.wrong.en == "line 2: role (“岗位”) cannot be “system”"
    assert "站员（crew）、火调员（investigator）" in king.remedy.zh
    assert "crew (“站员”), investigator (“火调员”)" in king.remedy.en
    assert nameless.wrong.zh == "第3行“姓名”未填"
    assert nameless.wrong.en == "line 3: name (“姓名”) is empty"
    with pytest.raises(CsvInvalid) as refused:
        read_posts(POSTS.replace("站,光", "所,光"))
    assert "支队（detachment）" in refused.value.faults[0].remedy.zh
    with pytest.raises(CsvInvalid) as refused:
        read_people("用户名,姓名,所在机构\n")
    assert refused.value.faults[0].wrong.en == "the headings lack role (“岗位”)"


def test_a_chinese_spreadsheet_s_own_encoding_is_read() -> None:
    for encoding in ("utf-8-sig", "gb18030", "utf-8"):
        assert len(read_posts(text_of(POSTS.encode(encoding)))) == 2
    with pytest.raises(CsvInvalid):
        text_of(b"\xff\xff")


@pytest.mark.parametrize("password", ["1234567890", "password123", "wang xiaoming"])
def test_a_password_that_is_guessed_first_is_refused(
    chief: Any, brigade: Any, password: str
) -> None:
    body = {
        "username": "Wang Xiaoming",
        "name": "王",
        "role": "crew",
        "post_id": str(brigade.station.id),
        "password": password,
    }
    answer = chief.put("/v1/users/6a1d9c9e-6f2c-4a3e-8f0f-7f9d3c1b2a11", body)
    assert answer.json["type"] == "/problems/password-too-common"

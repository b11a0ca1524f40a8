"""What people outside see of photos: nothing until it is decided, then covered and marked."""

import io
import re
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image

from service.domain.powers import Role
from tests.photo_builders import a_picture, digest_of
from tests.web.conftest import Told
from tests.web.test_owner import a_party
from tests.web.test_uploads import begin, kind_of, photos_of, send

PLATE = {"left_px": 600, "top_px": 100, "width_px": 120, "height_px": 60}


def a_telling_picture() -> bytes:
    """A photo whose EXIF says where, when and by what it was taken."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "HUAWEI", "P60 Pro Art"
    exif.get_ifd(0x8825).update({1: "N", 2: (40.0, 49.0, 12.0), 3: "E", 4: (111.0, 39.0, 36.0)})
    return a_picture((800, 600), exif=exif, comment=b"of the second floor")


CONTENT = a_telling_picture()


@pytest.fixture
def photo(crew: Any, incident: UUID) -> Any:
    """One photo on record."""
    send(crew, begin(crew, incident, CONTENT), CONTENT)
    [shown] = photos_of(crew, incident)["photos"]
    return shown


@pytest.fixture
def path(photo: Any) -> str:
    """Where its showing is decided."""
    return str(photo["original"]).replace("original", "showing")


@pytest.fixture
def owner(crew: Any, incident: UUID, database: Any) -> dict[str, str]:
    """The headers of a party with a code of the fire."""
    party = a_party()

    def act(work: Any) -> None:
        fire = work.incidents.get(incident)
        with_party = replace(fire, version=fire.version + 1, parties=(party,))
        work.incidents.put(with_party, previous=fire.version)

    database.write(act)
    code = crew.post(f"/v1/incidents/{incident}/owner-codes", {"party_id": str(party.id)})
    return {"Handback-Code": code.json["code"]}


@pytest.fixture
def passer_by(crew: Any, incident: UUID) -> dict[str, str]:
    """The headers of somebody who has read the notice."""
    code = crew.post(f"/v1/incidents/{incident}/notice-code", {})
    return {"Handback-Code": code.json["code"]}


def seen(app: Any, code: dict[str, str]) -> list[Any]:
    answer = app.test_client().get("/v1/status/photos", headers=code)
    assert answer.status_code == 200
    photos: list[Any] = answer.json["photos"]
    return photos


def pixel(jpeg: bytes, at: tuple[int, int]) -> Any:
    with Image.open(io.BytesIO(jpeg)) as preview:
        return preview.getpixel(at)


def test_nothing_is_shown_until_it_is_decided(
    app: Any, photo: Any, owner: dict[str, str], passer_by: dict[str, str], crew: Any, path: str
) -> None:
    for code in (owner, passer_by):
        assert seen(app, code) == []
        hidden = app.test_client().get(f"/v1/status/photos/{photo['id']}/preview", headers=code)
        assert (hidden.status_code, kind_of(hidden)) == (404, "photo-unknown")
    answer = crew.get(path)
    assert (answer.status_code, kind_of(answer)) == (404, "showing-unknown")
    assert crew.get(path.replace("showing", "shown-preview")).status_code == 200


def test_a_photo_for_the_parties_is_none_for_everyone(
    app: Any, crew: Any, path: str, owner: dict[str, str], passer_by: dict[str, str], told: Told
) -> None:
    body = {"audience": "parties", "covers": [PLATE]}
    decided = told("put_photo_showing", crew.put(path, body), body)
    assert decided["officer_id"] == str(crew.officer.id)
    assert decided["covers"] == [PLATE]
    assert told("get_photo_showing", crew.get(path)) == decided
    shown = told("get_shown_photos", app.test_client().get("/v1/status/photos", headers=owner))
    [one] = shown["photos"]
    assert one.keys() == {"id", "view", "view_name", "previews"}
    assert seen(app, passer_by) == []
    crew.put(path, {"audience": "everyone"}, version=1)
    assert len(seen(app, passer_by)) == len(seen(app, owner)) == 1


def test_what_is_shown_is_covered_and_marked_and_says_nothing_else(
    app: Any, crew: Any, photo: Any, path: str, owner: dict[str, str]
) -> None:
    crew.put(path, {"audience": "parties", "covers": [PLATE]})
    [one] = seen(app, owner)
    answer = app.test_client().get(one["previews"]["phone"], headers=owner)
    own = crew.get(photo["previews"]["phone"]).data
    assert pixel(answer.data, (660, 130)) == (0, 0, 0)
    assert pixel(own, (660, 130))[2] > 200
    with Image.open(io.BytesIO(answer.data)) as marked, Image.open(io.BytesIO(own)) as plain:
        assert marked.size == plain.size
        assert dict(marked.getexif()) == {}
        assert marked.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        left = (0, 0, 400, 600)
        pairs = zip(marked.crop(left).tobytes(), plain.crop(left).tobytes(), strict=True)
        changed = sum(abs(one - two) > 40 for one, two in pairs)
    assert changed > 400 * 600 * 3 // 50
    for word in (b"HUAWEI", b"P60 Pro Art", b"Exif", b"second floor"):
        assert word in CONTENT
        assert word not in answer.data
    assert digest_of(crew.get(photo["original"]).data) == photo["sha256"]
    assert answer.data == crew.get(path.replace("showing", "shown-preview")).data


def test_what_is_decided_anew_is_shown_anew(
    app: Any, crew: Any, path: str, owner: dict[str, str]
) -> None:
    crew.put(path, {"audience": "parties"})
    [one] = seen(app, owner)
    client = app.test_client()
    before = client.get(one["previews"]["phone"], headers=owner)
    assert before.headers["Cache-Control"] == "private, no-cache"
    known = owner | {"If-None-Match": before.headers["ETag"]}
    assert client.get(one["previews"]["phone"], headers=known).status_code == 304
    assert crew.put(path, {"audience": "parties"}).status_code == 200
    assert crew.put(path, {"audience": "nobody"}).status_code == 412
    crew.put(path, {"audience": "parties", "covers": [PLATE]}, version=1)
    assert client.get(one["previews"]["phone"], headers=known).status_code == 200
    crew.put(path, {"audience": "nobody", "covers": [PLATE]}, version=2)
    assert client.get(one["previews"]["phone"], headers=known).status_code == 404
    assert crew.get(path).json["audience_name"] == {"zh": "不公开", "en": "nobody outside"}


def test_a_cover_beside_the_photo_is_refused(crew: Any, path: str) -> None:
    beside = PLATE | {"left_px": 700}
    answer = crew.put(path, {"audience": "parties", "covers": [PLATE, beside]})
    assert (answer.status_code, kind_of(answer)) == (422, "covers-invalid")
    assert [fault["pointer"] for fault in answer.json["errors"]] == ["/covers/1"]


def test_a_photo_taken_out_of_the_file_is_shown_no_more(
    app: Any, crew: Any, photo: Any, path: str, owner: dict[str, str], sign_in: Any
) -> None:
    crew.put(path, {"audience": "everyone"})
    removal = {"ground": "private", "reason": "a child's face"}
    answer = sign_in(Role.INVESTIGATOR).put(path.replace("showing", "removal"), removal)
    assert answer.status_code == 201, answer.json
    assert seen(app, owner) == []
    shown = app.test_client().get(f"/v1/status/photos/{photo['id']}/preview", headers=owner)
    assert shown.status_code == 404


def test_a_code_of_another_fire_shows_nothing(app: Any, crew: Any, path: str) -> None:
    crew.put(path, {"audience": "everyone"})
    photo = path.split("/")[-2]
    strange = {"Handback-Code": "x" * 30}
    for address in ("/v1/status/photos", f"/v1/status/photos/{photo}/preview"):
        assert app.test_client().get(address, headers=strange).status_code == 404


def test_only_the_photos_own_station_decides(sign_in: Any, brigade: Any, path: str) -> None:
    stranger = sign_in(Role.CREW, brigade.other_station)
    assert stranger.put(path, {"audience": "everyone"}).status_code == 403
    assert sign_in(Role.REVIEWER).put(path, {"audience": "everyone"}).status_code == 403
    missing = path.replace(path.split("/")[-2], str(uuid4()))
    assert sign_in(Role.CREW).put(missing, {"audience": "everyone"}).status_code == 404


def test_the_owners_page_shows_them_and_is_sent_anew_when_that_changes(
    app: Any, crew: Any, photo: Any, path: str, owner: dict[str, str]
) -> None:
    client = app.test_client()
    page = client.get(f"/o/{owner['Handback-Code']}", follow_redirects=True)
    assert f"/v1/status/photos/{photo['id']}" not in page.text
    crew.put(path, {"audience": "parties"})
    after = client.get("/s", headers={"If-None-Match": page.headers["ETag"]})
    assert after.status_code == 200
    source = re.search(rf'src="(/v1/status/photos/{photo["id"]}/preview[^"]*)"', after.text)
    assert source
    assert client.get(source[1]).mimetype == "image/jpeg", "the page's cookie opens it"

"""Photos straight to a real S3 server: quarantine, the service's look, the record."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import urllib3
from flask import Flask

from service.app import create_app
from service.domain.powers import Role
from service.operations.ports import PhotoRoom
from service.operations.sweep_uploads import sweep_uploads
from service.settings import Settings
from storage.photo_quarantine import PhotoQuarantine
from storage.photo_s3 import PhotoS3
from tests.photo_builders import a_large_picture, a_picture, an_incident, announcement, digest_of
from tests.s3_server import S3Server
from tests.web.conftest import Told
from tests.web.conftest import told as told
from tests.web.test_uploads import PIECE

SMALL = a_large_picture()
LARGE = SMALL + bytes(50_000_001 - len(SMALL))
http = urllib3.PoolManager(retries=False, timeout=10)


@pytest.fixture
def app(database_url: str, tmp_path: Path, s3_server: S3Server) -> Any:
    """The service with its photos in a bucket."""
    where = s3_server.photos_url(f"b{uuid4().hex}")
    made: Flask = create_app(
        Settings(data_dir=tmp_path, database_url=database_url, photos_url=where)
    )
    yield made
    made.extensions["handback-database"].engine.dispose()


@pytest.fixture
def room(app: Flask) -> PhotoRoom:
    """The app's photo room."""
    found: PhotoRoom = app.extensions["handback-photos"]
    return found


@pytest.fixture
def crew(sign_in: Any) -> Any:
    """Somebody of the station."""
    return sign_in(Role.CREW)


@pytest.fixture
def fire(database: Any, brigade: Any) -> UUID:
    """A fire of the station."""
    return another_fire(database, brigade)


def another_fire(database: Any, brigade: Any) -> UUID:
    made = an_incident(brigade.station)
    database.write(lambda work: work.incidents.put(made, previous=0))
    return made.id


def said(fire: UUID, content: bytes) -> dict[str, Any]:
    return {
        "incident_id": str(fire),
        "view": "overview",
        "sha256": digest_of(content),
        "size_bytes": len(content),
        "taken_at": "2026-11-24T03:10:00Z",
        "device": "phone 7",
        "position": {"lon_deg": 111.66, "lat_deg": 40.82, "accuracy_m": 12.0},
    }


def announce(crew: Any, fire: UUID, content: bytes, photo: UUID) -> Any:
    return crew.put(f"/v1/direct-uploads/{photo}", said(fire, content))


def post(form: dict[str, Any], content: bytes, **other: str) -> int:
    fields = form["fields"] | other | {"file": ("photo", content)}
    return http.request("POST", form["url"], fields=fields).status


def put_parts(parts: list[dict[str, Any]], content: bytes) -> list[int]:
    return [
        http.request(
            "PUT", part["url"], body=content[part["offset"] :][: part["size_bytes"]]
        ).status
        for part in parts
    ]


def complete(crew: Any, photo: UUID) -> Any:
    return crew.post(f"/v1/direct-uploads/{photo}/completion")


def in_quarantine(room: PhotoRoom) -> list[str]:
    store = room.store
    assert isinstance(store, PhotoS3)
    found = store._client.list_objects(store._staging, "quarantine/", recursive=True)
    return [str(item.object_name) for item in found]


def test_a_photo_by_one_form(
    crew: Any, fire: UUID, room: PhotoRoom, told: Told, database: Any
) -> None:
    photo = uuid4()
    answer = announce(crew, fire, SMALL, photo)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (201, "no-store")
    place = told("put_direct_upload", answer, said(fire, SMALL))
    assert (place["on_record"], place["parts"]) == (False, [])
    assert post(place["form"], SMALL) == 204
    assert len(in_quarantine(room)) == 1
    shown = told("post_direct_upload_completion", complete(crew, photo))
    assert (shown["sha256"], shown["device"]) == (digest_of(SMALL), "phone 7")
    assert crew.get(shown["original"]).data == SMALL
    assert in_quarantine(room) == []
    assert database.read(lambda work: work.photos.upload(photo)) is None
    assert complete(crew, photo).json["id"] == str(photo)
    again = announce(crew, fire, SMALL, photo)
    assert (again.status_code, again.json["on_record"], again.json["form"]) == (200, True, None)


def test_a_large_photo_in_parts(crew: Any, fire: UUID, room: PhotoRoom) -> None:
    photo = uuid4()
    place = announce(crew, fire, LARGE, photo).json
    assert place["form"] is None
    assert [part["size_bytes"] for part in place["parts"]] == [16 << 20, 16 << 20, 16_445_569]
    assert put_parts(place["parts"][:1], LARGE) == [200]
    unfinished = complete(crew, photo)
    assert (unfinished.status_code, unfinished.json["missing_parts"]) == (409, [2, 3])
    fresh = announce(crew, fire, LARGE, photo).json
    assert put_parts(fresh["parts"][1:], LARGE) == [200, 200]
    shown = complete(crew, photo)
    assert (shown.status_code, shown.json["sha256"]) == (200, digest_of(LARGE))
    assert in_quarantine(room) == []


def test_the_store_takes_no_other_size_and_no_other_name(crew: Any, fire: UUID) -> None:
    form = announce(crew, fire, SMALL, uuid4()).json["form"]
    assert post(form, SMALL + b"x") == 400
    assert post(form, SMALL[:-1]) == 400
    assert post(form, SMALL, key="originals/ab/abcd") in {400, 403}
    [first, *_] = announce(crew, fire, LARGE, uuid4()).json["parts"]
    assert http.request("PUT", first["url"], body=LARGE[: first["size_bytes"] + 1]).status == 403


def test_nothing_sent_is_nothing_to_complete(crew: Any, fire: UUID) -> None:
    photo = uuid4()
    assert complete(crew, photo).status_code == 404
    announce(crew, fire, SMALL, photo)
    answer = complete(crew, photo)
    assert (answer.status_code, answer.json["type"]) == (409, "/problems/direct-upload-incomplete")
    by_tus = uuid4()
    crew.post("/v1/uploads", headers=announcement(fire, by_tus, SMALL))
    assert complete(crew, by_tus).status_code == 409


@pytest.mark.parametrize(
    ("sent", "kind"),
    [(SMALL[:-1] + b"!", "photo-digest-wrong"), (b"<svg/>" + SMALL[6:], "photo-type-refused")],
)
def test_what_is_not_the_photo_is_refused_and_forgotten(
    crew: Any, fire: UUID, room: PhotoRoom, sent: bytes, kind: str
) -> None:
    photo = uuid4()
    announced = SMALL if kind == "photo-digest-wrong" else sent
    post(announce(crew, fire, announced, photo).json["form"], sent)
    answer = complete(crew, photo)
    assert (answer.status_code, answer.json["type"]) == (422, f"/problems/{kind}")
    assert in_quarantine(room) == []
    assert announce(crew, fire, SMALL, photo).status_code == 201


def test_nobody_learns_that_another_fire_has_the_same_photo(
    crew: Any, fire: UUID, database: Any, brigade: Any
) -> None:
    answers = []
    for place in (fire, another_fire(database, brigade)):
        photo = uuid4()
        announced = announce(crew, place, SMALL, photo)
        early = complete(crew, photo)
        sent = post(announced.json["form"], SMALL)
        done = complete(crew, photo)
        answers.append((announced.status_code, early.status_code, sent, done.status_code))
    assert answers[0] == answers[1] == (201, 409, 204, 200)


def test_an_upload_that_is_given_up_or_over_leaves_nothing_in_quarantine(
    crew: Any, fire: UUID, room: PhotoRoom
) -> None:
    given_up, over, in_parts = uuid4(), uuid4(), uuid4()
    for photo in (given_up, over):
        post(announce(crew, fire, SMALL, photo).json["form"], SMALL)
    put_parts(announce(crew, fire, LARGE, in_parts).json["parts"], LARGE)
    assert crew.open("DELETE", f"/v1/direct-uploads/{given_up}").status_code == 204
    assert in_quarantine(room) == [f"quarantine/{over}"]
    sweep_uploads(replace(room, kept_for=timedelta(0)))
    assert in_quarantine(room) == []
    assert complete(crew, in_parts).status_code == 404


def test_what_comes_after_its_upload_ended_is_swept(crew: Any, fire: UUID, room: PhotoRoom) -> None:
    photo = uuid4()
    form = announce(crew, fire, SMALL, photo).json["form"]
    crew.open("DELETE", f"/v1/direct-uploads/{photo}")
    post(form, SMALL)
    quarantine = room.quarantine
    assert isinstance(quarantine, PhotoQuarantine)
    quarantine.sweep(kept_for=timedelta(hours=1), after=UUID(int=0))
    assert len(in_quarantine(room)) == 1
    quarantine.sweep(kept_for=timedelta(0), after=UUID(int=0))
    assert in_quarantine(room) == []


def test_a_photo_announced_for_the_store_may_come_by_tus_instead(crew: Any, fire: UUID) -> None:
    photo = uuid4()
    announce(crew, fire, SMALL, photo)
    piece = PIECE | {"Upload-Offset": "0"}
    assert crew.open("PATCH", f"/v1/uploads/{photo}", data=SMALL, headers=piece).status_code == 204
    assert announce(crew, fire, SMALL, photo).json["on_record"] is True


def test_quarantine_counts_against_the_limits(
    crew: Any, fire: UUID, app: Flask, room: PhotoRoom
) -> None:
    few = replace(room, limits=replace(room.limits, device_uploads=1))
    app.extensions["handback-photos"] = few
    first = uuid4()
    assert announce(crew, fire, SMALL, first).status_code == 201
    assert announce(crew, fire, SMALL, uuid4()).status_code == 429
    assert announce(crew, fire, SMALL, first).status_code == 200


def test_too_large_a_photo_and_a_strangers_fire_are_refused(crew: Any, fire: UUID) -> None:
    photo = uuid4()
    large = said(fire, SMALL) | {"size_bytes": 200_000_001}
    answer = crew.put(f"/v1/direct-uploads/{photo}", large)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (413, "/size_bytes")
    assert announce(crew, uuid4(), a_picture(), photo).status_code == 404

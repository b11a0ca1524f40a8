"""tus 1.0.0 over HTTP: from the announcement to the record."""

import hashlib
from base64 import b64encode
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.domain.photo import View
from service.domain.photo_refusals import StoreUnavailable
from service.domain.powers import Role
from service.operations.ports import PhotoRoom
from tests.photo_builders import (
    a_large_picture,
    a_picture,
    announcement,
    metadata,
)

CONTENT = a_large_picture()
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = TUS | {"Content-Type": "application/offset+octet-stream"}


def begin(crew: Any, incident: UUID, content: bytes = CONTENT, **more: object) -> str:
    photo = more.pop("photo", None) or uuid4()
    headers = announcement(incident, UUID(str(photo)), content, **more)
    answer = crew.post("/v1/uploads", headers=headers)
    assert answer.status_code == 201, answer.json
    assert answer.headers["Location"] == f"/v1/uploads/{photo}"
    return str(answer.headers["Location"])


def send(crew: Any, upload: str, content: bytes, offset: int = 0, **headers: str) -> Any:
    more = {"Upload-Offset": str(offset)} | {k.replace("_", "-"): v for k, v in headers.items()}
    return crew.open("PATCH", upload, data=content, headers=PIECE | more)


def offset_of(crew: Any, upload: str) -> int:
    answer = crew.open("HEAD", upload, headers=TUS)
    assert answer.status_code == 200
    return int(answer.headers["Upload-Offset"])


def photos_of(crew: Any, incident: UUID) -> Any:
    return crew.get(f"/v1/incidents/{incident}/photos").json


def kind_of(answer: Any) -> str:
    return str(answer.json["type"]).removeprefix("/problems/")


def test_options_tells_what_the_server_can_do(app: Any) -> None:
    answer = app.test_client().options("/v1/uploads")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == answer.headers["Tus-Resumable"] == "1.0.0"
    assert set(answer.headers["Tus-Extension"].split(",")) == {
        "creation", "creation-with-upload", "creation-defer-length", "checksum", "expiration",
        "termination", "concatenation",
    }  # fmt: skip
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"
    assert answer.headers["Tus-Max-Size"] == "200000000"


def test_another_version_of_tus_is_refused(crew: Any) -> None:
    answer = crew.post("/v1/uploads", headers={"Tus-Resumable": "0.2.2"})
    assert (answer.status_code, kind_of(answer)) == (412, "tus-version-wrong")
    assert answer.headers["Tus-Version"] == "1.0.0"


def test_a_photo_arrives_in_pieces_and_is_on_record_with_the_last(
    crew: Any, incident: UUID
) -> None:
    upload = begin(crew, incident)
    half = len(CONTENT) // 2
    assert send(crew, upload, CONTENT[:half]).headers["Upload-Offset"] == str(half)
    assert offset_of(crew, upload) == half
    assert photos_of(crew, incident)["photos"] == []
    last = send(crew, upload, CONTENT[half:], half)
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(CONTENT)))
    [photo] = photos_of(crew, incident)["photos"]
    assert photo["sha256"] == hashlib.sha256(CONTENT).hexdigest()
    assert (photo["width_px"], photo["height_px"], photo["media_type"]) == (400, 300, "image/png")
    assert offset_of(crew, upload) == len(CONTENT)


def test_the_row_and_its_event_are_written_together(
    crew: Any, incident: UUID, database: Any
) -> None:
    upload = begin(crew, incident, device="phone 1", taken_at="2026-11-24T03:00:00Z")
    send(crew, upload, CONTENT)
    photo_id = UUID(upload.rpartition("/")[2])
    [recorded] = database.read(lambda work: work.events.read("photo", photo_id))
    assert recorded.event.photo == database.read(lambda work: work.photos.get(photo_id))
    assert (recorded.device, recorded.officer_id) == ("phone 1", crew.officer.id)
    assert recorded.observed_at.hour == 3
    assert database.read(lambda work: work.photos.upload(photo_id)) is None


def test_the_views_are_counted(crew: Any, incident: UUID, database: Any) -> None:
    for view in ("overview", "detail", "detail"):
        content = a_picture()
        send(crew, begin(crew, incident, content, view=view), content)
    counted = database.read(lambda work: work.photos.count_by_view(incident))
    assert counted == {View.SETTING: 0, View.OVERVIEW: 1, View.KEY_PART: 0, View.DETAIL: 2}


def test_the_same_announcement_again_goes_on_with_the_upload(crew: Any, incident: UUID) -> None:
    photo = uuid4()
    upload = begin(crew, incident, photo=photo)
    send(crew, upload, CONTENT[:100])
    for sent in (100, len(CONTENT)):
        again = crew.post("/v1/uploads", headers=announcement(incident, photo, CONTENT))
        assert (again.status_code, again.headers["Upload-Offset"]) == (200, str(sent))
        send(crew, upload, CONTENT[100:], 100)
    assert len(photos_of(crew, incident)["photos"]) == 1


@pytest.mark.parametrize("finished", [False, True])
def test_a_different_photo_under_a_used_id_is_refused(
    crew: Any, incident: UUID, finished: bool
) -> None:
    photo = uuid4()
    upload = begin(crew, incident, photo=photo)
    if finished:
        send(crew, upload, CONTENT)
    answer = crew.post("/v1/uploads", headers=announcement(incident, photo, a_picture()))
    assert (answer.status_code, kind_of(answer)) == (409, "photo-id-taken")


def test_a_piece_at_a_wrong_offset_is_refused(crew: Any, incident: UUID) -> None:
    upload = begin(crew, incident)
    answer = send(crew, upload, CONTENT, 7)
    assert (answer.status_code, answer.json["upload_offset"]) == (409, 0)


def test_a_piece_of_another_content_type_is_refused(crew: Any, incident: UUID) -> None:
    upload = begin(crew, incident)
    answer = send(crew, upload, CONTENT, Content_Type="image/png")
    assert answer.status_code == 415


def test_more_than_was_announced_is_refused(crew: Any, incident: UUID) -> None:
    upload = begin(crew, incident)
    assert send(crew, upload, CONTENT + b"x").status_code == 413
    assert offset_of(crew, upload) == 0
    send(crew, upload, CONTENT)
    assert send(crew, upload, b"x", len(CONTENT)).status_code == 413


def test_a_body_of_unknown_length_is_taken_as_far_as_it_fits(crew: Any, incident: UUID) -> None:
    upload = begin(crew, incident)
    chunked = {"environ_overrides": {"wsgi.input_terminated": True, "CONTENT_LENGTH": ""}}
    headers = PIECE | {"Upload-Offset": "0", "Transfer-Encoding": "chunked"}
    answer = crew.open("PATCH", upload, data=CONTENT * 2, headers=headers, **chunked)
    assert answer.status_code == 413


def test_a_photo_over_the_limit_is_refused_when_announced(crew: Any, incident: UUID) -> None:
    headers = announcement(incident, uuid4(), CONTENT) | {"Upload-Length": "200000001"}
    answer = crew.post("/v1/uploads", headers=headers)
    assert (answer.status_code, answer.json["limit"]) == (413, 200_000_000)


def test_every_fault_of_an_announcement_is_named(crew: Any) -> None:
    headers = TUS | {"Upload-Length": "5", "Upload-Metadata": metadata(view="sideways")}
    answer = crew.post("/v1/uploads", headers=headers)
    assert answer.status_code == 422
    assert len(answer.json["errors"]) == 4
    assert crew.post("/v1/uploads", headers=TUS).status_code == 400


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_piece_with_a_wrong_checksum_leaves_nothing(
    crew: Any, incident: UUID, algorithm: str
) -> None:
    upload = begin(crew, incident)
    right = b64encode(hashlib.new(algorithm, CONTENT).digest()).decode()
    answer = send(crew, upload, b"x" * 100, Upload_Checksum=f"{algorithm} {right}")
    assert (answer.status_code, kind_of(answer)) == (460, "checksum-wrong")
    assert offset_of(crew, upload) == 0
    assert send(crew, upload, CONTENT, Upload_Checksum=f"{algorithm} {right}").status_code == 204
    assert send(crew, upload, b"", Upload_Checksum="md5 AAAA").status_code == 400


def test_a_photo_with_another_digest_is_forgotten_and_its_id_free(
    crew: Any, incident: UUID
) -> None:
    photo = uuid4()
    upload = begin(crew, incident, photo=photo, sha256="0" * 64)
    answer = send(crew, upload, CONTENT)
    assert (answer.status_code, kind_of(answer)) == (422, "photo-digest-wrong")
    assert crew.open("HEAD", upload, headers=TUS).status_code == 404
    assert send(crew, begin(crew, incident, photo=photo), CONTENT).status_code == 204


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (a_picture(kind="GIF"), "photo-type-refused"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo-type-refused"),
        (a_large_picture()[:50_000], "photo-broken"),
    ],
)
def test_what_is_no_picture_never_comes_on_record(
    crew: Any, incident: UUID, content: bytes, kind: str
) -> None:
    answer = send(crew, begin(crew, incident, content, filename="photo.jpg"), content)
    assert (answer.status_code, kind_of(answer)) == (422, kind)
    assert photos_of(crew, incident)["photos"] == []


def test_a_crash_before_the_record_is_made_good_by_asking(
    crew: Any, incident: UUID, room: PhotoRoom
) -> None:
    upload = begin(crew, incident)
    room.store.append(UUID(upload.rpartition("/")[2]), [CONTENT], offset=0)
    assert offset_of(crew, upload) == len(CONTENT)
    assert len(photos_of(crew, incident)["photos"]) == 1


def test_a_crash_before_the_record_is_made_good_by_sending_all_of_it_again(
    crew: Any, incident: UUID, room: PhotoRoom
) -> None:
    photo = uuid4()
    begin(crew, incident, photo=photo)
    room.store.append(photo, [CONTENT], offset=0)
    headers = PIECE | announcement(incident, photo, CONTENT)
    answer = crew.post("/v1/uploads", data=CONTENT, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["Upload-Offset"] == str(len(CONTENT))
    assert [found["id"] for found in photos_of(crew, incident)["photos"]] == [str(photo)]


def test_a_crash_before_the_record_is_made_good_by_an_empty_piece(
    crew: Any, incident: UUID, room: PhotoRoom
) -> None:
    upload = begin(crew, incident)
    room.store.append(UUID(upload.rpartition("/")[2]), [CONTENT], offset=0)
    for _ in range(2):
        assert send(crew, upload, b"", len(CONTENT)).status_code == 204
    assert len(photos_of(crew, incident)["photos"]) == 1


def test_of_two_that_finish_one_photo_at_once_one_makes_the_record(
    crew: Any, incident: UUID, room: PhotoRoom, database: Any
) -> None:
    upload = begin(crew, incident)
    photo_id = UUID(upload.rpartition("/")[2])
    announced = database.read(lambda work: work.photos.upload(photo_id))
    send(crew, upload, CONTENT)
    database.write(lambda work: work.photos.begin(announced))
    room.store.append(photo_id, [CONTENT], offset=0)
    from service.operations.finish_upload import finish_upload

    again = finish_upload(announced, officer=crew.officer, room=room)
    assert again == database.read(lambda work: work.photos.get(photo_id))
    assert len(photos_of(crew, incident)["photos"]) == 1


def test_a_second_writer_is_refused_while_the_first_writes(
    crew: Any, incident: UUID, room: PhotoRoom
) -> None:
    upload = begin(crew, incident)
    photo_id = UUID(upload.rpartition("/")[2])
    answers = []

    def pieces_with_a_rival() -> Any:
        yield CONTENT[:10]
        answers.append(send(crew, upload, CONTENT))
        answers.append(crew.open("DELETE", upload, headers=TUS))

    room.store.append(photo_id, pieces_with_a_rival(), offset=0)
    assert answers[0].status_code in {409, 423}
    assert answers[1].status_code == 423
    assert offset_of(crew, upload) == 10


def test_an_upload_can_be_given_up_and_a_photo_cannot(crew: Any, incident: UUID) -> None:
    upload = begin(crew, incident)
    send(crew, upload, CONTENT[:9])
    assert crew.open("DELETE", upload, headers=TUS).status_code == 204
    assert crew.open("HEAD", upload, headers=TUS).status_code == 404
    assert send(crew, upload, b"x").status_code == 404
    kept = begin(crew, incident)
    send(crew, kept, CONTENT)
    answer = crew.open("DELETE", kept, headers=TUS)
    assert (answer.status_code, kind_of(answer)) == (409, "photo-on-record")


def test_nobody_and_other_stations_cannot_send(
    app: Any, sign_in: Any, incident: UUID, crew: Any, brigade: Any
) -> None:
    headers = announcement(incident, uuid4(), CONTENT)
    assert app.test_client().post("/v1/uploads", headers=headers).status_code == 401
    stranger = sign_in(Role.CREW, brigade.other_station)
    assert stranger.post("/v1/uploads", headers=headers).status_code == 403
    upload = begin(crew, incident)
    assert send(stranger, upload, b"x").status_code == 403
    unknown = announcement(uuid4(), uuid4(), CONTENT)
    assert crew.post("/v1/uploads", headers=unknown).status_code == 404


def test_a_store_that_is_away_says_when_to_come_back(
    crew: Any, incident: UUID, app: Any, tmp_path: Any
) -> None:
    upload = begin(crew, incident)
    (tmp_path / "photos" / "staging").rmdir()
    (tmp_path / "photos" / "staging").write_text("a file where the folder was")
    answer = send(crew, upload, CONTENT)
    assert (answer.status_code, kind_of(answer)) == (503, "store-unavailable")
    assert answer.headers["Retry-After"]
    assert app.test_client().get("/readyz").status_code == 503


def test_litter_that_cannot_be_swept_now_does_not_undo_the_photo(
    crew: Any, incident: UUID, room: PhotoRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(photo_id: UUID) -> None:
        raise StoreUnavailable

    upload = begin(crew, incident)
    monkeypatch.setattr(room.store, "discard", away)
    assert send(crew, upload, CONTENT).status_code == 204
    assert len(photos_of(crew, incident)["photos"]) == 1

"""tus 1.0.0 beyond its core: with the first piece, a late length, parts, terms, other verbs."""

import hashlib
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from werkzeug.http import parse_date

from service.domain.photo_refusals import StoreUnavailable
from service.domain.powers import Role
from service.domain.upload_metadata import read_announcement
from service.operations.begin_upload import begin_upload
from service.operations.ports import PhotoRoom
from service.operations.sweep_uploads import sweep_uploads
from storage.database import utc_now
from tests.photo_builders import a_picture, announcement
from tests.web.test_uploads import CONTENT, PIECE, TUS, begin, kind_of, offset_of, photos_of, send

HALF = len(CONTENT) // 2


@pytest.fixture
def later(database: Any) -> Callable[[timedelta], None]:
    """A function: let so much time pass for the database's clock."""

    def pass_(time: timedelta) -> None:
        now = database.clock() + time
        database.clock = lambda: now

    return pass_


def posted(crew: Any, headers: dict[str, str], content: bytes = b"") -> Any:
    more = PIECE if content else TUS
    return crew.open("POST", "/v1/uploads", headers=headers | more, data=content)


def deferred(incident: UUID, photo: UUID) -> dict[str, str]:
    headers = announcement(incident, photo, CONTENT) | {"Upload-Defer-Length": "1"}
    del headers["Upload-Length"]
    return headers


# --- creation-with-upload ---


def test_a_photo_comes_whole_with_its_announcement(crew: Any, incident: UUID) -> None:
    answer = posted(crew, announcement(incident, uuid4(), CONTENT), CONTENT)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, str(len(CONTENT)))
    assert "Upload-Expires" not in answer.headers
    assert len(photos_of(crew, incident)["photos"]) == 1


def test_the_first_piece_comes_with_the_announcement_and_the_rest_after(
    crew: Any, incident: UUID
) -> None:
    headers = announcement(incident, uuid4(), CONTENT)
    answer = posted(crew, headers, CONTENT[:HALF])
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, str(HALF))
    again = posted(crew, headers, CONTENT[:HALF])
    assert (again.status_code, again.headers["Upload-Offset"]) == (200, str(HALF))
    assert send(crew, answer.headers["Location"], CONTENT[HALF:], HALF).status_code == 204
    assert len(photos_of(crew, incident)["photos"]) == 1


def test_a_damaged_first_piece_leaves_the_announcement(crew: Any, incident: UUID) -> None:
    photo = uuid4()
    right = b64encode(hashlib.sha256(CONTENT).digest()).decode()
    headers = announcement(incident, photo, CONTENT) | {"Upload-Checksum": f"sha256 {right}"}
    assert posted(crew, headers, b"x" + CONTENT[1:]).status_code == 460
    assert offset_of(crew, f"/v1/uploads/{photo}") == 0


def test_a_first_piece_of_another_content_type_is_refused(crew: Any, incident: UUID) -> None:
    headers = announcement(incident, uuid4(), CONTENT) | {"Content-Type": "image/png"}
    answer = crew.open("POST", "/v1/uploads", headers=headers, data=CONTENT)
    assert (answer.status_code, kind_of(answer)) == (415, "upload-type-wrong")


# --- creation-defer-length ---


def test_a_length_may_come_with_a_later_piece(crew: Any, incident: UUID) -> None:
    answer = posted(crew, deferred(incident, uuid4()))
    upload = answer.headers["Location"]
    assert answer.headers["Upload-Defer-Length"] == "1"
    assert "Upload-Length" not in answer.headers
    assert send(crew, upload, CONTENT[:HALF]).headers["Upload-Defer-Length"] == "1"
    assert photos_of(crew, incident)["photos"] == []
    last = send(crew, upload, CONTENT[HALF:], HALF, Upload_Length=str(len(CONTENT)))
    assert (last.status_code, last.headers["Upload-Length"]) == (204, str(len(CONTENT)))
    assert len(photos_of(crew, incident)["photos"]) == 1


def test_a_length_may_come_after_the_last_piece_or_with_the_same_announcement(
    crew: Any, incident: UUID
) -> None:
    for _ in range(2):
        photo = uuid4()
        upload = posted(crew, deferred(incident, photo)).headers["Location"]
        send(crew, upload, CONTENT)
        again = posted(crew, announcement(incident, photo, CONTENT))
        assert (again.status_code, again.headers["Upload-Length"]) == (200, str(len(CONTENT)))
        assert send(crew, upload, b"", len(CONTENT)).status_code == 204
    assert len(photos_of(crew, incident)["photos"]) == 2


def test_a_length_that_was_said_cannot_be_changed(crew: Any, incident: UUID) -> None:
    upload = begin(crew, incident)
    answer = send(crew, upload, CONTENT[:9], Upload_Length=str(len(CONTENT) + 1))
    assert (answer.status_code, kind_of(answer)) == (409, "upload-length-set")
    assert offset_of(crew, upload) == 0
    assert send(crew, upload, CONTENT, Upload_Length=str(len(CONTENT))).status_code == 204


def test_a_body_without_a_length_is_bounded_all_the_same(
    crew: Any, incident: UUID, app: Any
) -> None:
    upload = posted(crew, deferred(incident, uuid4())).headers["Location"]
    over = send(crew, upload, CONTENT, Upload_Length="200000001")
    assert (over.status_code, kind_of(over)) == (413, "photo-too-large")
    assert posted(crew, {"Upload-Defer-Length": "7"}).status_code == 400


# --- concatenation ---


def part_of(crew: Any, content: bytes) -> str:
    headers = {"Upload-Concat": "partial", "Upload-Length": str(len(content))}
    answer = posted(crew, headers, content)
    assert (answer.status_code, answer.headers["Upload-Concat"]) == (201, "partial")
    return str(answer.headers["Location"])


def final(incident: UUID, *parts: str, photo: UUID | None = None) -> dict[str, str]:
    headers = announcement(incident, photo or uuid4(), CONTENT)
    del headers["Upload-Length"]
    return headers | {"Upload-Concat": "final;" + " ".join(parts)}


def test_parts_are_put_together_to_a_photo(crew: Any, incident: UUID) -> None:
    two, one = part_of(crew, CONTENT[HALF:]), part_of(crew, CONTENT[:HALF])
    headers = final(incident, one, f"http://localhost{two}")
    for status in (201, 200):
        answer = posted(crew, headers)
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (status, str(len(CONTENT)))
    [photo] = photos_of(crew, incident)["photos"]
    assert crew.get(photo["original"]).data == CONTENT
    assert crew.open("HEAD", one, headers=TUS).status_code == 404


def test_a_part_is_its_sender_s_alone(crew: Any, incident: UUID, sign_in: Any) -> None:
    one, colleague = part_of(crew, CONTENT), sign_in(Role.CREW)
    assert colleague.open("HEAD", one, headers=TUS).status_code == 404
    answer = posted(colleague, final(incident, one))
    assert (answer.status_code, kind_of(answer)) == (409, "upload-part-unfinished")
    assert posted(sign_in(Role.REVIEWER), {"Upload-Concat": "partial", "Upload-Length": "5"}
                  ).status_code == 403  # fmt: skip


def test_an_unfinished_part_is_resumed_before_it_is_put_together(crew: Any, incident: UUID) -> None:
    whole = part_of(crew, CONTENT[:HALF])
    headers = {"Upload-Concat": "partial", "Upload-Defer-Length": "1"}
    open_ = posted(crew, headers, CONTENT[HALF : HALF + 9]).headers["Location"]
    photo = uuid4()
    assert posted(crew, final(incident, whole, open_, photo=photo)).status_code == 409
    head = crew.open("HEAD", open_, headers=TUS)
    assert (head.headers["Upload-Offset"], head.headers["Upload-Concat"]) == ("9", "partial")
    rest = len(CONTENT) - HALF
    answer = send(crew, open_, CONTENT[HALF + 9 :], 9, Upload_Length=str(rest))
    assert answer.headers["Upload-Offset"] == str(rest)
    assert posted(crew, final(incident, whole, open_, photo=photo)).status_code == 201


def test_a_crash_while_parts_are_put_together_is_made_good_by_asking(
    crew: Any, incident: UUID, room: PhotoRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    class Killing:
        """The store of this room, until it is killed after the first part."""

        def __getattr__(self, name: str) -> Any:
            return getattr(room.store, name)

        def append(self, photo_id: UUID, pieces: Any, *, offset: int) -> int:
            room.store.append(photo_id, [next(iter(pieces))[:100]], offset=offset)
            raise Killed

    parts = part_of(crew, CONTENT[:HALF]), part_of(crew, CONTENT[HALF:])
    photo = uuid4()
    headers = final(incident, *parts, photo=photo)
    upload = read_announcement(
        headers["Upload-Metadata"],
        size_bytes=None,
        at_most_bytes=10**6,
        parts=tuple(UUID(part.rpartition("/")[2]) for part in parts),
    )
    with pytest.raises(Killed):
        begin_upload(upload, officer=crew.officer, room=replace(room, store=Killing()))
    address = f"/v1/uploads/{photo}"
    assert send(crew, address, b"x", 100).status_code == 403
    assert offset_of(crew, address) == len(CONTENT)
    [shown] = photos_of(crew, incident)["photos"]
    assert crew.get(shown["original"]).data == CONTENT


def test_parts_that_are_another_photo_are_refused_and_stay(crew: Any, incident: UUID) -> None:
    one = part_of(crew, a_picture())
    answer = posted(crew, final(incident, one))
    assert (answer.status_code, kind_of(answer)) == (422, "photo-digest-wrong")
    assert crew.open("HEAD", one, headers=TUS).status_code == 200


def test_parts_over_the_limit_are_refused(crew: Any, incident: UUID, app: Any) -> None:
    one = part_of(crew, CONTENT[:HALF])
    room = app.extensions["handback-photos"]
    app.extensions["handback-photos"] = replace(room, at_most_bytes=HALF)
    answer = posted(crew, final(incident, one, one))
    assert (answer.status_code, kind_of(answer)) == (413, "photo-too-large")


def test_a_part_that_cannot_be_swept_now_does_not_undo_the_photo(
    crew: Any, incident: UUID, room: PhotoRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(photo_id: UUID) -> None:
        raise StoreUnavailable

    one = part_of(crew, CONTENT)
    monkeypatch.setattr(room.store, "discard", away)
    assert posted(crew, final(incident, one)).status_code == 201
    assert len(photos_of(crew, incident)["photos"]) == 1


def test_a_part_can_be_given_up(crew: Any) -> None:
    one = part_of(crew, CONTENT[:HALF])
    assert crew.open("DELETE", one, headers=TUS).status_code == 204
    assert crew.open("HEAD", one, headers=TUS).status_code == 404


# --- expiration ---


def test_an_answer_says_how_long_the_upload_is_kept(crew: Any, incident: UUID) -> None:
    upload = begin(crew, incident)
    for answer in (crew.open("HEAD", upload, headers=TUS), send(crew, upload, CONTENT[:9])):
        ends = parse_date(answer.headers["Upload-Expires"])
        assert ends is not None
        assert timedelta(days=7) - timedelta(minutes=5) < ends - utc_now() <= timedelta(days=7)
    assert "Upload-Expires" not in send(crew, upload, CONTENT[9:], 9).headers


def test_an_expired_upload_is_gone_and_its_id_free(
    crew: Any, incident: UUID, later: Callable[[timedelta], None]
) -> None:
    photo = uuid4()
    upload = begin(crew, incident, photo=photo)
    send(crew, upload, CONTENT[:9])
    later(timedelta(days=7))
    for verb in ("HEAD", "DELETE"):
        assert crew.open(verb, upload, headers=TUS).status_code == 410
    answer = send(crew, upload, CONTENT[9:], 9)
    assert (answer.status_code, kind_of(answer)) == (410, "upload-expired")
    assert offset_of(crew, begin(crew, incident, photo=photo)) == 0
    assert send(crew, upload, CONTENT).status_code == 204


def test_an_expired_upload_is_begun_anew_even_before_it_is_swept(
    crew: Any, incident: UUID, later: Callable[[timedelta], None], room: PhotoRoom
) -> None:
    old = [begin(crew, incident) for _ in range(5)]
    photo = UUID(old[-1].rpartition("/")[2])
    send(crew, old[-1], CONTENT[:9])
    later(timedelta(days=7))
    again = crew.post("/v1/uploads", headers=announcement(incident, photo, CONTENT))
    assert (again.status_code, again.headers["Upload-Offset"]) == (201, "0")


def test_only_what_is_over_is_swept_and_never_a_photo(
    crew: Any, incident: UUID, later: Callable[[timedelta], None], room: PhotoRoom, tmp_path: Any
) -> None:
    done, over, part = begin(crew, incident), begin(crew, incident), part_of(crew, b"x")
    send(crew, done, CONTENT)
    send(crew, over, CONTENT[:9])
    later(timedelta(days=6))
    fresh = begin(crew, incident)
    send(crew, fresh, CONTENT[:9])
    assert len(list((tmp_path / "photos" / "staging").iterdir())) == 3
    later(timedelta(days=1))
    assert sweep_uploads(room) == 2
    assert [file.name for file in (tmp_path / "photos" / "staging").iterdir()] == [
        fresh.rpartition("/")[2]
    ]
    assert offset_of(crew, fresh) == 9
    assert crew.open("HEAD", part, headers=TUS).status_code == 404
    [photo] = photos_of(crew, incident)["photos"]
    assert crew.get(photo["original"]).data == CONTENT


def test_what_cannot_be_swept_now_is_swept_later(
    crew: Any, incident: UUID, later: Callable[[timedelta], None], room: PhotoRoom
) -> None:
    upload = begin(crew, incident)
    send(crew, upload, CONTENT[:9])
    later(timedelta(days=7))
    swept: list[int] = []

    def pieces_while_swept() -> Any:
        swept.append(sweep_uploads(room))
        yield b"x"

    room.store.append(UUID(upload.rpartition("/")[2]), pieces_while_swept(), offset=9)
    assert swept == [0]
    assert sweep_uploads(room) == 1


def test_an_upload_announced_anew_meanwhile_is_not_swept(
    crew: Any, incident: UUID, later: Callable[[timedelta], None], room: PhotoRoom, database: Any
) -> None:
    """Between finding what is over and forgetting it, its phone comes back."""
    photo = uuid4()
    upload = begin(crew, incident, photo=photo)
    later(timedelta(days=7))

    class Meanwhile:
        def __getattr__(self, name: str) -> Any:
            return getattr(database, name)

        def read(self, act: Any) -> Any:
            found = database.read(act)
            begin(crew, incident, photo=photo)
            send(crew, upload, CONTENT[:9])
            return found

    assert sweep_uploads(replace(room, records=Meanwhile())) == 0
    assert offset_of(crew, upload) == 9


# --- the rest of the protocol ---


def test_the_verb_may_come_in_a_header(crew: Any, incident: UUID) -> None:
    upload = begin(crew, incident)
    over = {"X-HTTP-Method-Override": "PATCH", "Upload-Offset": "0"}
    sent = crew.open("POST", upload, headers=PIECE | over, data=CONTENT[:9])
    assert (sent.status_code, sent.headers["Upload-Offset"]) == (204, "9")
    asked = crew.open("POST", upload, headers=TUS | {"X-HTTP-Method-Override": "HEAD"})
    assert (asked.status_code, asked.headers["Upload-Offset"]) == (200, "9")
    absent = f"/v1/uploads/{uuid4()}"
    asked = crew.open("POST", absent, headers=TUS | {"X-HTTP-Method-Override": "HEAD"})
    assert (asked.status_code, asked.data, asked.headers["Content-Length"]) == (404, b"", "0")
    crew.open("POST", upload, headers=TUS | {"X-HTTP-Method-Override": "DELETE"})
    assert crew.open("HEAD", upload, headers=TUS).status_code == 404


def test_a_verb_in_a_header_counts_for_uploads_and_posts_alone(crew: Any, incident: UUID) -> None:
    over = {"X-HTTP-Method-Override": "DELETE"}
    assert crew.open("GET", f"/v1/incidents/{incident}", headers=over).status_code == 200
    assert crew.open("POST", f"/v1/incidents/{incident}", headers=over).status_code == 405
    brewed = TUS | {"X-HTTP-Method-Override": "BREW"}
    assert crew.open("POST", f"/v1/uploads/{uuid4()}", headers=brewed).status_code == 405


def test_what_was_said_of_an_upload_is_told_again(crew: Any, incident: UUID) -> None:
    photo = uuid4()
    upload = begin(crew, incident, photo=photo, filename="fire.jpg")
    said = announcement(incident, photo, CONTENT, filename="fire.jpg")["Upload-Metadata"]
    assert crew.open("HEAD", upload, headers=TUS).headers["Upload-Metadata"] == said

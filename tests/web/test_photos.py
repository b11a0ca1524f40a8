"""Photos on record: metadata, originals by ranges, previews."""

import io
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image

from service.domain.photo import PreviewSize
from service.domain.powers import Role
from service.domain.preview import PreviewRecipe
from service.operations.ports import PhotoRoom
from tests.photo_builders import a_turned_picture, an_incident, digest_of
from tests.web.test_uploads import begin, send

CONTENT = a_turned_picture(6)


@pytest.fixture
def photo(crew: Any, incident: UUID) -> Any:
    """One photo on record, as the list shows it."""
    more = {"device": "phone 1", "taken_at": "2026-11-24T11:00:00+08:00"}
    send(crew, begin(crew, incident, CONTENT, position="111.66,40.82,8", **more), CONTENT)
    [shown] = crew.get(f"/v1/incidents/{incident}/photos").json["photos"]
    return shown


def test_a_photo_is_shown_with_whose_word_is_what(crew: Any, photo: Any, incident: UUID) -> None:
    assert crew.get(f"/v1/incidents/{incident}/photos/{photo['id']}").json == photo
    assert photo["taken"] == {"phone": "2026-11-24T03:00:00Z", "exif": None}
    assert photo["position"]["phone"]["point"]["coordinates"] == [111.66, 40.82]
    assert photo["position"]["exif"] is None
    assert photo["view_name"] == {"zh": "概貌", "en": "overview"}
    assert (photo["width_px"], photo["height_px"]) == (48, 64)
    assert photo["officer_id"] == str(crew.officer.id)


def test_a_list_goes_on_page_by_page(crew: Any, incident: UUID) -> None:
    for _ in range(3):
        send(crew, begin(crew, incident, CONTENT), CONTENT)
    path, seen, after = f"/v1/incidents/{incident}/photos?limit=2", [], ""
    while True:
        page = crew.get(path + after).json
        seen += [photo["id"] for photo in page["photos"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert len(seen) == len(set(seen)) == 3
    assert page["by_view"]["overview"] == 3


def test_an_original_is_the_bytes_that_came(crew: Any, photo: Any) -> None:
    answer = crew.get(photo["original"])
    assert answer.data == CONTENT
    assert answer.headers["ETag"] == f'"{digest_of(CONTENT)}"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == f'inline; filename="{photo["id"]}.jpg"'
    assert answer.mimetype == "image/jpeg"
    again = crew.get(photo["original"], headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    head = crew.open("HEAD", photo["original"])
    assert (head.data, head.content_length) == (b"", len(CONTENT))


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("bytes=0-9", 0, 10), ("bytes=10-", 10, len(CONTENT)), ("bytes=-5", len(CONTENT) - 5, None)],
)
def test_a_range_of_an_original(
    crew: Any, photo: Any, asked: str, start: int, stop: int | None
) -> None:
    answer = crew.get(photo["original"], headers={"Range": asked})
    assert (answer.status_code, answer.data) == (206, CONTENT[start:stop])
    end = (stop or len(CONTENT)) - 1
    assert answer.headers["Content-Range"] == f"bytes {start}-{end}/{len(CONTENT)}"


@pytest.mark.parametrize(
    "headers",
    [
        {"Range": "bytes=0-1,4-5"},
        {"Range": "bytes=0-1", "If-Range": '"another"'},
        {"Range": "pages=1-2"},
    ],
)
def test_other_ranges_are_answered_with_the_whole(
    crew: Any, photo: Any, headers: dict[str, str]
) -> None:
    answer = crew.get(photo["original"], headers=headers)
    assert (answer.status_code, answer.data) == (200, CONTENT)


def test_a_range_beyond_the_end_is_refused(crew: Any, photo: Any) -> None:
    answer = crew.get(photo["original"], headers={"Range": "bytes=9999999-"})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(CONTENT)}"


@pytest.mark.parametrize("size", ["phone", "desk", "print"])
def test_a_preview_is_upright_without_metadata_and_for_ever(
    crew: Any, photo: Any, size: str, tmp_path: Any
) -> None:
    answer = crew.get(photo["previews"][size])
    preview = Image.open(io.BytesIO(answer.data))
    assert (preview.format, preview.size, dict(preview.getexif())) == ("JPEG", (48, 64), {})
    assert "immutable" in answer.headers["Cache-Control"]
    again = crew.get(photo["previews"][size], headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    for kept in (tmp_path / "derived").rglob("*.jpg"):
        kept.unlink()
    assert crew.get(photo["previews"][size]).data == answer.data


def test_previews_for_phone_and_desk_are_made_soon_after_the_answer(
    photo: Any, room: PhotoRoom
) -> None:
    room.later.wait()
    made = [room.previews.get(photo["sha256"], PreviewRecipe(size=size)) for size in PreviewSize]
    assert [each is None for each in made] == [False, False, True]


def test_a_known_preview_is_neither_made_nor_read_again(
    crew: Any, photo: Any, room: PhotoRoom, tmp_path: Any
) -> None:
    path = photo["previews"]["print"]
    etag = f'"{photo["sha256"][:32]}-{PreviewRecipe(size=PreviewSize.PRINT).name}"'
    assert crew.get(path, headers={"If-None-Match": etag}).status_code == 304
    room.later.wait()
    assert not list((tmp_path / "derived").rglob("*print*"))
    assert crew.get(path).headers["ETag"] == etag


def test_an_unknown_size_is_refused(crew: Any, photo: Any) -> None:
    assert crew.get(photo["original"].replace("original", "preview?size=wall")).status_code == 422


def test_a_photo_of_another_fire_or_station_is_not_shown(
    crew: Any, photo: Any, incident: UUID, sign_in: Any, brigade: Any, database: Any
) -> None:
    stranger = sign_in(Role.CREW, brigade.other_station)
    assert stranger.get(photo["original"]).status_code == 403
    other = an_incident(brigade.station)
    database.write(lambda work: work.incidents.put(other, previous=0))
    assert crew.get(f"/v1/incidents/{other.id}/photos/{photo['id']}").status_code == 404
    assert crew.get(f"/v1/incidents/{incident}/photos/{uuid4()}").status_code == 404


def test_an_original_that_is_gone_is_a_store_that_is_away(
    crew: Any, photo: Any, tmp_path: Any
) -> None:
    digest = photo["sha256"]
    (tmp_path / "photos" / "originals" / digest[:2] / digest).unlink()
    answer = crew.get(photo["original"])
    assert (answer.status_code, answer.json["type"]) == (503, "/problems/photo-bytes-missing")

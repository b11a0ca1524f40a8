"""Hostile files over HTTP: each is refused in words or kept as it came; none makes a 5xx."""

import io
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image

from service.domain.photo import PreviewSize
from service.domain.preview import PreviewRecipe
from service.domain.preview_refusals import PreviewRefused
from service.operations.make_previews import make_previews, preview_photo
from service.operations.ports import PhotoRoom
from storage.apart_pictures import ApartPictures
from storage.picture_task import Limits
from tests.hostile_pictures import ANOTHER_KIND, BROKEN, ODD, TOO_MANY_PIXELS, many_scans
from tests.photo_builders import a_picture, announcement, digest_of
from tests.web.test_hostile_requests import told_well
from tests.web.test_uploads import begin, kind_of, offset_of, photos_of, send

PRINT = PreviewRecipe(size=PreviewSize.PRINT)
REFUSED = [
    *(("photo-type-refused", name, content) for name, content in ANOTHER_KIND.items() if content),
    *(("photo-too-many-pixels", name, content) for name, content in TOO_MANY_PIXELS.items()),
    *(("photo-broken", name, content) for name, content in BROKEN.items()),
]


@pytest.mark.parametrize(
    ("kind", "content"), [pytest.param(kind, content, id=name) for kind, name, content in REFUSED]
)
def test_what_is_no_picture_is_refused_and_its_id_is_free_again(
    crew: Any, incident: UUID, kind: str, content: bytes
) -> None:
    upload = begin(crew, incident, content)
    answer = send(crew, upload, content)
    assert (answer.status_code, kind_of(answer)) == (422, kind)
    told_well(answer)
    assert photos_of(crew, incident)["photos"] == []
    begin(crew, incident, a_picture(), photo=upload.rpartition("/")[2])


@pytest.mark.parametrize("content", [pytest.param(each, id=name) for name, each in ODD.items()])
def test_an_odd_picture_is_kept_as_it_came(
    crew: Any, incident: UUID, content: bytes, room: PhotoRoom
) -> None:
    assert send(crew, begin(crew, incident, content), content).status_code == 204
    [photo] = photos_of(crew, incident)["photos"]
    assert photo["sha256"] == digest_of(content)
    original = crew.get(photo["original"])
    assert original.data == content
    assert original.mimetype == photo["media_type"]
    assert original.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in original.headers["Content-Security-Policy"]
    with Image.open(io.BytesIO(crew.get(photo["previews"]["phone"]).data)) as preview:
        assert preview.format == "JPEG"
    room.later.wait()


def test_a_photo_of_no_bytes_is_refused(crew: Any, incident: UUID) -> None:
    answer = crew.post("/v1/uploads", headers=announcement(incident, uuid4(), b""))
    told_well(answer)
    assert (answer.status_code, kind_of(answer)) == (422, "upload-metadata-invalid")


@pytest.fixture
def tight(room: PhotoRoom) -> PhotoRoom:
    """The photo room, with too little memory for the previews of large pictures."""
    return replace(room, pictures=ApartPictures(limits=Limits(memory_bytes=90 << 20)))


def test_a_picture_too_large_for_its_preview_is_kept_without_one(
    crew: Any, incident: UUID, room: PhotoRoom, tight: PhotoRoom, database: Any
) -> None:
    content = a_picture((5_000, 4_000))
    send(crew, begin(crew, incident, content), content)
    room.later.wait()
    [shown] = photos_of(crew, incident)["photos"]
    photo = database.read(lambda work: work.photos.get(UUID(shown["id"])))
    with pytest.raises(PreviewRefused):
        preview_photo(photo, PRINT, room=tight)
    assert tight.pictures.inspect(io.BytesIO(content)).width_px == 5_000
    answer = crew.get(shown["previews"]["print"])
    assert (answer.status_code, kind_of(answer)) == (404, "preview-refused")
    told_well(answer)
    assert crew.get(shown["original"]).data == content


def test_previews_that_cannot_be_made_ahead_are_left_to_who_asks(
    room: PhotoRoom, tight: PhotoRoom
) -> None:
    content = a_picture((5_000, 4_000), kind="PNG")
    room.store.put(digest_of(content), io.BytesIO(content))
    make_previews(digest_of(content), room=tight)
    assert room.previews.get(digest_of(content), PRINT) is None


def test_a_picture_that_a_busy_machine_could_not_decode_is_finished_when_asked_for(
    app: Any, crew: Any, incident: UUID, room: PhotoRoom
) -> None:
    content = many_scans(40)
    busy = replace(room, pictures=ApartPictures(limits=Limits(seconds=0.05)))
    app.extensions["handback-photos"] = busy
    upload = begin(crew, incident, content)
    answer = send(crew, upload, content)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert photos_of(crew, incident)["photos"] == []
    app.extensions["handback-photos"] = room
    assert offset_of(crew, upload) == len(content)
    [photo] = photos_of(crew, incident)["photos"]
    assert photo["sha256"] == digest_of(content)

"""scripts/verify: every loss and change is told, on a folder and on a real S3 server."""

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import pytest

from scripts.verify_photos import arguments, verify
from service.domain.photo import Photo, View
from service.settings import Settings
from storage.database import Database
from storage.photo_folder import PhotoFolder
from storage.photo_s3 import PhotoS3
from storage.photo_store import open_photo_store
from tests.fires import NOW, a_photo
from tests.photo_builders import an_upload
from tests.s3_server import S3Server

FIRE = uuid4()


class Kept(NamedTuple):
    """A database, a store, and the settings that name both."""

    database: Database
    store: PhotoFolder | PhotoS3
    settings: Settings


@pytest.fixture(params=["folder", "s3"])
def kept(request: pytest.FixtureRequest, tmp_path: Path, migrated: Path) -> Iterator[Kept]:
    """Nothing on record, nothing stored."""
    url = f"sqlite:///{tmp_path / 'handback.db'}"
    (tmp_path / "handback.db").write_bytes(migrated.read_bytes())
    where = str(tmp_path / "photos")
    if request.param == "s3":
        server: S3Server = request.getfixturevalue("s3_server")
        where = server.photos_url(f"b{uuid4().hex}")
    store = open_photo_store(where)
    store.prepare()
    database = Database(url, clock=lambda: NOW)
    yield Kept(database, store, Settings(data_dir=tmp_path, database_url=url, photos_url=where))
    database.engine.dispose()


def put(kept: Kept, content: bytes, *, recorded: bool = True, stored: bool = True) -> Photo:
    digest = hashlib.sha256(content).hexdigest()
    photo = replace_bytes(a_photo(FIRE, View.DETAIL), digest, len(content))
    if stored:
        kept.store.put(digest, BytesIO(content))
    if recorded:
        kept.database.write(lambda work: work.photos.add(photo))
    return photo


def replace_bytes(photo: Photo, digest: str, size_bytes: int) -> Photo:
    return replace(photo, digest=digest, size_bytes=size_bytes)


def told(kept: Kept) -> tuple[int, dict[str, str], dict[str, Any]]:
    """The exit status, what is wrong by digest, and the sum."""
    out = io.StringIO()
    status = verify(kept.settings, as_json=True, out=out, progress=io.StringIO())
    *faults, total = map(json.loads, out.getvalue().splitlines())
    return status, {fault["sha256"]: fault["wrong"] for fault in faults}, total


def test_photos_that_are_whole_are_told_by_their_number(kept: Kept) -> None:
    photos = [put(kept, b"photo %d" % n) for n in range(5)]
    again = put(kept, b"photo 1")
    assert again.digest == photos[1].digest
    assert told(kept) == (0, {}, {"whole": 5, "bytes": 35, "wrong": {}})
    out = io.StringIO()
    assert verify(kept.settings, as_json=False, out=out, progress=io.StringIO()) == 0
    assert out.getvalue() == "5 件完好 whole, 0.0 MB; 无异常 no fault\n"


def test_every_loss_and_change_is_told_with_whose_photo_it_is(kept: Kept) -> None:
    whole = put(kept, b"whole")
    lost = put(kept, b"lost", stored=False)
    stranger = put(kept, b"nobody's", recorded=False)
    grown = replace_bytes(a_photo(FIRE, View.DETAIL), "1" * 64, 3)
    turned = replace_bytes(a_photo(FIRE, View.DETAIL), "2" * 64, 4)
    for photo in (grown, turned):
        kept.store.put(photo.digest, BytesIO(b"four"))
        kept.database.write(lambda work, photo=photo: work.photos.add(photo))
    status, wrong, total = told(kept)
    assert (status, total["whole"]) == (1, 1)
    assert wrong == {
        lost.digest: "missing",
        stranger.digest: "unknown",
        grown.digest: "changed",
        turned.digest: "changed",
    }
    assert whole.digest not in wrong
    out = io.StringIO()
    verify(kept.settings, as_json=False, out=out, progress=io.StringIO())
    assert f"missing    {lost.digest}  原件缺失" in out.getvalue()
    assert f"    /v1/incidents/{FIRE}/photos/{lost.id}\n" in out.getvalue()


def test_an_original_whose_upload_is_about_to_be_finished_is_no_stranger(kept: Kept) -> None:
    content = b"kept, and not on record yet"
    put(kept, content, recorded=False)
    kept.database.write(lambda work: work.photos.begin(an_upload(content, FIRE)))
    assert told(kept)[:2] == (0, {})


def test_what_is_no_digest_is_a_stranger(kept: Kept) -> None:
    if not isinstance(kept.store, PhotoFolder):
        return
    (kept.settings.data_dir / "photos" / "originals" / "00" / "notes.txt").write_text("?")
    put(kept, b"whole")
    assert told(kept)[:2] == (1, {"notes.txt": "unknown"})


def test_what_cannot_be_read_is_told(kept: Kept) -> None:
    if not isinstance(kept.store, PhotoFolder):
        return
    photo = replace_bytes(a_photo(FIRE, View.DETAIL), "3" * 64, 4096)
    path = kept.settings.data_dir / "photos" / "originals" / "33" / photo.digest
    path.mkdir()
    size = path.stat().st_size
    known = replace_bytes(photo, photo.digest, size)
    kept.database.write(lambda work: work.photos.add(known))
    assert told(kept)[:2] == (1, {photo.digest: "unreadable"})


def test_a_store_that_is_away_is_no_verdict(kept: Kept) -> None:
    away = Settings(
        data_dir=kept.settings.data_dir,
        database_url=kept.settings.database_url,
        photos_url=str(kept.settings.data_dir / "no" / "such"),
    )
    progress = io.StringIO()
    assert verify(away, as_json=True, out=io.StringIO(), progress=progress) == 2
    assert "照片存储暂时不可用" in progress.getvalue()


def test_a_long_run_tells_how_far_it_is(kept: Kept) -> None:
    put(kept, b"one")
    progress = io.StringIO()
    verify(kept.settings, as_json=True, out=io.StringIO(), progress=progress, every_seconds=-1)
    assert progress.getvalue() == "1 / 1, 0.0 GB\n"


def test_the_folder_is_named_on_the_command_line() -> None:
    asked = arguments(["--data", "there", "--json"])
    assert (asked.data, asked.json) == (Path("there"), True)

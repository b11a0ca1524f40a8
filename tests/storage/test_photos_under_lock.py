"""Originals under the Object Lock of a real S3 bucket: written once, under retention."""

import hashlib
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from minio.error import S3Error

from storage.photo_s3 import PhotoS3
from storage.photo_store import open_photo_store
from tests.s3_server import S3Server

BYTES = b"\xff\xd8\xff an original"
DIGEST = hashlib.sha256(BYTES).hexdigest()
NAME = f"originals/{DIGEST[:2]}/{DIGEST}"


@pytest.fixture
def store(s3_server: S3Server) -> PhotoS3:
    """Two buckets, the one of the originals locked."""
    bucket = f"b{uuid4().hex}"
    where = f"{s3_server.photos_url(bucket)}&staging={bucket}-staging&lock_days=30"
    opened = open_photo_store(where)
    assert isinstance(opened, PhotoS3)
    opened.prepare()
    opened.ready()
    return opened


def test_an_original_is_under_retention_and_its_name_is_taken(store: PhotoS3) -> None:
    assert store.put(DIGEST, BytesIO(BYTES)) is True
    assert store.put(DIGEST, BytesIO(b"another")) is False
    kept = store._client.get_object_retention(store._bucket, NAME)
    assert kept is not None and kept.mode == "COMPLIANCE"
    assert kept.retain_until_date > datetime.now(UTC) + timedelta(days=29)
    found = store._client.stat_object(store._bucket, NAME)
    with pytest.raises(S3Error, match="AccessDenied"):
        store._client.remove_object(store._bucket, NAME, version_id=found.version_id)
    assert b"".join(store.open(DIGEST, start=0, stop=len(BYTES))) == BYTES


def test_what_is_staged_is_not_locked(store: PhotoS3) -> None:
    photo_id = uuid4()
    store.append(photo_id, [BYTES], offset=0)
    with store.whole(photo_id, size_bytes=len(BYTES)) as staged:
        staged.keep(DIGEST)
    store.discard(photo_id)
    assert store.staged_bytes(photo_id) == 0
    assert not list(store._client.list_objects(store._staging, recursive=True))


@pytest.mark.parametrize("said", ["lock_days=30", "lock_days=x&staging=other"])
def test_a_lock_wants_days_and_another_bucket_for_what_is_staged(said: str) -> None:
    with pytest.raises(ValueError, match="lock_days"):
        open_photo_store(f"s3://k:s@127.0.0.1:1/photos?{said}")

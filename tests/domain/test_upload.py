"""Announcements, offsets, checksums of uploads."""

import hashlib
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from service.domain.errors import ChecksumWrong
from service.domain.photo import PhotoPosition, View
from service.domain.photo_refusals import (
    PhotoDigestWrong,
    PhotoIdTaken,
    PhotoTooLarge,
    UploadHeaderInvalid,
    UploadMetadataInvalid,
    UploadOffsetWrong,
)
from service.domain.upload import (
    Upload,
    must_be_the_same,
    must_continue,
    must_have_digest,
    within,
)
from service.domain.upload_headers import read_checksum, read_count
from service.domain.upload_metadata import read_announcement
from tests.photo_builders import an_upload, metadata

UPLOAD = an_upload(b"bytes", uuid4())
SAID = {
    "photo": UPLOAD.photo_id,
    "incident": UPLOAD.incident_id,
    "view": "detail",
    "sha256": UPLOAD.digest.upper(),
}


def announced(text: str, size_bytes: int = 5) -> Upload:
    return read_announcement(text, size_bytes=size_bytes, at_most_bytes=100)


def faults(text: str, size_bytes: int = 5) -> set[str]:
    with pytest.raises(UploadMetadataInvalid) as refused:
        announced(text, size_bytes)
    return {fault.pointer.removeprefix("/headers/") for fault in refused.value.faults}


def test_an_announcement_names_the_photo() -> None:
    assert announced(metadata(**SAID)) == UPLOAD


def test_it_may_say_when_where_and_with_what() -> None:
    more = {"taken_at": "2026-11-24T11:00:00+08:00", "device": "华为 P60", "filename": "x.gif"}
    full = announced(metadata(**SAID, **more, position="111.66,40.82,8"))
    assert full.taken_at == datetime(2026, 11, 24, 3, tzinfo=UTC)
    assert full.device == "华为 P60"
    assert full.position == PhotoPosition(lon_deg=111.66, lat_deg=40.82, accuracy_m=8)
    exact = announced(metadata(**SAID, position="111.66,40.82"))
    assert exact.position == PhotoPosition(lon_deg=111.66, lat_deg=40.82)


def test_everything_that_is_missing_is_named_at_once() -> None:
    assert faults("") == {f"Upload-Metadata/{key}" for key in SAID}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("photo", "7"), ("view", "sideways"), ("sha256", "abc"), ("taken_at", "2026-11-24"),
        ("taken_at", "noon"), ("device", ""), ("device", "a\nb"), ("position", "1"),
        ("position", "1,x"), ("position", "181,0"), ("position", "0,91"), ("position", "0,0,-1"),
        ("position", "nan,0"), ("colour", "red"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named(key: str, value: str) -> None:
    assert faults(metadata(**(SAID | {key: value}))) == {f"Upload-Metadata/{key}"}


def test_what_is_not_base64_or_comes_twice_is_named() -> None:
    text = metadata(**SAID)
    assert faults(f"{text},device %%%") == {"Upload-Metadata/device"}
    assert faults(f"{text},device {b64encode(bytes([255])).decode()}") == {"Upload-Metadata/device"}
    assert faults(f"{text},{metadata(view='detail')}") == {"Upload-Metadata/view"}


def test_an_empty_photo_and_one_too_large_are_refused() -> None:
    assert faults(metadata(**SAID), size_bytes=0) == {"Upload-Length"}
    with pytest.raises(PhotoTooLarge):
        announced(metadata(**SAID), size_bytes=101)


@pytest.mark.parametrize("header", [None, "", "-1", "1.5", "x", "1" * 16])
def test_a_count_is_a_whole_number(header: str | None) -> None:
    with pytest.raises(UploadHeaderInvalid):
        read_count("Upload-Offset", header)
    assert read_count("Upload-Offset", "7") == 7


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_checksum_holds_for_its_bytes_alone(algorithm: str) -> None:
    digest = b64encode(hashlib.new(algorithm, b"ab").digest()).decode()
    checksum = read_checksum(f"{algorithm} {digest}")
    checksum.must_match([b"a", b"b"])
    with pytest.raises(ChecksumWrong):
        checksum.must_match([b"b", b"a"])


@pytest.mark.parametrize("header", ["", "md5 AAAA", "sha1 AAAA", "sha1 ***", "sha256"])
def test_another_checksum_is_refused(header: str) -> None:
    with pytest.raises(UploadHeaderInvalid):
        read_checksum(header)


def test_the_same_announcement_may_come_again() -> None:
    must_be_the_same(UPLOAD, replace(UPLOAD, device="another"))


def test_a_different_photo_under_a_used_id_is_refused_with_what_differs() -> None:
    other = replace(UPLOAD, digest="0" * 64, view=View.SETTING)
    with pytest.raises(PhotoIdTaken) as refused:
        must_be_the_same(other, UPLOAD)
    assert [fault.pointer for fault in refused.value.faults] == ["/view", "/digest"]


def test_a_piece_continues_where_the_last_one_ended() -> None:
    must_continue(offset=5, staged_bytes=5)
    with pytest.raises(UploadOffsetWrong):
        must_continue(offset=4, staged_bytes=5)


def test_pieces_pass_as_long_as_they_fit() -> None:
    assert list(within([b"ab", b"c"], room_bytes=3)) == [b"ab", b"c"]
    passed = []
    with pytest.raises(PhotoTooLarge):
        for piece in within([b"ab", b"cd"], room_bytes=3):
            passed.append(piece)
    assert passed == [b"ab"]


def test_the_whole_has_the_announced_digest() -> None:
    must_have_digest(UPLOAD, UPLOAD.digest)
    with pytest.raises(PhotoDigestWrong):
        must_have_digest(UPLOAD, "0" * 64)

"""Announcements, offsets, checksums of uploads."""

import hashlib
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from service.domain.errors import ChecksumWrong
from service.domain.photo import PhotoPosition, View
from service.domain.photo_refusals import (
    PhotoDigestWrong,
    PhotoIdTaken,
    PhotoTooLarge,
    UploadExpired,
    UploadHeaderInvalid,
    UploadIsFinal,
    UploadLengthSet,
    UploadMetadataInvalid,
    UploadOffsetWrong,
)
from service.domain.upload import (
    Upload,
    UploadPart,
    must_be_the_same,
    must_continue,
    must_have_digest,
    must_take_pieces,
    with_length,
    within,
)
from service.domain.upload_concat import read_parts
from service.domain.upload_headers import read_checksum, read_count, read_length
from service.domain.upload_metadata import read_announcement
from service.domain.upload_term import expires_at, must_not_be_over
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
    assert announced(metadata(**SAID)) == replace(UPLOAD, metadata=metadata(**SAID))


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
    earlier = replace(UPLOAD, device="another")
    assert must_be_the_same(UPLOAD, earlier) is earlier


def test_a_length_that_is_not_said_yet_is_no_difference() -> None:
    must_be_the_same(UPLOAD, replace(UPLOAD, size_bytes=None))
    must_be_the_same(replace(UPLOAD, size_bytes=None), UPLOAD)


def test_a_photo_cannot_take_the_id_of_a_part_nor_other_parts() -> None:
    part = UploadPart(id=UPLOAD.id, officer_id=uuid4(), size_bytes=1)
    with pytest.raises(PhotoIdTaken):
        must_be_the_same(UPLOAD, part)
    with pytest.raises(PhotoIdTaken):
        must_be_the_same(UPLOAD, replace(UPLOAD, parts=(uuid4(),)))


@pytest.mark.parametrize(
    ("length", "defer"), [("5", "1"), (None, "2"), (None, ""), (None, None), ("x", None)]
)
def test_a_length_is_said_now_or_is_said_to_come(length: str | None, defer: str | None) -> None:
    with pytest.raises(UploadHeaderInvalid):
        read_length(length, defer)
    assert read_length("5", None) == 5
    assert read_length(None, "1") is None


@pytest.mark.parametrize(("known", "said"), [(5, 6), (None, 3), (None, 0)])
def test_a_length_that_was_said_stands_and_holds_what_has_come(known: int, said: int) -> None:
    with pytest.raises(UploadLengthSet):
        late(replace(UPLOAD, size_bytes=known), said)


def test_a_length_may_come_late_and_again() -> None:
    assert late(replace(UPLOAD, size_bytes=None), 9) == late(replace(UPLOAD, size_bytes=9), 9)
    with pytest.raises(PhotoTooLarge):
        late(replace(UPLOAD, size_bytes=None), 101)


def late(upload: Upload, size_bytes: int) -> Upload | UploadPart:
    return with_length(upload, size_bytes, staged_bytes=4, at_most_bytes=100)


def test_a_final_upload_takes_no_pieces() -> None:
    must_take_pieces(UPLOAD)
    with pytest.raises(UploadIsFinal):
        must_take_pieces(replace(UPLOAD, parts=(uuid4(),)))


def test_a_final_upload_names_its_parts() -> None:
    one, two = uuid4(), uuid4()
    assert read_parts("partial") == ()
    named = f"final;/v1/uploads/{one} http://127.0.0.1:8000/v1/uploads/{two}"
    assert read_parts(named) == (one, two)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "final",
        "final;",
        "final;/v1/uploads/7",
        "final;/files/5a1b6a0c-0d0e-4b0e-9a3f-0f4f3a4c2b11",
        "whole;/x",
    ],
)
def test_other_words_of_concatenation_are_refused(header: str) -> None:
    with pytest.raises(UploadHeaderInvalid):
        read_parts(header)


def test_an_unfinished_upload_has_its_time() -> None:
    begun = datetime(2026, 11, 24, 3, tzinfo=UTC)
    upload, week = replace(UPLOAD, begun_at=begun), timedelta(days=7)
    assert expires_at(upload, kept_for=week) == begun + week
    must_not_be_over(upload, kept_for=week, now=begun + week - timedelta(seconds=1))
    must_not_be_over(UPLOAD, kept_for=week, now=begun)
    with pytest.raises(UploadExpired):
        must_not_be_over(upload, kept_for=week, now=begun + week)


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

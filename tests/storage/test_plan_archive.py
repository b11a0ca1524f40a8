"""IMDF archives from bytes: read, or refused for a named reason."""

import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.market_plan import imdf, write_imdf
from service.domain.errors import PlanInvalid
from storage.plan_archive import ENTRY_LIMIT, FILE_LIMIT_BYTES, is_archive, read_archive


def archive(files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    body = BytesIO()
    with zipfile.ZipFile(body, "w", method) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return body.getvalue()


def refusal_of(body: bytes) -> str:
    with pytest.raises(PlanInvalid) as refused:
        read_archive(body)
    (fault,) = refused.value.faults
    return f"{fault.pointer} {fault.wrong.en}"


def test_the_files_of_an_archive_are_read_by_name(tmp_path: Path) -> None:
    write_imdf(tmp_path / "market.zip")
    body = (tmp_path / "market.zip").read_bytes()
    assert is_archive(body)
    assert not is_archive(b'{"type": "FeatureCollection"}')
    assert read_archive(body) == imdf()


def test_folders_shadows_and_other_files_do_no_harm() -> None:
    body = archive(
        {
            "venue/": b"",
            "../../etc/unit.geojson": b"{}",
            "..\\level.geojson": b"\xef\xbb\xbf[]",
            "__MACOSX/unit.geojson": b"{",
            "venue/._level.geojson": b"{",
            "readme.txt": b"hello",
        }
    )
    assert read_archive(body) == {"unit.geojson": {}, "level.geojson": []}


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        (b"PK", "/ the archive is broken"),
        (archive({"a.txt": b""}), "/ the archive holds no GeoJSON file"),
        (archive({f"{i}.json": b"1" for i in range(ENTRY_LIMIT + 1)}), "/ more than 64 files"),
        (archive({"a/unit.json": b"1", "b/unit.json": b"1"}), "/unit.json two files"),
        (archive({"unit.json": b"{"}), "/unit.json not valid JSON"),
        (archive({"unit.json": b"\xff"}), "/unit.json not valid JSON"),
        (archive({"unit.json": b"[" * 100_000}), "/unit.json not valid JSON"),
        (archive({"unit.json": b"[1,2]," * 600_001}), "/unit.json there are too many positions"),
        (
            archive({"unit.json": b" " * 1_000_000}, zipfile.ZIP_DEFLATED),
            "/unit.json it unpacks to far more",
        ),
    ],
)
def test_a_hostile_archive_is_refused_by_name(body: bytes, wrong: str) -> None:
    assert refusal_of(body).startswith(wrong)


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    assert "too large when unpacked" in refusal_of(_claiming(80 * 1024 * 1024))


def test_a_file_that_lies_about_its_size_is_broken() -> None:
    assert "broken" in refusal_of(_claiming(7))


def test_a_file_over_its_limit_is_refused() -> None:
    body = archive({"unit.json": b" " * (FILE_LIMIT_BYTES + 1)})
    assert refusal_of(body) == "/unit.json the file is too large"


def test_an_encrypted_file_is_refused() -> None:
    body = bytearray(archive({"unit.json": b"{}"}))
    body[body.index(b"PK\x01\x02") + 8] |= 1
    assert refusal_of(bytes(body)) == "/unit.json the file is encrypted"


@given(st.binary(max_size=200), st.integers(0, 130))
def test_any_bytes_are_an_archive_or_a_refusal(noise: bytes, at: int) -> None:
    body = bytearray(archive({"unit.json": b'{"features": []}'}))
    body[at : at + len(noise)] = noise
    try:
        read_archive(bytes(body))
    except PlanInvalid as refusal:
        assert refusal.faults


def _claiming(size: int) -> bytes:
    """An archive whose directory gives its one file another size than it has."""
    body = bytearray(archive({"unit.json": b"[1, 2, 3, 4]"}))
    directory = body.index(b"PK\x01\x02")
    body[directory + 24 : directory + 28] = struct.pack("<I", size)
    return bytes(body)

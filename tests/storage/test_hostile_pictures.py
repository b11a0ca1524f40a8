"""Pictures that mean harm: a refusal by name, or a preview; the process of the service lives on."""

import fcntl
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from select import select
from threading import Thread
from typing import BinaryIO

import pytest
from PIL import Image

from service.domain.errors import Refusal, Unavailable
from service.domain.photo import PreviewSize
from service.domain.photo_refusals import PhotoBroken, PhotoTooManyPixels, PhotoTypeRefused
from service.domain.preview import PreviewRecipe
from storage.apart_pictures import ApartPictures, DecodingProcess
from storage.picture_task import Limits
from tests.hostile_pictures import (
    ANOTHER_KIND,
    BROKEN,
    ODD,
    TOO_MANY_PIXELS,
    a_wide_black_png,
    many_scans,
)
from tests.photo_builders import a_picture

PICTURES = ApartPictures()
REFUSED = [
    *((PhotoTypeRefused, name, content) for name, content in ANOTHER_KIND.items()),
    *((PhotoTooManyPixels, name, content) for name, content in TOO_MANY_PIXELS.items()),
    *((PhotoBroken, name, content) for name, content in BROKEN.items()),
]
MUTANTS = int(os.environ.get("PHOTO_MUTANTS", "12"))
PHONE = PreviewRecipe(size=PreviewSize.PHONE)


def a_busy_child_of(process: int) -> int:
    """A child of the process that has begun to decode: it has worked for a tenth of a second."""
    while True:
        for child in Path(f"/proc/{process}/task/{process}/children").read_text().split():
            with suppress(OSError):  # it has just ended
                worked = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[11]
                if int(worked) > os.sysconf("SC_CLK_TCK") // 10:
                    return int(child)


def asked_beside(pictures: ApartPictures, source: BinaryIO, said: list[type[Refusal]]) -> Thread:
    """A thread in which the picture is inspected; what it refuses by is added to `said`."""

    def ask() -> None:
        try:
            pictures.inspect(source)
        except Refusal as refused:
            said.append(type(refused))

    asking = Thread(target=ask)
    asking.start()
    return asking


def has_ended(process: int) -> bool:
    """Whether it ends, or has; half a minute is more than it takes."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        return bool(select([handle], [], [], 30)[0])
    finally:
        os.close(handle)


@pytest.mark.parametrize(
    ("refusal", "content"),
    [pytest.param(refusal, content, id=name) for refusal, name, content in REFUSED],
)
def test_what_is_no_picture_is_refused_by_name(refusal: type[Refusal], content: bytes) -> None:
    with pytest.raises(refusal) as refused:
        PICTURES.inspect(io.BytesIO(content))
    for fault in refused.value.faults:
        assert fault.wrong.zh
        assert fault.wrong.en
        assert fault.remedy.zh
        assert fault.remedy.en


@pytest.mark.parametrize("content", [pytest.param(each, id=name) for name, each in ODD.items()])
def test_an_odd_picture_is_looked_at_and_its_preview_is_nothing_but_a_picture(
    content: bytes,
) -> None:
    picture = PICTURES.inspect(io.BytesIO(content))
    [jpeg] = PICTURES.previews(io.BytesIO(content), [PHONE])
    with Image.open(io.BytesIO(jpeg)) as preview:
        assert (preview.format, preview.mode) == ("JPEG", "RGB")
        assert preview.size == (min(picture.width_px, 960), min(picture.height_px, 960))
        assert preview.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert jpeg.endswith(b"\xff\xd9")
    for word in (b"script", b"PK\x03\x04", b"Exif", b"adobe"):
        assert word not in jpeg


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
def test_a_picture_with_some_bytes_changed_is_seen_or_refused(kind: str) -> None:
    """Drawn from a fixed seed; scripts/soak draws many more (PHOTO_MUTANTS)."""
    random = Random(kind)
    whole = a_picture((160, 120), kind=kind)
    seen = 0
    for _ in range(MUTANTS):
        mutant = bytearray(whole)
        for _ in range(random.choice((1, 3, 30))):
            mutant[random.randrange(len(mutant))] = random.choice((0, 1, 0x7F, 0xFF, 0x80))
        if random.random() < 0.2:
            mutant = mutant[: random.randrange(len(mutant))]
        with suppress(PhotoBroken, PhotoTooManyPixels, PhotoTypeRefused):
            PICTURES.inspect(io.BytesIO(mutant))
            PICTURES.previews(io.BytesIO(mutant), [PHONE])
            seen += 1
    assert seen < MUTANTS


@pytest.fixture
def process() -> Iterator[DecodingProcess]:
    """A process apart of this test's own."""
    own = DecodingProcess()
    yield own
    own.stop()


def test_a_picture_that_takes_too_long_is_refused(process: DecodingProcess) -> None:
    pictures = ApartPictures(process=process, limits=Limits(processor_seconds=1))
    with pytest.raises(PhotoBroken, match="takes too long"):
        pictures.inspect(io.BytesIO(many_scans(400)))
    assert pictures.inspect(io.BytesIO(a_picture())).width_px == 64


def test_a_picture_that_takes_too_much_memory_is_refused(process: DecodingProcess) -> None:
    pictures = ApartPictures(process=process, limits=Limits(memory_bytes=100 << 20))
    with pytest.raises(PhotoBroken, match="too much memory"):
        pictures.inspect(io.BytesIO(a_wide_black_png(8_000)))
    assert pictures.inspect(io.BytesIO(a_picture())).width_px == 64


def test_a_machine_that_is_too_busy_says_nothing_of_the_picture(process: DecodingProcess) -> None:
    pictures = ApartPictures(process=process, limits=Limits(seconds=0.1))
    with pytest.raises(Unavailable):
        pictures.inspect(io.BytesIO(many_scans(400)))


@pytest.mark.parametrize(
    ("ended_by", "refusal"), [(signal.SIGSEGV, PhotoBroken), (signal.SIGKILL, Unavailable)]
)
def test_a_decoder_that_crashes_takes_nothing_with_it(
    process: DecodingProcess, ended_by: signal.Signals, refusal: type[Refusal]
) -> None:
    pictures = ApartPictures(process=process)
    pictures.inspect(io.BytesIO(a_picture()))
    said: list[type[Refusal]] = []
    asking = asked_beside(pictures, io.BytesIO(many_scans(400)), said)
    os.kill(a_busy_child_of(process.id), ended_by)
    asking.join()
    assert said == [refusal]
    assert pictures.inspect(io.BytesIO(a_picture())).width_px == 64


def test_a_lock_on_a_picture_does_not_outlast_who_holds_it(
    process: DecodingProcess, tmp_path: Path
) -> None:
    file = tmp_path / "slow.jpg"
    file.write_bytes(many_scans(400))
    pictures = ApartPictures(process=process)
    pictures.inspect(io.BytesIO(a_picture()))
    with file.open("rb") as source:
        fcntl.flock(source, fcntl.LOCK_EX)
        asking = asked_beside(pictures, source, [])
        decoding = a_busy_child_of(process.id)
    with file.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.kill(decoding, signal.SIGKILL)
    asking.join()


def test_another_process_is_started_where_the_last_has_died(process: DecodingProcess) -> None:
    pictures = ApartPictures(process=process)
    pictures.inspect(io.BytesIO(a_picture()))
    before = process.id
    os.kill(before, signal.SIGKILL)
    assert pictures.inspect(io.BytesIO(a_picture())).width_px == 64
    assert process.id != before


def test_the_process_apart_ends_with_the_service_that_started_it() -> None:
    program = (
        "import io, os, signal\n"
        "from storage.apart_pictures import ApartPictures, DecodingProcess\n"
        "from tests.photo_builders import a_picture\n"
        "process = DecodingProcess()\n"
        "ApartPictures(process=process).inspect(io.BytesIO(a_picture()))\n"
        "print(process.id, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).resolve().parents[2]
    ended = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True)
    assert has_ended(int(ended.stdout))

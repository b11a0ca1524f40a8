"""What every photo store promises, on a folder and on a real S3 server."""

import hashlib
import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest

from service.domain.photo_refusals import PhotoBytesMissing, UploadBusy, UploadOffsetWrong
from service.operations.photo_ports import PhotoStore
from storage.photo_folder import PhotoFolder
from storage.photo_store import open_photo_store
from tests.s3_server import S3Server

BYTES = b"\xff\xd8\xff" + bytes(range(256)) * 40
DIGEST = hashlib.sha256(BYTES).hexdigest()
BIG = bytes(range(251)) * 90_000  # 22 MB: several pieces, several parts


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> PhotoStore:
    """An empty store; `again()` opens the same one as another process would."""
    return again(request, tmp_path)


def again(request: pytest.FixtureRequest, tmp_path: Path) -> PhotoStore:
    where = str(tmp_path / "photos")
    if request.node.callspec.params["store"] == "s3":
        server: S3Server = request.getfixturevalue("s3_server")
        where = server.photos_url(f"b{hashlib.sha256(str(tmp_path).encode()).hexdigest()[:40]}")
    opened = open_photo_store(where)
    opened.prepare()
    return opened


def read(store: PhotoStore, digest: str, start: int = 0, stop: int | None = None) -> bytes:
    size = store.size(digest)
    assert size is not None
    opened = store.open(digest, start=start, stop=size if stop is None else stop)
    try:
        return b"".join(opened)
    finally:
        opened.close()


def kept(store: PhotoStore, content: bytes) -> str:
    photo_id, digest = uuid4(), hashlib.sha256(content).hexdigest()
    store.append(photo_id, [content], offset=0)
    with store.whole(photo_id, size_bytes=len(content)) as staged:
        staged.keep(digest)
    store.discard(photo_id)
    return digest


def test_a_prepared_store_is_ready_and_may_be_prepared_again(store: PhotoStore) -> None:
    store.prepare()
    store.ready()


def test_what_was_put_is_read_back(store: PhotoStore) -> None:
    assert store.put(DIGEST, BytesIO(BYTES)) is True
    assert store.size(DIGEST) == len(BYTES)
    assert read(store, DIGEST) == BYTES


def test_a_digest_is_written_once_and_never_over(store: PhotoStore) -> None:
    store.put(DIGEST, BytesIO(BYTES))
    assert store.put(DIGEST, BytesIO(b"something else")) is False
    assert read(store, DIGEST) == BYTES


def test_of_six_writers_of_one_digest_one_wins(store: PhotoStore) -> None:
    start, won = Barrier(6), []

    def put() -> None:
        start.wait()
        won.append(store.put(DIGEST, BytesIO(BYTES)))

    writers = [Thread(target=put) for _ in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(won) == [False] * 5 + [True]
    assert read(store, DIGEST) == BYTES


@pytest.mark.parametrize(("start", "stop"), [(0, 1), (5, 100), (len(BYTES) - 1, len(BYTES))])
def test_a_range_is_those_bytes_and_no_others(store: PhotoStore, start: int, stop: int) -> None:
    store.put(DIGEST, BytesIO(BYTES))
    assert read(store, DIGEST, start, stop) == BYTES[start:stop]


def test_an_absent_original_has_no_size_and_cannot_be_opened(store: PhotoStore) -> None:
    assert store.size(DIGEST) is None
    with pytest.raises(PhotoBytesMissing):
        store.open(DIGEST, start=0, stop=1)
    with pytest.raises(PhotoBytesMissing), store.local(DIGEST):
        pass


def test_an_original_can_be_had_as_a_file_to_seek_in(store: PhotoStore) -> None:
    store.put(DIGEST, BytesIO(BYTES))
    with store.local(DIGEST) as file:
        file.seek(3)
        assert file.read() == BYTES[3:]


def test_an_upload_nobody_began_has_nothing_staged(store: PhotoStore) -> None:
    assert store.staged_bytes(uuid4()) == 0


def test_pieces_join_up_to_the_original(store: PhotoStore) -> None:
    photo_id = uuid4()
    assert store.append(photo_id, [BYTES[:10], BYTES[10:30]], offset=0) == 30
    assert store.append(photo_id, [BYTES[30:]], offset=30) == len(BYTES)
    with store.whole(photo_id, size_bytes=len(BYTES)) as staged:
        assert staged.file.read() == BYTES
        staged.keep(DIGEST)
    assert read(store, DIGEST) == BYTES


def test_a_large_upload_is_the_same_at_the_end(store: PhotoStore) -> None:
    pieces = [BIG[at : at + 1_000_003] for at in range(0, len(BIG), 1_000_003)]
    photo_id = uuid4()
    assert store.append(photo_id, pieces, offset=0) == len(BIG)
    with store.whole(photo_id, size_bytes=len(BIG)) as staged:
        assert hashlib.sha256(staged.file.read()).digest() == hashlib.sha256(BIG).digest()


def test_the_offset_is_known_to_another_process(
    store: PhotoStore, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    photo_id = uuid4()
    store.append(photo_id, [BYTES[:100]], offset=0)
    other = again(request, tmp_path)
    assert other.staged_bytes(photo_id) == 100
    assert other.append(photo_id, [BYTES[100:]], offset=100) == len(BYTES)


class Broken(Exception):
    """The connection ended."""


def broken_after(*pieces: bytes) -> Iterator[bytes]:
    yield from pieces
    raise Broken


def test_what_came_before_a_broken_connection_is_kept(store: PhotoStore) -> None:
    photo_id = uuid4()
    with pytest.raises(Broken):
        store.append(photo_id, broken_after(BYTES[:64], BYTES[64:100]), offset=0)
    assert store.staged_bytes(photo_id) == 100


@pytest.mark.parametrize(("start", "expected"), [(0, BYTES[:100]), (64, BYTES[64:100]), (100, b"")])
def test_what_is_staged_can_be_read_from_any_place(
    store: PhotoStore, start: int, expected: bytes
) -> None:
    photo_id = uuid4()
    store.append(photo_id, [BYTES[:64]], offset=0)
    store.append(photo_id, [BYTES[64:100]], offset=64)
    assert b"".join(store.staged(photo_id, start=start)) == expected
    assert b"".join(store.staged(uuid4(), start=start)) == b""


@pytest.mark.parametrize("offset", [0, 99, 101])
def test_a_piece_elsewhere_than_at_the_end_is_refused(store: PhotoStore, offset: int) -> None:
    photo_id = uuid4()
    store.append(photo_id, [BYTES[:100]], offset=0)
    with pytest.raises(UploadOffsetWrong) as refused:
        store.append(photo_id, [b"x"], offset=offset)
    assert refused.value.facts == {"upload_offset": 100}
    assert store.staged_bytes(photo_id) == 100


def test_of_two_pieces_at_one_place_at_once_one_is_refused(store: PhotoStore) -> None:
    photo_id = uuid4()

    def pieces_with_a_rival_between() -> Iterator[bytes]:
        yield BYTES[:50]
        store.append(photo_id, [b"rival"], offset=0)

    with pytest.raises(UploadBusy):
        store.append(photo_id, pieces_with_a_rival_between(), offset=0)
    assert store.staged_bytes(photo_id) in {5, 50}


def test_an_upload_is_free_though_a_forked_child_still_has_its_file_open(tmp_path: Path) -> None:
    store, photo_id = PhotoFolder(tmp_path), uuid4()
    held: list[int] = []
    store.prepare()

    def pieces_during_a_fork() -> Iterator[bytes]:
        yield BYTES
        for handle in list(Path("/proc/self/fd").iterdir()):
            if handle.is_symlink() and handle.resolve().name == str(photo_id):
                held.append(os.dup(int(handle.name)))

    store.append(photo_id, pieces_during_a_fork(), offset=0)
    with store.whole(photo_id, size_bytes=len(BYTES)) as staged:
        assert staged.file.read() == BYTES
    assert held
    for handle in held:
        os.close(handle)


def test_an_unfinished_upload_is_not_whole(store: PhotoStore) -> None:
    photo_id = uuid4()
    store.append(photo_id, [BYTES[:50]], offset=0)
    with pytest.raises(UploadBusy), store.whole(photo_id, size_bytes=len(BYTES)):
        pass


def test_a_finished_and_discarded_upload_is_not_whole_again(store: PhotoStore) -> None:
    photo_id: UUID = uuid4()
    with pytest.raises(UploadBusy), store.whole(photo_id, size_bytes=len(BYTES)):
        pass


def test_the_same_photo_by_two_uploads_is_stored_once(store: PhotoStore) -> None:
    assert kept(store, BYTES) == kept(store, BYTES) == DIGEST
    assert read(store, DIGEST) == BYTES


def test_discarding_takes_the_staged_part_and_leaves_the_original(store: PhotoStore) -> None:
    photo_id = uuid4()
    store.append(photo_id, [BYTES], offset=0)
    with store.whole(photo_id, size_bytes=len(BYTES)) as staged:
        staged.keep(DIGEST)
    store.discard(photo_id)
    store.discard(photo_id)
    assert store.staged_bytes(photo_id) == 0
    assert read(store, DIGEST) == BYTES
